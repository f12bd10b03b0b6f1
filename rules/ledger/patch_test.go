package ledger

import (
	"math"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestJoinAgainstBruteForce holds patches against a version without index,
// limit or union-find: GEOS distances, and a flood over all pairs.
func TestJoinAgainstBruteForce(t *testing.T) {
	k := geo.NewKernel()
	rapid.Check(t, func(t *rapid.T) {
		var outlines, barriers []orb.MultiPolygon
		box := func(name string, size float64) orb.MultiPolygon {
			x, y := rapid.Float64Range(0, 150).Draw(t, name+"x"), rapid.Float64Range(0, 150).Draw(t, name+"y")
			w, h := rapid.Float64Range(1, size).Draw(t, name+"w"), rapid.Float64Range(1, size).Draw(t, name+"h")
			return rect(x, y, x+w, y+h)
		}
		for range rapid.IntRange(2, 12).Draw(t, "n") {
			outlines = append(outlines, box("o", 40))
		}
		for range rapid.IntRange(0, 3).Draw(t, "walls") {
			barriers = append(barriers, box("b", 5))
		}
		const gap = 12
		// A hair of width makes a line a shape that GEOS can measure.
		walled := func(p, q orb.Point) bool {
			length := math.Hypot(p[0]-q[0], p[1]-q[1])
			nx, ny := (q[1]-p[1])/length*1e-6, -(q[0]-p[0])/length*1e-6
			hair := orb.MultiPolygon{{{p, q, {q[0] + nx, q[1] + ny}, p}}}
			for _, wall := range barriers {
				d, err := k.Distance(hair, wall)
				core, coreErr := k.Distance(hair, orb.MultiPolygon{wall.Bound().Pad(-1e-5).ToPolygon()})
				if err != nil || coreErr != nil {
					// Near a corner a hair can be so thin that its corners round to one.
					t.Skip("GEOS takes the hair for no shape", err, coreErr)
				}
				if d > 0 && d < 1e-5 || d == 0 && core > 0 {
					t.Skip("a line grazes a wall: the answer is a matter of rounding")
				}
				if d == 0 {
					return true
				}
			}
			return false
		}
		linked := func(a, b orb.MultiPolygon) bool {
			d, err := k.Distance(a, b)
			if err != nil {
				t.Fatal(err)
			}
			if d > gap {
				return false
			}
			if d <= touching {
				return true
			}
			for _, pair := range [][2]orb.MultiPolygon{{a, b}, {b, a}} {
				for _, p := range pair[0][0][0] {
					for i := 1; i < len(pair[1][0][0]); i++ {
						q := foot(p, [2]orb.Point{pair[1][0][0][i-1], pair[1][0][0][i]})
						if math.Hypot(p[0]-q[0], p[1]-q[1]) <= gap && !walled(p, q) {
							return true
						}
					}
				}
			}
			return false
		}
		want := make([]int, len(outlines))
		for i := range want {
			want[i] = -1
		}
		next := 0
		for i := range outlines {
			if want[i] >= 0 {
				continue
			}
			flood := []int{i}
			want[i] = next
			for len(flood) > 0 {
				a := flood[0]
				flood = flood[1:]
				for b := range outlines {
					if want[b] < 0 && linked(outlines[a], outlines[b]) {
						want[b] = next
						flood = append(flood, b)
					}
				}
			}
			next++
		}
		got := join(nil, figuresOf(outlines), gap, figuresOf(barriers))
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("patches %v, brute force %v", got, want)
			}
		}
	})
}

// TestBlocksByHand: two fields 10 m apart are one block of 2 ha; a road between
// them parts them; ploughing the gap joins them whatever its width.
func TestBlocksByHand(t *testing.T) {
	field := func(record int, x float64) plan.Parcel {
		return parcelAt(domain.LandUse, record, rect(x, 0, x+100, 100), "0103", "")
	}
	grass := parcelAt(domain.LandUse, 3, rect(100, 0, 130, 100), "0401", "")
	project := []plan.Feature{{Geometry: rect(-10, -10, 500, 500)}}
	road := changeAt(domain.LandUseChange, 1, rect(120, 0, 125, 100), "1003")
	plough := changeAt(domain.LandUseChange, 1, rect(100, 0, 130, 100), "0103")
	for _, c := range []struct {
		name          string
		second        float64
		change        plan.Change
		before, after float64 // mean block, m²
	}{
		{"a road parts", 130, road, 10000, 10000},
		{"a gap of 10 m joins, a road parts", 110, changeAt(domain.LandUseChange, 1, rect(103, 0, 106, 100), "1003"), 20000, 10000},
		{"ploughing joins", 130, plough, 10000, 23000},
	} {
		base := memoryBase{domain.LandUse: {field(1, 0), field(2, c.second), grass}}
		p := &plan.Plan{CRS: zone37, Project: project, Changes: []plan.Change{c.change}}
		l, err := Build(t.Context(), p, base, Options{Blocks: &BlockSpec{Gap: 12, Barriers: []string{"1003"}}})
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(l.Blocks.Before-c.before) > 2 || math.Abs(l.Blocks.After-c.after) > 2 {
			t.Errorf("%s: %v → %v, want %v → %v", c.name, l.Blocks.Before, l.Blocks.After, c.before, c.after)
		}
	}
}
