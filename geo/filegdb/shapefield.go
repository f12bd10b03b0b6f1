package filegdb

import (
	"math"
	"strconv"
)

// grid is how coordinates of a layer are stored: as whole numbers from an
// origin, so many a unit.
type grid struct {
	x0, y0, scale float64
	// The origins in steps of the grid, where they are whole; then a coordinate
	// is (step + origin) / scale, correctly rounded: the very double that the
	// decimal text of the coordinate gives.
	wholeX, wholeY int64
	whole          bool
}

// shapeField is what the geometry field says.
type shapeField struct {
	field int
	wkt   string
	grid  grid
}

// gridSystem reads the origins, scales and tolerances of coordinates.
func (r *fieldReader) gridSystem(parts byte) (x0, y0, scale float64) {
	x0, y0, scale = r.float64(), r.float64(), r.float64()
	for _, part := range []byte{2, 4} { // M, then Z: origin and scale
		if parts&part != 0 {
			r.bytes(16)
		}
	}
	r.bytes(8)
	for _, part := range []byte{2, 4} { // their tolerances
		if parts&part != 0 {
			r.bytes(8)
		}
	}
	return x0, y0, scale
}

func (t *table) readShapeField(r *fieldReader, i int, layer int64) error {
	if t.shape != nil {
		return broken(t.fieldsAt, "有两个几何字段", "there are two geometry fields")
	}
	s := &shapeField{field: i}
	raw := r.bytes(r.uint16())
	s.wkt = decodeUTF16(raw)
	x0, y0, scale := r.gridSystem(r.byte())
	r.bytes(32) // the layer's box
	if layer&(1<<31) != 0 {
		r.bytes(16)
	}
	if layer&(1<<30) != 0 {
		r.bytes(16)
	}
	r.byte()
	grids := r.uint32()
	if grids > 3 {
		return broken(t.fieldsAt, "几何字段的说明不合理（%d 个空间网格）", "the description of the geometry field cannot be (%d spatial grids)", grids)
	}
	r.bytes(8 * int(grids))
	if r.short {
		return nil // the caller says where
	}
	if finite := x0-x0 == 0 && y0-y0 == 0 && scale-scale == 0; !finite || !(scale > 0) {
		return broken(t.fieldsAt, "坐标网格不合理（原点 %[1]s，%[2]s，比例 %[3]s）", "the grid of the coordinates cannot be (origin %[1]s, %[2]s, scale %[3]s)", decimal(x0), decimal(y0), decimal(scale))
	}
	s.grid = newGrid(x0, y0, scale)
	t.shape = s
	return nil
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func newGrid(x0, y0, scale float64) grid {
	g := grid{x0: x0, y0: y0, scale: scale}
	wx, wy := x0*scale, y0*scale
	const exact = 1 << 53
	if wx == math.Trunc(wx) && wy == math.Trunc(wy) && math.Abs(wx) < exact && math.Abs(wy) < exact {
		g.whole, g.wholeX, g.wholeY = true, int64(wx), int64(wy)
	}
	return g
}

// x and y are coordinates of steps of the grid.
func (g *grid) x(step int64) float64 {
	if g.whole {
		return float64(step+g.wholeX) / g.scale
	}
	return float64(step)/g.scale + g.x0
}

func (g *grid) y(step int64) float64 {
	if g.whole {
		return float64(step+g.wholeY) / g.scale
	}
	return float64(step)/g.scale + g.y0
}
