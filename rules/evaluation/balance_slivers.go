package evaluation

import (
	"math/big"

	"landcheck/geo"
	"landcheck/rules/wording"
)

// sides are both sums of a balance with their faces; a whole-area total has an
// amount and no face.
type sides struct {
	plus, minus []int
	ps, ms      []float64
}

func (s *sides) empty() bool { return len(s.plus) == 0 && len(s.minus) == 0 }

// dust reports sides that have faces, and nothing but slivers.
func (s *sides) dust(c *ruleEvaluation) bool {
	return !s.empty() && len(s.plus) == len(s.ps) && len(s.minus) == len(s.ms) && !c.there(s.plus) && !c.there(s.minus)
}

// slack is what slivers take away from a balance: faces that lose more
// than they give, as far as their pieces are slivers, and the sum of that loss.
func (k balanceEvaluator) slack(c *ruleEvaluation, s *sides) (slivers []int, pieces int, loss float64) {
	if c.keepAll || !c.dusty || len(s.minus) != len(s.ms) || len(s.plus) != len(s.ps) {
		return nil, 0, 0
	}
	factor, _ := k.factor().Float64()
	gives := map[int]float64{}
	for n, i := range s.plus {
		gives[i] = s.ps[n]
	}
	var losing []int
	loses := map[int]float64{}
	for n, i := range s.minus {
		if d := float64(factor*s.ms[n]) - gives[i]; d > 0 {
			losing, loses[i] = append(losing, i), d
		}
	}
	slivers, pieces = c.slivers(losing)
	var sum total
	for _, i := range slivers {
		sum.add(loses[i])
	}
	return slivers, pieces, sum.sum()
}

// forgiven reports a shortfall (left, in 0.01 m², negative) that is there only
// by slivers, and leaves them out.
func (k balanceEvaluator) forgiven(c *ruleEvaluation, s *sides, left *big.Rat) bool {
	slivers, pieces, loss := k.slack(c, s)
	if len(slivers) == 0 || new(big.Rat).Add(left, new(big.Rat).SetInt64(geo.Centi(loss))).Sign() < 0 {
		return false
	}
	c.leave(slivers, pieces)
	c.note(forgivenText(loss))
	return true
}

func forgivenText(loss float64) geo.Text {
	return geo.Textf("差额不超过所含细碎图斑 %s，只作提示", "the shortfall is no more than slivers take, %s: a warning only", wording.Area(loss))
}

// settles reports whether a balance over time holds at every moment once what
// slivers lose is not counted; of those slivers, too.
func (k balanceEvaluator) settles(c *ruleEvaluation, s *sides) (ok bool, slivers []int, pieces int, loss float64) {
	if slivers, pieces, loss = k.slack(c, s); len(slivers) == 0 {
		return false, nil, 0, 0
	}
	drop := map[int]bool{}
	for _, i := range slivers {
		drop[i] = true
	}
	left := make([]float64, len(s.ms))
	for n, i := range s.minus {
		if !drop[i] {
			left[n] = s.ms[n]
		}
	}
	cal := k.calendar(c, &sides{plus: s.plus, ps: s.ps, minus: s.minus, ms: left})
	l := runningBalance{k: k, c: c}
	for _, y := range cal.inOrder() {
		if y.loose != nil {
			for before := range len(y.days) + 1 {
				if !k.holds(l, y, before) {
					return false, nil, 0, 0
				}
			}
		}
		for _, m := range y.at {
			if l.add(m); y.loose == nil && l.left().Sign() < 0 {
				return false, nil, 0, 0
			}
		}
		if y.loose != nil {
			l.add(y.loose)
		}
	}
	return true, slivers, pieces, loss
}
