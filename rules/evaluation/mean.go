package evaluation

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"
)

func (k meanEvaluator) evaluate(c *ruleEvaluation) error {
	there, dust := 0, false
	for _, m := range k.Comparisons() {
		better, err := c.graded(m.Better)
		if err != nil {
			return err
		}
		than, err := c.graded(m.Than)
		if err != nil {
			return err
		}
		if better.weight == 0 || than.weight == 0 {
			continue
		}
		if only := !c.there(better.faces); only || !c.there(than.faces) {
			side := than.faces // a side of slivers only is not there
			if only {
				side = better.faces
			}
			c.skip(side)
			dust = true
			continue
		}
		if m.Shown {
			k.show(c, m, better, than)
			continue
		}
		there++
		if err := k.compare(c, m, better, than); err != nil {
			return err
		}
	}
	if c.nothing = there == 0 && !dust; there == 0 && dust {
		c.only()
	}
	return nil
}

// settles reports a comparison that holds but for slivers, which is then
// left out: a crumb of worse land decides no verdict.
func (k meanEvaluator) settles(c *ruleEvaluation, of rulebook.Comparison, better, than graded) (bool, error) {
	if c.keepAll || len(c.kernel(better.faces)) == len(better.faces) && len(c.kernel(than.faces)) == len(than.faces) {
		return false, nil
	}
	b, err := c.gradedOf(c.kernel(better.faces), of.Better)
	if err != nil {
		return false, err
	}
	t, err := c.gradedOf(c.kernel(than.faces), of.Than)
	if err != nil || worse(b, t) {
		return false, err
	}
	c.skip(better.faces)
	c.skip(than.faces)
	return true, nil
}

// compare judges one comparison.
func (k meanEvaluator) compare(c *ruleEvaluation, of rulebook.Comparison, better, than graded) error {
	var label *geo.Text
	if !of.Label.IsZero() {
		label = &of.Label
	}
	missing := false
	for _, g := range []graded{better, than} {
		if g.unknown > c.book.Parameters.GradeMissing {
			missing = true
			k.ungraded(c, label, g)
		}
	}
	terms := map[string]float64{"better_net_m2": geo.RoundArea(better.weight), "than_net_m2": geo.RoundArea(than.weight)}
	if missing {
		if label != nil {
			c.out.Measures = append(c.out.Measures, result.Measure{Scope: c.whole(), Status: domain.NotChecked, Unit: unitOf(&of), Label: label, Terms: terms})
		}
		return nil
	}
	margin := than.mean - better.mean
	m := result.Measure{Scope: c.whole(), Status: domain.Pass, Value: better.mean, Op: "<=", Limit: than.mean, Unit: unitOf(&of), Margin: margin,
		Close: abs(margin) <= c.book.Parameters.GradeTolerance, Label: label, Terms: terms}
	if worse(better, than) {
		mild, err := k.settles(c, of, better, than)
		if err != nil {
			return err
		}
		if m.Status = domain.Warn; !mild {
			m.Status = c.broken(c.whole())
		}
		fill := values{"value": gradeText(better.mean), "limit": gradeText(than.mean), "margin": gradeText(abs(margin)), "label": of.Label}
		message := geo.Text{
			ZH: "平均质量等别 {value}，差于 {limit}（1 等最好），相差 {margin}；涉及 {ids}。",
			EN: "The mean grade {value} is worse than {limit} (1 is best) by {margin}; features {ids}.",
		}
		if of.Better.Trait() == "slope" {
			message = geo.Text{
				ZH: "平均坡度级别 {value}，高于 {limit}（1 级最缓），相差 {margin}；涉及 {ids}。",
				EN: "The mean slope class {value} is above {limit} (1 is flattest) by {margin}; features {ids}.",
			}
		}
		if label != nil {
			message = geo.Text{ZH: "{label}：" + message.ZH, EN: "{label}: " + message.EN}
		}
		if mild {
			message.ZH += "只因细碎图斑所致，按提示处理。"
			message.EN += " Only slivers make it so, which warns."
		}
		c.found(m.Status, c.whole(), c.groups(better.faces, ""), of.Label.EN, fill, message, geo.Text{})
	}
	c.out.Measures = append(c.out.Measures, m)
	return nil
}

// ungraded says on which land the value is missing.
func (k meanEvaluator) ungraded(c *ruleEvaluation, label *geo.Text, g graded) {
	role, allowed := domain.Role(""), c.book.Parameters.GradeMissing
	what := geo.Text{ZH: "没有坡度级别", EN: "has no slope class"}
	if strings.HasSuffix(g.value, ".grade") {
		role, what = wording.GradesRole, geo.Text{ZH: "没有质量等别", EN: "has no quality grade"}
	}
	why := geo.Textf("%[1]s 的面积%[5]s（允许 %[2]s）：%[3]s。%[4]s", "%[1]s of the area %[5]s (%[2]s is allowed): %[3]s. %[4]s",
		wording.Percent(g.unknown, allowed), wording.Percent(allowed, allowed), idList(c.groupRefs(c.groups(g.ungraded, ""))), c.whereToFill(g.value, g.ungraded), what)
	if label != nil {
		why = geo.Textf("%[1]s：%[2]s", "%[1]s: %[2]s", *label, why)
	}
	c.lack(role, why)
}
