package tile

import (
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"landcheck/rules/domain"
	"landcheck/rules/sample"
)

// BenchmarkLayerTile cuts the fullest tile of each level out of a layer of
// 10 000 parcels with 174 vertices each, as many as the faces of a plan of 10 000
// changes have; and of figures of six parcels each, as findings are.
func BenchmarkLayerTile(b *testing.B) {
	g := grids(b)[1]
	all := county(b, g, domain.LandUse, sample.Options{Parcels: 10_000, VerticesPerParcel: 174})
	for parcels, figures := range map[int][]Feature{1: all, 6: scattered(all)} {
		layer, bound := Prepare(g, figures), boundOf(figures)
		for z := 1; z <= 12; z++ {
			fullest, n := fullestTile(g, figures, over(g, bound, z))
			b.Run(fmt.Sprintf("level %d, %d figures of %d", z, n, parcels), func(b *testing.B) {
				before := processor(b)
				for b.Loop() {
					if _, err := layer.Tile(b.Context(), fullest, "findings", Mark); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(processor(b)-before)/1e6/float64(b.N), "cpu-ms/op")
			})
		}
	}
}

// scattered makes figures of six: of two neighbours in three places each.
func scattered(all []Feature) (figures []Feature) {
	pairs := slices.Collect(slices.Chunk(all, 2))
	third := len(pairs) / 3
	for i := range third {
		f := pairs[i][0]
		f.Geometry = nil
		for _, one := range slices.Concat(pairs[i], pairs[i+third], pairs[i+2*third]) {
			f.Geometry = append(f.Geometry, one.Geometry...)
			f.Bound = f.Bound.Union(one.Bound)
		}
		figures = append(figures, f)
	}
	return figures
}

// fullestTile is the tile that most figures may be in, and how many.
func fullestTile(g Grid, figures []Feature, tiles []Address) (fullest Address, most int) {
	for _, at := range tiles {
		near, n := g.Bound(at), 0
		for i := range figures {
			if figures[i].Bound.Intersects(near) {
				n++
			}
		}
		if n > most {
			fullest, most = at, n
		}
	}
	return fullest, most
}

// processor is the time that this process has had of the processors, which other
// work on the machine hardly changes.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
