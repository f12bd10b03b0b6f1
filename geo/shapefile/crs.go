package shapefile

import (
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"landcheck/geo"
)

const maxPrj = 64 << 10 // the longest found in the wild is 3 kB

// CRS reads the .prj. Without one, or with a blank one, the CRS is zero.
func (l *Layer) CRS() (geo.CRS, error) {
	if l.parts.prj == "" {
		return geo.CRS{}, nil
	}
	crs, err := readPrj(l.parts.prj)
	return crs, l.place(inFile(err, ".prj"))
}

func readPrj(path string) (geo.CRS, error) {
	data, err := readSmall(path, maxPrj)
	if err != nil {
		return geo.CRS{}, err
	}
	return parsePrj(data)
}

func parsePrj(data []byte) (geo.CRS, error) {
	// Some editors save a byte order mark, some UTF-16.
	text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), data)
	if err != nil {
		text = data
	}
	wkt := strings.Trim(string(text), " \t\r\n\x00")
	if wkt == "" {
		return geo.CRS{}, nil
	}
	return geo.ParseWKT(wkt)
}
