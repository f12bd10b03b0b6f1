package evaluation

import (
	"math/big"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"
)

// factor is what minus is multiplied by.
func (k balanceEvaluator) factor() *big.Rat {
	if k.Factor == nil {
		return big.NewRat(1, 1)
	}
	return k.Factor.Rat
}

// side reads one sum of a balance.
func (k balanceEvaluator) side(c *ruleEvaluation, s rulebook.Sum) ([]int, []float64, error) {
	if s.Of.Total != "" {
		x, err := c.amount(nil, s.Of)
		return nil, []float64{x}, err
	}
	faces, err := c.land(s.Where)
	if err != nil {
		return nil, nil, err
	}
	if k.Scope == "project" {
		faces = slices.DeleteFunc(slices.Clone(faces), func(i int) bool { return !c.l.Faces[i].InProject })
	}
	xs, err := c.amounts(faces, s.Of, c.patch)
	return faces, xs, err
}

func (k balanceEvaluator) evaluate(c *ruleEvaluation) error {
	plus, ps, err := k.side(c, k.Plus)
	if err != nil {
		return err
	}
	minus, ms, err := k.side(c, k.Minus)
	if err != nil {
		return err
	}
	everywhere, err := k.everywhere(c)
	if err != nil {
		return err
	}
	if len(plus) == 0 && len(minus) == 0 && k.Surplus == nil && k.Plus.Of.Total == "" && k.Minus.Of.Total == "" && (everywhere == nil || everywhere.empty()) {
		c.nothing = true
		return nil
	}
	own := &sides{plus, minus, ps, ms}
	if own.dust(c) && k.Surplus == nil && (everywhere == nil || everywhere.empty() || everywhere.dust(c)) {
		c.skip(plus)
		c.skip(minus)
		c.only()
		return nil
	}
	if k.Scope == "date" {
		return k.dated(c, own)
	}
	s := c.whole()
	if k.Scope == "project" {
		s.Kind = "project"
	}
	if err := k.one(c, s, own); err != nil {
		return err
	}
	if w := everywhere; w != nil {
		whole := *k.Balance
		whole.Surplus = nil
		if err := (balanceEvaluator{&whole}).one(c, c.whole(), w); err != nil {
			return err
		}
	}
	if y := k.Yearly; y != nil && (len(y.Stages) == 0 || slices.Contains(y.Stages, c.o.Stage)) {
		return k.yearly(c, y.When, plus, ps, minus, ms)
	}
	return nil
}

// one judges plus − factor·minus ≥ surplus in a scope; minus faces are named.
func (k balanceEvaluator) one(c *ruleEvaluation, s result.Scope, both *sides) error {
	plus, minus := sumOf(both.ps), sumOf(both.ms)
	surplus := new(big.Rat)
	terms := map[string]float64{"plus_m2": geo.RoundArea(plus), "minus_m2": geo.RoundArea(minus)}
	if k.Surplus != nil {
		of, _, err := c.total(k.Surplus.Of, s, nil)
		if err != nil {
			return err
		}
		terms[k.Surplus.Of.Name+"_m2"] = geo.RoundArea(of)
		surplus.Mul(k.Surplus.Share.Rat, new(big.Rat).SetInt64(geo.Centi(of)))
	}
	need := new(big.Rat).Mul(k.factor(), new(big.Rat).SetInt64(geo.Centi(minus)))
	need.Add(need, surplus)
	have := new(big.Rat).SetInt64(geo.Centi(plus))
	left := new(big.Rat).Sub(have, need)
	margin := metres(left)
	m := result.Measure{Scope: s, Status: domain.Pass, Value: geo.RoundArea(plus), Op: ">=", Limit: geo.RoundArea(metres(need)), Unit: "m2",
		Margin: geo.RoundArea(margin), Close: abs(margin) <= c.book.Parameters.Tolerance, Terms: terms}
	fill := values{"plus": wording.Area(plus), "minus": wording.Area(minus), "required": wording.Area(metres(need)),
		"margin": wording.Area(abs(margin)), "date": wording.Same(s.Code)}
	if s.Kind == "year" {
		fill["scope"] = geo.Textf("截至 %[1]s 年底累计", "Cumulatively to the end of %[1]s", s.Code)
	}
	note := fill.fill(geo.Text{ZH: "{plus}，应不少于 {required}，余 {margin}", EN: "{plus} against {required} wanted, {margin} left"})
	if left.Sign() < 0 {
		if m.Status = domain.Warn; !k.forgiven(c, both, left) {
			m.Status = c.broken(s)
		}
		note = fill.fill(geo.Text{ZH: "{plus}，应不少于 {required}，缺 {margin}", EN: "{plus} against {required} wanted, {margin} short"})
		c.found(m.Status, s, c.groups(both.minus, ""), "", fill, geo.Text{
			ZH: "{scope}：{plus}，应不少于 {required}，缺 {margin}；涉及 {ids}。",
			EN: "{scope}: {plus} where {required} is wanted, {margin} short; features {ids}.",
		}, geo.Text{})
	}
	m.Note = &note
	c.out.Measures = append(c.out.Measures, m)
	return nil
}
