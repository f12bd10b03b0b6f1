package tile

import (
	"fmt"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/sample"
)

// BenchmarkLayerTile cuts the fullest tile of each level out of a layer of
// 10 000 figures with 174 vertices each, as many as the findings and faces of a
// plan of 10 000 changes have.
func BenchmarkLayerTile(b *testing.B) {
	g := grids(b)[1]
	all := county(b, g, domain.LandUse, sample.Options{Parcels: 10_000, VerticesPerParcel: 174})
	layer, bound := Prepare(g, all), boundOf(all)
	for z := 1; z <= 12; z++ {
		var fullest Address
		most := -1
		for _, at := range over(g, bound, z) {
			near, n := g.Bound(at), 0
			for i := range all {
				if all[i].Bound.Intersects(near) {
					n++
				}
			}
			if n > most {
				fullest, most = at, n
			}
		}
		b.Run(fmt.Sprintf("level %d, %d figures", z, most), func(b *testing.B) {
			for b.Loop() {
				if _, err := layer.Tile(b.Context(), fullest, "findings", Mark); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
