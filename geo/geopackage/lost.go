package geopackage

import (
	"math"
	"strconv"
	"strings"

	"landcheck/geo"
)

// lostKind says how a figure in a column of numbers is lost; 0 if it is not.
func lostKind(r record, place int) geo.LostKind {
	if bits, ok := r.real(place); ok {
		switch v := math.Float64frombits(bits); {
		case v-v != 0:
			return geo.NotNumber
		case geo.IsNullNumber(v):
			return geo.NullNumber
		}
		return 0
	}
	text, ok := r.text(place)
	if !ok {
		return 0
	}
	s := strings.TrimSpace(string(text[:min(len(text), 64)]))
	switch v, err := strconv.ParseFloat(s, 64); {
	case s == "":
		return 0
	case s[0] == '*':
		return geo.Asterisks
	case err != nil:
		return geo.TextNumber
	case v-v != 0:
		return geo.NotNumber
	case geo.IsNullNumber(v):
		return geo.NullNumber
	}
	return 0
}
