package tile

import (
	"context"
	"math"
	"testing"

	"landcheck/geo"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// scene is random land on a few tiles: lots on a jittered net, joined or apart,
// some with holes, some of which touch their sides; all of it one valid figure
// for each feature (by GEOS).
func scene(t *rapid.T, kernel *geo.Kernel, at orb.Point, size float64) []orb.MultiPolygon {
	n := rapid.IntRange(2, 9).Draw(t, "lots a side")
	jitter := rapid.Float64Range(0, 0.45).Draw(t, "jitter")
	net := make([][]orb.Point, n+1)
	for i := range net {
		for j := range n + 1 {
			dx, dy := rapid.Float64Range(-jitter, jitter).Draw(t, "dx"), rapid.Float64Range(-jitter, jitter).Draw(t, "dy")
			net[i] = append(net[i], orb.Point{at[0] + (float64(i)+dx)*size, at[1] + (float64(j)+dy)*size})
		}
	}
	features := make([]orb.MultiPolygon, rapid.IntRange(1, 4).Draw(t, "features"))
	for i := range n {
		for j := range n {
			k := rapid.IntRange(-1, len(features)-1).Draw(t, "of")
			if k < 0 {
				continue
			}
			a, b, c, d := net[i][j], net[i+1][j], net[i+1][j+1], net[i][j+1]
			p := orb.Polygon{{a, b, c, d, a}}
			if m := (orb.Point{(a[0] + c[0]) / 2, (a[1] + c[1]) / 2}); rapid.Bool().Draw(t, "hole") {
				w := size * rapid.SampledFrom([]float64{0.001, 0.1, 0.3}).Draw(t, "width")
				p = append(p, orb.Ring{m, {m[0], m[1] + w}, {m[0] + w, m[1] + w}, m})
			}
			if valid, err := kernel.Repair(orb.MultiPolygon{p}); err == nil {
				features[k] = append(features[k], valid...)
			}
		}
	}
	return features
}

// TestTilesAgainstGEOS: whatever land there is, each piece in a tile is valid,
// winds as tiles do, stays within the tile's margin, and shows what GEOS finds
// there but for half a lattice step along the boundaries.
func TestTilesAgainstGEOS(t *testing.T) {
	kernel := geo.NewKernel()
	all := grids(t)
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.SampledFrom(all).Draw(t, "grid")
		z := rapid.IntRange(6, 19).Draw(t, "level")
		at := g.At(orb.Point{111.7, 40.2}, z)
		if !g.sphere {
			at = g.At(orb.Point{g.Origin[0] + zoneSide/2 + 60_000, 4_450_000}, z)
		}
		near := g.Bound(at)
		width := near.Max[0] - near.Min[0]
		size := width * math.Exp(rapid.Float64Range(-7, 0.5).Draw(t, "size"))
		from := orb.Point{near.Min[0] + rapid.Float64Range(-0.3, 1).Draw(t, "x")*width, near.Min[1] + rapid.Float64Range(-0.3, 1).Draw(t, "y")*(near.Max[1]-near.Min[1])}
		var features []Feature
		for i, parts := range scene(t, kernel, from, size) {
			mp, err := kernel.Union([]orb.MultiPolygon{parts}, 0)
			if err != nil || len(mp) == 0 {
				continue
			}
			if rapid.Bool().Draw(t, "as parts") {
				mp = parts // neighbours share their sides
			}
			features = append(features, Feature{ID: uint64(i + 1), Geometry: mp, Bound: geo.Bound(mp)})
		}
		agrees(t, kernel, g, at, features)
	})
}

func agrees(t *rapid.T, kernel *geo.Kernel, g Grid, at Address, features []Feature) {
	made, err := Encode(context.Background(), g, at, "x", features, Mark)
	if err != nil {
		t.Fatal(err)
	}
	pieces := map[uint64]orb.MultiPolygon{}
	if made.Data != nil {
		pieces = decoded(t, made.Data)
	}
	step := float64(g.lattice(at).step)
	square := func(pad float64) orb.MultiPolygon {
		lo, hi := -pad, Extent+pad
		return orb.MultiPolygon{{{{lo, lo}, {hi, lo}, {hi, hi}, {lo, hi}, {lo, lo}}}}
	}
	for _, f := range features {
		valid, err := kernel.Repair(unitsOf(g, at, f.Geometry))
		if err != nil {
			t.Fatal(err)
		}
		if valid, err = kernel.Union([]orb.MultiPolygon{valid}, 0); err != nil {
			t.Fatal(err)
		}
		want, err := kernel.Intersection(valid, square(margin), 0)
		if err != nil {
			t.Fatal(err)
		}
		piece := pieces[f.ID]
		seen, err := kernel.Intersection(valid, square(margin-1), 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(seen) > 0 && piece == nil {
			t.Fatalf("%v: %d of %.3f units² is lost", at, f.ID, shoelace(want))
		}
		if piece == nil {
			continue
		}
		if issue, bad := kernel.Validate(piece); bad {
			t.Fatalf("%v: %s at %v: %v", at, issue.Reason.EN, issue.Location, piece)
		}
		b := geo.Bound(piece)
		if pixel := float64(Extent / Pixels); b.Min[0] < -margin-pixel || b.Min[1] < -margin-pixel || b.Max[0] > Extent+margin+pixel || b.Max[1] > Extent+margin+pixel {
			t.Fatalf("%v: a piece reaches to %v", at, b)
		}
		for _, p := range piece {
			for i, r := range p {
				if (signed(r) > 0) != (i == 0) {
					t.Fatalf("ring %d has the signed area %v", i, signed(r))
				}
			}
		}
		lost, err := kernel.Difference(want, piece, 0)
		if err != nil {
			t.Fatal(err)
		}
		extra, err := kernel.Difference(piece, want, 0)
		if err != nil {
			t.Fatal(err)
		}
		pixel := float64(Extent/Pixels) * float64(Extent/Pixels) // a mark
		slack := perimeter(want)*step*math.Sqrt2 + 8*step*step + pixel
		if l, e := shoelace(lost), shoelace(extra); l > slack || e > slack {
			t.Fatalf("%v: %.1f units² are lost, %.1f too many, of %.1f ± %.1f", at, l, e, shoelace(want), slack)
		}
	}
}

func signed(r orb.Ring) (sum float64) {
	for k := 1; k < len(r); k++ {
		sum += r[k-1][0]*r[k][1] - r[k][0]*r[k-1][1]
	}
	return sum / 2
}
