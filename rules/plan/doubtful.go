package plan

import (
	"context"
	"maps"
	"math"
	"slices"

	"landcheck/geo"
	"landcheck/geo/portable"

	"github.com/paulmach/orb"
)

// fewDoubts is how many records of a township are named as examples.
const fewDoubts = 3

// centimetres is what rounding to two decimals may make one column exceed
// another by, m².
const centimetres = 0.01

// doubt marks a record once.
func (s *summing) doubt(record int, gross float64, of string) {
	if _, known := s.doubts[record]; known {
		return
	}
	d := s.declared[record]
	if s.doubts == nil {
		s.doubts = map[int]Doubt{}
	}
	s.doubts[record] = Doubt{File: s.file, Record: record, Field: "YJJBNTMJ", Declared: d.net, Gross: gross, Of: of}
	d.tally.doubtful++
	d.tally.doubtfulUnits += int64(math.Round(d.net / areaUnit))
}

// holdAgainstShapes compares what records declare with how large they are
// drawn: both columns of a record may be in hectares, and only the shape tells.
// The plane, and degrees by the scale amid the layer, are within 3 % of the
// truth, which is near enough for most; records near a limit are measured.
func (s *summing) holdAgainstShapes(ctx context.Context, l *baseLayer) error {
	const near = 0.03 // of a limit
	var close []int
	err := geo.PlaneAreas(ctx, l.layer, squareUnit(l.crs, l.layer.Bound().Center()), func(record int, area float64) error {
		if record >= len(s.declared) || s.declared[record].tally == nil || area <= 0 {
			return nil
		}
		net := s.declared[record].net
		switch {
		case net > maxNet*(1-near)*area && net < maxNet*(1+near)*area, net > minNet*(1-near)*area && net < minNet*(1+near)*area:
			close = append(close, record)
		case !PlausibleNet(net, area):
			s.doubt(record, area, "")
		}
		return nil
	})
	if err != nil || len(close) == 0 {
		return err
	}
	surveyor, err := geo.NewSurveyor(l.crs, l.layer.Bound().Center())
	if err != nil {
		return err
	}
	return s.each(ctx, l.layer, close, nil, func(f geo.Feature) {
		if area := surveyor.MultiPolygon(f.Geometry); !PlausibleNet(s.declared[f.Record].net, area) {
			s.doubt(f.Record, area, "")
		}
	})
}

// squareUnit is about what a square unit of a system is at a place, m².
func squareUnit(c geo.CRS, at orb.Point) float64 {
	if c.Kind != geo.Geographic {
		return 1
	}
	const a, e2 = 6378137, 0.006694380022900787 // CGCS2000
	sin, cos := portable.Sincos(at[1] * math.Pi / 180)
	w2 := 1 - float64(e2*sin*sin)
	return a * a * (1 - e2) / (w2 * w2) * cos * (math.Pi / 180) * (math.Pi / 180)
}

// each reads some records of a layer, ascending: each by itself if they are
// few, else in one go.
func (s *summing) each(ctx context.Context, l geo.Layer, records []int, columns []string, visit func(geo.Feature)) error {
	const few = 64
	slices.Sort(records)
	if _, seeks := l.(geo.Seeker); seeks && len(records) <= few {
		for _, r := range records {
			for f, err := range geo.NearAfter(ctx, l, nil, columns, r-1, 1) {
				if err != nil {
					return err
				}
				visit(f)
			}
		}
		return nil
	}
	for f, err := range l.Near(ctx, nil, columns) {
		if err != nil {
			return err
		}
		if _, wanted := slices.BinarySearch(records, f.Record); wanted {
			visit(f)
		}
	}
	return nil
}

// done is the sums, the first few doubtful records of each township as its
// examples.
func (s *summing) done() *layerSums {
	sums := &layerSums{sums: s.sums, above: s.above, rest: slices.Sorted(maps.Keys(s.rest)), doubts: map[string][]Doubt{}}
	codes := map[*tally]string{}
	for code, t := range s.sums {
		codes[t] = code
	}
	for _, record := range slices.Sorted(maps.Keys(s.doubts)) {
		code := codes[s.declared[record].tally]
		if len(sums.doubts[code]) < fewDoubts {
			sums.doubts[code] = append(sums.doubts[code], s.doubts[record])
		}
	}
	return sums
}
