package repair

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"
	"sort"
)

// whole is what exact knows where it has looked at every choice.
const whole = math.MaxInt64

// patience is how many choices exact looks at where several limits pull at the
// same moves, before it leaves it at a bound.
const patience = 1 << 22

// choice is a subset of half the moves.
type choice struct {
	price price
	set   uint32
	sums  []sums // parallel to the limits, without what is there before
}

// halves lists all choices of the first and of the second half of the moves.
func (p *problem) halves() (a, b []choice) {
	n := len(p.moves) / 2
	return p.choices(0, n), p.choices(n, len(p.moves))
}

func (p *problem) choices(from, to int) []choice {
	out := make([]choice, 1, 1<<(to-from))
	out[0].sums = make([]sums, len(p.limits))
	for i := from; i < to; i++ {
		for _, c := range out[:len(out):len(out)] {
			with := choice{price: c.price.plus(p.moves[i].price()), set: c.set | 1<<i, sums: make([]sums, len(c.sums))}
			for k := range c.sums {
				with.sums[k] = c.sums[k].plus(p.moves[i].deltas[k])
			}
			out = append(out, with)
		}
	}
	return out
}

// exact finds the least choice of up to 30 moves. Where it gives up, known is a
// cost below which there is none.
func (p *problem) exact(ctx context.Context, least int64) (best answer, known int64, err error) {
	a, b := p.halves()
	if len(p.limits) == 1 && p.limits[0].inequality != nil {
		best = p.meet(a, b)
		known = whole
	} else if best, known, err = p.ascend(ctx, a, b, least); err != nil {
		return answer{}, 0, err
	}
	if best.ok {
		best.least = best.price.cost
	}
	return best, known, nil
}

func (p *problem) answerOf(x, y *choice) answer {
	out := answer{ok: true, price: x.price.plus(y.price)}
	for i := range p.moves {
		if (x.set|y.set)&(1<<i) != 0 {
			out.chosen = append(out.chosen, i)
		}
	}
	return out
}

// meet finds the least choice for one inequality: of the second half sorted by
// what it does for the limit, the cheapest that does enough beside each choice
// of the first. Rounding is settled by trying: of those within it too.
func (p *problem) meet(a, b []choice) (best answer) {
	q := p.limits[0].inequality
	score := func(s sums) float64 {
		return float64(float64(q.HaveWeight)*float64(s.have)) - float64(float64(q.NeedWeight)*float64(s.need))
	}
	slices.SortStableFunc(b, func(x, y choice) int { return cmp.Compare(score(x.sums[0]), score(y.sums[0])) })
	cheapest := make([]int, len(b)) // from each place on
	for i := len(b) - 1; i >= 0; i-- {
		cheapest[i] = i
		if i+1 < len(b) && !b[i].before(&b[cheapest[i+1]]) {
			cheapest[i] = cheapest[i+1]
		}
	}
	slack, floor := float64(p.slack(0)*microPerCenti), float64(float64(q.Floor)*microPerCenti)
	start := score(p.now[0])
	var found *[2]*choice
	consider := func(x, y *choice) {
		price := x.price.plus(y.price)
		if best.ok && (best.price.less(price) || best.price == price && !earlier(x.set|y.set, found[0].set|found[1].set)) {
			return
		}
		if p.limits[0].margin(p.now[0].plus(x.sums[0]).plus(y.sums[0])) < 0 {
			return
		}
		best = answer{ok: true, price: price}
		found = &[2]*choice{x, y}
	}
	for i := range a {
		x := &a[i]
		need := floor - start - score(x.sums[0])
		at := sort.Search(len(b), func(k int) bool { return score(b[k].sums[0]) >= need-slack })
		for ; at < len(b) && score(b[at].sums[0]) < need+slack; at++ {
			consider(x, &b[at])
		}
		if at < len(b) {
			consider(x, &b[cheapest[at]])
		}
	}
	if found == nil {
		return answer{}
	}
	return p.answerOf(found[0], found[1])
}

// before orders choices by price, then by which moves come first in the plan.
func (c *choice) before(d *choice) bool {
	return c.price.less(d.price) || c.price == d.price && earlier(c.set, d.set)
}

// earlier tells which of two sets has the first move that the other has not.
func earlier(a, b uint32) bool {
	differ := a ^ b
	return differ != 0 && a&(differ&-differ) != 0
}

// ascend looks at choices from the least price that they can have upwards, and
// takes the first that makes every limit hold.
func (p *problem) ascend(ctx context.Context, a, b []choice, least int64) (best answer, known int64, err error) {
	order := func(x, y choice) int {
		if x.before(&y) {
			return -1
		}
		return 1
	}
	slices.SortFunc(a, order)
	slices.SortFunc(b, order)
	h := &frontier{a: a, b: b}
	for i := range a {
		at := sort.Search(len(b), func(k int) bool { return a[i].price.cost+b[k].price.cost >= least })
		if at < len(b) {
			h.at = append(h.at, [2]int{i, at})
		}
	}
	heap.Init(h)
	now := make([]sums, len(p.limits))
	for n := 0; len(h.at) > 0; n++ {
		x, y := &a[h.at[0][0]], &b[h.at[0][1]]
		price := x.price.plus(y.price)
		if best.ok && best.price.less(price) {
			break
		}
		if n&0xffff == 0 && ctx.Err() != nil {
			return answer{}, 0, ctx.Err()
		}
		if n >= patience {
			return best, price.cost, nil
		}
		for k := range now {
			now[k] = p.now[k].plus(x.sums[k]).plus(y.sums[k])
		}
		if p.holds(now) {
			if got := p.answerOf(x, y); !best.ok || slices.Compare(got.chosen, best.chosen) < 0 {
				best = got
			}
		}
		if h.at[0][1]++; h.at[0][1] == len(b) {
			heap.Pop(h)
		} else {
			heap.Fix(h, 0)
		}
	}
	return best, whole, nil
}

// frontier is, of each choice of the first half, the next of the second; the
// pair with the least price on top.
type frontier struct {
	a, b []choice
	at   [][2]int
}

func (f *frontier) price(i int) price { return f.a[f.at[i][0]].price.plus(f.b[f.at[i][1]].price) }

func (f *frontier) Len() int           { return len(f.at) }
func (f *frontier) Less(i, j int) bool { return f.price(i).less(f.price(j)) }
func (f *frontier) Swap(i, j int)      { f.at[i], f.at[j] = f.at[j], f.at[i] }
func (f *frontier) Push(any)           {}
func (f *frontier) Pop() any {
	last := f.at[len(f.at)-1]
	f.at = f.at[:len(f.at)-1]
	return last
}
