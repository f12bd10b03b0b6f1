package wkb

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

// Options of Decode.
type Options struct {
	Rings, Vertices int  // the most of a shape, 0 for any number
	ArealOnly       bool // points and lines are passed over, as in what an overlay leaves; else they are an error
}

// Shape is what a geometry holds, with what had to be mended.
type Shape struct {
	Parts   orb.MultiPolygon
	Closed  int // rings closed by repeating the first point
	Dropped int // rings with fewer than three points
	End     int // where the geometry ends in the data
}

// Decode reads the polygons of the geometry that begins at a byte of the data.
// Points of a shape share one allocation.
func Decode(data []byte, at int, o Options) (Shape, error) {
	d := decoder{reader: reader{data: data, at: at}, Options: o}
	if err := d.geometry(0); err != nil {
		return Shape{}, err
	}
	d.out.End = d.at
	return d.out, nil
}

type decoder struct {
	reader
	Options
	out    Shape
	points []orb.Point // what rings are cut from

	vertices, rings int
}

func (d *decoder) geometry(depth int) error {
	start := d.at
	kind, dims, err := d.head()
	if err != nil {
		return err
	}
	switch kind {
	case polygon:
		return d.polygon(dims)
	case multiPolygon, multiSurface, collection:
		if depth >= deepest {
			return d.fail(TooDeep, 0)
		}
		n, err := d.count(9) // byte order, type, one count
		if err != nil {
			return err
		}
		order := d.order
		for range n {
			if err := d.geometry(depth + 1); err != nil {
				return err
			}
			d.order = order
		}
		return nil
	}
	if !d.ArealOnly {
		return d.fail(NotAreal, int64(kind))
	}
	s := scan{reader: reader{data: d.data, at: start}, box: emptyBox}
	if err := s.geometry(depth); err != nil {
		return err
	}
	d.at = s.at
	return nil
}

func (d *decoder) polygon(dims int) error {
	n, err := d.count(4)
	if err != nil {
		return err
	}
	if d.rings += n; d.Rings > 0 && d.rings > d.Rings {
		return d.fail(MostRings, int64(d.rings))
	}
	polygon := make(orb.Polygon, 0, n)
	for i := range n {
		ring, err := d.ring(dims)
		if err != nil {
			return err
		}
		if len(ring) == 0 {
			if i == 0 {
				polygon = nil // holes of nothing
			}
			continue
		}
		if i == 0 || polygon != nil {
			polygon = append(polygon, ring)
		}
	}
	if len(polygon) > 0 {
		d.out.Parts = append(d.out.Parts, polygon)
	}
	return nil
}

// ring reads a ring and closes it; one that has no area by its point count is
// dropped and counted.
func (d *decoder) ring(dims int) (orb.Ring, error) {
	n, err := d.count(8 * dims)
	if err != nil {
		return nil, err
	}
	if d.vertices += n; d.Vertices > 0 && d.vertices > d.Vertices {
		return nil, d.fail(MostVertices, int64(d.vertices))
	}
	if d.points == nil {
		d.points = make([]orb.Point, 0, (len(d.data)-d.at)/(8*dims))
	}
	start := len(d.points)
	little := d.order == binary.LittleEndian
	for range n {
		var x, y uint64
		if b := d.data[d.at : d.at+16]; little {
			x, y = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
		} else {
			x, y = binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])
		}
		v := orb.Point{math.Float64frombits(x), math.Float64frombits(y)}
		if !finite(v[0]) || !finite(v[1]) {
			return nil, d.fail(NotFinite, 0)
		}
		d.points = append(d.points, v)
		d.at += 8 * dims
	}
	ring := orb.Ring(d.points[start:len(d.points):len(d.points)])
	if n > 0 && ring[0] != ring[n-1] {
		ring = append(ring, ring[0])
		d.out.Closed++
	}
	if len(ring) < 4 {
		if n > 0 {
			d.out.Dropped++
		}
		return nil, nil
	}
	return ring, nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
