package evaluation

import (
	"math/big"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"
)

// portion measures one side: the part and the whole in m², and the faces that
// are not of the part; no whole where only slivers are there.
func (c *ruleEvaluation) portion(p rulebook.Portion) (part, whole float64, rest []int, err error) {
	faces, err := c.land(p.Where)
	if err != nil || len(faces) == 0 {
		return 0, 0, nil, err
	}
	if !c.there(faces) {
		c.skip(faces)
		return 0, 0, nil, nil
	}
	sort, err := c.land(p.Part)
	if err != nil {
		return 0, 0, nil, err
	}
	rest = without(faces, sort)
	if whole, err = c.amount(faces, p.Of); err != nil {
		return 0, 0, nil, err
	}
	part, err = c.amount(without(faces, rest), p.Of)
	return part, whole, rest, err
}

func (k shareEvaluator) evaluate(c *ruleEvaluation) error {
	a, b, rest, err := c.portion(k.Of)
	if err != nil {
		return err
	}
	x, y, _, err := c.portion(k.Than)
	if err != nil {
		return err
	}
	if c.nothing = geo.Centi(b) == 0 || geo.Centi(y) == 0; c.nothing {
		if c.sliverPieces > 0 {
			c.nothing = false
			c.only()
		}
		return nil
	}
	// a/b ≥ x/y as integers of 0.01 m².
	left := new(big.Int).Mul(big.NewInt(geo.Centi(a)), big.NewInt(geo.Centi(y)))
	right := new(big.Int).Mul(big.NewInt(geo.Centi(x)), big.NewInt(geo.Centi(b)))
	value, limit := a/b, x/y
	margin := (value - limit) * b
	m := result.Measure{Scope: c.whole(), Status: domain.Pass, Value: value, Op: ">=", Limit: limit, Unit: "ratio", Margin: geo.RoundArea(margin),
		Close: abs(margin) <= c.book.Parameters.Tolerance,
		Terms: map[string]float64{"part_m2": geo.RoundArea(a), "whole_m2": geo.RoundArea(b), "than_part_m2": geo.RoundArea(x), "than_whole_m2": geo.RoundArea(y)}}
	if left.Cmp(right) < 0 {
		m.Status = c.broken(c.whole())
		c.found(m.Status, c.whole(), c.groups(rest, ""), "", values{"value": wording.Same(wording.Percent(value, limit)), "limit": wording.Same(wording.Percent(limit, limit)),
			"numerator": wording.Area(a), "denominator": wording.Area(b)}, geo.Text{
			ZH: "{numerator} 占 {denominator} 的 {value}，低于 {limit}；涉及 {ids}。",
			EN: "{numerator} of {denominator} is {value}, below {limit}; features {ids}.",
		}, geo.Text{})
	}
	c.out.Measures = append(c.out.Measures, m)
	return nil
}
