package rules

import (
	"fmt"

	"landcheck/geo"
	"landcheck/rules/ledger"
)

func (k *Mean) validate() *geo.Text { return nil }

func (k *Mean) expressions() []expression {
	return []expression{k.Better.Of.expression, k.Better.Where.expression, k.Than.Of.expression, k.Than.Where.expression}
}

func (k *Mean) placeholders() []string { return []string{"value", "limit", "margin"} }

// graded is the weighted mean grade of land: weights whose grade is known, and
// the share of those that is not.
type graded struct {
	mean, weight, unknown float64
	faces, ungraded       []int
	value                 string // before.grade or after.grade
}

func (c *court) graded(g Graded) (graded, error) {
	faces, err := c.land(g.Where)
	if err != nil {
		return graded{}, err
	}
	xs, err := c.amounts(faces, g.Of, c.patch)
	if err != nil {
		return graded{}, err
	}
	var known, product, unknown total
	first := 0 // grades count from the first one, so that the mean of nines is nine
	out := graded{faces: faces, value: g.Value}
	for k, i := range faces {
		grade := gradeOf(&c.l.Faces[i], g.Value)
		if grade == 0 {
			unknown.add(xs[k])
			out.ungraded = append(out.ungraded, i)
			continue
		}
		if first == 0 {
			first = grade
		}
		known.add(xs[k])
		product.add(xs[k] * float64(grade-first))
	}
	out.weight = known.sum() + unknown.sum()
	if known.sum() > 0 {
		out.mean = float64(first) + product.sum()/known.sum()
	}
	if out.weight > 0 {
		out.unknown = unknown.sum() / out.weight
	}
	return out, nil
}

func gradeOf(f *ledger.Face, value string) int {
	if value == "before.grade" {
		return f.Before.Grade
	}
	return f.After.Grade
}

func (k *Mean) judge(c *court) error {
	better, err := c.graded(k.Better)
	if err != nil {
		return err
	}
	than, err := c.graded(k.Than)
	if err != nil {
		return err
	}
	if c.nothing = better.weight == 0 || than.weight == 0; c.nothing {
		return nil
	}
	missing := false
	for _, g := range []graded{better, than} {
		if g.unknown > c.book.Parameters.GradeMissing {
			missing = true
			c.lack(gradesRole, textf("%[1]s 的面积没有质量等别（允许 %[2]s）：%[3]s。%[4]s", "%[1]s of the area has no quality grade (%[2]s is allowed): %[3]s. %[4]s",
				percent(g.unknown, c.book.Parameters.GradeMissing), percent(c.book.Parameters.GradeMissing, c.book.Parameters.GradeMissing),
				idList(c.groupRefs(c.groups(g.ungraded, ""))), c.whereToFill(g.value, g.ungraded)))
		}
	}
	if missing {
		return nil
	}
	margin := than.mean - better.mean
	// Means of whole grades by float weights: what differs by less than the
	// rounding of the division is equal.
	holds := margin >= -1e-9
	m := Measure{Scope: c.whole(), Status: Pass, Value: better.mean, Op: "<=", Limit: than.mean, Unit: "grade", Margin: margin,
		Close: abs(margin) <= c.book.Parameters.GradeTolerance,
		Terms: map[string]float64{"better_net_m2": geo.RoundArea(better.weight), "than_net_m2": geo.RoundArea(than.weight)}}
	if !holds {
		m.Status = c.broken(c.whole())
		fill := words{"value": gradeText(better.mean), "limit": gradeText(than.mean), "margin": gradeText(abs(margin))}
		c.found(m.Status, c.whole(), c.groups(better.faces, ""), "", fill, geo.Text{
			ZH: "平均质量等别 {value}，差于 {limit}（1 等最好），相差 {margin}；涉及 {ids}。",
			EN: "The mean grade {value} is worse than {limit} (1 is best) by {margin}; features {ids}.",
		}, geo.Text{})
	}
	c.out.Measures = append(c.out.Measures, m)
	return nil
}

// gradeText keeps enough decimals that a difference that counts is seen.
func gradeText(x float64) geo.Text {
	s := fmt.Sprintf("%.2f", x)
	if x != 0 && s == "0.00" {
		s = fmt.Sprintf("%.9f", x)
	}
	return same(s)
}
