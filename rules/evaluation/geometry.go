package evaluation

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
)

// shape gives findings their geometry: the union of their faces, on longitude
// and latitude. A land change breaks several rules, and a rule about the whole
// plan has one finding about all of them, so most faces are in many findings:
// every outline is put together once, and every patch united and reprojected
// once.
func (b *evaluation) shape(ctx context.Context, results []result.RuleResult) error {
	outlines := b.outlines(results)
	err := b.spread(len(outlines), func() (func(int) error, error) {
		return func(i int) error {
			if f := outlines[i]; f.faces != nil {
				f.clusters = overlay.Clusters(f.cells)
			}
			return nil
		}, nil
	})
	if err != nil {
		return err
	}
	patches := patchesOf(outlines)
	err = b.spread(len(patches), func() (func(int) error, error) {
		t, err := geo.NewTransform(b.l.CRS, geo.CRS{Kind: geo.Geographic})
		var ar overlay.Arranger
		return func(i int) error { return patches[i].draw(ctx, &ar, t) }, err
	})
	if err != nil {
		return err
	}
	return b.spread(len(outlines), func() (func(int) error, error) {
		return func(i int) error {
			outlines[i].place()
			return nil
		}, nil
	})
}

func appendKey(key []byte, ids []int) []byte {
	for _, id := range ids {
		key = binary.AppendVarint(key, int64(id))
	}
	return key
}

// patchesOf gives the outlines their patches, and lists them.
func patchesOf(outlines []*outline) []*patch {
	var all []*patch
	byFaces := map[string]*patch{}
	var key []byte
	for _, o := range outlines {
		for _, cluster := range o.clusters {
			key = key[:0]
			if o.faces != nil {
				for _, c := range cluster {
					key = binary.AppendVarint(key, int64(o.faces[c]))
				}
			}
			p := byFaces[string(key)]
			if p == nil {
				p = &patch{}
				for _, c := range cluster {
					p.cells = append(p.cells, o.cells[c])
				}
				if all = append(all, p); o.faces != nil {
					byFaces[string(key)] = p
				}
			}
			o.patches = append(o.patches, p)
		}
	}
	return all
}

// draw unites the cells and brings them to longitude and latitude. Where uniting
// them would cost too much they are drawn side by side: it is the same land.
func (p *patch) draw(ctx context.Context, ar *overlay.Arranger, t *geo.Transform) (err error) {
	var excess *overlay.Excess
	if p.parts, err = ar.Unite(ctx, p.cells); errors.As(err, &excess) {
		p.parts = overlay.Apart(p.cells)
	} else if err != nil {
		return err
	}
	for i := range p.parts {
		mp, err := t.MultiPolygon(orb.MultiPolygon{p.parts[i].Polygon})
		if err != nil {
			return err
		}
		mp = result.Rounded(mp)
		result.Wind(mp)
		p.parts[i].Polygon = mp[0]
	}
	return nil
}

// place puts the patches together and shows the findings where they lie.
func (o *outline) place() {
	var parts []overlay.UnionPolygon
	for _, p := range o.patches {
		parts = append(parts, p.parts...)
	}
	slices.SortStableFunc(parts, overlay.UnionPolygon.Compare)
	var geometry *result.Geometry
	var bbox []float64
	if len(parts) > 0 {
		mp := make(orb.MultiPolygon, len(parts))
		for i := range parts {
			mp[i] = parts[i].Polygon
		}
		box := geo.Bound(mp)
		geometry, bbox = &result.Geometry{Polygons: mp}, []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]}
	}
	for _, f := range o.findings {
		f.Geometry, f.BBox = geometry, bbox
	}
}

// face is the geometry of a face by its 1-based id.
func (b *evaluation) face(id int) orb.Polygon {
	if id >= 1 && id <= len(b.l.Faces) && b.l.Faces[id-1].ID == id {
		return b.l.Faces[id-1].Geometry
	}
	for i := range b.l.Faces {
		if b.l.Faces[i].ID == id {
			return b.l.Faces[i].Geometry
		}
	}
	return nil
}
