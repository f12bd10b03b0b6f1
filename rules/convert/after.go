package convert

import (
	"context"
	"fmt"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// parcelAfter is a parcel of the land use after the plan: a base parcel's land, or
// what a change makes of it. One of the two may be missing.
type parcelAfter struct {
	base     *plan.Parcel // nil where the base has no land use
	raw      []string     // of rawColumns
	change   *plan.Change // nil for land that stays
	id       string
	geometry orb.MultiPolygon
	area     float64     // m²
	declared plan.Number // the change's share, else the computed area
	surveyed plan.Number
}

// rawColumns are taken over from DLTB as they stand.
var rawColumns = []string{"BSM", "YSDM", "TBBH", "QSXZ", "ZLDWDM", "ZLDWMC", "KCDLBM", "GDLX", "GDDB", "SJNF"}

// land is the base's land use about the plan with the changes and the project
// area, on the grid.
type land struct {
	*converter
	parcels  []plan.Parcel
	raw      map[plan.RecordOf][]string
	changes  []*plan.Change
	shapes   struct{ parcels, changes, project []*overlay.Shape }
	indexes  struct{ parcels, changes *geo.Index }
	surveyor *geo.Surveyor
	used     map[string]bool // ids
	kept     map[*plan.Change]bool
}

// after writes the whole land use of the project area after the plan, and of what
// changes outside it.
func (c *converter) after(ctx context.Context) error {
	l, err := c.readLand(ctx)
	if err != nil {
		return err
	}
	var rows []*parcelAfter
	var ar overlay.Arranger
	for i := range l.parcels {
		more, err := l.cutParcel(ctx, &ar, i)
		if err != nil {
			return err
		}
		rows = append(rows, more...)
	}
	for i := range l.changes {
		more, err := l.cutBare(ctx, &ar, i)
		if err != nil {
			return err
		}
		rows = append(rows, more...)
	}
	if n := len(l.kept); n > 0 {
		c.note(geo.Textf("有 %d 个地类变更图斑的地类与底图相同（全部或部分），整治后地类图斑不能表示这样的变更",
			"%d land-use changes keep the base's class in whole or part, which the land use after the plan cannot say", n))
	}
	c.add(table(domain.LandUseAfter.Names()[0], c.plan.CRS, afterColumns(), rows, func(p *parcelAfter) geo.Feature { return geo.Feature{Geometry: p.geometry} }))
	return nil
}

func (c *converter) readLand(ctx context.Context) (*land, error) {
	l := &land{converter: c, used: map[string]bool{}, kept: map[*plan.Change]bool{}, changes: ofRole(c.plan.Changes, domain.LandUseChange)}
	var boxes, changed []orb.Bound
	for _, f := range c.plan.Project {
		l.shapes.project = append(l.shapes.project, overlay.Prepare(f.Geometry))
		boxes = append(boxes, geo.Bound(f.Geometry))
	}
	for _, ch := range l.changes {
		l.shapes.changes = append(l.shapes.changes, overlay.Prepare(ch.Geometry))
		changed = append(changed, geo.Bound(ch.Geometry))
	}
	boxes = append(boxes, changed...)
	l.indexes.changes = geo.NewIndex(changed)
	var err error
	if l.surveyor, err = geo.NewSurveyor(c.plan.CRS, geo.Bound(c.plan.Project[0].Geometry).Center()); err != nil {
		return nil, err
	}
	if l.parcels, err = c.Base.Near(ctx, domain.LandUse, c.plan.CRS, boxes); err != nil {
		return nil, err
	}
	if l.raw, err = c.Base.Attributes(ctx, domain.LandUse, c.plan.CRS, boxes, rawColumns); err != nil {
		return nil, err
	}
	of := make([]orb.Bound, len(l.parcels))
	for i := range l.parcels {
		of[i] = geo.Bound(l.parcels[i].Geometry)
		l.shapes.parcels = append(l.shapes.parcels, overlay.Prepare(l.parcels[i].Geometry))
	}
	l.indexes.parcels = geo.NewIndex(of)
	return l, nil
}

// near lists what an index has about a box, ascending.
func near(index *geo.Index, box orb.Bound) (found []int) {
	index.Search(box, func(i int) bool {
		found = append(found, i)
		return true
	})
	slices.Sort(found)
	return found
}

// pick are the shapes at places of a list.
func pick(shapes []*overlay.Shape, at []int) (some []*overlay.Shape) {
	for _, i := range at {
		some = append(some, shapes[i])
	}
	return some
}

// cutParcel gives what becomes of a base parcel: a row for what stays of it in the
// project area, and one for each change. Where base parcels or changes overlap,
// the lower record counts, as in a check.
func (l *land) cutParcel(ctx context.Context, ar *overlay.Arranger, i int) ([]*parcelAfter, error) {
	own := l.shapes.parcels[i]
	box := own.Bound()
	changes := near(l.indexes.changes, box)
	others := slices.DeleteFunc(near(l.indexes.parcels, box), func(k int) bool { return k >= i })
	shapes := slices.Concat([]*overlay.Shape{own}, pick(l.shapes.parcels, others), pick(l.shapes.changes, changes), l.shapes.project)
	firstChange, firstProject := 1+len(others), 1+len(others)+len(changes)
	ar.Reset()
	cells, err := ar.CellsWithin(ctx, shapes, func(cover []int32) bool { return cover[0] == 0 })
	if err != nil {
		return nil, err
	}
	parts := map[int][]orb.Polygon{} // by change, -1 for land that stays
	for _, cell := range cells {
		to, inside, taken := -1, false, false
		for _, k := range cell.Cover[1:] {
			switch k := int(k); {
			case k < firstChange:
				taken = true
			case k >= firstProject:
				inside = true
			case to < 0:
				to = changes[k-firstChange]
			}
		}
		if taken || !inside && to < 0 {
			continue
		}
		if to >= 0 && domain.ClassCode(code(l.changes[to].Traits)) == domain.ClassCode(l.parcels[i].Traits.Class) {
			l.kept[l.changes[to]] = true
			to = -1
		}
		parts[to] = append(parts[to], cell.Polygon)
	}
	var rows []*parcelAfter
	for _, to := range slices.Concat([]int{-1}, changes) {
		if len(parts[to]) == 0 {
			continue
		}
		row := &parcelAfter{base: &l.parcels[i]}
		if to >= 0 {
			row.change = l.changes[to]
		}
		if len(parts[to]) == len(cells) { // whole, with the vertices that it has
			row.geometry = l.parcels[i].Geometry
		}
		if err := l.finish(ctx, row, parts[to]); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// cutBare gives what of a change lies where the base has no land use.
func (l *land) cutBare(ctx context.Context, ar *overlay.Arranger, i int) ([]*parcelAfter, error) {
	own := l.shapes.changes[i]
	parcels := near(l.indexes.parcels, own.Bound())
	others := slices.DeleteFunc(near(l.indexes.changes, own.Bound()), func(k int) bool { return k >= i })
	ar.Reset()
	cells, err := ar.CellsWithin(ctx, slices.Concat([]*overlay.Shape{own}, pick(l.shapes.parcels, parcels), pick(l.shapes.changes, others)),
		func(cover []int32) bool { return cover[0] == 0 && len(cover) == 1 })
	if err != nil || len(cells) == 0 {
		return nil, err
	}
	var parts []orb.Polygon
	for _, cell := range cells {
		parts = append(parts, cell.Polygon)
	}
	row := &parcelAfter{change: l.changes[i]}
	return []*parcelAfter{row}, l.finish(ctx, row, parts)
}

// finish gives a row its figure, areas and id.
func (l *land) finish(ctx context.Context, row *parcelAfter, parts []orb.Polygon) (err error) {
	if row.geometry == nil {
		if row.geometry, err = overlay.Dissolve(ctx, parts); err != nil {
			return err
		}
	}
	row.area = l.surveyor.MultiPolygon(overlay.Rounded(row.geometry))
	row.declared = plan.Number{Value: row.area, Known: true}
	if row.base != nil {
		row.raw = l.raw[plan.RecordOf{File: row.base.File, Record: row.base.Record}]
		row.id = row.base.ID
	}
	if row.raw == nil {
		row.raw = make([]string, len(rawColumns))
	}
	if ch := row.change; ch != nil {
		row.id = ch.ID
		share := row.area / l.surveyor.MultiPolygon(overlay.Rounded(ch.Geometry))
		if ch.Declared.Known {
			row.declared.Value = ch.Declared.Value * share
		}
		row.surveyed = plan.Number{Value: ch.Surveyed.Value * share, Known: ch.Surveyed.Known}
	}
	for n, id := 2, row.id; l.used[row.key()]; n++ {
		row.id = fmt.Sprintf("%s-%d", id, n)
	}
	l.used[row.key()] = true
	return nil
}

// key tells ids of rows apart; that of a change is its own for the first of them.
func (p *parcelAfter) key() string { return "\x00" + p.id }
