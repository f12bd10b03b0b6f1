package geo

import (
	"math"
	"testing"

	"github.com/twpayne/go-proj/v11"
)

// lasting is a context that is never freed: go-proj might do it before what was
// made in it.
var lasting = proj.NewContext()

func TestInverseGaussKrugerAgreesWithPROJ(t *testing.T) {
	pj, err := lasting.New("+proj=tmerc +lat_0=0 +lon_0=0 +k=1 +x_0=0 +y_0=0 +ellps=GRS80")
	if err != nil {
		t.Fatal(err)
	}
	worst := map[float64]float64{}
	for _, reach := range []float64{1.6, 3.1} { // half a 3° zone, half a 6° zone, and what spills over
		for lat := 18.0; lat <= 54; lat += 0.37 {
			for lon := -reach; lon <= reach; lon += 0.05 {
				xy, err := pj.Forward(proj.Coord{lon * degreeRadians, lat * degreeRadians})
				if err != nil {
					t.Fatal(err)
				}
				got := inverseGaussKruger(xy[1], xy[0])
				off := max(math.Abs(got.lat/degreeRadians-lat), math.Abs(got.lon/degreeRadians-lon))
				worst[reach] = max(worst[reach], off)
				if c := math.Cos(got.lat); math.Abs(c-got.cosLat) > 1e-15 {
					t.Fatalf("at %v, %v the cosine is %v, want %v", lat, lon, got.cosLat, c)
				}
			}
		}
		if worst[reach] > 1e-9 {
			t.Errorf("up to %v° from the meridian: off by %.2g°", reach, worst[reach])
		}
	}
	t.Logf("worst differences in degrees: %v", worst)
}
