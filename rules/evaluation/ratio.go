package evaluation

import (
	"math/big"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"
)

func (k ratioEvaluator) evaluate(c *ruleEvaluation) error {
	faces, _, err := c.sum(rulebook.Sum{Of: k.Of, Where: k.Where})
	if err != nil {
		return err
	}
	if k.Scope != "township" {
		if k.Op != ">=" && len(faces) > 0 && !c.there(faces) {
			c.skip(faces)
			c.only()
			return nil
		}
		return k.one(c, c.whole(), faces, faces)
	}
	codes, by := c.townshipsThere(faces)
	for _, code := range codes {
		if err := k.one(c, c.township(code), by[code], faces); err != nil {
			return err
		}
	}
	k.priorOnly(c, codes)
	switch {
	case len(codes) > 0 || len(c.out.Measures) > 0:
	case len(faces) > 0:
		c.only()
	default:
		c.nothing = true
	}
	return nil
}

// one judges one scope: faces of the numerator in it.
func (k ratioEvaluator) one(c *ruleEvaluation, s result.Scope, faces, all []int) error {
	num, err := c.amount(faces, k.Of)
	if err != nil {
		return err
	}
	den, ok, err := c.total(k.Over, s, all)
	if err != nil {
		return err
	}
	own, prior := num, k.prior(c, s)
	num += prior
	n, d := geo.Centi(num), geo.Centi(den)
	atLeast := k.Op == ">="
	if !ok && condition.IsTotal(k.Over.Name) {
		return nil // said where it was looked for
	}
	if !ok {
		c.lack(domain.PBF, geo.Textf("%s没有永久基本农田划定面积", "%s has no designated PBF area", scopeText(s)))
		return nil
	}
	if n == 0 && !atLeast || d == 0 && atLeast {
		c.nothing = c.nothing || len(c.out.Measures) == 0
		return nil
	}
	// num/den against p/q, as integers of 0.01 m²: num·q against den·p.
	left := new(big.Int).Mul(big.NewInt(n), k.Limit.Rat.Denom())
	right := new(big.Int).Mul(big.NewInt(d), k.Limit.Rat.Num())
	order := left.Cmp(right)
	holds := order <= 0
	if atLeast {
		holds = order >= 0
	}
	gap, _ := new(big.Rat).SetFrac(new(big.Int).Sub(right, left), k.Limit.Rat.Denom()).Float64()
	margin := gap / 100
	op := "<="
	if atLeast {
		op, margin = ">=", -margin
	}
	value := 0.0
	if d != 0 {
		value = float64(n) / float64(d)
	}
	limit := k.Limit.Float()
	doubtful := c.doubtful(k.Over, s, all)
	m := result.Measure{Scope: s, Status: domain.Pass, Value: value, Op: op, Limit: limit, Unit: "ratio",
		Margin: geo.RoundArea(margin), Close: abs(margin) <= c.book.Parameters.Tolerance,
		Terms: map[string]float64{k.numeratorTerm(): geo.RoundArea(own), k.denominatorTerm(): geo.RoundArea(den)}}
	fill := values{"value": wording.Same(wording.Percent(value, limit)), "limit": wording.Same(wording.Percent(limit, limit)),
		"numerator": wording.Area(num), "denominator": wording.Area(den), "margin": wording.Area(abs(margin)), "side": wording.Bound(op)}
	note := fill.fill(geo.Text{ZH: "实测 {value}，{side} {limit}，余 {margin}", EN: "measured {value}, {side} {limit}, {margin} left"})
	switch {
	case doubtful: // whatever it comes to
		m.Status, m.Close = domain.NotChecked, false
		note = geo.Textf("%[1]s；划定面积不可靠，未判定", "%[1]s; the designated area cannot be relied on: not judged", note)
	case !holds:
		m.Status = c.broken(s)
		note = fill.fill(geo.Text{ZH: "实测 {value}，{side} {limit}，相差 {margin}", EN: "measured {value}, {side} {limit}, off by {margin}"})
		message := geo.Text{
			ZH: "{scope}：{numerator} 占 {denominator} 的 {value}，超过 {limit}，超出 {margin}；涉及 {ids}。",
			EN: "{scope}: {numerator} of {denominator} is {value}, above {limit} by {margin}; features {ids}.",
		}
		if atLeast {
			message = geo.Text{
				ZH: "{scope}：{numerator} 占 {denominator} 的 {value}，低于 {limit}，相差 {margin}。",
				EN: "{scope}: {numerator} of {denominator} is {value}, below {limit} by {margin}.",
			}
		}
		if k.Of.Total != "" { // of no feature in particular
			message = geo.Text{
				ZH: "{numerator} 占 {denominator} 的 {value}，{side} {limit}，相差 {margin}。",
				EN: "{numerator} of {denominator} is {value} where {side} {limit} is wanted: off by {margin}.",
			}
		}
		culprits := faces
		if atLeast && k.Of.Total == "" {
			culprits = c.among
		}
		c.found(m.Status, s, c.groups(culprits, ""), "", fill, message, geo.Text{})
	}
	if k.takesOut() {
		k.tell(c, &m, &note, own, prior)
	}
	m.Note = &note
	c.out.Measures = append(c.out.Measures, m)
	return nil
}

// numeratorTerm names a term in the report: out_net_m2 for PBF taken out.
func (k ratioEvaluator) numeratorTerm() string {
	if k.Of.Text == "before.pbf_net" && k.Over.Name == "designated" {
		return "out_net_m2"
	}
	return "numerator_m2"
}

func (k ratioEvaluator) denominatorTerm() string {
	if k.Over.Name != "" {
		return k.Over.Name + "_m2"
	}
	return "denominator_m2"
}
