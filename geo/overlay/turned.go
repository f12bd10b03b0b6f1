package overlay

import (
	"cmp"
	"math"
	"slices"

	"landcheck/geo/portable"
)

// turnedSpan is the box of a segment on turned land, a grid unit wider than it
// is: segments that touch have boxes that meet.
type turnedSpan struct {
	left int64
	span
}

// turnedSpans are the segments as they lie when the land is turned so that most
// edges run east, by their left ends: edges that lie side by side, however they
// run, are then one above the other.
func (ar *Arranger) turnedSpans() []turnedSpan {
	segs := ar.segments
	ux, uy := trend(segs)
	o := point{ar.window.minX, ar.window.minY}
	turned := func(p point) (x, y int64) {
		dx, dy := float64(p.x-o.x), float64(p.y-o.y)
		return nearest(float64(ux*dx) + float64(uy*dy)), nearest(float64(ux*dy) - float64(uy*dx))
	}
	ar.numberEnds()
	out := make([]turnedSpan, len(segs))
	for i := range segs {
		ax, ay := turned(segs[i].a)
		bx, by := turned(segs[i].b)
		out[i] = turnedSpan{min(ax, bx) - 1, span{right: max(ax, bx) + 1, bottom: min(ay, by) - 1, top: max(ay, by) + 1, segment: int32(i)}}
	}
	slices.SortFunc(out, func(s, t turnedSpan) int {
		return cmp.Or(cmp.Compare(s.left, t.left), cmp.Compare(s.segment, t.segment))
	})
	return out
}

// trends is how many directions are told apart.
const trends = 64

// trend is the direction in which most of the length of the segments runs, of
// length 1. Products are not fused with sums, so that it is the same on every
// machine.
func trend(segs []segment) (ux, uy float64) {
	var lengths, xs, ys [trends]float64
	for i := range segs {
		dx, dy := float64(segs[i].b.x-segs[i].a.x), float64(segs[i].b.y-segs[i].a.y)
		k := int((portable.Atan2(dy, dx)/math.Pi + 0.5) * trends)
		k = min(max(k, 0), trends-1)
		lengths[k] += math.Abs(dx) + math.Abs(dy)
		xs[k] += dx
		ys[k] += dy
	}
	most := 0
	for k := range lengths {
		if lengths[k] > lengths[most] {
			most = k
		}
	}
	size := math.Sqrt(float64(xs[most]*xs[most]) + float64(ys[most]*ys[most]))
	if size == 0 {
		return 1, 0
	}
	return xs[most] / size, ys[most] / size
}

// quantiles divides segments by their lower ends into strips of some fifty
// each, fewer where long ones would lie in too many of them.
func quantiles(turned []turnedSpan) division {
	ends := make([]int64, len(turned))
	for i := range turned {
		ends[i] = turned[i].bottom
	}
	slices.Sort(ends)
	for n := max(len(turned)/50, 1); ; n /= 2 {
		d := division{count: 1}
		if n <= 1 {
			return d
		}
		for k := 1; k < n; k++ {
			if y := ends[k*len(ends)/n]; len(d.tops) == 0 || y > d.tops[len(d.tops)-1] {
				d.tops = append(d.tops, y)
			}
		}
		d.count = int64(len(d.tops)) + 1
		spans := 0
		for i := range turned {
			spans += int(d.at(turned[i].top)-d.at(turned[i].bottom)) + 1
		}
		if spans <= 2*len(turned) {
			return d
		}
	}
}
