package overlay

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// lattice is n × n squares of a metre, half a metre apart.
func lattice(n int) []orb.Polygon {
	var all []orb.Polygon
	for i := range n * n {
		all = append(all, square(1.5*float64(i%n), 1.5*float64(i/n), 1)[0])
	}
	return all
}

// TestLargeUnionsWait: a union of hundreds of thousands of edges is what it is,
// made alone, and whoever waits for another to end is told to stop.
func TestLargeUnionsWait(t *testing.T) {
	cells := lattice(230)
	union, err := new(Arranger).unite(t.Context(), cells)
	if err != nil || len(union) != len(cells) {
		t.Fatalf("%d parts, want %d; error %v", len(union), len(cells), err)
	}
	largeUnions <- struct{}{}
	defer func() { <-largeUnions }()
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	cancel(enough)
	if _, err := new(Arranger).unite(ctx, cells); !errors.Is(err, enough) {
		t.Errorf("error %v, want %v", err, enough)
	}
}

// TestVertexNumbers: places are told apart however many more there are than
// was thought.
func TestVertexNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var g graph
		g.reserve(rapid.IntRange(0, 20).Draw(t, "reserved"))
		numbers := map[point]int32{}
		for range rapid.IntRange(0, 300).Draw(t, "n") {
			p := point{rapid.Int64Range(0, 30).Draw(t, "x"), rapid.Int64Range(0, 30).Draw(t, "y")}
			want, known := numbers[p]
			if !known {
				want = int32(len(numbers))
				numbers[p] = want
			}
			if got := g.vertexAt(p); got != want {
				t.Fatalf("%v is %d, want %d", p, got, want)
			}
		}
	})
}

// TestSettledCostLittle: edges that were found not to cross are not looked
// through again for each other when a few new ones come up.
func TestSettledCostLittle(t *testing.T) {
	field := square(-1, -1, 152)
	for _, hole := range lattice(100) {
		hole[0].Reverse()
		field[0] = append(field[0], hole[0])
	}
	road := orb.MultiPolygon{{{{-5, -2}, {-3, -2}, {156, 155}, {154, 155}, {-5, -2}}}}
	ar := Arranger{fewest: math.MaxInt} // holes are cut with all the rest
	_, err := ar.Cells(t.Context(), orb.Bound{Min: orb.Point{-10, -10}, Max: orb.Point{160, 160}}, []*Shape{Prepare(field), Prepare(road)}, func([]int32) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	if per := ar.Spent() / int64(len(ar.segments)); per > 500 {
		t.Errorf("%d steps an edge", per)
	}
}
