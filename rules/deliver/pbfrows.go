package deliver

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// pbfLayer is the layer of permanent basic farmland as it is written: the schema,
// then what else base data says of a parcel.
type pbfLayer struct {
	fields  []pbfField
	columns []string // of base data, in the order in which they are read
	sources [][]int  // of each field, places in columns
	at      map[string]int
	grades  []string // fields that hold the quality grade
	lost    map[string]int
}

// newPBFLayer lays the columns of base data out by the schema.
func newPBFLayer(base []geo.Field) *pbfLayer {
	l := &pbfLayer{fields: pbfSchema(), at: map[string]int{}, lost: map[string]int{}}
	taken := map[string]bool{}
	for _, s := range strays {
		taken[s] = true
	}
	for _, f := range l.fields {
		for _, s := range f.sources {
			taken[s] = true
		}
	}
	for _, f := range base {
		if !taken[strings.ToUpper(f.Name)] {
			l.fields = append(l.fields, pbfField{f, geo.Text{ZH: f.Name, EN: f.Name}, false, []string{f.Name}})
		}
	}
	if !slices.ContainsFunc(l.fields, func(f pbfField) bool { return slices.Contains(gradeColumns(), strings.ToUpper(f.Name)) }) {
		l.fields = append(l.fields, pbfField{geo.Field{Name: fieldGrade, Alias: "质量等别", Type: geo.NumberField, Width: 2}, geo.Text{ZH: "质量等别", EN: "grade"}, false, []string{fieldGrade}})
	}
	for i, f := range l.fields {
		l.at[strings.ToUpper(f.Name)] = i
		if slices.Contains(gradeColumns(), strings.ToUpper(f.Name)) {
			l.grades = append(l.grades, f.Name)
		}
		var places []int
		for _, s := range f.sources {
			places = append(places, len(l.columns))
			l.columns = append(l.columns, s)
		}
		l.sources = append(l.sources, places)
	}
	return l
}

// pbfRow is a record of the layer on its way.
type pbfRow struct {
	values   []string
	geometry orb.MultiPolygon
	net      int64 // 0.01 m²
	gross    int64
	parent   string // BSM of the record of which it is a piece, "" for a new one
	change   string // what the plan did with it; "" for a record that stays as it was
	of       string // ids of changes of the plan
	renumber bool   // its id is to be a new one
}

func (l *pbfLayer) get(r *pbfRow, name string) string { return r.values[l.at[name]] }

func (l *pbfLayer) set(r *pbfRow, name, value string) { r.values[l.at[name]] = value }

// row takes a record of base data over.
func (l *pbfLayer) row(r *plan.Record) *pbfRow {
	row := &pbfRow{values: make([]string, len(l.fields)), geometry: r.Geometry}
	for i, f := range l.fields {
		for _, at := range l.sources[i] {
			if v := r.Values[at]; v != "" {
				row.values[i] = l.fitting(f, v)
				break
			}
		}
	}
	l.complete(row, r)
	return row
}

// fitting is a value as its field takes it; one that it cannot take is counted as
// lost, and empty.
func (l *pbfLayer) fitting(f pbfField, v string) string {
	fits := v
	switch f.Type {
	case geo.NumberField:
		if _, err := strconv.ParseFloat(v, 64); err != nil {
			fits = ""
		}
	case geo.DateField:
		fits = dayOf(v)
	}
	if fits == "" {
		l.lost[f.Name]++
	}
	return fits
}

// complete fills in what base data says in another way: columns that base.yaml maps,
// classes in planning codes, net and gross areas of records that state none.
func (l *pbfLayer) complete(row *pbfRow, r *plan.Record) {
	missing := func(name, value string) {
		if l.get(row, name) == "" {
			l.set(row, name, value)
		}
	}
	if r.Traits.Written != "" || l.get(row, fieldDLBM) == "" && !strings.HasPrefix(r.Traits.Class, "?") {
		l.set(row, fieldDLBM, r.Traits.Class)
		l.set(row, fieldDLMC, "")
	}
	missing(fieldDLMC, className(l.get(row, fieldDLBM)))
	missing(fieldZLDWDM, r.Unit)
	missing(fieldSlope, level(r.Traits.Slope))
	missing(fieldTBXHDM, r.Traits.Refinement)
	if r.Traits.Ridge.Known {
		missing(fieldKCXS, ratio(r.Traits.Ridge.Value))
	}
	for _, g := range l.grades {
		missing(g, level(r.Traits.Grade))
	}
	row.gross, row.net = centi(r.Gross.Value), centi(r.Net.Value)
}

// measure states the areas of a row that states none, from what it measures, m².
func (row *pbfRow) measure(ridge plan.Number, area float64) {
	if row.gross == 0 {
		row.gross = centi(area)
	}
	if row.net == 0 {
		row.net = centi(float64(row.gross) / 100 * (1 - ridge.Value))
	}
}

// setAreas writes the areas of a row.
func (l *pbfLayer) setAreas(row *pbfRow) {
	l.set(row, fieldGross, area(row.gross))
	l.set(row, fieldNet, area(row.net))
}

// deduct writes what ridges take off a row.
func (l *pbfLayer) deduct(row *pbfRow, ridge float64) {
	l.set(row, fieldKCXS, ratio(ridge))
	l.set(row, fieldKCMJ, area(row.gross-row.net))
	l.set(row, fieldKCDLBM, "")
	if ridge > 0 {
		l.set(row, fieldKCDLBM, "1203")
	}
}

// refine writes a refinement code with its name.
func (l *pbfLayer) refine(row *pbfRow, code string) {
	l.set(row, fieldTBXHDM, code)
	l.set(row, fieldTBXHMC, "")
	if code != "" {
		l.set(row, fieldTBXHMC, domain.RefinementTitle(code).ZH)
	}
}

// remark adds to what a row says already.
func (l *pbfLayer) remark(row *pbfRow, said string) {
	l.set(row, fieldRemark, remarks(false, l.get(row, fieldRemark), said))
}

// own reads a row's figure back, 0.01 m²; ok is false where it has none.
func (l *pbfLayer) own(row *pbfRow, name string) (c int64, ok bool) {
	x, err := strconv.ParseFloat(l.get(row, name), 64)
	return centi(x), err == nil
}

// readPBF takes the base's layer over: f gives what becomes of each record. It also
// returns what the records state together, net, 0.01 m².
func (d *delivery) readPBF(ctx context.Context, l *pbfLayer, f func(row *pbfRow, r *plan.Record) ([]*pbfRow, error)) (rows []*pbfRow, before int64, err error) {
	for r, err := range d.Base.Whole(ctx, domain.PBF, d.Ledger.CRS, l.columns) {
		if err != nil {
			return nil, 0, err
		}
		row := l.row(&r)
		if row.gross == 0 || row.net == 0 {
			row.measure(r.Traits.Ridge, d.surveyor.MultiPolygon(r.Geometry))
		}
		l.setAreas(row)
		before += row.net
		made, err := f(row, &r)
		if err != nil {
			return nil, 0, err
		}
		rows = append(rows, made...)
	}
	return rows, before, nil
}
