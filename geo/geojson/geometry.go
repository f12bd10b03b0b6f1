package geojson

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// geometry is the areal part of a feature. An input error of its kind is kept, not
// raised, since the type may come after the coordinates.
type geometry struct {
	parts   orb.MultiPolygon
	closed  int // rings closed by repeating the first point
	dropped int // rings with fewer than three points
	err     error
}

// maxNesting is that of a MultiPolygon: polygons, rings, positions, numbers.
const maxNesting = 4

// coordinateArray is a coordinates array before its type is known.
type coordinateArray struct {
	points   []orb.Point // an array of positions
	inner    []coordinateArray
	position orb.Point
	alone    bool // a bare position
}

func (r *reader) geometry() (geometry, error) {
	t, err := r.dec.Token()
	if err != nil {
		return geometry{}, err
	}
	if t == nil {
		return geometry{}, nil
	}
	if t != json.Delim('{') {
		return geometry{}, inputError(geo.Text{ZH: "geometry 应为对象或 null", EN: "geometry must be an object or null"})
	}
	what := ""
	r.vertices, r.rings = 0, 0
	var all coordinateArray
	for r.dec.More() {
		key, err := r.dec.Token()
		if err != nil {
			return geometry{}, err
		}
		switch key {
		case "type":
			err = r.text(&what)
		case "coordinates":
			all, err = r.coordinates()
		default:
			err = r.skip()
		}
		if err != nil {
			return geometry{}, err
		}
	}
	if _, err := r.dec.Token(); err != nil {
		return geometry{}, err
	}
	return shape(what, all), nil
}

// coordinates reads the array after "coordinates".
func (r *reader) coordinates() (coordinateArray, error) {
	if err := r.open('['); err != nil {
		return coordinateArray{}, err
	}
	return r.nest(1)
}

// nest reads an array whose bracket is already taken.
func (r *reader) nest(depth int) (coordinateArray, error) {
	var n coordinateArray
	var position orb.Point
	numbers := 0
	for r.dec.More() {
		t, err := r.dec.Token()
		if err != nil {
			return n, err
		}
		switch t := t.(type) {
		case json.Number:
			v, err := strconv.ParseFloat(string(t), 64)
			if err != nil || math.IsInf(v, 0) {
				return n, inputError(geo.Textf("坐标 %.40q 超出范围", "coordinate %.40q is out of range", string(t)))
			}
			if numbers < 2 {
				position[numbers] = v
			}
			numbers++
		case json.Delim:
			if t != '[' || depth >= maxNesting {
				return n, inputError(geo.Text{ZH: "坐标数组嵌套有误", EN: "the coordinate arrays are nested wrongly"})
			}
			inner, err := r.nest(depth + 1)
			if err != nil {
				return n, err
			}
			if inner.alone {
				n.points = append(n.points, inner.position)
				if r.vertices++; r.vertices > geo.MaxVertices {
					return n, geo.TooMany(geo.VerticesOfShape, geo.MaxVertices)
				}
			} else {
				n.inner = append(n.inner, inner)
				if r.rings++; r.rings > geo.MaxRings {
					return n, geo.TooMany(geo.RingsOfShape, geo.MaxRings)
				}
			}
		default:
			return n, inputError(geo.Text{ZH: "坐标应为数字", EN: "coordinates must be numbers"})
		}
	}
	if _, err := r.dec.Token(); err != nil {
		return n, err
	}
	if numbers == 0 {
		if len(n.points) > 0 && len(n.inner) > 0 {
			return n, inputError(geo.Text{ZH: "坐标数组嵌套有误", EN: "the coordinate arrays are nested wrongly"})
		}
		return n, nil
	}
	if numbers < 2 || len(n.points) > 0 || len(n.inner) > 0 {
		return n, inputError(geo.Text{ZH: "坐标应有两个数字", EN: "a position needs two numbers"})
	}
	r.extend(position)
	return coordinateArray{position: position, alone: true}, nil
}

// extend grows the box of everything read, for telling the system.
func (r *reader) extend(p orb.Point) {
	if !r.points {
		r.box, r.points = orb.Bound{Min: p, Max: p}, true
		return
	}
	r.box = r.box.Extend(p)
}

// shape makes polygons once type and coordinates are both known.
func shape(what string, all coordinateArray) (g geometry) {
	switch what {
	case "Polygon":
		g.polygon(all)
	case "MultiPolygon":
		if all.alone || all.points != nil {
			g.err = wrongDepth()
			return g
		}
		for _, part := range all.inner {
			g.polygon(part)
		}
	default:
		g.err = inputError(geo.Textf("几何类型是 %.40q，应为 Polygon 或 MultiPolygon", "the geometry is a %.40q, not a Polygon or MultiPolygon", what))
	}
	return g
}

func (g *geometry) polygon(n coordinateArray) {
	if n.alone || n.points != nil {
		g.err = wrongDepth()
		return
	}
	var polygon orb.Polygon
	for i, r := range n.inner {
		if r.alone || r.inner != nil {
			g.err = wrongDepth()
			return
		}
		ring := orb.Ring(r.points)
		if len(ring) > 0 && ring[0] != ring[len(ring)-1] {
			ring = append(ring, ring[0])
			g.closed++
		}
		if len(ring) < 4 {
			if len(ring) > 0 {
				g.dropped++
			}
			if i == 0 {
				return // holes of nothing
			}
			continue
		}
		polygon = append(polygon, ring)
	}
	if len(polygon) > 0 {
		g.parts = append(g.parts, polygon)
	}
}

func wrongDepth() error {
	return inputError(geo.Text{ZH: "坐标数组层数与几何类型不符", EN: "the coordinates do not have the depth that the geometry type needs"})
}
