package geo

// maxPairs bounds the pairs of runs and sides that one look compares: about a
// second. Five million vertices of a coast need fifty million.
const maxPairs = 1 << 28

// pairs visits the pairs of sides whose boxes meet, each once, until visit
// returns false. It reports false if there were more than it may compare.
func (s *ringSet) pairs(visit func(e, f *edge, how follows) bool) (within bool) {
	c := comparing{ringSet: s, visit: visit, left: s.most, going: true}
	for from := 0; from < len(s.runs) && c.going && c.left >= 0; {
		to := s.together(from)
		c.compare(from, to)
		from = to
	}
	return c.left >= 0
}

// together gives the end of the runs that are looked up at once: those of a
// ring of few sides, which lie near each other.
func (s *ringSet) together(from int) int {
	to := from + 1
	for to < len(s.runs) && s.runs[to].ring == s.runs[from].ring && s.sides[s.runs[from].ring] <= blockEdges {
		to++
	}
	return to
}

// comparing is one look at all pairs.
type comparing struct {
	*ringSet
	visit  func(e, f *edge, how follows) bool
	left   int  // how many may still be compared
	going  bool // visit wants more
	es, fs [blockEdges]edge
	found  []int
}

// fewFound is how many runs may lie about some that are looked up at once: about
// a ring in the box of which others lie there are many, about its sides few.
const fewFound = 4 * blockEdges

// compare holds some runs against each other and those after them.
func (c *comparing) compare(from, to int) {
	if to-from > 1 {
		around := c.boxes[from]
		for _, b := range c.boxes[from+1 : to] {
			around = around.Union(b)
		}
		c.found = c.found[:0]
		c.index.Search(around, func(j int) bool {
			c.left--
			c.found = append(c.found, j)
			return len(c.found) <= fewFound
		})
		if len(c.found) <= fewFound {
			for i := from; i < to; i++ {
				c.take(i)
				for _, j := range c.found {
					if c.left--; j >= i && c.left >= 0 && c.going && !c.beside(i, j) {
						c.hold(i, j)
					}
				}
			}
			return
		}
	}
	for i := from; i < to && c.left >= 0 && c.going; i++ {
		c.take(i)
		c.index.Search(c.boxes[i], func(j int) bool {
			if c.left--; j >= i && c.left >= 0 {
				c.hold(i, j)
			}
			return c.left >= 0 && c.going
		})
	}
}

// take makes run i the one that others are held against.
func (c *comparing) take(i int) {
	u := c.runs[i]
	for k := u.from; k < u.to; k++ {
		c.es[k-u.from] = c.side(u.ring, k)
	}
}

// beside tells that the boxes of two runs do not meet.
func (s *ringSet) beside(i, j int) bool {
	a, b := &s.boxes[i], &s.boxes[j]
	return b.Min[0] > a.Max[0] || b.Max[0] < a.Min[0] || b.Min[1] > a.Max[1] || b.Max[1] < a.Min[1]
}

// hold compares the sides of run i, which was taken, with those of run j.
func (c *comparing) hold(i, j int) {
	u, v := c.runs[i], c.runs[j]
	for k := v.from; k < v.to; k++ {
		c.fs[k-v.from] = c.side(v.ring, k)
	}
	for a := u.from; a < u.to && c.going; a++ {
		from := v.from
		if j == i {
			from = a + 1
		}
		e := &c.es[a-u.from]
		for b := from; b < v.to && c.going; b++ {
			f := &c.fs[b-v.from]
			if c.left--; f.box.Min[0] > e.box.Max[0] || f.box.Max[0] < e.box.Min[0] || f.box.Min[1] > e.box.Max[1] || f.box.Max[1] < e.box.Min[1] {
				continue
			}
			c.going = c.visit(e, f, c.follows(u, a, v, b))
		}
	}
}
