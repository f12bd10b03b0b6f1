package overlay

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// span is a segment that the sweep has reached and not yet left behind.
type span struct {
	right, bottom, top int64
	low                int32 // its lowest strip
	segment            int32
}

// strip is the spans of a horizontal strip of the window.
type strip struct {
	settled, fresh []span
	hubs           []hubSpans // on turned land, those that end in a hub, settled or not
}

// hubSpans is the spans of one hub.
type hubSpans struct {
	hub   int32
	spans []span
}

// add adds a span to those of its hub.
func (st *strip) add(hub int32, s span) {
	for i := range st.hubs {
		if st.hubs[i].hub == hub {
			st.hubs[i].spans = append(st.hubs[i].spans, s)
			return
		}
	}
	st.hubs = append(st.hubs, hubSpans{hub, []span{s}})
}

// findSplits finds where segments cross or touch. Strips of one height are laid
// first; where land is so uneven that they do not help, as about the point that
// a hundred needles share or between a thousand terraces that run aslant,
// strips along most edges that hold as many segments each.
func (ar *Arranger) findSplits(ctx context.Context) error {
	segs := ar.segments
	if len(segs) == 0 {
		ar.splits = ar.splits[:0]
		return nil
	}
	n := int64(min(len(segs)/200+1, 2000))
	even := division{count: n, low: ar.window.minY, height: (ar.window.maxY-ar.window.minY)/n + 1}
	done, err := ar.sweep(ctx, nil, even, evenLooks*(int64(len(segs))+1000))
	if err == nil && !done {
		turned := ar.turnedSpans()
		if _, err = ar.sweep(ctx, turned, quantiles(turned), math.MaxInt64); err == nil {
			err = ar.meetAlike(ctx)
		}
	}
	for i := range segs {
		segs[i].settled = true
	}
	return err
}

// evenLooks is how many spans a segment may look at, on the average, before
// strips of one height are given up; parcels look at ten.
const evenLooks = 100

// division is horizontal strips: of one height, or up to tops.
type division struct {
	count       int64
	low, height int64
	tops        []int64
}

func (d *division) at(y int64) int32 {
	switch {
	case d.count == 1:
		return 0 // no division
	case d.tops != nil:
		i, _ := slices.BinarySearch(d.tops, y)
		return int32(i)
	}
	return int32(min(max((y-d.low)/d.height, 0), d.count-1))
}

// sweep sweeps the segments, sorted by their left ends, in strips, so that cost
// follows neighbours and not the number of segments. Only fresh segments are
// held against others: settled ones do not cross. It is not done where that
// takes more looks than most. turned is the segments as they lie when the land
// is turned; nil where it is not.
func (ar *Arranger) sweep(ctx context.Context, turned []turnedSpan, strips division, most int64) (done bool, err error) {
	ar.splits = ar.splits[:0]
	pairs := len(ar.spending.pairs)
	segs := ar.segments
	looks := int64(0)
	ar.strips = resize(ar.strips, int(strips.count))
	for i := range ar.strips {
		ar.strips[i].settled, ar.strips[i].fresh = ar.strips[i].settled[:0], ar.strips[i].fresh[:0]
		ar.strips[i].hubs = nil
	}
	reach := freshBox(segs)
	for i := range segs {
		k := i
		if turned != nil {
			k = int(turned[i].segment)
		}
		s := &segs[k]
		left, own := s.a.x, span{right: s.b.x, bottom: min(s.a.y, s.b.y), top: max(s.a.y, s.b.y), segment: int32(k)}
		if s.settled && (left > reach.maxX || own.right < reach.minX || own.bottom > reach.maxY || own.top < reach.minY) {
			continue
		}
		if turned != nil {
			left, own = turned[i].left, turned[i].span
		}
		own.low = strips.at(own.bottom)
		top := strips.at(own.top)
		before := looks
		for k := own.low; k <= top; k++ {
			meet := func(t *span) {
				if turned != nil && ar.ends[own.segment].joint(ar.ends[t.segment]) {
					looks++
					return
				}
				looks += 4
				if max(t.low, own.low) == k && !joint(s, &segs[t.segment]) { // each pair once
					ar.meet(own.segment, t.segment)
				}
			}
			st := &ar.strips[k]
			looks += int64(len(st.fresh)) + 4
			st.fresh = own.sweep(left, st.fresh, meet)
			if !s.settled && len(st.settled) > 0 {
				looks += int64(len(st.settled))
				st.settled = own.sweep(left, st.settled, meet)
			}
			hub := int32(0)
			if turned != nil {
				hub = ar.ends[own.segment].hub
			}
			for h := range st.hubs {
				if o := &st.hubs[h]; o.hub != hub {
					looks += int64(len(o.spans)) + 1
					o.spans = own.sweep(left, o.spans, func(t *span) {
						if !s.settled || !segs[t.segment].settled {
							meet(t)
						}
					})
				}
			}
			switch {
			case hub > 0:
				st.add(hub, own)
			case s.settled:
				st.settled = append(st.settled, own)
			default:
				st.fresh = append(st.fresh, own)
			}
		}
		if looks > most {
			ar.spending.steps += looks - before
			ar.spending.pairs = ar.spending.pairs[:pairs]
			return false, nil
		}
		if ar.spending.steps += looks - before; ar.spending.steps > ar.spending.look {
			ar.spending.latest = ar.inputsOf(own.segment, ar.strips[own.low].other(own.segment))
			if err := ar.withinBudget(ctx); err != nil {
				return false, err
			}
		}
	}
	return true, nil
}

// other is a segment that lies in the strip beside one.
func (st *strip) other(segment int32) int32 {
	other := func(spans []span) int32 {
		for i := range spans {
			if spans[i].segment != segment {
				return spans[i].segment
			}
		}
		return segment
	}
	found := cmp.Or(other(st.fresh)-segment, other(st.settled)-segment)
	for i := range st.hubs {
		found = cmp.Or(found, other(st.hubs[i].spans)-segment)
	}
	return segment + found
}

// sweep drops the spans that end before x, and yields those as high as s.
func (s *span) sweep(x int64, spans []span, yield func(t *span)) []span {
	n := 0
	for i := range spans {
		t := &spans[i]
		if t.right < x {
			continue // behind the sweep for good
		}
		if n < i {
			spans[n] = *t
		}
		n++
		if t.bottom <= s.top && t.top >= s.bottom {
			yield(t)
		}
	}
	return spans[:n]
}

// freshBox is the box round the segments that are not settled.
func freshBox(segs []segment) box {
	b := box{math.MaxInt64, math.MaxInt64, math.MinInt64, math.MinInt64}
	for i := range segs {
		if s := &segs[i]; !s.settled {
			b = box{min(b.minX, s.a.x), min(b.minY, s.a.y, s.b.y), max(b.maxX, s.b.x), max(b.maxY, s.a.y, s.b.y)}
		}
	}
	return b
}
