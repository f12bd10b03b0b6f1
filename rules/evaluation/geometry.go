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

// figure is where findings lie: those about the same faces share it.
type figure struct {
	findings []*result.Finding
	cells    []orb.Polygon
	faces    []int   // the ledger row of each cell; nil for what is no face
	clusters [][]int // cells that lie together
	patches  []*patch
}

// patch is cells that lie together, united. Figures that hold it share it.
type patch struct {
	cells []orb.Polygon
	parts []overlay.Part // their polygons on longitude and latitude
}

// shape gives findings their geometry: the union of their faces, on longitude
// and latitude. A land change breaks several rules, and a rule about the whole
// plan has one finding about all of them, so most faces are in many findings:
// every figure is put together once, and every patch united and reprojected
// once.
func (b *evaluation) shape(ctx context.Context, results []result.RuleResult) error {
	figures := b.figures(results)
	err := b.spread(len(figures), func() (func(int) error, error) {
		return func(i int) error {
			if f := figures[i]; f.faces != nil {
				f.clusters = overlay.Clusters(f.cells)
			}
			return nil
		}, nil
	})
	if err != nil {
		return err
	}
	patches := patchesOf(figures)
	err = b.spread(len(patches), func() (func(int) error, error) {
		t, err := geo.NewTransform(b.l.CRS, geo.CRS{Kind: geo.Geographic})
		var ar overlay.Arranger
		return func(i int) error { return patches[i].draw(ctx, &ar, t) }, err
	})
	if err != nil {
		return err
	}
	return b.spread(len(figures), func() (func(int) error, error) {
		return func(i int) error {
			figures[i].place()
			return nil
		}, nil
	})
}

// figures gathers the findings by what they are about.
func (b *evaluation) figures(results []result.RuleResult) []*figure {
	var all []*figure
	byFaces := map[string]*figure{}
	var key []byte
	for i := range results {
		for k := range results[i].Findings {
			f := &results[i].Findings[k]
			switch {
			case f.Geometry != nil: // on the ledger's system, united
				fig := &figure{findings: []*result.Finding{f}, cells: f.Geometry.Polygons}
				for c := range fig.cells {
					fig.clusters = append(fig.clusters, []int{c})
				}
				all = append(all, fig)
			case len(f.Faces) > 0:
				key = appendKey(key[:0], f.Faces)
				fig := byFaces[string(key)]
				if fig == nil {
					fig = b.figure(f.Faces)
					byFaces[string(key)] = fig
					all = append(all, fig)
				}
				fig.findings = append(fig.findings, f)
			}
		}
	}
	return all
}

func (b *evaluation) figure(faces []int) *figure {
	fig := &figure{faces: []int{}}
	for _, id := range faces {
		if p := b.face(id); len(p) > 0 {
			fig.cells, fig.faces = append(fig.cells, p), append(fig.faces, id)
		}
	}
	return fig
}

func appendKey(key []byte, ids []int) []byte {
	for _, id := range ids {
		key = binary.AppendVarint(key, int64(id))
	}
	return key
}

// patchesOf gives the figures their patches, and lists them.
func patchesOf(figures []*figure) []*patch {
	var all []*patch
	byFaces := map[string]*patch{}
	var key []byte
	for _, fig := range figures {
		for _, cluster := range fig.clusters {
			key = key[:0]
			if fig.faces != nil {
				for _, c := range cluster {
					key = binary.AppendVarint(key, int64(fig.faces[c]))
				}
			}
			p := byFaces[string(key)]
			if p == nil {
				p = &patch{}
				for _, c := range cluster {
					p.cells = append(p.cells, fig.cells[c])
				}
				if all = append(all, p); fig.faces != nil {
					byFaces[string(key)] = p
				}
			}
			fig.patches = append(fig.patches, p)
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
		mp = rounded(mp)
		result.Wind(mp)
		p.parts[i].Polygon = mp[0]
	}
	return nil
}

// place puts the patches together and shows the findings where they lie.
func (fig *figure) place() {
	var parts []overlay.Part
	for _, p := range fig.patches {
		parts = append(parts, p.parts...)
	}
	slices.SortStableFunc(parts, overlay.Part.Compare)
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
	for _, f := range fig.findings {
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

// rounded is a copy to 9 decimals, so that a report read back is the same.
func rounded(mp orb.MultiPolygon) orb.MultiPolygon {
	out := mp.Clone()
	for _, p := range out {
		for _, r := range p {
			for k := range r {
				r[k] = orb.Point{result.RoundDegrees(r[k][0]), result.RoundDegrees(r[k][1])}
			}
		}
	}
	return out
}
