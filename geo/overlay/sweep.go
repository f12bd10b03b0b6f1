package overlay

import "math"

// span is a segment that the sweep has reached and not yet left behind.
type span struct {
	right, bottom, top int64
	low                int32 // its lowest strip
	segment            int32
}

// strip is the spans of a horizontal strip of the window.
type strip struct{ settled, fresh []span }

// findSplits sweeps the segments, sorted by their left ends, in horizontal
// strips, so that cost follows neighbours and not the number of segments. Only
// fresh segments are held against others: settled ones do not cross.
func (ar *Arranger) findSplits() {
	ar.splits = ar.splits[:0]
	segs := ar.segments
	if len(segs) == 0 {
		return
	}
	n := int64(min(len(segs)/200+1, 2000))
	height := (ar.window.maxY-ar.window.minY)/n + 1
	at := func(y int64) int32 {
		if n == 1 {
			return 0 // no division
		}
		return int32(min(max((y-ar.window.minY)/height, 0), n-1))
	}
	ar.strips = resize(ar.strips, int(n))
	for i := range ar.strips {
		ar.strips[i].settled, ar.strips[i].fresh = ar.strips[i].settled[:0], ar.strips[i].fresh[:0]
	}
	reach := freshBox(segs)
	for i := range segs {
		s := &segs[i]
		own := span{right: s.b.x, bottom: min(s.a.y, s.b.y), top: max(s.a.y, s.b.y), segment: int32(i)}
		if s.settled && (s.a.x > reach.maxX || own.right < reach.minX || own.bottom > reach.maxY || own.top < reach.minY) {
			continue
		}
		own.low = at(own.bottom)
		for k := own.low; k <= at(own.top); k++ {
			meet := func(t *span) {
				if max(t.low, own.low) == k && !joint(s, &segs[t.segment]) { // each pair once
					ar.meet(own.segment, t.segment)
				}
			}
			st := &ar.strips[k]
			st.fresh = own.sweep(s.a.x, st.fresh, meet)
			if s.settled {
				st.settled = append(st.settled, own)
				continue
			}
			if len(st.settled) > 0 {
				st.settled = own.sweep(s.a.x, st.settled, meet)
			}
			st.fresh = append(st.fresh, own)
		}
	}
	for i := range segs {
		segs[i].settled = true
	}
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
