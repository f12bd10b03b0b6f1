package plan

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// shapeOf is a feature of a shape.
func shapeOf(id string, mp orb.MultiPolygon) *Feature {
	return &Feature{Role: domain.PBFIn, File: "DLBG.shp", Record: 7, ID: id, Geometry: mp}
}

// wound is a star that crosses itself about corners²/2 times.
func wound(corners int) orb.MultiPolygon {
	var r orb.Ring
	for i := range corners {
		a := 2 * math.Pi * float64(i*(corners/2)%corners) / float64(corners)
		r = append(r, orb.Point{500 + 400*math.Cos(a), 500 + 400*math.Sin(a)})
	}
	return orb.MultiPolygon{{append(r, r[0])}}
}

// TestTooComplex: a shape that would cost minutes to repair is refused by its name
// and place; one that crosses itself a little is repaired as before.
func TestTooComplex(t *testing.T) {
	ring := func(x, y, w float64) orb.Ring {
		return orb.Ring{{x, y}, {x + w, y}, {x + w, y + w}, {x, y + w}, {x, y}}
	}
	many := orb.MultiPolygon{{ring(-1, -1, 400)}}
	for i := range 25_000 {
		many[0] = append(many[0], ring(float64(i%160), float64(i/160), 0.5))
	}
	many[0] = append(many[0], many[0][1])
	same := orb.MultiPolygon{}
	for range 3000 {
		same = append(same, orb.Polygon{ring(0, 0, 9)})
	}
	for name, mp := range map[string]orb.MultiPolygon{"a star": wound(1001), "a hole twice among many": many, "a part 3000 times": same} {
		_, err := repairAll(t.Context(), []*Feature{shapeOf("C1", wound(51)), shapeOf("C7", mp)})
		f, ok := geo.AsInputError(err)
		if !ok {
			t.Fatalf("%s: %v", name, err)
		}
		if f.File != "DLBG.shp" || f.Record != 7 || !strings.Contains(f.Message.ZH, "C7") || f.Advice.IsZero() {
			t.Errorf("%s: %v", name, f)
		}
	}
	issues, err := repairAll(t.Context(), []*Feature{shapeOf("C1", wound(51))})
	if err != nil || issues[0] == nil {
		t.Errorf("a small star: %v, %v", issues, err)
	}
}

// TestTooComplexInAll: what each shape may cross itself, all of them may not.
func TestTooComplexInAll(t *testing.T) {
	var features []*Feature
	for range 100 {
		features = append(features, shapeOf("C", wound(101)))
	}
	if _, err := repairAll(t.Context(), features[:3]); err != nil {
		t.Fatal(err)
	}
	for i := range features {
		features[i].Geometry = wound(101)
	}
	_, err := repairAll(t.Context(), features)
	f, ok := geo.AsInputError(err)
	if !ok || f.Record != 7 || !strings.Contains(f.Message.EN, "200000") {
		t.Errorf("%v", f)
	}
}
