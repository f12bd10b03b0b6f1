package ledger

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// plainSlivers is Slivers pair by pair and edge by edge; unsure where a piece is about
// at a limit.
func plainSlivers(shapes []Shape, limits SliverLimits, set []int) (slivers []int, pieces int, unsure bool) {
	indexed := make([]*indexedShape, len(set))
	for k, i := range set {
		indexed[k] = indexShape(orb.MultiPolygon{shapes[i].Polygon})
	}
	j := grouping{shapes: indexed, groups: newDisjointSets(len(set)), gap: touching, wallIndex: indexOf(nil, nil)}
	for a := range set {
		for b := range a {
			j.pair(a, b)
		}
	}
	members := map[int][]int{}
	for k, n := range j.groups.numbers() {
		members[n] = append(members[n], k)
	}
	for _, m := range members {
		area, around, small := 0.0, 0.0, false
		for _, k := range m {
			s := shapes[set[k]]
			outline := perimeter(orb.MultiPolygon{s.Polygon})
			area, around, small = area+s.Area, around+outline, small || limits.sliver(s.Area, outline)
			for e := range edges(indexed[k].outline) {
				around -= plainAgainst(e, k, m, indexed)
			}
		}
		width := 2 * area / around
		unsure = unsure || math.Abs(width-limits.Width) < 1e-7 || math.Abs(area-limits.Area) < 1e-9
		if small && limits.sliver(area, around) {
			pieces++
			for _, k := range m {
				slivers = append(slivers, set[k])
			}
		}
	}
	slices.Sort(slivers)
	return slivers, pieces, unsure
}

func plainAgainst(e [2]orb.Point, own int, members []int, indexed []*indexedShape) float64 {
	dx, dy := e[1][0]-e[0][0], e[1][1]-e[0][1]
	length := math.Hypot(dx, dy)
	var cuts []float64
	var parts [][2]float64
	for _, b := range members {
		for f := range edges(indexed[b].outline) {
			if from, to, ok := alongside(e, dx/length, dy/length, length, f); ok && b != own {
				parts, cuts = append(parts, [2]float64{from, to}), append(cuts, from, to)
			}
		}
	}
	slices.Sort(cuts)
	sum := 0.0
	for i := 1; i < len(cuts); i++ {
		middle := (cuts[i-1] + cuts[i]) / 2
		if slices.ContainsFunc(parts, func(p [2]float64) bool { return p[0] <= middle && middle <= p[1] }) {
			sum += cuts[i] - cuts[i-1]
		}
	}
	return sum
}

// planar is a shape with its area on the plane.
func planar(r orb.Ring) Shape {
	double := 0.0
	for i := 1; i < len(r); i++ {
		double += (r[i-1][0]-r[0][0])*(r[i][1]-r[0][1]) - (r[i][0]-r[0][0])*(r[i-1][1]-r[0][1])
	}
	return Shape{orb.Polygon{r}, double / 2}
}

// drawFans draws wedges that meet in one or two corners: of any width, next to
// each other or apart, long and short, some cut in two across, some with a tip
// that is a hair off, some about the end of another, with strips along some of them.
func drawFans(t *rapid.T) (shapes []Shape) {
	for range rapid.IntRange(1, 2).Draw(t, "hubs") {
		hub := orb.Point{rapid.SampledFrom([]float64{0, 0, 30, 1}).Draw(t, "x"), rapid.SampledFrom([]float64{0, 5}).Draw(t, "y")}
		at := func(angle, far float64) orb.Point {
			return orb.Point{hub[0] + math.Round(far*math.Cos(angle)*1e4)/1e4, hub[1] + math.Round(far*math.Sin(angle)*1e4)/1e4}
		}
		angle, size := 0.0, rapid.SampledFrom([]float64{1, 10, 100}).Draw(t, "size")
		for range rapid.IntRange(hubShapes, 2*hubShapes).Draw(t, "wedges") {
			next := angle + rapid.SampledFrom([]float64{1e-4, 1e-3, 0.01, 0.05}).Draw(t, "wide")
			far := size * rapid.SampledFrom([]float64{0.2, 1, 1, 1}).Draw(t, "far")
			tip := hub
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0:
				angle = next // none here
				continue
			case 1: // an outer part
				shapes = append(shapes, planar(orb.Ring{at(angle, far), at(angle, 2*far), at(next, 2*far), at(next, far), at(angle, far)}))
			case 2: // a strip on the outer end
				shapes = append(shapes, planar(orb.Ring{at(angle, far), at(angle, far+0.03), at(next, far+0.03), at(next, far), at(angle, far)}))
			case 3, 4: // one that reaches round the outer end of another
				mid := (angle + next) / 2
				shapes = append(shapes, planar(orb.Ring{hub, at(mid, far), at(angle, far), at(angle, 2*far), at(next, 2*far), hub}))
				next = mid
			case 5:
				tip = at(angle/2+next/2, rapid.SampledFrom([]float64{5e-4, 2e-3}).Draw(t, "off"))
			}
			if s := planar(orb.Ring{tip, at(angle, far), at(next, far), tip}); s.Area > 0 {
				shapes = append(shapes, s)
			}
			angle = next
		}
	}
	return slices.DeleteFunc(shapes, func(s Shape) bool { return s.Area <= 0 })
}

// TestHubsAgainstPlain: what meets in one corner is joined, and its outline
// measured, as by holding everything against everything.
func TestHubsAgainstPlain(t *testing.T) {
	met, left := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		shapes := drawFans(t)
		limits := SliverLimits{Area: rapid.SampledFrom([]float64{0.01, 1}).Draw(t, "area"), Width: rapid.SampledFrom([]float64{0.002, 0.05, 0.3}).Draw(t, "width")}
		pieces := NewComponents(t.Context().Err, shapes, limits)
		if pieces.hubs != nil {
			met += len(pieces.hubs.places)
		}
		for range 2 { // the second meets what the first found
			share := rapid.IntRange(1, 4).Draw(t, "share")
			var set []int
			for i := range shapes {
				if rapid.IntRange(0, share).Draw(t, "in") > 0 {
					set = append(set, i)
				}
			}
			want, n, unsure := plainSlivers(shapes, limits, set)
			if unsure {
				t.Skip("on the limit")
			}
			got, m := pieces.Slivers(set)
			if !slices.Equal(got, want) || m != n {
				t.Fatalf("%v in %d pieces, plainly %v in %d", got, m, want, n)
			}
			left += len(want)
		}
	})
	if met == 0 || left == 0 {
		t.Errorf("%d hubs, %d slivers: nothing was tried", met, left)
	}
}

// TestBorderAtHubs holds the length that shapes share against that of every pair
// of edges.
func TestBorderAtHubs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shapes := drawFans(t)
		pieces := NewComponents(t.Context().Err, shapes, SliverLimits{Area: 1e9, Width: 1})
		members := all(len(shapes))
		n := componentSearch{Components: pieces, looks: nil}
		got, want := n.shared(members), 0.0
		for k := range members {
			for e := range edges(pieces.indexed[k].outline) {
				want += plainAgainst(e, k, members, pieces.indexed)
			}
		}
		if math.Abs(got-want) > 1e-6*(1+want) {
			t.Fatalf("%.9f m shared, plainly %.9f", got, want)
		}
	})
}

// fewLooks says to end once it was asked so many times.
type fewLooks struct{ left, after int }

func (c *fewLooks) stopped() error {
	if c.left--; c.left >= 0 {
		return nil
	}
	c.after++
	return context.Canceled
}

// TestEndsAtOnce: what joins shapes breaks off at the first look that says
// to. Between two looks lie turnsPerLook turns.
func TestEndsAtOnce(t *testing.T) {
	var shapes []Shape
	at := func(i int) orb.Point {
		a := 2 * math.Pi * float64(i) / 6000
		return orb.Point{30 * math.Cos(a), 30 * math.Sin(a)}
	}
	for i := range 6000 {
		shapes = append(shapes, planar(orb.Ring{{0, 0}, at(i), at(i + 1), {0, 0}}))
	}
	indexed := make([]*indexedShape, len(shapes))
	pieces := make([]*landPiece, len(shapes))
	for i, s := range shapes {
		indexed[i] = indexShape(orb.MultiPolygon{s.Polygon})
		pieces[i] = &landPiece{blockKind: blockKind{cropland: true}, unchanged: apart, indexedShape: *indexed[i]}
	}
	for name, run := range map[string]func(stopped func() error){
		"slivers": func(stopped func() error) {
			NewComponents(stopped, shapes, SliverLimits{Area: 1, Width: 0.05}).Slivers(all(len(shapes)))
		},
		"join": func(stopped func() error) { join(looksAt(stopped), indexed, 12, nil) },
		"blocks": func(stopped func() error) {
			meanBlock(looksAt(stopped), pieces, unchanged{index: indexOf(nil, nil)}, 12)
		},
	} {
		whole := &fewLooks{left: math.MaxInt}
		run(whole.stopped)
		looks := math.MaxInt - whole.left
		if looks < 3 {
			t.Errorf("%s: %d looks", name, looks)
		}
		for _, k := range []int{0, 1, looks / 2, looks - 1} {
			few := &fewLooks{left: k}
			if run(few.stopped); few.after != 1 {
				t.Errorf("%s: %d looks after look %d of %d", name, few.after, k, looks)
			}
		}
	}
}
