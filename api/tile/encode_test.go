package tile

import (
	"context"
	"math"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/sample"

	"github.com/paulmach/orb"
)

// TestSeams puts the pieces of every feature together again: over all tiles of
// a level they cover what the feature covers, within the rounding of its
// boundary, and each piece is valid (by GEOS) and winds as tiles do.
func TestSeams(t *testing.T) {
	square := orb.MultiPolygon{{{{0, 0}, {Extent, 0}, {Extent, Extent}, {0, Extent}, {0, 0}}}}
	kernel := geo.NewKernel()
	for _, g := range grids(t) {
		for _, role := range []domain.Role{domain.LandUse, domain.Townships, domain.RedLine, domain.Shelterbelt} {
			all := county(t, g, role, sample.Options{})
			for _, z := range []int{12, 15} {
				if !g.sphere {
					z -= 2
				}
				sums := map[uint64]float64{}
				step := 0.0
				for _, at := range over(g, boundOf(all), z) {
					tile, err := Encode(context.Background(), g, at, string(role), all, Drop)
					if err != nil {
						t.Fatal(err)
					}
					step = float64(g.lattice(at).step)
					for id, piece := range read(t, tile.Data) {
						if issue, bad := kernel.Validate(piece); bad {
							t.Fatalf("%s %v %s %d: %s at %v", g.Name, at, role, id, issue.Reason.EN, issue.Location)
						}
						winds(t, piece)
						seen, err := kernel.Intersection(piece, square, 0)
						if err != nil {
							t.Fatal(err)
						}
						sums[id] += shoelace(seen)
					}
				}
				compared, total, exact := 0, 0.0, 0.0
				for _, f := range all {
					whole := unitsOf(g, Address{Z: z}, f.Geometry)
					area := shoelace(whole)
					total, exact = total+sums[f.ID], exact+area
					if _, drawn := sums[f.ID]; !drawn {
						if area > 10*minVisible {
							t.Errorf("%s level %d: %s %d of %.0f units² is lost", g.Name, z, role, f.ID, area)
						}
						continue
					}
					compared++
					// Each vertex moves by half a lattice step at most in each direction.
					if slack := perimeter(whole)*step*math.Sqrt2/2 + 4*step*step; math.Abs(sums[f.ID]-area) > slack {
						t.Errorf("%s level %d: %s %d covers %.1f units² instead of %.1f ± %.1f", g.Name, z, role, f.ID, sums[f.ID], area, slack)
					}
				}
				if compared == 0 {
					t.Errorf("%s level %d: no %s compared", g.Name, z, role)
				}
				// Roundings of shared boundaries cancel: the sum is far better.
				if role == domain.LandUse && math.Abs(total/exact-1) > 0.002 {
					t.Errorf("%s level %d: land use covers %.5f of the county", g.Name, z, total/exact)
				}
			}
		}
	}
}

// winds checks MVT 4.3.3.3: outer rings positive by the surveyor's formula
// where y points down, holes negative.
func winds(t *testing.T, mp orb.MultiPolygon) {
	t.Helper()
	for _, p := range mp {
		for i, r := range p {
			var a float64
			for k := 1; k < len(r); k++ {
				a += r[k-1][0]*r[k][1] - r[k][0]*r[k-1][1]
			}
			if (a > 0) != (i == 0) {
				t.Fatalf("ring %d has the signed area %v", i, a/2)
			}
		}
	}
}

// TestFullTile looks at tiles in the middle of the county: land use covers all
// of them, exactly, without gap or overlap, at every level.
func TestFullTile(t *testing.T) {
	square := orb.MultiPolygon{{{{0, 0}, {Extent, 0}, {Extent, Extent}, {0, Extent}, {0, 0}}}}
	kernel := geo.NewKernel()
	for _, g := range grids(t) {
		all := county(t, g, domain.LandUse, sample.Options{})
		for z := 14; z <= 18; z++ {
			at := g.At(boundOf(all).Center(), z)
			tile, err := Encode(context.Background(), g, at, "land_use", all, Drop)
			if err != nil {
				t.Fatal(err)
			}
			sum := 0.0
			for _, piece := range read(t, tile.Data) {
				seen, err := kernel.Intersection(piece, square, 0)
				if err != nil {
					t.Fatal(err)
				}
				sum += shoelace(seen)
			}
			if math.Abs(sum-Extent*Extent) > 1 {
				t.Errorf("%s %v: %.2f units² of %d are covered", g.Name, at, sum, Extent*Extent)
			}
		}
	}
}

// TestCrowdedTile keeps the largest features of a tile that is too full.
func TestCrowdedTile(t *testing.T) {
	g := grids(t)[1]
	at := g.At(orb.Point{37_500_000, 4_600_000}, 12)
	b := g.Bound(at)
	n := 120
	var all []Feature
	for i := range n * n {
		x, y := b.Min[0]+float64(i%n)/float64(n)*(b.Max[0]-b.Min[0]), b.Min[1]+float64(i/n)/float64(n)*(b.Max[1]-b.Min[1])
		w := 3 + float64(i)/float64(n*n)*10
		mp := orb.MultiPolygon{{{{x, y}, {x + w, y}, {x + w, y + w}, {x, y + w}, {x, y}}}}
		all = append(all, Feature{ID: uint64(i + 1), Geometry: mp, Bound: geo.Bound(mp), Properties: map[string]any{"id": "x"}})
	}
	tile, err := Encode(context.Background(), g, at, "pbf", all, Drop)
	if err != nil {
		t.Fatal(err)
	}
	if tile.Features != MaxFeatures || tile.Features+tile.Omitted > n*n || tile.Omitted < n*n/5 || len(tile.Data) > MaxBytes {
		t.Errorf("%d features, %d omitted, %d bytes", tile.Features, tile.Omitted, len(tile.Data))
	}
	shown := read(t, tile.Data)
	if shown[uint64(n*n)] == nil || shown[1] != nil {
		t.Error("the largest feature must be there and the smallest not")
	}
}

// TestSmall: below a pixel, a parcel goes and a finding stays.
func TestSmall(t *testing.T) {
	g := grids(t)[1]
	for name, mp := range map[string]orb.MultiPolygon{
		"speck":  {{{{37_500_000, 4_600_000}, {37_500_002, 4_600_000}, {37_500_002, 4_600_002}, {37_500_000, 4_600_000}}}},
		"thread": {{{{37_490_000, 4_600_000}, {37_510_000, 4_600_000}, {37_510_000, 4_600_000.5}, {37_490_000, 4_600_000}}}},
	} {
		f := []Feature{{ID: 7, Geometry: mp, Bound: geo.Bound(mp)}}
		for z := range 10 {
			for _, small := range []Small{Drop, Mark} {
				tile, err := Encode(context.Background(), g, g.At(mp[0][0][0], z), "findings", f, small)
				if err != nil {
					t.Fatal(err)
				}
				if drawn := tile.Features == 1; drawn != (small == Mark) && (small == Mark || name == "speck") {
					t.Errorf("%s at level %d, small %v: drawn %v", name, z, small, drawn)
				}
			}
		}
	}
}
