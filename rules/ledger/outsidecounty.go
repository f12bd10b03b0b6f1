package ledger

import (
	"context"
	"maps"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// checkBase is the data rule that input errors of base data belong to.
const checkBase = "base-data"

// outside finds what of the project area lies outside the plan's county: the
// area minus the union of its townships, holes of the union filled. Sums would
// not do: where townships overlap, what they share would make up for land that
// no township has (README.md, Totals).
func (w *builder) outside(ctx context.Context) error {
	l := w.ledger
	if l.Plan.County == "" {
		l.Outside = l.ProjectArea // the rule asks for the county first
		return nil
	}
	near, err := w.readings[domain.Townships].parcels(ctx)
	if err != nil || len(w.project) == 0 {
		return err
	}
	shapes := slices.Clone(w.project)
	window := shapes[0].Bound()
	for _, s := range shapes[1:] {
		window = window.Union(s.Bound())
	}
	areas := int32(len(shapes))
	var towns, others []*plan.Feature
	for _, p := range near {
		if prefix(p.Code, 6) == l.Plan.County {
			shapes, towns = append(shapes, overlay.Prepare(p.Geometry)), append(towns, &p.Feature)
		} else {
			others = append(others, &p.Feature)
		}
	}
	cells, err := new(overlay.Arranger).Cells(ctx, window, shapes, func(cover []int32) bool {
		return cover[0] < areas && cover[len(cover)-1] < areas
	})
	if err != nil {
		return named(err, func(i int) *plan.Feature {
			if i < int(areas) {
				return w.projectFeature(i)
			}
			return towns[i-int(areas)]
		})
	}
	strips, err := w.strips(ctx, cells)
	if err != nil {
		return err
	}
	var open []Strip
	for _, s := range strips {
		if s.Sliver {
			l.OutsidePieces = append(l.OutsidePieces, s)
		} else {
			open = append(open, s)
		}
	}
	if open, err = w.notInHoles(ctx, open); err != nil {
		return err
	}
	for _, s := range open {
		l.Outside += s.Area
	}
	l.OutsidePieces = append(l.OutsidePieces, open...)
	w.noteOutsideCounty(near)
	return w.measureUncovered(ctx, open, others)
}

// measureUncovered measures what of the land outside the county no other townships cover.
func (w *builder) measureUncovered(ctx context.Context, open []Strip, others []*plan.Feature) error {
	shapes := make([]*overlay.Shape, len(others))
	for i, t := range others {
		shapes[i] = overlay.Prepare(t.Geometry)
	}
	for _, s := range open {
		seen, err := w.common(ctx, new(overlay.Arranger), overlay.Prepare(orb.MultiPolygon{s.Geometry}), shapes...)
		if err != nil {
			return named(err, func(i int) *plan.Feature {
				if i == 0 {
					return w.projectFeature(0)
				}
				return others[i-1]
			})
		}
		if rest := s.Area - seen; rest > w.ledger.Sliver.Area {
			w.ledger.Unseen += rest
		}
	}
	return nil
}

// noteOutsideCounty says so where most of the project area lies outside the county that
// the plan names: the name is wrong, or the coordinates are. Of other counties
// those are named whose base data was given.
func (w *builder) noteOutsideCounty(near []*plan.Parcel) {
	l := w.ledger
	if 2*l.Outside <= l.ProjectArea {
		return
	}
	others := map[string]bool{}
	for _, p := range near {
		if code := prefix(p.Code, 6); code != "" && code != l.Plan.County {
			others[code] = true
		}
	}
	zh, en := "", ""
	if len(others) > 0 {
		list := strings.Join(slices.Sorted(maps.Keys(others)), ", ")
		zh, en = "，附近有 "+list+" 的乡镇", "; townships of "+list+" are there"
	}
	w.noticed(geo.Notice{Severity: geo.Warning, File: l.Plan.Project[0].File, Message: geo.Textf(
		"整治区域的多半（%[2]s m²）不在方案写明的旗县 %[1]s 的乡镇之内%[3]s：请核对 project.county 和坐标系", "most of the project area (%[2]s m²) lies outside the townships of %[1]s, the county that the plan names%[4]s: check project.county and the coordinate system",
		l.Plan.County, metres2(l.Outside), zh, en)})
}

// strips joins cells into pieces and measures them.
func (w *builder) strips(ctx context.Context, cells []overlay.Cell) ([]Strip, error) {
	polygons := make([]orb.Polygon, len(cells))
	for i, c := range cells {
		polygons[i] = c.Polygon
	}
	var all []Strip
	union, err := overlay.Dissolve(ctx, polygons)
	if err != nil {
		return nil, named(err, w.projectFeature)
	}
	for _, p := range union {
		s := Strip{Area: w.surveyor.Polygon(p), Geometry: p}
		s.Sliver, s.Width = w.ledger.Sliver.Is(s.Area, p)
		all = append(all, s)
	}
	return all, nil
}

// notInHoles leaves out the pieces that lie in holes of the county: its base
// data lacks a township there, and the plan is not to blame.
func (w *builder) notInHoles(ctx context.Context, pieces []Strip) (open []Strip, err error) {
	if len(pieces) == 0 {
		return nil, nil
	}
	all, err := w.allTownships(ctx)
	if err != nil {
		return nil, err
	}
	var those []*overlay.Shape
	var towns []*township
	for _, t := range all {
		if prefix(t.Code, 6) == w.ledger.Plan.County {
			those, towns = append(those, t.shape), append(towns, t)
		}
	}
	filled, err := filledHoles(ctx, those)
	if err != nil {
		return nil, named(err, func(i int) *plan.Feature { return &towns[i].Feature })
	}
	holes := overlay.Prepare(filled)
	for _, s := range pieces {
		in, err := w.common(ctx, new(overlay.Arranger), overlay.Prepare(orb.MultiPolygon{s.Geometry}), holes)
		if err != nil {
			return nil, named(err, func(i int) *plan.Feature { return w.projectFeature(0) })
		}
		if in < s.Area/2 {
			open = append(open, s)
			continue
		}
		w.inputError(BaseIssue{Issue: plan.Issue{Role: domain.Townships, File: fileOf(all), Message: geo.Textf(
			"整治区域内有 %s m² 位于各乡镇（XZQ）围成的空洞中，不属于任何乡镇", "%s m² of the project area lie in a hole of the townships (XZQ) and belong to none", metres2(s.Area)),
			Remedy: geo.Text{ZH: "请补全底图的行政区", EN: "Complete the base layer of townships"}},
			Geometry: orb.MultiPolygon{s.Geometry}})
	}
	return open, nil
}

func fileOf(all []*township) string {
	if len(all) == 0 {
		return ""
	}
	return all[0].File
}

// filledHoles are the holes of the union of shapes, each a polygon with
// whatever lies in it; none without.
func filledHoles(ctx context.Context, shapes []*overlay.Shape) (orb.MultiPolygon, error) {
	if len(shapes) == 0 {
		return nil, nil
	}
	window := shapes[0].Bound()
	for _, s := range shapes[1:] {
		window = window.Union(s.Bound())
	}
	// Cells first: winding numbers of several inputs in one would cancel where a
	// feature crosses itself.
	cells, err := new(overlay.Arranger).Cells(ctx, window, shapes, func([]int32) bool { return true })
	if err != nil {
		return nil, err
	}
	polygons := make([]orb.Polygon, len(cells))
	for i, c := range cells {
		polygons[i] = c.Polygon
	}
	union, err := overlay.Dissolve(ctx, polygons)
	if err != nil {
		return nil, err
	}
	var holes orb.MultiPolygon
	for _, p := range union {
		for _, r := range p[1:] {
			ring := slices.Clone(r)
			slices.Reverse(ring)
			holes = append(holes, orb.Polygon{ring})
		}
	}
	return holes, nil
}
