package ledger

import (
	"math"
	"sync"
	"sync/atomic"

	"landcheck/geo"
	"landcheck/geo/portable"

	"github.com/paulmach/orb"
)

// shapeIndex finds shapes by their boxes; those that run the same way as many
// others by their boxes on land that is turned so that they lie level.
type shapeIndex struct {
	*geo.Index
	shapes []*indexedShape
	looks  *looks            // another is for each who makes part of it
	lanes  func() []corridor // parallel to shapes, made for whoever asks first
	many   atomic.Bool       // some trend is worth an index of its own
	trends [trends]trend
}

// trends is how many directions are told apart, and worthwhile how many shapes
// must have been met in vain along one, for each that there is, before an index
// is made for it.
const (
	trends     = 64
	worthwhile = 8
)

// trend is the shapes on land that is turned so that those whose longest edge
// runs about one way lie level.
type trend struct {
	met    atomic.Int64
	once   sync.Once
	from   orb.Point
	ux, uy float64 // which way, of length 1
	index  *geo.Index
}

// indexOf indexes shapes. Once the looks have ended, what it finds means nothing.
func indexOf(looks *looks, shapes []*indexedShape) *shapeIndex {
	ix := &shapeIndex{Index: indexBoxes(looks, shapes, func(f *indexedShape) orb.Bound { return f.box }), shapes: shapes, looks: looks}
	ix.lanes = sync.OnceValue(ix.lanesOf)
	return ix
}

func (ix *shapeIndex) lanesOf() []corridor {
	out, looks := make([]corridor, len(ix.shapes)), ix.looks.another()
	for i, f := range ix.shapes {
		if looks.ended() {
			break
		}
		out[i] = corridorOf(f)
	}
	return out
}

// indexBoxes indexes boxes of shapes; none where the looks have ended.
func indexBoxes(looks *looks, shapes []*indexedShape, box func(f *indexedShape) orb.Bound) *geo.Index {
	boxes := make([]orb.Bound, len(shapes))
	for i, f := range shapes {
		if looks.ended() {
			return geo.NewIndex(nil)
		}
		boxes[i] = box(f)
	}
	return geo.NewIndex(boxes)
}

// trend is the number of the trend in which a corridor runs.
func (l *corridor) trend() int {
	return min(max(int((portable.Atan2(l.nx, -l.ny)/math.Pi+1)*trends), 0), 2*trends-1) % trends
}

// busy says that a search along a trend met so many.
func (ix *shapeIndex) busy(k, met int) {
	if ix.trends[k].met.Add(int64(met)) > int64(worthwhile*len(ix.shapes)) {
		ix.many.Store(true)
	}
}

// along is the trend of a corridor where an index of its own is worthwhile, or nil.
func (ix *shapeIndex) along(l *corridor) *trend {
	t := &ix.trends[l.trend()]
	if t.met.Load() <= int64(worthwhile*len(ix.shapes)) {
		return nil
	}
	t.once.Do(func() { t.build(ix.looks.another(), ix.shapes, ix.lanes(), l) })
	return t
}

// build turns the land as the corridor that is asked for and those like it run: the
// shape that asks need not be one of the index, nor run as any of them does.
func (t *trend) build(looks *looks, shapes []*indexedShape, lanes []corridor, asked *corridor) {
	t.from, t.ux, t.uy = asked.from, asked.ny, -asked.nx
	for i := range lanes {
		if looks.ended() {
			break
		}
		if l := &lanes[i]; l.trend() == asked.trend() {
			dx, dy := l.ny, -l.nx
			if float64(dx*t.ux)+float64(dy*t.uy) < 0 {
				dx, dy = -dx, -dy
			}
			t.ux, t.uy = t.ux+dx, t.uy+dy
		}
	}
	size := portable.Hypot(t.ux, t.uy)
	t.ux, t.uy = t.ux/size, t.uy/size
	t.index = indexBoxes(looks, shapes, t.box)
}

// box is the box of a shape on the turned land.
func (t *trend) box(f *indexedShape) orb.Bound {
	b := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for _, p := range f.outline {
		for _, r := range p {
			for _, v := range r {
				dx, dy := v[0]-t.from[0], v[1]-t.from[1]
				b = b.Extend(orb.Point{float64(dx*t.ux) + float64(dy*t.uy), float64(dy*t.ux) - float64(dx*t.uy)})
			}
		}
	}
	return b
}
