package ledger

import (
	"math"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestJoinManySticks: strips that run aslant side by side, more than are looked
// at one by one, are joined as if each pair of them were looked at.
func TestJoinManySticks(t *testing.T) {
	apart, joined := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(manyAround+2, 3*manyAround).Draw(t, "n")
		turned, gap := rapid.Float64Range(0, math.Pi).Draw(t, "turned"), rapid.SampledFrom([]float64{0, 0.5, 2}).Draw(t, "gap")
		shapes := make([]*indexedShape, n)
		across := 0.0
		for i := range shapes {
			across += rapid.Float64Range(0.9, 4).Draw(t, "step")
			shapes[i] = indexShape(stick(-across*math.Sin(turned), across*math.Cos(turned), 300, 1, turned+rapid.Float64Range(-0.001, 0.001).Draw(t, "tilt")))
		}
		want := newDisjointSets(n)
		for a := range shapes {
			for b := range a {
				bridges(shapes[b], shapes[a], max(gap, touching), nil, func([2]orb.Point, float64) bool {
					want.join(a, b)
					return false
				})
			}
		}
		if got := join(nil, shapes, gap, nil); !reflect.DeepEqual(got, want.numbers()) {
			t.Fatalf("joined %v, pair by pair %v", got, want.numbers())
		}
		for a, l := 0, corridorOf(shapes[0]); a < n; a++ {
			if l.clear(shapes[a], gap) {
				apart++
			} else {
				joined++
			}
		}
	})
	if apart == 0 || joined == 0 {
		t.Errorf("%d lie apart, %d do not", apart, joined)
	}
}

// TestAddAtAnAngle: shapes that run as none of an index does are joined to those
// of it, however many of them ask.
func TestAddAtAnAngle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var shapes []*indexedShape
		var at, others []int
		for i := range 2 * manyAround { // a column of fields that run east
			at = append(at, len(shapes))
			shapes = append(shapes, indexShape(stick(0, 4*float64(i), 20, 3, 0)))
		}
		turned := rapid.Float64Range(0.8, 2.3).Draw(t, "turned")
		for i := range 2 * worthwhile { // beside each other across it
			others = append(others, len(shapes))
			shapes = append(shapes, indexShape(stick(2*float64(i)-16, 128, 300, 1, turned)))
		}
		want := &grouping{shapes, newDisjointSets(len(shapes)), touching, nil, indexOf(nil, nil), nil}
		for _, a := range others {
			for b := range a {
				want.pair(a, b)
			}
		}
		got := &grouping{shapes, newDisjointSets(len(shapes)), touching, nil, indexOf(nil, nil), nil}
		got.add(others, indexOf(nil, shapes[:len(at)]), at)
		if !reflect.DeepEqual(got.groups.numbers(), want.groups.numbers()) {
			t.Fatalf("joined %v, pair by pair %v", got.groups.numbers(), want.groups.numbers())
		}
	})
}

// TestIndexesEndAtOnce: an index of shapes, their lanes and the index of a trend
// are given up at the first look that says to, with as many turns between two looks
// as ever.
func TestIndexesEndAtOnce(t *testing.T) {
	var shapes []*indexedShape
	for i := range 3 * turnsPerLook {
		shapes = append(shapes, indexShape(stick(0, 2*float64(i), 300, 1, 0)))
	}
	lane := corridorOf(shapes[0])
	whole := indexOf(nil, shapes)
	for name, run := range map[string]func(*looks){
		"index": func(l *looks) { indexOf(l, shapes) },
		"lanes": func(l *looks) { (&shapeIndex{shapes: shapes, looks: l}).lanesOf() },
		"trend": func(l *looks) { new(trend).build(l, shapes, whole.lanes(), &lane) },
	} {
		all := &fewLooks{left: math.MaxInt}
		run(looksAt(all.stopped))
		if n := math.MaxInt - all.left; n < 3 {
			t.Errorf("%s: %d looks at %d shapes", name, n, len(shapes))
		}
		few := &fewLooks{left: 1}
		if run(looksAt(few.stopped)); few.after != 1 {
			t.Errorf("%s: %d looks after the first that said to end", name, few.after)
		}
	}
}
