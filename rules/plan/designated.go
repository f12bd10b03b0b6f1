package plan

import (
	"context"
	"math"

	"landcheck/geo"
)

// Designated is the PBF that attributes alone tell, by township, and the
// features for which they do not suffice.
type Designated struct {
	Townships map[string]Designation // by 9-digit code
	Rest      []Parcel               // without a declared net area or without ZLDWDM, geometry in the working system
}

// Designation sums the declared net areas of one township.
type Designation struct {
	Area     float64 // Σ YJJBNTMJ, else JBNTMJ, m²
	Features int
}

// areaUnit is the unit in which declared areas are summed: whole numbers, so
// that neither the order of the records nor rounding shows in the sum.
const areaUnit = 1e-4 // m²

// Designated sums the declared area of PBF by township from attributes (spec
// of the ledger, 2.3); geometry is read only for the features that lack an
// area or a township, and comes in the working system. 400 000 rows take well
// under a second (BenchmarkDesignated).
func (b *Base) Designated(ctx context.Context, work geo.CRS) (Designated, error) {
	d := Designated{Townships: map[string]Designation{}}
	sums := map[string]*tally{}
	for _, l := range b.layers[PBF] {
		rest, err := b.sum(ctx, l, sums)
		if err != nil {
			return Designated{}, err
		}
		if len(rest) == 0 {
			continue
		}
		parcels, err := b.near(ctx, l, work, nil, rest)
		if err != nil {
			return Designated{}, err
		}
		d.Rest = append(d.Rest, parcels...)
	}
	for code, t := range sums {
		d.Townships[code] = Designation{Area: float64(t.units) * areaUnit, Features: t.features}
	}
	return d, nil
}

type tally struct {
	units    int64 // of areaUnit
	features int
}

// sum adds the rows of one layer and gives the records that it could not.
func (b *Base) sum(ctx context.Context, l *baseLayer, sums map[string]*tally) (map[int]bool, error) {
	if l.err != nil {
		return nil, l.err
	}
	var flaws []Flaw
	f := newForm(PBF, l.layer, []Field{UnitField, NetArea}, nil)
	rest := map[int]bool{}
	r := row{form: f, flaws: &flaws}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for feature, err := range l.layer.Rows(ctx, f.columns) {
		if err != nil {
			return nil, inFile(err, l.layer.File())
		}
		r.record, r.values = feature.Record, feature.Values
		unit, _ := r.text(UnitField)
		net := r.area(NetArea)
		code := TownshipOf(unit)
		t := sums[code]
		if code == "" || !net.Known || net.Value > maxDeclared || t != nil && t.units > maxTally {
			rest[feature.Record] = true
			continue
		}
		if t == nil {
			t = &tally{}
			sums[code] = t
		}
		t.units += int64(math.Round(net.Value / areaUnit))
		t.features++
	}
	return rest, nil
}

// maxDeclared (m²) is larger than any county and maxTally than the earth: what
// exceeds them is left to geometry, so that the sum never overflows.
const (
	maxDeclared = 1e12
	maxTally    = math.MaxInt64 - maxDeclared/areaUnit
)

// Units are the townships or villages by code, with their names, from
// attributes alone.
func (b *Base) Units(ctx context.Context, role Role) (map[string]string, error) {
	units := map[string]string{}
	for _, l := range b.layers[role] {
		if err := b.names(ctx, l, units); err != nil {
			return nil, err
		}
	}
	return units, nil
}

func (b *Base) names(ctx context.Context, l *baseLayer, units map[string]string) error {
	if l.err != nil {
		return l.err
	}
	var flaws []Flaw
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for f, err := range l.layer.Rows(ctx, l.form.columns) {
		if err != nil {
			return inFile(err, l.layer.File())
		}
		p := l.parcel(f, &flaws)
		if p.Code != "" && units[p.Code] == "" {
			units[p.Code] = p.Name
		}
	}
	b.note(flaws)
	return nil
}
