package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// Geometry is a GeoJSON geometry (RFC 7946) on CGCS2000 longitude and
// latitude (EPSG:4490).
type Geometry struct {
	Polygons orb.MultiPolygon
}

// MarshalJSON writes a MultiPolygon with 9 decimals (0.1 mm), trailing zeros
// dropped.
func (g Geometry) MarshalJSON() ([]byte, error) {
	out := []byte(`{"type":"MultiPolygon","coordinates":[`)
	for i, p := range g.Polygons {
		out = comma(out, i)
		out = append(out, '[')
		for j, r := range p {
			out = comma(out, j)
			out = append(out, '[')
			for k, pt := range r {
				out = comma(out, k)
				out = append(out, '[')
				for n, x := range pt {
					if math.IsNaN(x) || math.IsInf(x, 0) {
						return nil, fmt.Errorf("geometry holds a coordinate that is no number")
					}
					out = comma(out, n)
					out = strconv.AppendFloat(out, round9(x), 'f', -1, 64)
				}
				out = append(out, ']')
			}
			out = append(out, ']')
		}
		out = append(out, ']')
	}
	return append(out, "]}"...), nil
}

func comma(out []byte, i int) []byte {
	if i > 0 {
		return append(out, ',')
	}
	return out
}

// round9 is 9 decimals; + 0 turns -0 into 0.
func round9(x float64) float64 { return math.Round(x*1e9)/1e9 + 0 }

// UnmarshalJSON reads what MarshalJSON writes; other geometry types are an error.
func (g *Geometry) UnmarshalJSON(data []byte) error {
	if bytes.Equal(bytes.TrimSpace(data), []byte("null")) {
		return nil
	}
	var in struct {
		Type        string           `json:"type"`
		Coordinates orb.MultiPolygon `json:"coordinates"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	if in.Type != "MultiPolygon" {
		return fmt.Errorf("geometry is %q, not MultiPolygon", in.Type)
	}
	g.Polygons = in.Coordinates
	return nil
}

// wind turns rings as RFC 7946 wants them: outer counter-clockwise, holes clockwise.
func wind(mp orb.MultiPolygon) {
	for _, p := range mp {
		for i, r := range p {
			want := orb.CCW
			if i > 0 {
				want = orb.CW
			}
			if o := r.Orientation(); o != 0 && o != want {
				r.Reverse()
			}
		}
	}
}
