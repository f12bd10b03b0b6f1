package evaluation

import (
	"math"
)

// Micro is an area in whole 10⁻⁶ m²: sums of them are exact, in whatever order,
// and round to 0.01 m² as the sums of an evaluation do.
type Micro int64

// MicroOf is an area given in m².
func MicroOf(m2 float64) Micro { return Micro(math.Round(m2 * 1e6)) }

// Centi is the area in 0.01 m², half away from zero.
func (m Micro) Centi() int64 {
	const unit = 10_000
	if m < 0 {
		return -(-m).Centi()
	}
	return int64((m + unit/2) / unit)
}

// Fixed is what both sums have whatever the faces are.
func (q *Inequality) Fixed() (have, need Micro) { return MicroOf(q.haveFixed), MicroOf(q.needFixed) }

// Each visits what faces add to both sums.
func (q *Inequality) Each(visit func(face int, have, need Micro)) {
	for _, t := range q.have {
		if t.at.counts(q.until) {
			visit(t.face, MicroOf(t.amount), 0)
		}
	}
	for _, t := range q.need {
		if t.at.counts(q.until) {
			visit(t.face, 0, MicroOf(t.amount))
		}
	}
}

// Margin is what is left of the inequality, in 0.01 m² times its weights; below
// zero it does not hold.
func (q *Inequality) Margin(have, need Micro) int64 {
	return q.HaveWeight*have.Centi() - q.NeedWeight*need.Centi() - q.Floor
}

// GradeSums are the sums of one comparison of means: of both sides the area
// whose grade is known, and its product with the grade.
type GradeSums struct{ Better, BetterGrade, Than, ThanGrade Micro }

// Plus adds sums.
func (s GradeSums) Plus(t GradeSums) GradeSums {
	return GradeSums{s.Better + t.Better, s.BetterGrade + t.BetterGrade, s.Than + t.Than, s.ThanGrade + t.ThanGrade}
}

// Less takes sums away.
func (s GradeSums) Less(t GradeSums) GradeSums {
	return GradeSums{s.Better - t.Better, s.BetterGrade - t.BetterGrade, s.Than - t.Than, s.ThanGrade - t.ThanGrade}
}

// Each visits what faces add to the sums.
func (m *Means) Each(visit func(face int, s GradeSums)) {
	for _, g := range m.better {
		if g.grade != 0 {
			visit(g.face, GradeSums{Better: MicroOf(g.amount), BetterGrade: MicroOf(g.amount * float64(g.grade))})
		}
	}
	for _, g := range m.than {
		if g.grade != 0 {
			visit(g.face, GradeSums{Than: MicroOf(g.amount), ThanGrade: MicroOf(g.amount * float64(g.grade))})
		}
	}
}

// Margin is by how much the mean is better than it has to be, times the smaller
// of both areas in m²; below zero it is worse.
func (m *Means) Margin(s GradeSums) float64 {
	if s.Better.Centi() == 0 || s.Than.Centi() == 0 {
		return 0 // one side is not there
	}
	of := func(grade, area Micro) graded {
		return graded{mean: float64(grade) / float64(area), weight: float64(area) / 1e6}
	}
	better, than := of(s.BetterGrade, s.Better), of(s.ThanGrade, s.Than)
	if !worse(better, than) {
		return max(0, than.mean-better.mean) * min(better.weight, than.weight)
	}
	return (than.mean - better.mean) * min(better.weight, than.weight)
}
