package postgis

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/paulmach/orb"
)

var errWKB = errors.New("not the WKB of a multipolygon")

// decodeWKB reads what ST_AsBinary(geom, 'NDR') gives. All points of a shape
// share one allocation.
func decodeWKB(b []byte) (orb.MultiPolygon, error) {
	r := wkb{b: b}
	points := make([]orb.Point, 0, len(b)/16)
	parts, ok := r.head(wkbMultiPolygon, 9)
	mp := make(orb.MultiPolygon, 0, parts)
	for range parts {
		var rings int
		if rings, ok = r.head(wkbPolygon, 4); !ok {
			break
		}
		p := make(orb.Polygon, 0, rings)
		for range rings {
			n := r.count(16)
			if n < 0 || len(points)+n > cap(points) {
				return nil, errWKB
			}
			start := len(points)
			for range n {
				points = append(points, orb.Point{r.float(0), r.float(8)})
				r.b = r.b[16:]
			}
			p = append(p, orb.Ring(points[start:len(points):len(points)]))
		}
		mp = append(mp, p)
	}
	if !ok || len(r.b) != 0 {
		return nil, errWKB
	}
	return mp, nil
}

// boxWKB is the box of the outer rings without making them.
func boxWKB(b []byte) (orb.Bound, error) {
	box := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	r := wkb{b: b}
	parts, ok := r.head(wkbMultiPolygon, 9)
	for range parts {
		var rings int
		if rings, ok = r.head(wkbPolygon, 4); !ok {
			break
		}
		for i := range rings {
			n := r.count(16)
			if n < 0 {
				return box, errWKB
			}
			for k := 0; i == 0 && k < n; k++ {
				x, y := r.float(16*k), r.float(16*k+8)
				box.Min[0], box.Max[0] = min(box.Min[0], x), max(box.Max[0], x)
				box.Min[1], box.Max[1] = min(box.Min[1], y), max(box.Max[1], y)
			}
			r.b = r.b[16*n:]
		}
	}
	if !ok {
		return box, errWKB
	}
	return box, nil
}

// wkb is the rest of little-endian WKB.
type wkb struct{ b []byte }

// head reads the beginning of a geometry of a kind, and how many things of at
// least so many bytes follow.
func (r *wkb) head(kind uint32, size int) (n int, ok bool) {
	if len(r.b) < 9 || r.b[0] != 1 || binary.LittleEndian.Uint32(r.b[1:]) != kind {
		return 0, false
	}
	r.b = r.b[5:]
	n = r.count(size)
	return max(n, 0), n >= 0
}

// count reads a number of things, -1 if the rest cannot hold so many.
func (r *wkb) count(size int) int {
	if len(r.b) < 4 {
		return -1
	}
	n := int64(binary.LittleEndian.Uint32(r.b))
	if r.b = r.b[4:]; n*int64(size) > int64(len(r.b)) {
		return -1
	}
	return int(n)
}

func (r *wkb) float(at int) float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(r.b[at:]))
}
