package evaluation

import (
	"math/big"
	"strconv"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// dated judges cumulative balance at every date. The changes of a year that
// name no day count together, plus first, at one unknown moment of that year:
// a year that holds whenever that was passes, one that holds at no moment
// fails, and one that depends on it leaves the rule not checked.
func (k balanceEvaluator) dated(c *ruleEvaluation, s *sides) error {
	cal := k.calendar(c, s)
	if len(cal.assumed) > 0 {
		c.note(geo.Textf("%[1]s 既无日期也无年份，按方案年度 %[2]d 年计", "no date and no year: %[1]s; they count as of the plan's year %[2]d",
			idList(c.groupRefs(c.groups(distinct(cal.assumed), ""))), c.l.Plan.Year))
	}
	if adrift := c.solid(distinct(cal.adrift)); len(adrift) > 0 {
		c.lack("", geo.Textf("%s 既无日期也无年份，无法判断先后，请填写验收日期 YSRQ（补划）、调出日期 DCRQ（调出），或年度 NF", "no date and no year: %s; the order cannot be judged. Fill in YSRQ (acceptance, of land in) and DCRQ (taking out, of land out), or the year NF",
			idList(c.groupRefs(c.groups(adrift, "")))))
		return nil
	}
	sofar := runningBalance{k: k, c: c, sides: s}
	for _, year := range cal.inOrder() {
		if err := c.stopped(); err != nil {
			return err
		}
		k.year(c, &sofar, year)
	}
	return nil
}

// holds reports whether every moment of the year is in balance when the loose
// changes come before day number `before` (len(days): after all).
func (k balanceEvaluator) holds(l runningBalance, y calendarYear, before int) bool {
	plus, minus := l.plus, l.minus
	for d := 0; d <= len(y.days); d++ {
		if d == before {
			plus.add(y.loose.plus)
			minus.add(y.loose.minus)
			if k.left(plus.sum(), minus.sum()).Sign() < 0 {
				return false
			}
		}
		if d < len(y.days) {
			plus.add(y.at[d].plus)
			minus.add(y.at[d].minus)
			if k.left(plus.sum(), minus.sum()).Sign() < 0 {
				return false
			}
		}
	}
	return true
}

// year judges one year and moves sofar to its end. Without loose changes each
// day is judged. With them, the days are shown as if those came last, and the
// year's end carries the answer.
func (k balanceEvaluator) year(c *ruleEvaluation, sofar *runningBalance, y calendarYear) {
	answer := domain.Pass
	if y.loose != nil {
		good := 0
		for before := 0; before <= len(y.days); before++ {
			if k.holds(*sofar, y, before) {
				good++
			}
		}
		switch good {
		case 0:
			answer = sofar.broken(result.Scope{Kind: "year", Code: strconv.Itoa(y.year)})
		case len(y.days) + 1:
		default:
			if answer = domain.NotChecked; sofar.forgiven() {
				answer = domain.Warn
			}
		}
	}
	for d, day := range y.days {
		sofar.add(y.at[d])
		s := result.Scope{Kind: "date", Code: day}
		if sofar.left().Sign() >= 0 {
			sofar.measure(s, domain.Pass)
			continue
		}
		if y.loose == nil {
			sofar.fail(s, sofar.broken(s))
			continue
		}
		sofar.measure(s, answer)
	}
	if y.loose == nil {
		return
	}
	s := result.Scope{Kind: "year", Code: strconv.Itoa(y.year)}
	sofar.add(y.loose)
	switch answer {
	case domain.Pass:
		sofar.measure(s, domain.Pass)
	case domain.NotChecked:
		sofar.measure(s, domain.NotChecked)
		c.lack("", geo.Textf("%d 年有只填年份没有日期的变化，先后不同则结论不同，请补填日期（补划 YSRQ，调出 DCRQ）",
			"some changes of %d name no date, and whether compensation came first depends on it: fill in YSRQ (land in) and DCRQ (land out)", y.year))
	default:
		sofar.fail(s, answer)
	}
}

// left is plus − factor·minus in 0.01 m².
func (k balanceEvaluator) left(plus, minus float64) *big.Rat {
	need := new(big.Rat).Mul(k.factor(), new(big.Rat).SetInt64(geo.Centi(minus)))
	return new(big.Rat).Sub(new(big.Rat).SetInt64(geo.Centi(plus)), need)
}
