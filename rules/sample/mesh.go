package sample

import (
	"math"

	"landcheck/geo/portable"

	"github.com/paulmach/orb"
)

// mesh is the county's net of edges. An edge is a function of its place
// alone, so both parcels beside it get the same vertices to the last bit
// without either knowing the other.
type mesh struct {
	noise  noise
	origin orb.Point // south-west corner, metres in the county's zone
	x, y   axis
	pieces int // pieces of an edge one pitch long
}

// rect is a block of cells: columns and rows.
type rect struct{ x, y span }

func (r rect) cells() int { return r.x.len() * r.y.len() }

func (r rect) holds(s rect) bool { return r.x.holds(s.x) && r.y.holds(s.y) }

func (r rect) meets(s rect) bool { return r.x.meets(s.x) && r.y.meets(s.y) }

// grown is the block with n cells more on every side.
func (r rect) grown(n int) rect {
	return rect{span{r.x.from - n, r.x.to + n}, span{r.y.from - n, r.y.to + n}}
}

// node is the point where column line i meets row line j. It strays by less
// than a tenth of the thinnest lane beside it, along
// as well as across: on a ditch, nodes that stray along it would shear it shut.
func (m *mesh) node(i, j int) orb.Point {
	stray := float64(0.1 * math.Min(m.x.thin(i), m.y.thin(j)))
	return orb.Point{
		m.origin[0] + m.x.at[i] + m.y.offsets[j] + float64(stray*m.noise.swing(i, j, 1)),
		m.origin[1] + m.y.at[j] + m.x.offsets[i] + float64(stray*m.noise.swing(i, j, 2)),
	}
}

// edge appends the points of an edge after its first one, from node (i, j)
// east or north to the next node.
func (m *mesh) edge(ring orb.Ring, i, j int, north bool) orb.Ring {
	a, b, salt, length, room := m.node(i, j), orb.Point{}, 3, 0.0, 0.0
	if north {
		b, salt, length, room = m.node(i, j+1), 4, m.y.lanes[j].width(), m.x.thin(i)
	} else {
		b, length, room = m.node(i+1, j), m.x.lanes[i].width(), m.y.thin(j)
	}
	pieces := max(1, int(math.Round(float64(m.pieces)*length/pitch)))
	dx, dy := b[0]-a[0], b[1]-a[1]
	// Sway turns an edge by up to 20°, its nodes by up to 11°, and the bow leaves
	// them at up to 13°: edges that meet there, 90° apart to begin with, cannot
	// cross.
	bow := 4 * 0.06 * math.Min(length, room) / portable.Hypot(dx, dy)
	lean := float64(0.6 * m.noise.swing(i, j, salt))
	for k := 1; k < pieces; k++ {
		t := float64(k) / float64(pieces)
		off := float64(bow * t * (1 - t) * (lean + float64(0.4*m.noise.swing(i, j, salt+2*k))))
		ring = append(ring, millimetres(a[0]+float64(t*dx)-float64(off*dy), a[1]+float64(t*dy)+float64(off*dx)))
	}
	return append(ring, millimetres(b[0], b[1]))
}

// outline is the closed ring round a block of cells, counter-clockwise.
func (m *mesh) outline(r rect) orb.Ring {
	ring := make(orb.Ring, 0, 2*(r.x.len()+r.y.len())*m.pieces+1)
	first := m.node(r.x.from, r.y.from)
	ring = append(ring, millimetres(first[0], first[1]))
	for i := r.x.from; i < r.x.to; i++ {
		ring = m.edge(ring, i, r.y.from, false)
	}
	for j := r.y.from; j < r.y.to; j++ {
		ring = m.edge(ring, r.x.to, j, true)
	}
	// The other two sides are drawn forwards and turned round.
	start := len(ring) - 1
	corner := m.node(r.x.from, r.y.to)
	back := append(make(orb.Ring, 0, r.x.len()*m.pieces+1), millimetres(corner[0], corner[1]))
	for i := r.x.from; i < r.x.to; i++ {
		back = m.edge(back, i, r.y.to, false)
	}
	ring = appendReversed(ring[:start], back)
	start = len(ring) - 1
	back = append(back[:0], ring[0])
	for j := r.y.from; j < r.y.to; j++ {
		back = m.edge(back, r.x.from, j, true)
	}
	return appendReversed(ring[:start], back)
}

// shape is the outline as a geometry.
func (m *mesh) shape(r rect) orb.MultiPolygon { return orb.MultiPolygon{{m.outline(r)}} }

// centre of a block, near enough to ask what lies there.
func (m *mesh) centre(r rect) orb.Point {
	a, b := m.node(r.x.from, r.y.from), m.node(r.x.to, r.y.to)
	return orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}
}

func appendReversed(ring, tail orb.Ring) orb.Ring {
	for k := len(tail) - 1; k >= 0; k-- {
		ring = append(ring, tail[k])
	}
	return ring
}

// millimetres rounds a point as surveyed data is rounded. It also keeps the
// points on every grid that an overlay may use.
func millimetres(x, y float64) orb.Point {
	return orb.Point{math.Round(float64(x*1000)) / 1000, math.Round(float64(y*1000)) / 1000}
}
