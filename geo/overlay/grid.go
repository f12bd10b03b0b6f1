package overlay

import (
	"math"
	"math/bits"

	"github.com/paulmach/orb"
)

const (
	perInput  = 10_000           // input grid: 0.1 mm
	finer     = 64               // nodes are this much finer than inputs
	perMetre  = perInput * finer // grid units in a metre
	smallEdge = int64(1)<<31 - 1 // products of two such fit 63 bits
)

// point is a vertex in grid units.
type point struct{ x, y int64 }

// fromInput rounds a vertex to the input grid.
func fromInput(p orb.Point) point {
	return point{nearest(float64(p[0]*perInput)) * finer, nearest(float64(p[1]*perInput)) * finer}
}

// nearest is math.Round for what fits an integer, in a third of the time.
func nearest(v float64) int64 {
	n := int64(v)
	switch rest := v - float64(n); {
	case rest >= 0.5:
		n++
	case rest <= -0.5:
		n--
	}
	return n
}

// fromCell recovers the grid point that toOrb gave.
func fromCell(p orb.Point) point {
	return point{int64(math.Round(float64(p[0] * perMetre))), int64(math.Round(float64(p[1] * perMetre)))}
}

func (p point) toOrb() orb.Point {
	return orb.Point{float64(p.x) / perMetre, float64(p.y) / perMetre}
}

// less orders points by x, then y.
func (p point) less(q point) bool { return p.x < q.x || (p.x == q.x && p.y < q.y) }

func compare(p, q point) int {
	switch {
	case p.less(q):
		return -1
	case q.less(p):
		return 1
	}
	return 0
}

// wide is a 128-bit signed integer.
type wide struct {
	hi int64
	lo uint64
}

func product(a, b int64) wide {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	return wide{int64(hi) - (a>>63)&b - (b>>63)&a, lo}
}

func (w wide) plus(v wide) wide {
	lo, carry := bits.Add64(w.lo, v.lo, 0)
	return wide{w.hi + v.hi + int64(carry), lo}
}

func (w wide) minus(v wide) wide {
	lo, borrow := bits.Sub64(w.lo, v.lo, 0)
	return wide{w.hi - v.hi - int64(borrow), lo}
}

func (w wide) sign() int {
	switch {
	case w.hi < 0:
		return -1
	case w.hi == 0 && w.lo == 0:
		return 0
	}
	return 1
}

// float is the nearest float64, or one next to it.
func (w wide) float() float64 {
	if w.hi < 0 {
		return -wide{}.minus(w).float()
	}
	return float64(float64(w.hi)*(1<<64)) + float64(w.lo)
}

func small(a, b, c, d int64) bool {
	return max(a, b, c, d) <= smallEdge && min(a, b, c, d) >= -smallEdge
}

// cross is the exact cross product of two vectors.
func cross(ux, uy, vx, vy int64) wide {
	return product(ux, vy).minus(product(uy, vx))
}

func crossSign(ux, uy, vx, vy int64) int {
	if small(ux, uy, vx, vy) {
		switch d := ux*vy - uy*vx; {
		case d > 0:
			return 1
		case d < 0:
			return -1
		}
		return 0
	}
	return cross(ux, uy, vx, vy).sign()
}

// turn is +1 where a→b→c turns left, -1 right, 0 straight.
func turn(a, b, c point) int {
	return crossSign(b.x-a.x, b.y-a.y, c.x-a.x, c.y-a.y)
}

// crossing is where two properly crossing segments meet, on the grid. It gives
// the same point for the same two segments in any order of call, as long as
// each is handed over with its smaller end first.
func crossing(a, b, c, d point) point {
	if c.less(a) || (c == a && d.less(b)) {
		a, b, c, d = c, d, a, b
	}
	num := cross(c.x-a.x, c.y-a.y, d.x-c.x, d.y-c.y).float()
	den := cross(b.x-a.x, b.y-a.y, d.x-c.x, d.y-c.y).float()
	t := num / den
	return point{
		a.x + int64(math.Round(float64(t*float64(b.x-a.x)))),
		a.y + int64(math.Round(float64(t*float64(b.y-a.y)))),
	}
}
