package tile

import (
	"bytes"
	"context"
	"math"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/sample"

	"github.com/paulmach/orb"
)

// TestStored: a layer that was kept and read again gives the same tiles, also
// on another grid as near as a millimetre.
func TestStored(t *testing.T) {
	all := grids(t)
	own := all[1]
	l := Prepare(own, county(t, own, domain.LandUse, sample.Options{}))
	var kept bytes.Buffer
	if err := l.Encode(&kept); err != nil {
		t.Fatal(err)
	}
	for cut := 0; cut < kept.Len(); cut += 1 + kept.Len()/50 { // half-written files
		if _, err := Decode(bytes.NewReader(kept.Bytes()[:cut])); err == nil {
			t.Fatalf("%d bytes of %d are read", cut, kept.Len())
		}
	}
	again, err := Decode(&kept)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range all {
		direct, err := l.On(g)
		if err != nil {
			t.Fatal(err)
		}
		read, err := again.On(g)
		if err != nil {
			t.Fatal(err)
		}
		at := g.At(read.Bound().Center(), 14)
		a, err := direct.Tile(context.Background(), at, "x", Drop)
		if err != nil {
			t.Fatal(err)
		}
		b, err := read.Tile(context.Background(), at, "x", Drop)
		if err != nil || a.Data == nil || !bytes.Equal(a.Data, b.Data) {
			t.Errorf("%s: %d and %d bytes, %v", g.Name, len(a.Data), len(b.Data), err)
		}
		way, err := geo.NewTransform(own.System(), g.System())
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(l.points); i += 997 {
			p, q := l.points[i], read.points[i]
			want, err := way.Point(orb.Point{l.origin[0] + float64(p.X)*l.unit, l.origin[1] - float64(p.Y)*l.unit})
			if err != nil {
				t.Fatal(err)
			}
			want = g.plane(want)
			got := orb.Point{read.origin[0] + float64(q.X)*read.unit, read.origin[1] - float64(q.Y)*read.unit}
			if d := math.Hypot(got[0]-want[0], got[1]-want[1]); d > fineness {
				t.Fatalf("%s: a vertex is %.4f m away", g.Name, d)
			}
		}
	}
}

// TestHugeFigure: one finding of 200 000 vertices, all round the tile, is cut
// at every level, and valid.
func TestHugeFigure(t *testing.T) {
	g := grids(t)[1]
	const n = 200_000
	ring := make(orb.Ring, 0, n+1)
	for i := range n {
		a, r := float64(i)/n*2*math.Pi, 20_000+3_000*math.Sin(float64(i)/n*2*math.Pi*5_000)
		ring = append(ring, orb.Point{37_560_000 + r*math.Cos(a), 4_573_000 + r*math.Sin(a)})
	}
	ring = append(ring, ring[0])
	mp := orb.MultiPolygon{{ring}}
	l := Prepare(g, []Feature{{ID: 1, Geometry: mp, Bound: geo.Bound(mp)}})
	kernel := geo.NewKernel()
	for z := range MaxZoom + 1 {
		made, err := l.Tile(context.Background(), g.At(ring[0], z), "findings", Mark)
		if err != nil || made.Features != 1 {
			t.Fatalf("level %d: %d features, %v", z, made.Features, err)
		}
		for _, piece := range read(t, made.Data) {
			if issue, bad := kernel.Validate(piece); bad {
				t.Errorf("level %d: %s at %v", z, issue.Reason.EN, issue.Location)
			}
		}
	}
}
