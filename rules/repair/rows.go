package repair

import (
	"context"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/geopackage"
	"landcheck/rules/plan"
)

// table is a layer with its edits made, all columns as they were.
func (p *packer) table(ctx context.Context, l geo.Layer) (*geo.Table, error) {
	crs, err := l.CRS()
	if err != nil {
		return nil, err
	}
	if crs.IsZero() && len(p.edits[l.File()]) > 0 && strings.ToLower(path.Ext(l.File())) != ".shp" {
		crs = p.first.SystemOf(l.File())
	}
	t := &geo.Table{Name: l.Name(), CRS: crs, Fields: slices.Clone(l.Fields())}
	for f, err := range p.rows(ctx, l) {
		if err != nil {
			return nil, err
		}
		if f.stays {
			t.Rows = append(t.Rows, f.now)
		}
	}
	return t, nil
}

// editedRow is a record of a layer as it was and as it becomes.
type editedRow struct {
	old, now geo.Feature
	stays    bool
}

// edit is what becomes of a row of a GeoPackage.
func (r *editedRow) edit(e *edit, fields []geo.Field) geopackage.Edit {
	out := geopackage.Edit{Delete: e.to == nil, Geometry: r.now.Geometry, Values: map[string]string{}}
	for k, f := range fields {
		if !out.Delete && r.now.Values[k] != r.old.Values[k] {
			out.Values[f.Name] = r.now.Values[k]
		}
	}
	return out
}

// rows are the records of a layer with their edits made.
func (p *packer) rows(ctx context.Context, l geo.Layer) iter.Seq2[*editedRow, error] {
	return func(yield func(*editedRow, error) bool) {
		var names []string
		for _, f := range l.Fields() {
			names = append(names, f.Name)
		}
		back, err := geo.NewTransform(p.first.CRS, p.first.SystemOf(l.File()))
		if err != nil {
			yield(nil, err)
			return
		}
		for f, err := range l.Near(ctx, nil, names) {
			row := &editedRow{old: f, now: f, stays: true}
			if e := p.edits[l.File()][f.Record]; err == nil && e != nil {
				if row.stays = e.to != nil; row.stays {
					row.now.Values = e.values(l.Fields(), f.Values)
					row.now.Geometry, err = back.MultiPolygon(e.to.Geometry)
				}
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// areaColumns state areas of a whole feature, whatever the layer.
var areaColumns = []string{"MJ", "TBMJ", "SCMJ", "TBDLMJ", "KCMJ", "YJJBNTMJ", "YJJBNTTBMJ", "JBNTMJ", "TZYNDKMJ", "XZGDMJ"}

// values are those of a record of which part was cut off: the areas that it
// states are its share of them.
func (e *edit) values(fields []geo.Field, old []string) []string {
	out := slices.Clone(old)
	part := e.part()
	for i, f := range fields {
		x, err := strconv.ParseFloat(strings.TrimSpace(old[i]), 64)
		if err != nil {
			continue
		}
		states := slices.Contains(areaColumns, strings.ToUpper(f.Name)) || is(e.from.Declared, x) || is(e.from.Surveyed, x)
		if states && f.Type != geo.DateField {
			out[i] = strconv.FormatFloat(geo.RoundArea(x*part), 'f', 2, 64)
		}
	}
	return out
}

// is tells a figure that a feature states, other than by chance.
func is(n plan.Number, x float64) bool { return n.Known && n.Value == x && x != float64(int(x)) }

// part is what is left of a cut feature by area.
func (e *edit) part() float64 { return geo.PlaneArea(e.to.Geometry) / geo.PlaneArea(e.from.Geometry) }
