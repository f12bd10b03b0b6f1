package geopackage

import (
	"context"
	"testing"

	"github.com/paulmach/orb"
)

// BenchmarkNear reads 40 000 squares: whole, and near few or many boxes.
func BenchmarkNear(b *testing.B) {
	l := open(b, write(b, grid("DLTB", 200)))[0]
	boxes := func(n int) (list []orb.Bound) {
		for i := range n {
			x, y := 37540000+float64(i*37%3000), 4563000+float64(i*91%3000)
			list = append(list, orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + 20, y + 20}})
		}
		return list
	}
	for name, want := range map[string][]orb.Bound{"all": nil, "boxes=1": boxes(1), "boxes=100": boxes(100), "boxes=500": boxes(500), "boxes=501": boxes(501), "boxes=3000": boxes(3000)} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				rows := 0
				for _, err := range l.Near(context.Background(), want, []string{"BSM", "TBMJ"}) {
					if err != nil {
						b.Fatal(err)
					}
					rows++
				}
				b.ReportMetric(float64(rows), "rows")
			}
		})
	}
}
