package rules

import (
	"math/big"
	"slices"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

func (k *Balance) validate() *geo.Text {
	t := geo.Text{ZH: "scope: date 须有 plus_when 与 minus_when，且只有它能有；它不能与 surplus、yearly 并用",
		EN: "scope date needs plus_when and minus_when, which no other scope takes; it does not go with surplus or yearly"}
	dated := k.Scope == "date"
	if dated != (k.PlusWhen != "") || dated != (k.MinusWhen != "") || dated && (k.Surplus != nil || k.Yearly != nil) {
		return &t
	}
	if k.Scope == "date" || k.Yearly != nil || k.Also != "" {
		if problem := strayTotal(k.Plus.Of, k.Minus.Of); problem != nil {
			return problem
		}
	}
	if k.Also != "" && k.Scope != "project" {
		t := geo.Text{ZH: "also 只与 scope: project 连用", EN: "also goes with scope project, and only with it"}
		return &t
	}
	if k.Surplus != nil && (k.Surplus.Of.Sum != nil || k.Surplus.Of.Name == "designated") {
		t := geo.Text{ZH: "surplus.of 应为 project_pbf、project_area、urban_area 或 project_cropland",
			EN: "surplus.of must be project_pbf, project_area, urban_area or project_cropland"}
		return &t
	}
	return nil
}

func (k *Balance) expressions() []*condition.Expression {
	return []*condition.Expression{&k.Plus.Of.Expression, &k.Plus.Where.Expression, &k.Minus.Of.Expression, &k.Minus.Where.Expression}
}

func (k *Balance) placeholders() []string {
	return []string{"plus", "minus", "required", "margin", "date"}
}

// factor is what minus is multiplied by.
func (k *Balance) factor() *big.Rat {
	if k.Factor == nil {
		return big.NewRat(1, 1)
	}
	return k.Factor.Rat
}

// side reads one sum of a balance.
func (k *Balance) side(c *court, s Sum) ([]int, []float64, error) {
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

func (k *Balance) judge(c *court) error {
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
		whole := *k
		whole.Surplus = nil
		if err := whole.one(c, c.whole(), w); err != nil {
			return err
		}
	}
	if y := k.Yearly; y != nil && (len(y.Stages) == 0 || slices.Contains(y.Stages, c.o.Stage)) {
		return k.yearly(c, y.When, plus, ps, minus, ms)
	}
	return nil
}

// one judges plus − factor·minus ≥ surplus in a scope; minus faces are named.
func (k *Balance) one(c *court, s result.Scope, both *sides) error {
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
	m := result.Measure{Scope: s, Status: result.Pass, Value: geo.RoundArea(plus), Op: ">=", Limit: geo.RoundArea(metres(need)), Unit: "m2",
		Margin: geo.RoundArea(margin), Close: abs(margin) <= c.book.Parameters.Tolerance, Terms: terms}
	fill := words{"plus": wording.SquareMetres(plus), "minus": wording.SquareMetres(minus), "required": wording.SquareMetres(metres(need)),
		"margin": wording.SquareMetres(abs(margin)), "date": wording.Same(s.Code)}
	if s.Kind == "year" {
		fill["scope"] = geo.Textf("截至 %[1]s 年底累计", "Cumulatively to the end of %[1]s", s.Code)
	}
	note := fill.fill(geo.Text{ZH: "{plus}，应不少于 {required}，余 {margin}", EN: "{plus} against {required} wanted, {margin} left"})
	if left.Sign() < 0 {
		if m.Status = result.Warn; !k.forgiven(c, both, left) {
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

// metres turns 0.01 m² into m².
func metres(r *big.Rat) float64 {
	f, _ := new(big.Rat).Quo(r, big.NewRat(100, 1)).Float64()
	return f
}
