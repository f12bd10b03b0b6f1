package repair

import (
	"context"
	"math/rand"
	"testing"

	"landcheck/rules/evaluation"
)

// randomProblem has moves that bring up to three limits nearer, or some further.
func randomProblem(r *rand.Rand, moves, limits int) *problem {
	p := &problem{}
	var total [3]evaluation.Micro
	for i := range moves {
		m := move{order: i, cost: int64(1 + r.Intn(40)), parcels: 1 + r.Intn(2)}
		for k := range limits {
			d := evaluation.MicroOf(float64(r.Intn(4000)-700) / 100)
			if r.Intn(3) == 0 {
				d = 0
			}
			m.deltas = append(m.deltas, sums{have: d})
			total[k] += max(d, 0)
		}
		p.moves = append(p.moves, m)
	}
	for k := range limits {
		q := &evaluation.Inequality{HaveWeight: 1, NeedWeight: int64(1 + r.Intn(20)), Floor: int64(float64(total[k].Centi()) * r.Float64() * 0.7)}
		p.limits, p.now = append(p.limits, &limit{inequality: q}), append(p.now, sums{})
	}
	return p
}

// least tries every choice, in plain sums of 0.01 m².
func least(p *problem) (best price, ok bool) {
	for set := range 1 << len(p.moves) {
		var have [3]int64
		var at price
		for i, m := range p.moves {
			if set&(1<<i) == 0 {
				continue
			}
			at = price{at.cost + m.cost, at.parcels + m.parcels}
			for k := range p.limits {
				have[k] += int64(m.deltas[k].have) / 10000
			}
		}
		holds := true
		for k, l := range p.limits {
			holds = holds && have[k] >= l.inequality.Floor
		}
		if holds && (!ok || at.cost < best.cost || at.cost == best.cost && at.parcels < best.parcels) {
			best, ok = at, true
		}
	}
	return best, ok
}

// TestLeast: the choice is the one that trying all of them finds.
func TestLeast(t *testing.T) {
	found := 0
	for seed := range 400 {
		r := rand.New(rand.NewSource(int64(seed)))
		p := randomProblem(r, 1+r.Intn(15), 1+r.Intn(3))
		want, ok := least(p)
		got, err := p.solve(context.Background())
		switch {
		case err != nil:
			t.Fatal(err)
		case got.ok && !ok:
			t.Errorf("seed %d: a choice where there is none", seed)
		case !got.ok && ok:
			t.Errorf("seed %d: no choice, where one costs %v", seed, want)
		case got.ok && got.price != want:
			t.Errorf("seed %d: %v, the least is %v", seed, got.price, want)
		case got.ok && got.least != got.price.cost:
			t.Errorf("seed %d: not known to be the least", seed)
		}
		if ok {
			found++
		}
	}
	if found < 200 {
		t.Errorf("only %d of 400 problems have a solution", found)
	}
}

// TestBound: of more moves than are compared one by one, the bound that is stated
// is none that a choice goes below.
func TestBound(t *testing.T) {
	for seed := range 40 {
		r := rand.New(rand.NewSource(int64(seed)))
		p := randomProblem(r, 15, 1+r.Intn(3))
		want, ok := least(p)
		got, err := p.approximate(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if bound := p.lowest(); got.ok && (!ok || got.price.less(want) || bound > want.cost) {
			t.Errorf("seed %d: %v above %d, the least is %v (%v)", seed, got.price, bound, want, ok)
		}
	}
}
