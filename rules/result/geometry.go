package result

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
func (g Geometry) MarshalJSON() (out []byte, err error) {
	out = []byte(`{"type":"MultiPolygon","coordinates":[`)
	for i, p := range g.Polygons {
		if out, err = AppendPolygon(comma(out, i), p); err != nil {
			return nil, err
		}
	}
	return append(out, "]}"...), nil
}

// AppendPolygon writes the coordinates of one polygon so; a coordinate that is
// no number is an error.
func AppendPolygon(out []byte, p orb.Polygon) ([]byte, error) {
	out = append(out, '[')
	for j, r := range p {
		out = append(comma(out, j), '[')
		for k, v := range r {
			if !finite(v) {
				return nil, fmt.Errorf("geometry holds a coordinate that is no number")
			}
			out = appendDegrees(append(comma(out, k), '['), v[0])
			out = append(appendDegrees(append(out, ','), v[1]), ']')
		}
		out = append(out, ']')
	}
	return append(out, ']'), nil
}

func comma(out []byte, i int) []byte {
	if i > 0 {
		return append(out, ',')
	}
	return out
}

// RoundDegrees is degrees to 9 decimals (0.1 mm); + 0 turns -0 into 0.
func RoundDegrees(x float64) float64 { return math.Round(x*1e9)/1e9 + 0 }

// Rounded is a copy of a shape in degrees to 9 decimals, so that a report read
// back is the same.
func Rounded(mp orb.MultiPolygon) orb.MultiPolygon {
	out := mp.Clone()
	for _, p := range out {
		for _, r := range p {
			for k := range r {
				r[k] = orb.Point{RoundDegrees(r[k][0]), RoundDegrees(r[k][1])}
			}
		}
	}
	return out
}

// finite reports a point whose coordinates are numbers, and stay so in RoundDegrees.
func finite(p orb.Point) bool { return math.Abs(p[0]) < 1e290 && math.Abs(p[1]) < 1e290 }

// appendDegrees writes RoundDegrees(x) as strconv does in its shortest form. Up to 15
// digits that is the decimal itself, so it is written from the whole number of
// 1e-9°.
func appendDegrees(out []byte, x float64) []byte {
	if math.Abs(x) >= 1e5 { // 5 digits before the point, 9 after
		return strconv.AppendFloat(out, RoundDegrees(x), 'f', -1, 64)
	}
	n := int64(math.Round(x * 1e9))
	if n < 0 {
		out, n = append(out, '-'), -n
	}
	out = strconv.AppendInt(out, n/1e9, 10)
	rest := uint32(n % 1e9)
	if rest == 0 {
		return out
	}
	var digits [10]byte
	digits[0] = '.'
	for i := 9; i > 0; i-- {
		digits[i] = '0' + byte(rest%10)
		rest /= 10
	}
	end := len(digits)
	for digits[end-1] == '0' {
		end--
	}
	return append(out, digits[:end]...)
}

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

// Wind turns rings as RFC 7946 wants them: outer counter-clockwise, holes clockwise.
func Wind(mp orb.MultiPolygon) {
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
