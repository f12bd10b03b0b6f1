package filegdb

import (
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
