package ledger

import (
	"context"
	"maps"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// designated is the PBF of each township: declared areas as they are, features
// without one by their computed net area, features without a township by
// overlay with the townships.
func (w *builder) designated(ctx context.Context) error {
	l := w.ledger
	l.Designated = map[string]Designation{}
	if !l.Present[domain.PBF] {
		return nil
	}
	d, err := w.base.Designated(ctx, l.CRS)
	if err != nil {
		return err
	}
	for code, sum := range d.Townships {
		l.Designated[code] = Designation{Area: sum.Area, Features: sum.Features,
			Doubtful: sum.Doubtful, DoubtfulArea: sum.DoubtfulArea, Doubts: d.Doubts[code]}
	}
	w.aboveGross(d.Above)
	var townships []*township
	for i := range d.Rest {
		p := &d.Rest[i]
		net := p.Net.Value
		doubt, doubtful := w.doubtOf(p)
		if !p.Net.Known {
			net = w.surveyor.MultiPolygon(overlay.Rounded(p.Geometry)) * (1 - p.Traits.Ridge.Value)
		}
		shares := map[string]float64{prefix(p.Unit, 9): 1}
		if prefix(p.Unit, 9) == "" {
			if townships == nil && l.Present[domain.Townships] {
				if townships, err = w.allTownships(ctx); err != nil {
					return err
				}
			}
			if shares, err = w.shares(ctx, &p.Feature, townships); err != nil {
				return err
			}
		}
		for code, share := range shares {
			sum := l.Designated[code]
			sum.Area += float64(net * share)
			sum.Features++
			if !p.Net.Known {
				sum.Computed++
			}
			if doubtful {
				sum.Doubtful++
				sum.DoubtfulArea += float64(net * share)
				if len(sum.Doubts) < fewDoubts {
					sum.Doubts = append(slices.Clip(sum.Doubts), doubt)
				}
			}
			l.Designated[code] = sum
		}
	}
	delete(l.Designated, "") // land outside every township
	for code, area := range w.base.Manifest().Designated {
		sum := l.Designated[code]
		sum.Decreed, sum.Summed, sum.Area = true, sum.Area, area
		l.Designated[code] = sum
	}
	return nil
}

// fewDoubts is how many doubtful records of a township are named.
const fewDoubts = 3

// doubtOf holds the net area of a record that geometry is read of anyway
// against its gross area, as plan.Base does for all others.
func (w *builder) doubtOf(p *plan.Parcel) (plan.Doubt, bool) {
	d := plan.Doubt{File: p.File, Record: p.Record, ID: p.ID, Field: "YJJBNTMJ", Declared: p.Net.Value, Gross: p.Gross.Value, Of: "YJJBNTTBMJ"}
	if !p.Net.Known {
		return d, false
	}
	if !plan.PlausibleNet(p.Net.Value, p.Gross.Value) {
		return d, true
	}
	d.Gross, d.Of = w.surveyor.MultiPolygon(p.Geometry), ""
	return d, !plan.PlausibleNet(p.Net.Value, d.Gross)
}

// aboveGross says of layers, by file, how many records declare more PBF than
// the whole parcel has.
func (w *builder) aboveGross(files map[string]int) {
	for _, file := range slices.Sorted(maps.Keys(files)) {
		w.noticed(geo.Notice{Severity: geo.Warning, File: file, Message: geo.Textf(
			"有 %d 条记录的永久基本农田面积 YJJBNTMJ（或 JBNTMJ）大于图斑面积 YJJBNTTBMJ",
			"%d records declare more PBF (YJJBNTMJ or JBNTMJ) than the parcel's area YJJBNTTBMJ", files[file])})
	}
}

// shares tells which part of a polygon lies in which township; where townships
// overlap the lower record counts, as it does for faces.
func (w *builder) shares(ctx context.Context, f *plan.Feature, townships []*township) (map[string]float64, error) {
	mp := f.Geometry
	shares := map[string]float64{}
	feature := overlay.Prepare(mp)
	whole := w.surveyor.MultiPolygon(overlay.Rounded(mp))
	if whole == 0 {
		return shares, nil
	}
	shapes, codes, features := []*overlay.Shape{feature}, []string{""}, []*plan.Feature{f}
	for _, t := range townships {
		if t.shape.Bound().Intersects(feature.Bound()) {
			shapes, codes = append(shapes, t.shape), append(codes, prefix(t.Code, 9))
			features = append(features, &t.Feature)
		}
	}
	cells, err := new(overlay.Arranger).CellsWithin(ctx, shapes, func(cover []int32) bool { return cover[0] == 0 && len(cover) > 1 })
	for _, c := range cells {
		shares[codes[c.Cover[1]]] += w.surveyor.Polygon(c.Polygon) / whole
	}
	return shares, named(err, func(i int) *plan.Feature { return features[i] })
}

// township is one prepared for cutting, whatever its size.
type township struct {
	*plan.Parcel
	shape *overlay.Shape
}

// allTownships reads the whole layer, which is small.
func (w *builder) allTownships(ctx context.Context) ([]*township, error) {
	near, err := w.base.Near(ctx, domain.Townships, w.ledger.CRS, nil)
	all := make([]*township, len(near))
	for i := range near {
		all[i] = &township{&near[i], overlay.Prepare(near[i].Geometry)}
	}
	return all, err
}
