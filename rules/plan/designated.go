package plan

import (
	"context"
	"math"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// Designated is the PBF that attributes alone tell, by township, and the
// features for which they do not suffice.
type Designated struct {
	Townships map[string]Designation // by 9-digit code
	Doubts    map[string][]Doubt     // by 9-digit code: the first few of those that are doubtful
	Above     map[string]int         // by file: records that declare more net than gross area
	Rest      []Parcel               // without a declared net area or without ZLDWDM, geometry in the working system
}

// Designation sums the declared net areas of one township.
type Designation struct {
	Area         float64 // Σ YJJBNTMJ, else JBNTMJ, m²
	Features     int
	Doubtful     int     // those whose declared area their gross cannot bear
	DoubtfulArea float64 // what these declare, m²
}

// areaUnit is the unit in which declared areas are summed: whole numbers, so
// that neither the order of the records nor rounding shows in the sum.
const areaUnit = 1e-4 // m²

// Designated sums the declared area of PBF by township from attributes
// (rules/ledger/README.md, Totals); geometry is made only for the features that lack an
// area or a township, and comes in the working system. What is declared is held
// against the gross area, YJJBNTTBMJ and that of the shape, once for each layer
// that remembers. 400 000 rows take well under a second (BenchmarkDesignated).
func (b *Base) Designated(ctx context.Context, work geo.CRS) (Designated, error) {
	d := Designated{Townships: map[string]Designation{}, Doubts: map[string][]Doubt{}, Above: map[string]int{}}
	sums := map[string]*tally{}
	for _, l := range b.layers[domain.PBF] {
		layer, err := b.sum(ctx, l)
		if err != nil {
			return Designated{}, err
		}
		for code, t := range layer.sums {
			sums[code] = t.plus(sums[code])
		}
		for code, doubts := range layer.doubts {
			all := append(d.Doubts[code], doubts...)
			d.Doubts[code] = all[:min(len(all), fewDoubts)]
		}
		if layer.above > 0 {
			d.Above[l.layer.File()] = layer.above
		}
		if len(layer.rest) == 0 {
			continue
		}
		wanted := map[int]bool{}
		for _, r := range layer.rest {
			wanted[r] = true
		}
		parcels, err := b.near(ctx, l, work, nil, nil, wanted)
		if err != nil {
			return Designated{}, err
		}
		for _, p := range parcels {
			d.Rest = append(d.Rest, *p)
		}
	}
	for code, t := range sums {
		d.Townships[code] = Designation{Area: float64(t.units) * areaUnit, Features: t.features,
			Doubtful: t.doubtful, DoubtfulArea: float64(t.doubtfulUnits) * areaUnit}
	}
	return d, nil
}

// sum adds the rows of one layer and lists the records that it could not. A
// layer that remembers is read once.
func (b *Base) sum(ctx context.Context, l *baseLayer) (*layerSums, error) {
	if l.err != nil {
		return nil, l.err
	}
	f := l.sumsForm()
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if n, ok := l.layer.(geo.MetadataReader); ok {
		if sums, ok := sumsOf(n.Metadata(sumsKey(f))); ok {
			return sums, nil
		}
	}
	s, err := addUp(ctx, l.layer, f)
	if err == nil && l.origin != unknownOrigin {
		err = s.holdAgainstShapes(ctx, l)
	}
	if err != nil {
		return nil, inFile(err, l.layer.File())
	}
	sums := s.done()
	if n, ok := l.layer.(geo.LayerCache); ok {
		n.SetMetadata(sumsKey(f), sums.note())
	}
	return sums, nil
}

// sumsForm is how the rows of PBF are summed.
func (l *baseLayer) sumsForm() *rowLayout {
	return newRowLayout(domain.PBF, l.layer, []domain.Field{domain.UnitField, domain.NetArea, domain.GrossArea}, l.layout.override)
}

// sumsKey is where a layer remembers the sums of a form's columns.
func sumsKey(f *rowLayout) string {
	return "declared net area by township, held against gross, 0 unknown: " + strings.Join(f.columns, " ")
}

func addUp(ctx context.Context, layer geo.Layer, f *rowLayout) (*summing, error) {
	s := &summing{sums: map[string]*tally{}, rest: map[int]bool{}, declared: make([]declaredArea, 0, layer.Len()+1), row: row{rowLayout: f, issues: new([]Issue)}, gross: -1}
	units, areas, gross := f.schema[domain.UnitField], f.schema[domain.NetArea], f.schema[domain.GrossArea]
	if raw, ok := layer.(cells); ok && len(units) > 0 && len(areas) > 0 {
		s.unit, s.net = units[0].place, areas[0].place
		if len(gross) > 0 {
			s.gross = gross[0].place
		}
		s.values = make([]string, len(f.columns))
		err := raw.Cells(ctx, f.columns, func(record int, values [][]byte) error {
			s.bytes(record, values)
			return nil
		})
		return s, err
	}
	for feature, err := range layer.Rows(ctx, f.columns) {
		if err != nil {
			return nil, err
		}
		s.strings(feature.Record, feature.Values)
	}
	return s, nil
}

// cells is a layer that gives values without making strings of them.
type cells interface {
	Cells(ctx context.Context, columns []string, visit func(record int, values [][]byte) error) error
}

// summing is the declared areas of a layer being added up.
type summing struct {
	sums map[string]*tally
	rest map[int]bool
	row

	unit, net int    // first columns of the two fields
	gross     int    // the same, -1 for none
	code      string // township of the record before
	tally     *tally // its sum

	declared []declaredArea // by record, from 1
	doubts   map[int]Doubt
	above    int
}

// declaredArea is what a record adds to a township.
type declaredArea struct {
	tally *tally // nil: nothing
	net   float64
}

// take adds what a record declares to a township.
func (s *summing) take(record int, t *tally, net, gross float64) {
	t.add(net)
	for len(s.declared) <= record {
		s.declared = append(s.declared, declaredArea{})
	}
	s.declared[record] = declaredArea{t, net}
	if gross > 0 && net > gross+centimetres {
		s.above++
	}
	if !PlausibleNet(net, gross) {
		s.doubt(record, gross, "YJJBNTTBMJ")
	}
}

// strings adds a record's area to its township, or leaves it to geometry.
func (s *summing) strings(record int, values []string) {
	s.record, s.row.values = record, values
	unit, _ := s.text(domain.UnitField)
	net, gross := s.netArea(), s.grossArea()
	*s.issues = (*s.issues)[:0] // reported where the parcel itself is read
	code := TownshipOf(unit)
	t := s.sums[code]
	if code == "" || !net.Known || net.Value > maxDeclared || t != nil && t.units > maxTally {
		s.rest[record] = true
		return
	}
	if t == nil {
		t = &tally{}
		s.sums[code] = t
	}
	s.take(record, t, net.Value, gross.Value)
}

// bytes does the same for what nearly every record is: a code of digits and a
// plain decimal, each in the first column of its field. All else, and a
// township's first record, goes the long way.
func (s *summing) bytes(record int, values [][]byte) {
	if unit := values[s.unit]; len(unit) >= townshipDigits && allDigits(unit[:townshipDigits]) {
		if string(unit[:townshipDigits]) != s.code { // files keep neighbours together
			s.code = string(unit[:townshipDigits])
			s.tally = s.sums[s.code]
		}
		gross, plain := 0.0, true
		if s.gross >= 0 && len(values[s.gross]) > 0 {
			gross, plain = plainDecimal(values[s.gross])
		}
		if m2, ok := plainDecimal(values[s.net]); ok && plain && s.tally != nil && m2 > 0 && m2 <= maxDeclared && s.tally.units <= maxTally {
			s.take(record, s.tally, m2, gross)
			return
		}
		s.code = "" // the long way may make a tally
	}
	texts := s.values[:0]
	for _, v := range values {
		texts = append(texts, string(v))
	}
	s.strings(record, texts)
}

// plainDecimal reads digits with or without a point, fifteen of them at most:
// both numbers that it divides are then exact, so the quotient is rounded once,
// as ParseFloat rounds it.
func plainDecimal(text []byte) (float64, bool) {
	mantissa, digits, scale, point := 0, 0, 1, false
	for _, b := range text {
		switch {
		case b >= '0' && b <= '9':
			mantissa = mantissa*10 + int(b-'0')
			digits++
			if point {
				scale *= 10
			}
		case b == '.' && !point:
			point = true
		default:
			return 0, false
		}
		if digits > 15 {
			return 0, false
		}
	}
	return float64(mantissa) / float64(scale), digits > 0
}

// maxDeclared (m²) is larger than any county and maxTally than the earth: what
// exceeds them is left to geometry, so that the sum never overflows.
const (
	maxDeclared = 1e12
	maxTally    = math.MaxInt64 - maxDeclared/areaUnit
)
