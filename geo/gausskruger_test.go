package geo

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// TestGaussKrugerIsExact holds the series against the projection by its
// definition, computed to 40 digits (testdata/gausskruger.py).
func TestGaussKrugerIsExact(t *testing.T) {
	data, err := os.ReadFile("testdata/gausskruger.json")
	if err != nil {
		t.Fatal(err)
	}
	var places []struct {
		Lat, Lon          float64
		Northing, Easting [2]float64 // the number, and what it lacks
	}
	if err := json.Unmarshal(data, &places); err != nil {
		t.Fatal(err)
	}
	near, far := &worst{}, &worst{} // within 6° of the meridian, and up to 30°
	for _, p := range places {
		at, ok := fromDegrees(p.Lat, p.Lon)
		northing, easting, ok2 := at.forward()
		if !ok || !ok2 {
			t.Fatalf("%v, %v is refused", p.Lat, p.Lon)
		}
		w := near
		if math.Abs(p.Lon) > 6 {
			w = far
		}
		w.there = max(w.there, math.Abs(northing-p.Northing[0]-p.Northing[1]), math.Abs(easting-p.Easting[0]-p.Easting[1]))

		at, ok = placeOf(p.Northing[0], p.Easting[0])
		lat, lon := at.degrees()
		if !ok {
			t.Fatalf("%v is refused", p)
		}
		w.back = max(w.back, degreeMetres*math.Abs(lat-p.Lat), degreeMetres*math.Abs(lon-p.Lon)*math.Cos(p.Lat*degreeRadians))
	}
	t.Logf("%d places: off by at most %+v; beyond 6° by %+v", len(places), *near, *far)
	if max(near.there, near.back) > 1e-9 || max(far.there, far.back) > 2e-9 {
		t.Errorf("off by %+v; beyond 6° by %+v", *near, *far)
	}
}

// worst are the largest differences, metres.
type worst struct{ there, back float64 }
