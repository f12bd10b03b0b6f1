package overlay

// Corners are the corners of many shapes one after the other in memory, where
// ten thousand can be looked through in a tenth of a millisecond.
type Corners struct {
	shapes []*Shape
	ends   []int32 // shape → end of its corners; of one of many it has none here
	x, y   []float64
}

// CornersOf gathers the corners of shapes.
func CornersOf(shapes []*Shape) *Corners {
	c := &Corners{shapes: shapes, ends: make([]int32, len(shapes))}
	for i, s := range shapes {
		if s.vertices() <= veryCorners {
			for k := range s.rings {
				for _, q := range s.rings[k].pts {
					c.x, c.y = append(c.x, float64(q.x)), append(c.y, float64(q.y))
				}
			}
		}
		c.ends[i] = int32(len(c.x))
	}
	return c
}

// Beside is Apart for one of many shapes.
func (p *Separator) Beside(c *Corners, i int) bool {
	from, end := int32(0), c.ends[i]
	if i > 0 {
		from = c.ends[i-1]
	}
	if from == end {
		return p.Apart(c.shapes[i])
	}
	xs, ys := c.x[from:end], c.y[from:end]
next:
	for _, side := range p.sides {
		ax, ay := float64(side[0].x), float64(side[0].y)
		ux, uy := float64(side[1].x)-ax, float64(side[1].y)-ay
		met := 0
		for k, x := range xs {
			p.Looks++
			left, right := ux*(ys[k]-ay), uy*(x-ax)
			switch d, slack := left-right, (abs(left)+abs(right))*0x1p-50; {
			case d < -slack: // rounding cannot turn it
			case d > slack || !p.right(side, point{int64(x), int64(ys[k])}, &met):
				continue next
			}
		}
		return true
	}
	return false
}

func abs(v float64) float64 { return max(v, -v) }
