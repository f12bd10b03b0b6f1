package plan

import (
	"strings"
	"testing"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

func TestBudget(t *testing.T) {
	square := geo.Feature{Record: 3, Geometry: orb.MultiPolygon{{orb.Bound{Max: orb.Point{1, 1}}.ToRing()}}}
	for _, c := range []struct {
		limits Limits
		fits   int // squares
		words  string
	}{
		{Limits{}, 1000, ""},
		{Limits{Features: 2}, 2, "more than 2 features"},
		{Limits{Vertices: 14}, 2, "more than 14 vertices"},
	} {
		b := &budget{limits: c.limits}
		for range c.fits {
			if err := b.spend("a.shp", square); err != nil {
				t.Fatal(c.limits, err)
			}
		}
		if c.words == "" {
			continue
		}
		f, ok := geo.AsInputError(b.spend("a.shp", square))
		if !ok || f.Record != 3 || !strings.Contains(f.Error(), c.words) {
			t.Errorf("%+v: %v", c.limits, f)
		}
	}
}
