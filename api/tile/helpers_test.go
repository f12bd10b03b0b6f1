package tile

import (
	"context"
	"math"
	"path/filepath"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/sample"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
)

func grids(t testing.TB) []Grid {
	t.Helper()
	prefixed, err := ParseGrid("EPSG:4525")
	if err != nil {
		t.Fatal(err)
	}
	plain, err := ParseGrid("EPSG:4546")
	if err != nil {
		t.Fatal(err)
	}
	return []Grid{Mercator(), prefixed, plain}
}

// county reads a layer of the sample county in a grid's system.
func county(t testing.TB, g Grid, role domain.Role, o sample.Options) []Feature {
	t.Helper()
	c, err := sample.New(o)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "base")
	if err := c.WriteBase(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	base, err := plan.OpenBase(context.Background(), []string{dir}, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer base.Close()
	parcels, err := base.Near(context.Background(), role, g.System(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var all []Feature
	for _, p := range parcels {
		all = append(all, Feature{ID: uint64(p.Record), Geometry: p.Geometry, Bound: geo.Bound(p.Geometry),
			Properties: map[string]any{"id": p.ID}})
	}
	return all
}

func boundOf(all []Feature) orb.Bound {
	b := all[0].Bound
	for _, f := range all {
		b = b.Union(f.Bound)
	}
	return b
}

// over are the tiles of a level that a box meets.
func over(g Grid, b orb.Bound, z int) []Address {
	nw, se := g.At(orb.Point{b.Min[0], b.Max[1]}, z), g.At(orb.Point{b.Max[0], b.Min[1]}, z)
	var all []Address
	for x := nw.X; x <= se.X; x++ {
		for y := nw.Y; y <= se.Y; y++ {
			all = append(all, Address{z, x, y})
		}
	}
	return all
}

// read decodes a tile: feature id → figure.
func read(t testing.TB, data []byte) map[uint64]orb.MultiPolygon {
	t.Helper()
	return decoded(t, data)
}

// fataler is a test, or a property's.
type fataler interface {
	Fatal(...any)
	Fatalf(string, ...any)
}

func decoded(t fataler, data []byte) map[uint64]orb.MultiPolygon {
	layers, err := mvt.Unmarshal(data)
	if err != nil {
		t.Fatal(err)
	}
	out := map[uint64]orb.MultiPolygon{}
	for _, l := range layers {
		if l.Version != 2 || l.Extent != Extent {
			t.Fatalf("version %d, extent %d", l.Version, l.Extent)
		}
		for _, f := range l.Features {
			id := uint64(f.ID.(float64))
			switch g := f.Geometry.(type) {
			case orb.Polygon:
				out[id] = append(out[id], g)
			case orb.MultiPolygon:
				out[id] = append(out[id], g...)
			default:
				t.Fatalf("geometry %T", g)
			}
		}
	}
	return out
}

// shoelace is the plane area of a figure, outer rings less holes.
func shoelace(mp orb.MultiPolygon) float64 {
	var sum float64
	for _, p := range mp {
		for i, r := range p {
			var a float64
			for k := 1; k < len(r); k++ {
				a += (r[k-1][0] - r[0][0]) * (r[k][1] - r[0][1])
				a -= (r[k][0] - r[0][0]) * (r[k-1][1] - r[0][1])
			}
			if a = math.Abs(a / 2); i > 0 {
				a = -a
			}
			sum += a
		}
	}
	return sum
}

func perimeter(mp orb.MultiPolygon) float64 {
	var sum float64
	for _, p := range mp {
		for _, r := range p {
			for k := 1; k < len(r); k++ {
				sum += math.Hypot(r[k][0]-r[k-1][0], r[k][1]-r[k-1][1])
			}
		}
	}
	return sum
}

// unitsOf brings a figure into a tile's units, y down.
func unitsOf(g Grid, at Address, mp orb.MultiPolygon) orb.MultiPolygon {
	l := g.lattice(at)
	out := make(orb.MultiPolygon, len(mp))
	for i, p := range mp {
		for _, r := range p {
			var ring orb.Ring
			for _, v := range r {
				q := g.plane(v)
				ring = append(ring, orb.Point{(q[0]-g.Origin[0])/l.unit - l.x0, (g.Origin[1]-q[1])/l.unit - l.y0})
			}
			out[i] = append(out[i], ring)
		}
	}
	return out
}
