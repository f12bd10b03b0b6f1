package evaluation

import (
	"fmt"
	"slices"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules/condition"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"
)

// ruleEvaluation is of one rule: it holds the land of `among`, and gathers measures,
// findings and what could not be known.
type ruleEvaluation struct {
	*evaluation
	rule     *rulebook.Rule
	kind     kindEvaluator
	among    []int
	amongKey string
	patch    []float64
	out      result.RuleResult
	asked    []askedPaper // by a rule about papers

	used    map[int]bool // justifications that served
	nothing bool         // the plan has no such change
	lacking []geo.Text   // why the rule could not be checked
	wanting []geo.Text   // the layers and fields that were missing, by name
	vital   bool         // …for want of something that a verdict needs
	notes   []geo.Text

	keepAll      bool         // the rule would leave out more than the ceiling: it leaves out nothing
	left         map[int]bool // faces left out as slivers
	leftM2       total
	sliverPieces int          // pieces of them
	aside        map[int]bool // likewise where boundaries of layers meet, without a ceiling
	asides       int
}

func newRuleEvaluation(b *evaluation, r *rulebook.Rule) *ruleEvaluation {
	c := &ruleEvaluation{evaluation: b, rule: r, used: map[int]bool{}, left: map[int]bool{}, aside: map[int]bool{}}
	c.out = result.RuleResult{ID: r.ID, Group: r.Group, Level: r.Level, Clause: r.Clause, Title: r.Title,
		Help:     geo.Text{ZH: r.Explain.Measures.ZH + r.Explain.Why.ZH, EN: r.Explain.Measures.EN + " " + r.Explain.Why.EN},
		Measures: []result.Measure{}, Findings: []result.Finding{}}
	return c
}

// judge settles the rule.
func (c *ruleEvaluation) evaluate() error {
	if err := c.stopped(); err != nil {
		return err
	}
	if err := c.try(); err != nil {
		return err
	}
	if left := c.leftM2.sum(); left > c.l.Ceiling() { // once more, and nothing is left out
		again := newRuleEvaluation(c.evaluation, c.rule)
		again.keepAll = true
		again.note(geo.Textf("细碎图斑合计 %[1]s，超过 %[2]s，本条不作剔除", "small and thin pieces add up to %[1]s, more than %[2]s: none was left out", wording.Area(left), wording.Area(c.l.Ceiling())))
		*c = *again
		if err := c.try(); err != nil {
			return err
		}
	}
	c.close()
	return nil
}

// try runs the rule to its end. Pieces and patches break off where the evaluation
// is to end early, and mean nothing then: that is looked at after they are used.
func (c *ruleEvaluation) try() error {
	err := guard.Do("", c.run)
	if stopped := c.stopped(); stopped != nil {
		return stopped
	}
	if err != nil {
		return fmt.Errorf("rule %s: %w", c.rule.ID, err)
	}
	return nil
}

func (c *ruleEvaluation) run() error {
	var err error
	if c.kind, err = evaluatorOf(c.rule); err != nil {
		return err
	}
	if len(c.rule.Stages) > 0 && !slices.Contains(c.rule.Stages, c.o.Stage) {
		c.nothing = true
		c.note(geo.Textf("本规则不在“%s”阶段核查", "this rule is not checked at the stage “%s”", c.o.Stage.Title()))
		return nil
	}
	if ready, err := c.needs(); !ready || err != nil {
		return err
	}
	if c.among, c.amongKey, err = c.within(c.all, "", c.rule.Among, nil); err != nil {
		return err
	}
	if c.rule.Among.Given() {
		if c.nothing = len(c.among) == 0; c.nothing {
			return nil
		}
		if !c.there(c.among) {
			c.skip(c.among)
			c.only()
			return nil
		}
	}
	if !c.planSays() {
		return nil
	}
	if err := c.partNeeds(); err != nil {
		return err
	}
	if p := c.rule.Patches; p != nil {
		if c.patch, err = c.patchAreas(p); err != nil {
			return err
		}
	}
	if err := c.known(); err != nil {
		return err
	}
	if err := c.kind.evaluate(c); err != nil {
		return err
	}
	return c.show()
}

func (c *ruleEvaluation) note(t geo.Text) { c.notes = append(c.notes, t) }

// land is the land of a condition within among.
func (c *ruleEvaluation) land(cond condition.Condition) ([]int, error) {
	key := c.amongKey
	if cond.ReadsPatches() {
		key += "\x00" + c.patchKey()
	}
	got, _, err := c.within(c.among, key, cond, c.patch)
	return got, err
}

// amount adds up a quantity of faces, or is the total of a whole area.
func (c *ruleEvaluation) amount(faces []int, a condition.Amount) (float64, error) {
	if a.Total != "" {
		x, _ := c.wholeArea(a.Total)
		return x, nil
	}
	xs, err := c.amounts(faces, a, c.patch)
	return sumOf(xs), err
}

// sum adds up a quantity of the land of a condition: faces, m².
func (c *ruleEvaluation) sum(s rulebook.Sum) ([]int, float64, error) {
	if s.Of.Total != "" {
		x, err := c.amount(nil, s.Of)
		return nil, x, err
	}
	faces, err := c.land(s.Where)
	if err != nil {
		return nil, 0, err
	}
	xs, err := c.amounts(faces, s.Of, c.patch)
	return faces, sumOf(xs), err
}

func (c *ruleEvaluation) whole() result.Scope {
	if c.l.Alone != "" {
		return result.Scope{Kind: "layer", Name: c.l.Plan.Layers[0].Name}
	}
	return result.Scope{Kind: "plan", Code: c.l.Plan.Code, Name: c.l.Plan.Name}
}

func (c *ruleEvaluation) township(code string) result.Scope {
	return result.Scope{Kind: "township", Code: code, Name: c.l.Townships[code]}
}
