package catalog

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/shapefile"
)

// BenchmarkOpenZip unpacks and opens a plan of four layers with 500 polygons of
// 60 vertices each, and takes its digest.
func BenchmarkOpenZip(b *testing.B) {
	dir := b.TempDir()
	random := rand.New(rand.NewPCG(1, 2))
	bytes := int64(0)
	for _, name := range []string{"ZZQY", "DLBG", "YJJBNTTC", "YJJBNTBH"} {
		t := table(name, geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000}, 0, 0, 1)
		t.Rows = nil
		for i := range 500 {
			var ring orb.Ring
			for range 60 {
				ring = append(ring, orb.Point{37500000 + 10000*random.Float64(), 4500000 + 10000*random.Float64()})
			}
			t.Rows = append(t.Rows, geo.Feature{Record: i + 1, Values: []string{"1"}, Geometry: orb.MultiPolygon{{append(ring, ring[0])}}})
		}
		if err := shapefile.Write(context.Background(), filepath.Join(dir, name+".shp"), t, shapefile.GBK); err != nil {
			b.Fatal(err)
		}
		bytes += 500 * 61 * 16
	}
	path, o := zipOf(b, dir, ""), options(b)
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		c, err := Open(b.Context(), path, o)
		if err == nil {
			_, err = c.Digest(b.Context())
		}
		if err != nil {
			b.Fatal(err)
		}
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
