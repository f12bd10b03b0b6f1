package shapefile

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

const benchParcels = 50_000

// benchLayer is 50 000 parcels of 65 vertices (55 MB), 100 m apart.
func benchLayer(b *testing.B) string {
	b.Helper()
	table := &geo.Table{Fields: []geo.Field{
		{Name: "BSM", Type: geo.TextField, Width: 18},
		{Name: "DLMC", Type: geo.TextField, Width: 60},
		{Name: "TBMJ", Type: geo.NumberField, Width: 18, Decimals: 2},
	}}
	for i := range benchParcels {
		x, y := 37500000+100*float64(i%250), 4500000+100*float64(i/250)
		ring := make(orb.Ring, 0, 65)
		for k := range 64 {
			a := 2 * math.Pi * float64(k) / 64
			ring = append(ring, orb.Point{x + 40*math.Cos(a), y + 40*math.Sin(a)})
		}
		table.Rows = append(table.Rows, geo.Feature{
			Geometry: orb.MultiPolygon{{append(ring, ring[0])}},
			Values:   []string{"1501230001", []string{"旱地", "水浇地", "天然牧草地"}[i%3], "5026.55"},
		})
	}
	path := b.TempDir() + "/DLTB.shp"
	if err := Write(b.Context(), path, table, GBK); err != nil {
		b.Fatal(err)
	}
	return path
}

func perSecond(b *testing.B, what string) {
	b.ReportMetric(float64(b.N)*benchParcels/b.Elapsed().Seconds(), what+"/s")
}

// BenchmarkOpen walks the record headers.
func BenchmarkOpen(b *testing.B) {
	path := benchLayer(b)
	for b.Loop() {
		l, err := Open(path, "")
		if err != nil {
			b.Fatal(err)
		}
		l.Close()
	}
	perSecond(b, "records")
}

// BenchmarkOpenCached is BenchmarkOpen when a cache knows the layer.
func BenchmarkOpenCached(b *testing.B) {
	path, cache := benchLayer(b), b.TempDir()
	l := waited(b, path, cache)
	if _, err := l.Digest(b.Context()); err != nil {
		b.Fatal(err)
	}
	l.Close()
	for b.Loop() {
		l, err := openCached(path, "", cache, 0)
		if err != nil || !l.cache.Known() {
			b.Fatal(err)
		}
		l.Close()
	}
	perSecond(b, "records")
}

// BenchmarkDecode reads every geometry.
func BenchmarkDecode(b *testing.B) {
	l := openBench(b)
	for b.Loop() {
		for _, err := range l.Near(b.Context(), nil, nil) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	perSecond(b, "features")
}

// BenchmarkNear finds and decodes what 1000 boxes in one township meet.
func BenchmarkNear(b *testing.B) {
	l := openBench(b)
	var boxes []orb.Bound
	for i := range 1000 {
		p := orb.Point{37500000 + 170*float64(i%40), 4500000 + 170*float64(i/40)}
		boxes = append(boxes, orb.Bound{Min: p, Max: orb.Point{p[0] + 60, p[1] + 60}})
	}
	for b.Loop() {
		for _, err := range l.Near(b.Context(), boxes, []string{"BSM"}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	perSecond(b, "records")
}

// BenchmarkRows reads two columns of every row.
func BenchmarkRows(b *testing.B) {
	l := openBench(b)
	for b.Loop() {
		for _, err := range l.Rows(b.Context(), []string{"DLMC", "TBMJ"}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	perSecond(b, "rows")
}

func openBench(b *testing.B) *Layer {
	b.Helper()
	l, err := Open(benchLayer(b), "")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	return l
}
