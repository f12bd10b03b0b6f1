package tile

import "slices"

// walker makes rings, and polygons of them, out of the edges that a sweep
// kept. It is reused.
type walker struct {
	bounds []bound
	first  []int32 // of each corner: the first bound that goes out from it
	fill   []int32 // next place to put one
	seen   []int32 // of each corner: where on the way it was, or -1
	way    []int32
	raw    []point
	loopOf []int32 // of each edge, or -1
	loops  []loop
}

// bound is a kept edge, run through with the inside on its left (y up).
type bound struct {
	from, to   point
	start, end int32 // their corners
	edge       int32
	used       bool
}

// loop is a ring that meets itself nowhere.
type loop struct {
	points []point
	outer  bool
	first  point // the leftmost
	lowest int32 // of a hole: the lowest edge at its first point, or -1
	of     int32 // its polygon, or -1
}

func (w *walker) polygons(edges []edge, all []known, starts []int32, corners int) [][][]point {
	w.sort(edges, all, corners)
	w.loops = w.loops[:0]
	w.loopOf = refill(w.loopOf, len(edges))
	w.seen = refill(w.seen, corners)
	for i := range w.bounds {
		if !w.bounds[i].used {
			w.walk(int32(i))
		}
	}
	for _, i := range starts {
		if k := w.loopOf[i]; k >= 0 && w.loops[k].lowest < 0 && edges[i].a == w.loops[k].first {
			w.loops[k].lowest = i
		}
	}
	var out [][][]point
	for k := range w.loops {
		if of := w.polygonOf(int32(k), all, &out); of >= 0 && !w.loops[k].outer {
			out[of] = append(out[of], w.loops[k].points)
		}
	}
	return out
}

func refill(list []int32, n int) []int32 {
	list = slices.Grow(list[:0], n)[:n]
	for i := range list {
		list[i] = -1
	}
	return list
}

// sort puts the bounds in the order of the corners they go out from.
func (w *walker) sort(edges []edge, all []known, corners int) {
	w.first = slices.Grow(w.first[:0], corners+1)[:corners+1]
	clear(w.first)
	count := 0
	for i := range all {
		if all[i].kept {
			start, _ := all[i].ends()
			w.first[start+1]++
			count++
		}
	}
	for c := range corners {
		w.first[c+1] += w.first[c]
	}
	w.fill = append(w.fill[:0], w.first...)
	w.bounds = slices.Grow(w.bounds[:0], count)[:count]
	for i := range all {
		if !all[i].kept {
			continue
		}
		start, end := all[i].ends()
		b := bound{from: edges[i].a, to: edges[i].b, start: start, end: end, edge: int32(i)}
		if all[i].above <= 0 {
			b.from, b.to = b.to, b.from
		}
		w.bounds[w.fill[start]] = b
		w.fill[start]++
	}
}

// ends are the corners that an edge runs from and to.
func (k *known) ends() (start, end int32) {
	if k.above > 0 {
		return k.a, k.b
	}
	return k.b, k.a
}

// walk follows the boundary of one connected inside from an edge back to it,
// and cuts the way into loops where it touches itself.
func (w *walker) walk(first int32) {
	w.way = w.way[:0]
	for i := first; i >= 0; i = w.next(i) {
		b := &w.bounds[i]
		b.used = true
		w.seen[b.start] = int32(len(w.way))
		w.way = append(w.way, i)
		if at := w.seen[b.end]; at >= 0 {
			w.loop(w.way[at:])
			for _, k := range w.way[at:] {
				w.seen[w.bounds[k].start] = -1
			}
			w.way = w.way[:at]
		}
	}
}

// next is the edge that goes on from the end of another along the same inside:
// the first one clockwise. -1 where the way is closed.
func (w *walker) next(i int32) int32 {
	b := &w.bounds[i]
	best := int32(-1)
	for k := w.first[b.end]; k < w.first[b.end+1]; k++ {
		if !w.bounds[k].used && (best < 0 || clockwise(b.to, b.from, w.bounds[k].to, w.bounds[best].to)) {
			best = k
		}
	}
	return best
}

// clockwise tells whether, turning clockwise (y up) about a place from r, p
// comes before q.
func clockwise(at, r, p, q point) bool {
	x, y := half(at, r, p), half(at, r, q)
	if x != y {
		return x < y
	}
	return side(at, p, q) < 0
}

// half is 0, 1 or 2 for less than half a turn clockwise, half, and more.
func half(at, r, p point) int {
	return sign(side(at, r, p)) + 1
}

// loop makes a ring of a way; its edges know it.
func (w *walker) loop(way []int32) {
	l := loop{lowest: -1, of: -1, first: w.bounds[way[0]].from}
	w.raw = w.raw[:0]
	for _, k := range way {
		b := &w.bounds[k]
		w.loopOf[b.edge] = int32(len(w.loops))
		w.raw = append(w.raw, b.from)
		if b.from.before(l.first) {
			l.first = b.from
		}
	}
	l.outer = turn(w.raw) > 0
	l.points = make([]point, 0, len(w.raw))
	for _, p := range w.raw {
		l.points = add(l.points, p)
	}
	l.points = tidy(l.points)
	w.loops = append(w.loops, l)
}

// polygonOf is the number of the polygon that a loop belongs to: below the
// leftmost point of a hole is the inside that it is cut from.
func (w *walker) polygonOf(k int32, all []known, out *[][][]point) int32 {
	way := []int32{k} // of holes, each beside the next
	for {
		l := &w.loops[k]
		if l.outer && l.of < 0 {
			l.of = int32(len(*out))
			*out = append(*out, [][]point{l.points})
		}
		if l.of >= 0 || l.lowest < 0 || all[l.lowest].under < 0 {
			break
		}
		k = w.loopOf[all[l.lowest].under]
		way = append(way, k)
	}
	for _, hole := range way {
		w.loops[hole].of = w.loops[k].of
	}
	return w.loops[k].of
}
