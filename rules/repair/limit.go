package repair

import (
	"landcheck/rules/evaluation"
	"landcheck/rules/rulebook"
)

// limit is an inequality or a comparison of means, with the sums of the sketch.
type limit struct {
	inequality *evaluation.Inequality
	means      *evaluation.Means
	rule       *rulebook.Rule
	now        sums
}

// sums are those of a limit: have and need, or those of both means.
type sums struct {
	have, need evaluation.Micro
	grades     evaluation.GradeSums
}

func (a sums) plus(b sums) sums {
	return sums{a.have + b.have, a.need + b.need, a.grades.Plus(b.grades)}
}

func (a sums) less(b sums) sums {
	return sums{a.have - b.have, a.need - b.need, a.grades.Less(b.grades)}
}

// margin is what a limit leaves; below zero it does not hold.
func (l *limit) margin(s sums) float64 {
	if l.means != nil {
		return l.means.Margin(s.grades)
	}
	return float64(l.inequality.Margin(s.have, s.need))
}

// each visits what the places add to a limit's sums.
func (l *limit) each(visit func(place int, x sums)) {
	if l.means != nil {
		l.means.Each(func(place int, g evaluation.GradeSums) { visit(place, sums{grades: g}) })
		return
	}
	l.inequality.Each(func(place int, have, need evaluation.Micro) { visit(place, sums{have: have, need: need}) })
}

// deltas are what each list of steps does to the sums of a limit.
func (s *sketch) deltas(l *limit, lists [][]step) []sums {
	l.each(func(place int, x sums) { s.scratch[place] = s.scratch[place].plus(x) })
	out := make([]sums, len(lists))
	for i, steps := range lists {
		for _, t := range steps {
			out[i] = out[i].plus(s.at(t.face, t.to)).less(s.at(t.face, t.from))
		}
	}
	l.each(func(place int, _ sums) { s.scratch[place] = sums{} })
	return out
}

func (s *sketch) at(face int, set uint8) sums {
	if place := s.place(face, set); place != gone {
		return s.scratch[place]
	}
	return sums{}
}
