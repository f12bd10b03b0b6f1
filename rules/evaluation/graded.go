package evaluation

import (
	"fmt"

	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"
)

// unitOf is what the means are counted in.
func unitOf(m *rulebook.Comparison) string {
	if m.Better.Trait() == "slope" {
		return "slope_class"
	}
	return "grade"
}

// graded is the weighted mean grade of land: weights whose grade is known, and
// the share of those that is not.
type graded struct {
	mean, weight, unknown float64
	faces, ungraded       []int
	value                 string // before.grade, after.slope, …
}

func (c *ruleEvaluation) graded(g rulebook.Graded) (graded, error) {
	faces, err := c.land(g.Where)
	if err != nil {
		return graded{}, err
	}
	return c.gradedOf(faces, g)
}

func (c *ruleEvaluation) gradedOf(faces []int, g rulebook.Graded) (graded, error) {
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
		product.add(float64(xs[k] * float64(grade-first)))
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
	switch value {
	case "before.grade":
		return f.Before.Grade
	case "after.grade":
		return f.After.Grade
	case "before.slope":
		return f.Before.Slope
	}
	return f.After.Slope
}

// evenGrades is what means of whole grades by float weights may differ by and
// still be equal: the rounding of the division.
const evenGrades = 1e-9

// worse tells whether the mean that should be no worse is. Areas are stated to
// 0.01 m²: where moving so little land from the worst grade to the best would
// mend it, the means are even. Two halves of a field differ by some mm² that
// nobody drew. (No more than a thousandth of a grade, however small the land.)
func worse(better, than graded) bool {
	const hundredth, span = 0.01, 14 // m², grades from 1 to 15
	even := min(hundredth*span/min(better.weight, than.weight), 0.001)
	return than.mean-better.mean < -max(even, evenGrades)
}

// gradeText keeps enough decimals that a difference that counts is seen.
func gradeText(x float64) geo.Text {
	s := fmt.Sprintf("%.2f", x)
	if x != 0 && s == "0.00" {
		s = fmt.Sprintf("%.9f", x)
	}
	return wording.Same(s)
}
