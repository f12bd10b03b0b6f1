package overlay

import "math"

// Corners are the corners of many shapes one after the other in memory, where
// ten thousand can be looked through in a tenth of a millisecond.
type Corners struct {
	shapes []*Shape
	ends   []int32 // shape → end of its corners; of one of many it has none here
	x, y   []float64
	cones  []cone // of the shapes
}

// CornersOf gathers the corners of shapes.
func CornersOf(shapes []*Shape) *Corners {
	c := &Corners{shapes: shapes, ends: make([]int32, len(shapes))}
	for i, s := range shapes {
		if s.vertices() <= fewestCorners {
			for k := range s.rings {
				for _, q := range s.rings[k].pts {
					c.x, c.y = append(c.x, float64(q.x)), append(c.y, float64(q.y))
				}
			}
		}
		c.ends[i] = int32(len(c.x))
	}
	c.findCones()
	return c
}

// of is where the corners of a shape begin and end.
func (c *Corners) of(i int) (from, end int32) {
	if i > 0 {
		from = c.ends[i-1]
	}
	return from, c.ends[i]
}

// Beside is Apart for one of many shapes.
func (p *Separator) Beside(c *Corners, i int) bool {
	from, end := c.of(i)
	if from == end {
		return p.Apart(c.shapes[i])
	}
	p.Looks += int64(end - from)
	xs, ys := c.x[from:end], c.y[from:end]
next:
	for s := range p.lines {
		l := &p.lines[s]
		met := 0
		for k, x := range xs {
			left, right := float64(l.ux*(ys[k]-l.ay)), float64(l.uy*(x-l.ax))
			d := left - right
			if d > 0 && d > (abs(left)+abs(right))*0x1p-50 {
				continue next
			}
			if d < -(abs(left)+abs(right))*0x1p-50 {
				continue // rounding cannot turn it
			}
			if !p.right(p.sides[s], point{int64(x), int64(ys[k])}, &met) {
				continue next
			}
		}
		return true
	}
	return false
}

// line is a side in doubles, which hold it.
type line struct{ ax, ay, ux, uy float64 }

func lineOf(side [2]point) line {
	return line{float64(side[0].x), float64(side[0].y), float64(side[1].x - side[0].x), float64(side[1].y - side[0].y)}
}

func abs(v float64) float64 { return math.Abs(v) }
