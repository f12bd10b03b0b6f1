package evaluation

import (
	"math/big"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// runningBalance is what has come in and gone out so far.
type runningBalance struct {
	k           balanceEvaluator
	c           *ruleEvaluation
	plus, minus total
	outs        []int
	failed      bool
	sides       *sides
	mild        *bool // whether it holds but for slivers; nil until asked
}

// broken is the status of a moment that is short: a warning where the balance
// holds at every moment but for slivers.
func (l *runningBalance) broken(s result.Scope) domain.Status {
	if l.forgiven() {
		return domain.Warn
	}
	return l.c.broken(s)
}

// forgiven reports a balance that holds but for slivers.
func (l *runningBalance) forgiven() bool {
	if l.mild == nil {
		ok, slivers, pieces, loss := l.k.settles(l.c, l.sides)
		if l.mild = &ok; ok {
			l.c.leave(slivers, pieces)
			l.c.note(forgivenText(loss))
		}
	}
	return *l.mild
}

func (l *runningBalance) add(m *moment) {
	l.plus.add(m.plus)
	l.minus.add(m.minus)
	l.outs = append(l.outs, m.out...)
}

func (l *runningBalance) left() *big.Rat { return l.k.left(l.plus.sum(), l.minus.sum()) }

// measure shows the balance so far.
func (l *runningBalance) measure(s result.Scope, st domain.Status) {
	need := new(big.Rat).Mul(l.k.factor(), new(big.Rat).SetInt64(geo.Centi(l.minus.sum())))
	margin := metres(l.left())
	l.c.out.Measures = append(l.c.out.Measures, result.Measure{Scope: s, Status: st, Value: geo.RoundArea(l.plus.sum()), Op: ">=",
		Limit: geo.RoundArea(metres(need)), Unit: "m2", Margin: geo.RoundArea(margin), Close: abs(margin) <= l.c.book.Parameters.Tolerance,
		Terms: map[string]float64{"plus_cumulative_m2": geo.RoundArea(l.plus.sum()), "minus_cumulative_m2": geo.RoundArea(l.minus.sum())}})
}

// fail shows it and, the first time, reports it: later dates follow from that one.
func (l *runningBalance) fail(s result.Scope, st domain.Status) {
	l.measure(s, st)
	if l.failed {
		return
	}
	l.failed = true
	need := new(big.Rat).Mul(l.k.factor(), new(big.Rat).SetInt64(geo.Centi(l.minus.sum())))
	fill := values{"plus": wording.Area(l.plus.sum()), "minus": wording.Area(l.minus.sum()), "required": wording.Area(metres(need)),
		"margin": wording.Area(max(0, -metres(l.left()))), "date": dateText(s.Code)}
	message := geo.Text{
		ZH: "截至 {date}，累计 {plus}，少于应有的 {required}，缺 {margin}；涉及 {ids}。",
		EN: "By {date} the cumulative {plus} falls short of {required} by {margin}; features {ids}.",
	}
	if l.left().Sign() >= 0 {
		message = geo.Text{
			ZH: "到 {date} 虽累计 {plus}、应有 {required}，但年内无论先后总有一日补不抵调；涉及 {ids}。",
			EN: "By {date} the cumulative {plus} meets {required}, but in whatever order some day of the year is short; features {ids}.",
		}
	}
	l.c.found(st, s, l.c.groups(l.outs, l.k.MinusWhen), "", fill, message, geo.Text{})
}
