package geo

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// squareRing is a square by its corner and width.
func squareRing(x, y, w float64) orb.Ring {
	return orb.Ring{{x, y}, {x + w, y}, {x + w, y + w}, {x, y + w}, {x, y}}
}

// concentric are n squares in each other, as polygons with one hole each.
func concentric(n int) orb.MultiPolygon {
	var mp orb.MultiPolygon
	step := 350 / float64(n)
	for i := range n {
		r := squareRing(37_540_100+float64(i)*step, 4_500_100+float64(i)*step, 800-2*float64(i)*step)
		if i%2 == 1 {
			r.Reverse()
			mp[len(mp)-1] = append(mp[len(mp)-1], r)
			continue
		}
		mp = append(mp, orb.Polygon{r})
	}
	return mp
}

// holed is a square with n square holes in rows.
func holed(n int) orb.Polygon {
	k := int(math.Ceil(math.Sqrt(float64(n))))
	p := orb.Polygon{squareRing(37_540_000, 4_500_000, float64(k)+1)}
	for i := range n {
		r := squareRing(37_540_000.5+float64(i%k), 4_500_000.5+float64(i/k), 0.5)
		r.Reverse()
		p = append(p, r)
	}
	return p
}

// pointed are n triangles in rows, each of which stands with its lowest corner over
// the westernmost one of that below it.
func pointed(n int) orb.Polygon {
	p := holed(n)
	for i, r := range p[1:] {
		x, y := r[0][0], r[0][1]
		p[i+1] = orb.Ring{{x, y + 0.3}, {x + 0.3, y + 0.5}, {x + 0.2, y}, {x, y + 0.3}}
		if i/int(p[0][1][0]-p[0][0][0]-1)%2 == 1 {
			p[i+1] = orb.Ring{{x - 0.2, y + 0.2}, {x + 0.2, y + 0.5}, {x, y}, {x - 0.2, y + 0.2}}
		}
	}
	return p
}

// TestManyRings: shapes of many rings are seen to be sound without GEOS, which
// is quadratic in what they are nested by.
func TestManyRings(t *testing.T) {
	for name, mp := range map[string]orb.MultiPolygon{
		"holes":             {holed(200_000)},
		"pointed":           {pointed(20_000)},
		"nested":            concentric(20_000),
		"nested, one far":   append(concentric(20_000), orb.Polygon{squareRing(37_700_000, 4_500_000, 1)}),
		"a shell with more": {holed(500), orb.Polygon{squareRing(37_540_000.6, 4_500_000.6, 0.1)}},
	} {
		if sound, err := validRings(mp); !sound || err != nil {
			t.Errorf("%s: sound %v, error %v", name, sound, err)
		}
	}
}

// TestSoundRings holds what is seen without GEOS against GEOS: rings scattered
// over a small field, now and then touching, crossing, wrongly nested.
func TestSoundRings(t *testing.T) {
	k := NewKernel()
	seen := 0
	rapid.Check(t, func(t *rapid.T) {
		mp := orb.MultiPolygon{holed(rapid.IntRange(manyRings, manyRings+40).Draw(t, "holes"))}
		at := func(name string) orb.Point {
			return orb.Point{37_540_000 + float64(rapid.IntRange(0, 90).Draw(t, name))/8, 4_500_000 + float64(rapid.IntRange(0, 90).Draw(t, name))/8}
		}
		for range rapid.IntRange(0, 4).Draw(t, "more") {
			p := at("place")
			r := squareRing(p[0], p[1], float64(rapid.IntRange(1, 20).Draw(t, "width"))/8)
			if w := r[1][0] - r[0][0]; rapid.Bool().Draw(t, "diamond") {
				r = orb.Ring{{p[0], p[1] + w/2}, {p[0] + w/2, p[1]}, {p[0] + w, p[1] + w/2}, {p[0] + w/2, p[1] + w}, {p[0], p[1] + w/2}}
			}
			if rapid.Bool().Draw(t, "hole") {
				mp[0] = append(mp[0], r)
			} else {
				mp = append(mp, orb.Polygon{r})
			}
		}
		sound, err := validRings(mp)
		if err != nil {
			t.Fatal(err)
		}
		g, err := k.enter(mp)
		if err != nil {
			t.Fatal(err)
		}
		if sound {
			seen++
			if !g.IsValid() {
				t.Fatalf("called sound, but GEOS says %s: %v", g.IsValidReason(), mp)
			}
		}
	})
	if seen == 0 {
		t.Error("nothing was ever seen to be sound")
	}
}

// TestNesting: the parents of rings in a row of nests, whatever their order.
func TestNesting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type made struct {
			ring   orb.Ring
			parent int
		}
		var all []made
		for nest := range rapid.IntRange(1, 5).Draw(t, "nests") {
			x, parent := 100*float64(nest), -1
			for depth := range rapid.IntRange(1, 9).Draw(t, "depth") {
				r := squareRing(x+float64(depth), float64(depth), 30-2*float64(depth))
				if rapid.Bool().Draw(t, "reversed") {
					r.Reverse()
				}
				all = append(all, made{r, parent})
				parent = len(all) - 1
			}
		}
		order := rapid.Permutation(indices(len(all))).Draw(t, "order")
		rings, place := make([]orb.Ring, len(all)), make([]int, len(all))
		for at, i := range order {
			rings[at], place[i] = all[i].ring, at
		}
		parents, ok := Nesting(rings)
		if !ok {
			t.Fatal("not certain")
		}
		for i, m := range all {
			want := -1
			if m.parent >= 0 {
				want = place[m.parent]
			}
			if parents[place[i]] != want {
				t.Fatalf("ring %v lies in %d, want %d", m.ring, parents[place[i]], want)
			}
		}
	})
}

func indices(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// TestCrossings holds the count against the plain one, and refuses what crosses
// itself without end.
func TestCrossings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r orb.Ring
		for range rapid.IntRange(3, 40).Draw(t, "corners") {
			r = append(r, orb.Point{rapid.Float64Range(0, 1000).Draw(t, "x"), rapid.Float64Range(0, 1000).Draw(t, "y")})
		}
		r = append(r, r[0])
		want := 0
		for i := range len(r) - 1 {
			for j := i + 2; j < len(r)-1; j++ {
				if side(r[i], r[i+1], r[j])*side(r[i], r[i+1], r[j+1]) < 0 && side(r[j], r[j+1], r[i])*side(r[j], r[j+1], r[i+1]) < 0 {
					want++
				}
			}
		}
		if got, err := Crossings(orb.MultiPolygon{{r}}); err != nil || got < want {
			t.Fatalf("%d crossings (%v), at least %d expected", got, err, want)
		}
	})
	for _, n := range []int{300, 1001} {
		var r orb.Ring
		for i := range n {
			a := 2 * math.Pi * float64(i*(n/2)%n) / float64(n)
			r = append(r, orb.Point{math.Cos(a), math.Sin(a)})
		}
		_, err := Crossings(orb.MultiPolygon{{append(r, r[0])}})
		if f, ok := AsInputError(err); !ok {
			t.Errorf("a star of %d corners: %v", n, err)
		} else {
			t.Log(fmt.Sprint(f))
		}
	}
	same := orb.MultiPolygon{}
	for range 300 {
		same = append(same, orb.Polygon{squareRing(0, 0, 1)})
	}
	if _, err := Crossings(same); err == nil {
		t.Error("300 parts on one another are counted without end")
	}
}
