package result

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestDegrees holds coordinates against strconv's shortest form of their 9
// decimals: at the ends of every range, halves of the last digit, and at random.
func TestDegrees(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, x float64) {
		want := strconv.AppendFloat(nil, RoundDegrees(x), 'f', -1, 64)
		if got := appendDegrees(nil, x); string(got) != string(want) {
			t.Fatalf("%v (%x): %s, want %s", x, math.Float64bits(x), got, want)
		}
	}
	for _, size := range []float64{0, math.SmallestNonzeroFloat64, 1e-300, 4.9e-10, 5e-10, 5.1e-10, 1e-9, 0.1, 0.5, 1, 90, 111.123456789,
		180, 1e4, 1e5, 1e6 - 1e-9, 1e9, 1<<53 - 1, 1 << 53, 1e15, 1e22, 1e280} {
		for _, x := range []float64{size, math.Nextafter(size, 0), math.Nextafter(size, math.Inf(1))} {
			check(t, x)
			check(t, -x)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, rapid.Float64Range(-1e280, 1e280).Draw(t, "any"))
		check(t, rapid.Float64Range(-180, 180).Draw(t, "degrees"))
		check(t, float64(rapid.Int64Range(-2e14, 2e14).Draw(t, "1e-9 degrees"))/1e9)
		check(t, (float64(rapid.Int64Range(-2e12, 2e12).Draw(t, "halves"))+0.5)/1e9)
	})
}

func TestGeometryJSON(t *testing.T) {
	in := Geometry{Polygons: orb.MultiPolygon{{{{111.1234567891, 40.5}, {111.2, 40.5}, {111.2, 40.6}, {111.1234567891, 40.5}}}}}
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"type":"MultiPolygon","coordinates":[[[[111.123456789,40.5],[111.2,40.5],[111.2,40.6],[111.123456789,40.5]]]]}`; string(data) != want {
		t.Errorf("%s", data)
	}
	var back Geometry
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	again, _ := json.Marshal(back)
	if string(again) != string(data) {
		t.Errorf("%s", again)
	}
	if json.Unmarshal([]byte(`{"type":"Point","coordinates":[1,2]}`), &back) == nil {
		t.Error("a point is no MultiPolygon")
	}
	if _, err := json.Marshal(Geometry{Polygons: orb.MultiPolygon{{{{math.NaN(), 0}}}}}); err == nil {
		t.Error("NaN is no coordinate")
	}
}
