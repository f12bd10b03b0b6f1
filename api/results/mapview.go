package results

import (
	"landcheck/geo"
	"landcheck/rules/ledger"
)

// MapView is where a plan lies and the zone to draw it in.
type MapView struct {
	EPSG int       `json:"epsg"` // a Gauss-Krüger zone of CGCS2000
	Proj string    `json:"proj"` // the same for PROJ, easting first
	BBox []float64 `json:"bbox"` // degrees: west, south, east, north
}

// MapOf is where a plan lies. One in a system of its own is drawn in the
// standard 3° zone of its middle.
func MapOf(l *ledger.Ledger) (MapView, error) {
	box, err := l.Plan.Around()
	if err != nil {
		return MapView{}, err
	}
	zone := l.CRS
	if zone.EPSG() == 0 {
		number := int(box.Center()[0]/3 + 0.5)
		if zone, err = geo.FromEPSG(4513 + number - 25); err != nil {
			return MapView{}, err
		}
	}
	return MapView{zone.EPSG(), zone.Proj(), []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]}}, nil
}
