package overlay

import (
	"context"
	"math"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// drawIslands is land of many small rings: holes, fields in them, and parts, some
// of which touch or cross others.
func drawIslands(t *rapid.T) []orb.MultiPolygon {
	var shapes []orb.MultiPolygon
	at := func() (x, y float64) {
		return float64(rapid.IntRange(0, 24).Draw(t, "x")), float64(rapid.IntRange(0, 24).Draw(t, "y"))
	}
	small := func() orb.Ring {
		x, y := at()
		r := square(x+.1, y+.2, rapid.SampledFrom([]float64{.3, .5, .9, 2}).Draw(t, "side"))[0][0]
		if rapid.Bool().Draw(t, "tri") {
			r = orb.Ring{{x + .1, y + .3}, {x + .7, y + .1 + rapid.SampledFrom([]float64{0, .2, .3}).Draw(t, "dy")}, {x + .4, y + .8}, {x + .1, y + .3}}
		}
		return r
	}
	for range rapid.IntRange(1, 4).Draw(t, "shapes") {
		x, y := at()
		p := square(x/4, y/4, rapid.Float64Range(6, 25).Draw(t, "size"))
		for range rapid.IntRange(0, 12).Draw(t, "holes") {
			p[0] = append(p[0], small())
		}
		for range rapid.IntRange(0, 5).Draw(t, "parts") {
			p = append(p, orb.Polygon{small()})
		}
		shapes = append(shapes, p)
	}
	return append(shapes, drawShapes(t)[:rapid.IntRange(0, 1).Draw(t, "more")]...)
}

// TestIslands: cells, their order and their rings are the same to the bit whether
// islands are set apart or cut with all the rest.
func TestIslands(t *testing.T) {
	apart, inside := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		var shapes []*Shape
		draw := rapid.SampledFrom([]func(*rapid.T) []orb.MultiPolygon{drawIslands, drawIslands, drawShapes, randomScribble}).Draw(t, "draw")
		for _, s := range draw(t) {
			shapes = append(shapes, Prepare(s))
		}
		window := orb.Bound{Min: orb.Point{-20_000, -20_000}, Max: orb.Point{20_000, 20_000}}
		var cells []orb.Polygon
		for name, cut := range map[string]func(ar *Arranger) any{
			"all": func(ar *Arranger) any {
				cells = nil
				all, err := ar.Cells(context.Background(), window, shapes, func([]int32) bool { return true })
				for _, c := range all {
					cells = append(cells, c.Polygon)
				}
				return []any{all, err}
			},
			"within": func(ar *Arranger) any {
				cells, err := ar.CellsWithin(context.Background(), shapes, func(c []int32) bool { return c[0] == 0 })
				return []any{cells, err}
			},
			"beside": func(ar *Arranger) any {
				cells, err := ar.CellsWithin(context.Background(), shapes, func(c []int32) bool { return c[0] == 0 && len(c) == 1 })
				return []any{cells, err}
			},
		} {
			whole, parted := Arranger{fewest: math.MaxInt}, Arranger{fewest: 1}
			want, got := cut(&whole), cut(&parted)
			apart += len(parted.islands)
			if name != "all" && len(parted.islands) > 0 {
				inside++
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: %v\nwith all edges %v", name, got, want)
			}
		}
		whole, parted := Arranger{fewest: math.MaxInt}, Arranger{fewest: 1}
		var some []orb.Polygon
		for _, c := range cells {
			if rapid.IntRange(0, 3).Draw(t, "keep") > 0 {
				some = append(some, c)
			}
		}
		want, err := whole.unite(context.Background(), some)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := parted.unite(context.Background(), some); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("union %v %v\nwith all edges %v", err, got, want)
		}
	})
	if apart == 0 || inside == 0 {
		t.Error("no island was set apart")
	}
}
