package overlay

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

// neighbourhood is one change over a 5×5 patch of parcels of 65 vertices that
// share their edges: what a check cuts a thousand times.
func neighbourhood() (change orb.MultiPolygon, parcels []orb.MultiPolygon) {
	rng := rand.New(rand.NewPCG(1, 2))
	const n, size, per = 5, 60.0, 16
	wiggle := map[[4]int][]orb.Point{}
	corner := func(i, j int) orb.Point { return orb.Point{37540000 + float64(i)*size, 4562900 + float64(j)*size} }
	edge := func(i, j, k, l int) []orb.Point {
		if e, ok := wiggle[[4]int{k, l, i, j}]; ok {
			r := make([]orb.Point, len(e))
			for x, p := range e {
				r[len(e)-1-x] = p
			}
			return r
		}
		a, b := corner(i, j), corner(k, l)
		e := []orb.Point{a}
		for s := 1; s < per; s++ {
			f := float64(s) / per
			e = append(e, orb.Point{a[0] + f*(b[0]-a[0]) + rng.Float64()*2 - 1, a[1] + f*(b[1]-a[1]) + rng.Float64()*2 - 1})
		}
		e = append(e, b)
		wiggle[[4]int{i, j, k, l}] = e
		return e
	}
	for i := range n {
		for j := range n {
			var r orb.Ring
			for _, e := range [][]orb.Point{edge(i, j, i+1, j), edge(i+1, j, i+1, j+1), edge(i+1, j+1, i, j+1), edge(i, j+1, i, j)} {
				r = append(r, e[:len(e)-1]...)
			}
			parcels = append(parcels, orb.MultiPolygon{{append(r, r[0])}})
		}
	}
	var r orb.Ring
	for i := range 65 {
		a := 2 * math.Pi * float64(i) / 65
		d := 100 + 30*rng.Float64()
		r = append(r, orb.Point{37540150 + d*math.Cos(a), 4563050 + d*math.Sin(a)})
	}
	return orb.MultiPolygon{{append(r, r[0])}}, parcels
}

func BenchmarkArrange(b *testing.B) {
	change, parcels := neighbourhood()
	shapes := []*Shape{Prepare(change)}
	for _, p := range parcels {
		shapes = append(shapes, Prepare(p))
	}
	var ar Arranger
	b.ReportAllocs()
	for b.Loop() {
		cells, err := ar.CellsWithin(context.Background(), shapes, func(c []int32) bool { return c[0] == 0 })
		if err != nil || len(cells) < 20 {
			b.Fatal(len(cells), err)
		}
	}
}

// BenchmarkFarRing is a change beside a red line of 50 000 vertices.
func BenchmarkFarRing(b *testing.B) {
	var r orb.Ring
	for i := range 50_000 {
		a := 2 * math.Pi * float64(i) / 50_000
		r = append(r, orb.Point{37540000 + 20000*math.Cos(a), 4562900 + 20000*math.Sin(a)})
	}
	line := Prepare(orb.MultiPolygon{{append(r, r[0])}})
	change := square(37540000+20000-50, 4562900, 100)
	shapes := []*Shape{Prepare(change), line}
	var ar Arranger
	for b.Loop() {
		cells, err := ar.CellsWithin(context.Background(), shapes, func(c []int32) bool { return c[0] == 0 })
		if err != nil || len(cells) != 2 {
			b.Fatal(len(cells), err)
		}
	}
}

// BenchmarkBeside is a change in the middle of a township, a village and a
// project area whose outlines run far away: as most changes lie.
func BenchmarkBeside(b *testing.B) {
	change, parcels := neighbourhood()
	shapes := []*Shape{Prepare(change), Prepare(parcels[12])}
	for i := range 3 {
		var r orb.Ring
		for k := range 5_000 {
			a := 2 * math.Pi * float64(k) / 5_000
			d := float64(2000*(i+1)) + 50*math.Sin(9*a)
			r = append(r, orb.Point{37540150 + d*math.Cos(a), 4563050 + d*math.Sin(a)})
		}
		shapes = append(shapes, Prepare(orb.MultiPolygon{{append(r, r[0])}}))
	}
	var ar Arranger
	for b.Loop() {
		cells, err := ar.CellsWithin(context.Background(), shapes, func(c []int32) bool { return c[0] == 0 })
		if err != nil || len(cells[0].Cover) < 4 {
			b.Fatal(cells, err)
		}
	}
}

// BenchmarkBorder is a parcel at the edge of a project area that follows the
// edges of parcels.
func BenchmarkBorder(b *testing.B) {
	_, parcels := neighbourhood()
	var polygons []orb.Polygon
	for i := range 15 {
		polygons = append(polygons, parcels[i][0])
	}
	project := Prepare(dissolved(b, polygons))
	parcel := Prepare(parcels[12])
	shapes := []*Shape{parcel, project}
	var ar Arranger
	for b.Loop() {
		cells, err := ar.CellsWithin(context.Background(), shapes, func(c []int32) bool { return len(c) == 2 })
		if err != nil || len(cells) != 1 {
			b.Fatal(cells, err)
		}
	}
}

// BenchmarkLocate is parcels of 60 m all over a project area of 15 000
// vertices, 8 km wide.
func BenchmarkLocate(b *testing.B) {
	var r orb.Ring
	for i := range 15_000 {
		a := 2 * math.Pi * float64(i) / 15_000
		d := 4000 + 200*math.Sin(31*a)
		r = append(r, orb.Point{37540000 + d*math.Cos(a), 4562900 + d*math.Sin(a)})
	}
	area := orb.MultiPolygon{{append(r, r[0])}}
	b.Run("draw", func(b *testing.B) {
		for b.Loop() {
			s := Prepare(area)
			s.raster.draw(s)
		}
	})
	for _, way := range []string{"raster", "plain"} {
		b.Run(way, func(b *testing.B) {
			s := Prepare(area)
			if way == "plain" {
				s.raster = nil
			}
			sides := [3]int{}
			i := 0
			for b.Loop() {
				x, y := 37535500+60*float64(i%150), 4558400+60*float64(i/150%150)
				sides[s.Locate(orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + 60, y + 60}})]++
				i++
			}
		})
	}
}
