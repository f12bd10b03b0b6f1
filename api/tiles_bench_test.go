package api_test

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"landcheck/api/tile"
	"landcheck/rules/sample"

	"github.com/paulmach/orb"
)

// BenchmarkTile asks for the fullest tiles of a county of 100 000 parcels with
// 60 vertices each: land use in the middle of it, at the first level that
// shows it and closer up, with base data open; and townships, which lie in
// every tile.
func BenchmarkTile(b *testing.B) {
	c, err := sample.New(sample.Options{Parcels: 100_000, VerticesPerParcel: 60, CurveVertices: 50_000})
	if err != nil {
		b.Fatal(err)
	}
	base := filepath.Join(b.TempDir(), "base")
	if err := c.WriteBase(b.Context(), base); err != nil {
		b.Fatal(err)
	}
	for _, kind := range []string{"embedded", "postgres"} {
		s := serve(b, kind, setup{base: base, noSpeak: true})
		var d tiles
		s.get("/v1/tiles/" + county).wants(200).into(&d)
		for _, l := range d.Layers {
			if l.ID != "land_use" && l.ID != "townships" {
				continue
			}
			for _, grid := range d.Grids {
				g, err := tile.ParseGrid(grid.CRS)
				if err != nil {
					b.Fatal(err)
				}
				middle := orb.Point{(d.Bounds[0] + d.Bounds[2]) / 2, (d.Bounds[1] + d.Bounds[3]) / 2}
				for name, z := range map[string]int{"far": max(l.MinZoom[grid.CRS], 10), "near": max(l.MinZoom[grid.CRS], 10) + 1} {
					box := across(b, g, []float64{middle[0], middle[1], middle[0], middle[1]}, z)
					address := fill(l.Tiles+"&crs="+grid.CRS, box[0])
					b.Run(kind+"/"+l.ID+"/"+grid.CRS+"/"+name, func(b *testing.B) {
						size := 0
						before := processor(b)
						for b.Loop() {
							size = len(s.get(address, with("Accept-Encoding", "gzip")).wants(200).body)
						}
						b.ReportMetric(float64(processor(b)-before)/1e6/float64(b.N), "cpu-ms/op")
						b.ReportMetric(float64(size), "bytes")
					})
				}
			}
		}
	}
}

// processor is the time that this process has had of the processors, which
// other work on the machine hardly changes. A database's own is not in it.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
