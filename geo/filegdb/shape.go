package filegdb

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// head is what a shape says before its vertices.
type head struct {
	kind       byte
	z, m       bool
	curved     bool
	ids        bool
	points     uint64
	parts      uint64
	curves     uint64
	x0, y0     int64 // its box, in steps of the grid
	x1, y1     int64
	partsStart int // of the vertex counts of the parts, in the blob
}

// The general types, with what they have in bits of their own.
const (
	generalZ      = 1 << 31
	generalM      = 1 << 30
	generalCurves = 1 << 29
	generalIDs    = 1 << 28
)

// farthest is how far from the origin of the grid a coordinate may lie, in
// steps: sums of numbers cannot overflow before it is noticed.
const farthest = 1 << 62

// readHead reads the beginning of a polygon's or line's blob. A null or empty
// shape has no points.
func readHead(blob []byte) (h head, bad *damage) {
	c := cursor{data: blob}
	kind := c.uint()
	h.kind = byte(kind)
	h.curved = kind&generalCurves != 0
	switch byte(kind) {
	case 0:
		return h, shortShape(&c)
	case 3, 5:
	case 50, 51:
		h.z, h.m, h.ids = kind&generalZ != 0, kind&generalM != 0, kind&generalIDs != 0
	case 10, 19: // as a Shapefile's types without their M
		h.z = true
	case 13, 15:
		h.z, h.m = true, true
	case 23, 25:
		h.m = true
	default:
		return h, notPolygon(byte(kind))
	}
	if h.points = c.uint(); h.points == 0 || c.bad {
		return h, shortShape(&c)
	}
	h.parts = c.uint()
	if h.curved {
		h.curves = c.uint()
	}
	x, y, width, height := c.uint(), c.uint(), c.uint(), c.uint()
	left := uint64(c.left())
	switch {
	case c.bad:
		return h, shortShape(&c)
	case h.points > left/2:
		return h, damaged(c.at, "图形称有 %[1]d 个顶点，但只剩 %[2]d 字节", "the shape claims %[1]d vertices where %[2]d bytes are left", h.points, left)
	case h.parts == 0 || h.parts > h.points:
		return h, damaged(c.at, "图形有 %[1]d 个顶点，却称有 %[2]d 个环", "the shape has %[1]d vertices and claims %[2]d rings", h.points, h.parts)
	case h.points > geo.MaxVertices:
		return h, &damage{offset: c.at, message: geo.TooMany(geo.VerticesOfShape, geo.MaxVertices).Message}
	case h.parts > geo.MaxRings:
		return h, &damage{offset: c.at, message: geo.TooMany(geo.RingsOfShape, geo.MaxRings).Message}
	case h.curves > left/22:
		return h, damaged(c.at, "图形称有 %[1]d 段曲线，但只剩 %[2]d 字节", "the shape claims %[1]d curves where %[2]d bytes are left", h.curves, left)
	case x >= farthest || y >= farthest || width >= farthest || height >= farthest:
		return h, damaged(c.at, "图形的外包矩形不合理", "the shape's box cannot be")
	}
	h.x0, h.y0, h.x1, h.y1 = int64(x), int64(y), int64(x+width), int64(y+height)
	h.partsStart = c.at
	return h, nil
}

func shortShape(c *cursor) *damage {
	if !c.bad {
		return nil
	}
	return damaged(c.at, "图形数据在此中断或数字不完整", "the shape ends short here, or a number in it does not end")
}

// notPolygon says what a shape is instead.
func notPolygon(kind byte) *damage {
	d := &damage{advice: geo.Text{ZH: "请提供面图层", EN: "Give a layer of polygons"}}
	switch kind {
	case 1, 9, 11, 21, 52:
		d.message = geo.Text{ZH: "图形是点，不是面", EN: "the shape is a point, not a polygon"}
	case 8, 18, 20, 28, 53:
		d.message = geo.Text{ZH: "图形是多点，不是面", EN: "the shape is a multipoint, not a polygon"}
	case 31, 32, 54:
		d.message = geo.Text{ZH: "图形是多面体（MultiPatch），不是面", EN: "the shape is a multipatch (a 3D surface), not a polygon"}
	default:
		return damaged(0, "图形类型 %d 不存在，文件已损坏", "shape type %d does not exist; the file is damaged", kind)
	}
	return d
}

// areal reports a head of a polygon or of nothing.
func (h *head) areal() bool {
	switch h.kind {
	case 0, 5, 15, 19, 25, 51:
		return true
	}
	return false
}

// box is the box that the shape states, which covers its curves too: those may
// reach a step farther than it says.
func (h *head) box(g *grid) inplace.Box {
	if h.points == 0 {
		return inplace.EmptyBox
	}
	more := int64(0)
	if h.curved {
		more = 1
	}
	return inplace.Box{g.x(h.x0 - more), g.y(h.y0 - more), g.x(h.x1 + more), g.y(h.y1 + more)}
}

// parts reads how many vertices each part has.
func (h *head) counts(blob []byte, counts []int) ([]int, int, *damage) {
	c := cursor{data: blob, at: h.partsStart}
	left := h.points
	counts = counts[:0]
	for p := uint64(1); p < h.parts; p++ {
		n := c.uint()
		if c.bad {
			return nil, 0, shortShape(&c)
		}
		if n == 0 || n >= left {
			return nil, 0, damaged(c.at, "第 %[1]d 个环称有 %[2]d 个顶点（共 %[3]d 个）", "ring %[1]d claims %[2]d of %[3]d vertices", p, n, h.points)
		}
		counts = append(counts, int(n))
		left -= n
	}
	return append(counts, int(left)), c.at, nil
}

// rings decodes the parts of a shape, into the room of rings if that does. Each
// keeps one spare point, so that a ring is closed in place.
func (h *head) rings(blob []byte, g *grid, rings []orb.Ring) ([]orb.Ring, *damage) {
	var few [8]int
	counts, at, bad := h.counts(blob, few[:0])
	if bad != nil {
		return nil, bad
	}
	points := make([]orb.Point, int(h.points)+len(counts))
	rings = slices.Grow(rings[:0], len(counts))[:len(counts)]
	w := walk{data: blob, at: at}
	for p, n := range counts {
		ring := points[: n : n+1]
		points = points[n+1:]
		w.fill(ring, g)
		rings[p] = ring
	}
	if bad := w.check(h); bad != nil {
		return nil, bad
	}
	if h.curves > 0 {
		return h.drawn(blob, w.at, rings, g)
	}
	return rings, nil
}

// walk sums the steps from vertex to vertex, through all parts.
type walk struct {
	data       []byte
	at         int
	x, y       int64
	x0, y0     int64 // the box of the vertices
	x1, y1     int64
	begun, bad bool
	buffer     [64][2]int64
}

// next gives the next vertices, n at most, some at a time.
func (w *walk) next(n int) [][2]int64 {
	to := w.buffer[:min(n, len(w.buffer))]
	if !w.begun && n > 0 {
		w.begun = true
		w.long()
		w.x0, w.y0, w.x1, w.y1 = w.x, w.y, w.x, w.y
		to[0] = [2]int64{w.x, w.y}
		w.sum(to[1:])
		return to
	}
	w.sum(to)
	return to
}

// sum is the loop that a county's time goes into. Both steps to a vertex mostly
// fit into eight bytes together: they are read at once, put side by side and
// pressed together in one go, without a branch on their lengths, which no
// processor could foretell. Steps of four bytes at most cannot overflow a sum,
// whatever their number; longer ones are held against the farthest that there
// may be.
func (w *walk) sum(to [][2]int64) {
	data, at, x, y := w.data, w.at, w.x, w.y
	x0, y0, x1, y1 := w.x0, w.y0, w.x1, w.y1
	for k := range to {
		short := false
		if len(data)-at >= 8 {
			both := binary.LittleEndian.Uint64(data[at:])
			ends := ^both & 0x8080808080808080
			second := ends & (ends - 1)
			first := uint(bits.TrailingZeros64(ends)) + 1 // bits
			all := uint(bits.TrailingZeros64(second)) + 1 // 65 where the second does not end here
			if first <= 32 && all-first <= 32 {
				steps := both&(ends^(ends-1)) | both&(second^(second-1))>>(first&63)<<32
				dx, dy := numbers32(steps)
				x, y, at = x+dx, y+dy, at+int(all>>3)
				short = true
			}
		}
		if !short {
			w.at, w.x, w.y = at, x, y
			w.long()
			at, x, y = w.at, w.x, w.y
		}
		x0, x1 = min(x0, x), max(x1, x)
		y0, y1 = min(y0, y), max(y1, y)
		to[k] = [2]int64{x, y}
	}
	w.at, w.x, w.y = at, x, y
	w.x0, w.y0, w.x1, w.y1 = x0, y0, x1, y1
}

// numbers32 are two signed numbers of four bytes at most, the first in the low
// half.
func numbers32(v uint64) (first, second int64) {
	u := v&0x0000003f0000003f | v&0x00007f0000007f00>>2 | v&0x007f0000007f0000>>3 | v&0x7f0000007f000000>>4
	s, t := -int64(v>>6&1), -int64(v>>38&1)
	return (int64(u&(1<<32-1)) ^ s) - s, (int64(u>>32) ^ t) - t
}

// long goes to the next vertex by numbers of any length.
func (w *walk) long() {
	c := cursor{data: w.data, at: w.at, bad: w.bad}
	w.x += c.int()
	w.y += c.int()
	w.at, w.bad = c.at, c.bad
	if w.x > farthest || w.x < -farthest || w.y > farthest || w.y < -farthest {
		w.bad, w.x, w.y = true, 0, 0
	}
}

// fill makes the vertices of a ring.
func (w *walk) fill(ring []orb.Point, g *grid) {
	for len(ring) > 0 {
		some := w.next(len(ring))
		if g.whole {
			for k, v := range some {
				ring[k] = orb.Point{float64(v[0]+g.wholeX) / g.scale, float64(v[1]+g.wholeY) / g.scale}
			}
		} else {
			for k, v := range some {
				ring[k] = orb.Point{float64(v[0])/g.scale + g.x0, float64(v[1])/g.scale + g.y0}
			}
		}
		ring = ring[len(some):]
	}
}

// check holds the vertices against the box that the shape states: a search
// that believes one that is too small passes over land in silence.
func (w *walk) check(h *head) *damage {
	switch {
	case w.bad:
		return damaged(w.at, "顶点数据在此中断或坐标超出范围", "the vertices end short here, or a coordinate lies out of range")
	case w.begun && (w.x0 < h.x0-1 || w.y0 < h.y0-1 || w.x1 > h.x1+1 || w.y1 > h.y1+1):
		return damaged(h.partsStart, "图形自带的外包矩形没有包住其顶点", "the shape's own box does not cover its vertices")
	}
	return nil
}

// measures passes over the M of n vertices: a sum of -2 says that no more are
// stored.
func (c *cursor) measures(n uint64) {
	sum := int64(0)
	for ; n > 0 && !c.bad; n-- {
		if sum += c.int(); sum == -2 {
			return
		}
	}
}

// float64 reads a number of eight bytes.
func (c *cursor) float64() float64 {
	if c.left() < 8 {
		c.bad = true
		return math.NaN()
	}
	c.at += 8
	return math.Float64frombits(binary.LittleEndian.Uint64(c.data[c.at-8:]))
}
