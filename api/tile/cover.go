package tile

import (
	"math"

	"github.com/paulmach/orb"
)

// cellPixels is the side of a cell of a cover on the screen, at its own level.
const cellPixels = 4

// mostCells is how many cells a cover may have: 4 bytes each while it is made.
const mostCells = 16 << 20

// Cover is how much of each cell of a grid some land covers: what can be shown
// of parcels that are smaller than a pixel, and says neither more nor less than
// there is. Shares are exact to 1/255.
type Cover struct {
	grid       Grid
	level      int // of the cells: a tile of it is 128 by 128
	x, y, w, h int // cells from the grid's origin, and how many
	sums       []float32
	share      []uint8 // 255: the whole cell
}

// NewCover begins a cover of a box (in the features' system) at a level, or at
// the finest one above that its cells are not too many for.
func NewCover(g Grid, level int, box orb.Bound) *Cover {
	c := &Cover{grid: g, level: level}
	if box.IsEmpty() {
		return c
	}
	lo, hi := g.plane(box.Min), g.plane(box.Max)
	for ; ; c.level-- {
		side := c.side()
		c.x, c.y = int(math.Floor((lo[0]-g.Origin[0])/side))-1, int(math.Floor((g.Origin[1]-hi[1])/side))-1
		c.w, c.h = int(math.Floor((hi[0]-g.Origin[0])/side))+2-c.x, int(math.Floor((g.Origin[1]-lo[1])/side))+2-c.y
		if c.level == 0 || c.w*c.h <= mostCells {
			break
		}
	}
	c.sums = make([]float32, (c.w+2)*c.h)
	return c
}

// Level is that of the cells.
func (c *Cover) Level() int { return c.level }

// Size is about how many bytes of memory the cover takes.
func (c *Cover) Size() int64 { return int64(len(c.share)) + 4*int64(len(c.sums)) + 256 }

func (c *Cover) side() float64 { return c.grid.side(c.level) * cellPixels / Pixels }

// Add covers land. Parcels that overlap count once for each of them, up to the
// whole cell.
func (c *Cover) Add(mp orb.MultiPolygon) {
	if len(c.sums) == 0 {
		return
	}
	for _, p := range mp {
		for i, r := range p {
			c.ring(r, i > 0)
		}
	}
}

func (c *Cover) ring(r orb.Ring, hole bool) {
	side := c.side()
	west, north := c.grid.Origin[0]+float64(c.x)*side, c.grid.Origin[1]-float64(c.y)*side
	points := make([]orb.Point, len(r))
	var area float64
	for i, v := range r {
		q := c.grid.plane(v)
		points[i] = orb.Point{(q[0] - west) / side, (north - q[1]) / side}
	}
	for i := range points {
		p, q := points[i], points[(i+1)%len(points)]
		area += float64(p[0]*q[1]) - float64(q[0]*p[1])
	}
	way := 1.0
	if (area < 0) != hole {
		way = -1
	}
	for i := range points {
		c.edge(points[i], points[(i+1)%len(points)], -way)
	}
}

// edge adds what lies right of an edge to the cells of its rows: the part of its
// own cells, and one step for all that follow (finish sums the steps up).
func (c *Cover) edge(p, q orb.Point, way float64) {
	if p[1] == q[1] {
		return
	}
	if p[1] > q[1] {
		p, q, way = q, p, -way
	}
	slope, x := (q[0]-p[0])/(q[1]-p[1]), p[0]
	for row := max(0, int(p[1])); row < c.h && float64(row) < q[1]; row++ {
		tall := math.Min(float64(row+1), q[1]) - math.Max(float64(row), p[1])
		next := x + float64(slope*tall)
		c.slice(row, math.Min(x, next), math.Max(x, next), float64(tall*way))
		x = next
	}
}

// slice adds the part of an edge in one row, from column a to b, step high.
func (c *Cover) slice(row int, a, b, step float64) {
	line := c.sums[row*(c.w+2) : (row+1)*(c.w+2)]
	first, last := int(math.Floor(a)), int(math.Floor(b))
	first, last = min(max(first, 0), c.w), min(max(last, 0), c.w)
	before := 0.0 // of the step, covered in cells so far
	for cell := first; cell <= last; cell++ {
		share := 1.0
		if b > a && cell < last {
			share = (math.Min(float64(cell+1), b) - a) / (b - a)
		}
		// The edge runs in this cell from column l to r.
		l, r := math.Max(a, float64(cell)), math.Min(b, float64(cell+1))
		right := float64(cell+1) - (l+r)/2 // of what runs here, that much of the cell lies right of it
		part := float64(step * float64(share-before))
		line[cell] += float32(part * right)
		line[cell+1] += float32(part * (1 - right))
		before = share
	}
}

// Finish ends the covering.
func (c *Cover) Finish() {
	c.share = make([]uint8, c.w*c.h)
	for row := range c.h {
		var sum float64
		for x := range c.w {
			sum += float64(c.sums[row*(c.w+2)+x])
			c.share[row*c.w+x] = uint8(math.Round(255 * math.Max(0, math.Min(1, sum))))
		}
	}
	c.sums = nil
}

// coarser is the cover of the level above: four cells are one.
func (c *Cover) coarser() *Cover {
	half := func(n int) int { return n >> 1 } // rounds down, below 0 too
	o := &Cover{grid: c.grid, level: c.level - 1, x: half(c.x), y: half(c.y)}
	o.w, o.h = half(c.x+c.w-1)-o.x+1, half(c.y+c.h-1)-o.y+1
	sums := make([]int, o.w*o.h)
	for row := range c.h {
		for x := range c.w {
			sums[(half(c.y+row)-o.y)*o.w+half(c.x+x)-o.x] += int(c.share[row*c.w+x])
		}
	}
	o.share = make([]uint8, len(sums))
	for i, s := range sums {
		o.share[i] = uint8((s + 2) / 4)
	}
	return o
}

// CoverShares are the shares of a cell, in percent, from which a tile of a cover
// has one more of its features: each lies on the one before.
func CoverShares() []int { return []int{5, 25, 50, 75} }

// Layer is the cover at its own level or one above, ready to be cut into tiles:
// a feature for each of CoverShares, with its share.
func (c *Cover) Layer(z int) *Layer {
	for c.level > z {
		c = c.coarser()
	}
	var all []Feature
	for _, percent := range CoverShares() {
		shape := c.outlines(func(share uint8) bool { return int(share)*100 >= percent*255 })
		if len(shape) > 0 {
			all = append(all, Feature{ID: uint64(percent), Geometry: shape, Bound: shape.Bound(), Properties: map[string]any{"share": percent}})
		}
	}
	return Prepare(c.grid, all)
}
