package overlay

import (
	"math/bits"
	"sync"
	"sync/atomic"
)

// A raster pays from so many vertices and questions on.
const (
	rasterVertices = 1024
	rasterAsked    = 512
)

// The sides of cells are powers of two, and so is the number of columns: a
// question divides nothing.
const (
	rasterBits = 8
	rasterSide = 1 << rasterBits
)

// raster tells of the cells of a grid over a shape whether an edge may lie in
// them, or else whether they lie inside: thousands of parcels are asked for
// against one project area, and most lie far from its edges.
type raster struct {
	asked atomic.Int32
	once  sync.Once
	over  box
	wide  int // a cell is so many binary digits wide
	high  int
	cells []cellKind
}

type cellKind byte

const (
	unseen cellKind = iota
	edged           // the box of an edge meets it
	inner
	outer
)

// locate answers where no edge's box meets the cells under a window; known is
// false where one does, or the window reaches beyond the raster.
func (r *raster) locate(s *Shape, w box) (side Relation, known bool) {
	if r.asked.Load() < rasterAsked {
		r.asked.Add(1)
		return Crossing, false
	}
	r.once.Do(func() { r.draw(s) })
	if r.cells == nil || w.minX < r.over.minX || w.minY < r.over.minY || w.maxX > r.over.maxX || w.maxY > r.over.maxY {
		return Crossing, false
	}
	from, to := r.column(w.minX), r.column(w.maxX)
	for y := r.row(w.minY); y <= r.row(w.maxY); y++ {
		for _, c := range r.cells[y<<rasterBits+from : y<<rasterBits+to+1] {
			if c == edged {
				return Crossing, false
			}
		}
	}
	if r.cells[r.row(w.minY)<<rasterBits+from] == inner {
		return Inside, true
	}
	return Outside, true
}

func (r *raster) column(x int64) int64 { return (x - r.over.minX) >> r.wide }
func (r *raster) row(y int64) int64    { return (y - r.over.minY) >> r.high }

// draw marks the cells that the boxes of edges meet, then floods what lies
// between: no edge runs there, so one cell speaks for all.
func (r *raster) draw(s *Shape) {
	r.over, _ = s.box()
	r.wide = max(0, bits.Len64(uint64(r.over.maxX-r.over.minX))-rasterBits)
	r.high = max(0, bits.Len64(uint64(r.over.maxY-r.over.minY))-rasterBits)
	cells := make([]cellKind, rasterSide*rasterSide)
	marks := int64(0)
	for i := range s.rings {
		pts := s.rings[i].pts
		p := pts[len(pts)-1]
		for _, q := range pts {
			fromX, toX := r.column(min(p.x, q.x)), r.column(max(p.x, q.x))
			fromY, toY := r.row(min(p.y, q.y)), r.row(max(p.y, q.y))
			if marks += (toX - fromX + 1) * (toY - fromY + 1); marks > 4*rasterSide*rasterSide {
				return // edges too long: their boxes would cover everything
			}
			for y := fromY; y <= toY; y++ {
				for x := fromX; x <= toX; x++ {
					cells[y<<rasterBits+x] = edged
				}
			}
			p = q
		}
	}
	r.cells = cells
	var queue []int
	for c := range cells {
		if cells[c] != unseen {
			continue
		}
		kind := outer
		if s.plainly(r.cell(int64(c))) == Inside {
			kind = inner
		}
		cells[c] = kind
		queue = append(queue[:0], c)
		spread := func(to int) {
			if cells[to] == unseen {
				cells[to] = kind
				queue = append(queue, to)
			}
		}
		for len(queue) > 0 {
			at := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			if at%rasterSide > 0 {
				spread(at - 1)
			}
			if at%rasterSide < rasterSide-1 {
				spread(at + 1)
			}
			if at >= rasterSide {
				spread(at - rasterSide)
			}
			if at < len(cells)-rasterSide {
				spread(at + rasterSide)
			}
		}
	}
}

// cell is the place of a cell.
func (r *raster) cell(c int64) box {
	x, y := r.over.minX+c%rasterSide<<r.wide, r.over.minY+c/rasterSide<<r.high
	return box{x, y, x + 1<<r.wide - 1, y + 1<<r.high - 1}
}
