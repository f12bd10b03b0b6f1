package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules/condition"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// court judges one rule: it holds the land of `among`, and gathers measures,
// findings and what could not be known.
type court struct {
	*bench
	rule     *Rule
	kind     constraint
	among    []int
	amongKey string
	patch    []float64
	out      result.RuleResult

	used    map[int]bool // justifications that served
	nothing bool         // the plan has no such change
	lacking []geo.Text   // why the rule could not be checked
	wanting []geo.Text   // the layers and fields that were missing, by name
	vital   bool         // …for want of something that a verdict needs
	notes   []geo.Text

	keepAll bool         // the rule would leave out more than the ceiling: it leaves out nothing
	left    map[int]bool // faces left out as boundary noise
	leftM2  total
	slivers int          // pieces of them
	aside   map[int]bool // likewise where boundaries of layers meet, without a ceiling
	asides  int
}

func newCourt(b *bench, r *Rule) *court {
	c := &court{bench: b, rule: r, used: map[int]bool{}, left: map[int]bool{}, aside: map[int]bool{}}
	c.out = result.RuleResult{ID: r.ID, Group: r.Group, Level: r.Level, Clause: r.Clause, Title: r.Title,
		Help:     geo.Text{ZH: r.Explain.Measures.ZH + r.Explain.Why.ZH, EN: r.Explain.Measures.EN + " " + r.Explain.Why.EN},
		Measures: []result.Measure{}, Findings: []result.Finding{}}
	return c
}

// judge settles the rule.
func (c *court) judge() error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	if err := guard.Do("", c.run); err != nil {
		return fmt.Errorf("rule %s: %w", c.rule.ID, err)
	}
	if left := c.leftM2.sum(); left > c.l.Ceiling() { // once more, and nothing is left out
		again := newCourt(c.bench, c.rule)
		again.keepAll = true
		again.note(wording.Textf("碎屑合计 %[1]s，超过 %[2]s，本条不作剔除", "small and thin pieces add up to %[1]s, more than %[2]s: none was left out", wording.SquareMetres(left), wording.SquareMetres(c.l.Ceiling())))
		*c = *again
		if err := guard.Do("", c.run); err != nil {
			return fmt.Errorf("rule %s: %w", c.rule.ID, err)
		}
	}
	c.close()
	return nil
}

func (c *court) run() error {
	var err error
	if c.kind, err = c.rule.theKind(); err != nil {
		return err
	}
	if len(c.rule.Stages) > 0 && !slices.Contains(c.rule.Stages, c.o.Stage) {
		c.nothing = true
		c.note(wording.Textf("本规则不在“%s”阶段检查", "this rule is not checked at the stage “%s”", c.o.Stage.Title()))
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
	if err := c.kind.judge(c); err != nil {
		return err
	}
	return c.show()
}

// planSays looks at what conditions ask of plan.yaml.
func (c *court) planSays() bool {
	ok := true
	if c.rule.asksCounty && c.l.Plan.County == "" {
		ok = false
		c.lack("", noCounty())
	}
	if c.rule.asksYear && c.l.Plan.Year == 0 {
		ok = false
		c.lack("", geo.Text{ZH: "方案没有写明年度，请在 plan.yaml 中写 project: {year: 四位年份}", EN: "the plan does not say its year: write project: {year: 4 digits} in plan.yaml"})
	}
	if c.rule.asksBlock && c.l.Blocks == nil {
		ok = false
		c.lack("", noBlocks())
	}
	return ok
}

func noBlocks() geo.Text {
	return geo.Text{ZH: "未提供整治区域的耕地图斑，无法计算连片度", EN: "the parcels of the project area were not at hand, so blocks were not measured"}
}

func noCounty() geo.Text {
	return geo.Text{ZH: "方案没有写明旗县代码，请在 plan.yaml 中写 project: {county: 6 位代码}", EN: "the plan does not say its county: write project: {county: 6 digits} in plan.yaml"}
}

// lack notes what is missing. A core role, one that the book requires, or
// something of the plan itself (role "") makes the verdict incomplete.
func (c *court) lack(role plan.Role, why geo.Text) {
	c.lacking = append(c.lacking, why)
	if role != "" {
		c.wanting = append(c.wanting, wording.RoleTitle(role))
	}
	if role == "" || role.Core() || slices.Contains(c.book.Require, role) {
		c.vital = true
	}
}

func (c *court) note(t geo.Text) { c.notes = append(c.notes, t) }

// land is the land of a condition within among.
func (c *court) land(cond condition.Condition) ([]int, error) {
	key := c.amongKey
	if cond.ReadsPatches() {
		key += "\x00" + c.patchKey()
	}
	got, _, err := c.within(c.among, key, cond, c.patch)
	return got, err
}

// amount adds up a quantity of faces, or is the total of a whole area.
func (c *court) amount(faces []int, a condition.Amount) (float64, error) {
	if a.Total != "" {
		x, _ := c.wholeArea(a.Total)
		return x, nil
	}
	xs, err := c.amounts(faces, a, c.patch)
	return sumOf(xs), err
}

// sum adds up a quantity of the land of a condition: faces, m².
func (c *court) sum(s Sum) ([]int, float64, error) {
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

// broken is the status of what does not hold in a scope. A limit that the
// policy does not state can only warn.
func (c *court) broken(s result.Scope) result.Status {
	if c.rule.OwnLimit {
		return result.Warn
	}
	return c.byLevel(s)
}

// byLevel is the status of what breaks a clause of the rule's level.
func (c *court) byLevel(s result.Scope) result.Status {
	switch c.rule.Level {
	case result.Advisory:
		return result.Warn
	case result.InPrinciple:
		if c.justified(s) {
			return result.Justified
		}
	}
	return result.Fail
}

// forAll reports a justification's scope that stands for all of a rule's:
// none, "plan" or "project", the county's code or the plan's.
func (b *bench) forAll(scope string) bool {
	switch scope {
	case "", "plan", "project", b.l.Plan.County, b.l.Plan.Code:
		return true
	}
	return false
}

// justified looks for a justification of this rule that covers the scope: one
// for all of them, or for exactly this unit. One without a reason is none.
func (c *court) justified(s result.Scope) bool {
	found := false
	for i := range c.l.Plan.Justifications {
		j := &c.l.Plan.Justifications[i]
		if j.Rule != c.rule.ID || !c.forAll(j.Scope) && j.Scope != s.Code || !j.Present || strings.TrimSpace(j.Reason) == "" || c.expired(j) {
			continue
		}
		c.used[i] = true
		found = true
	}
	return found
}

// citeJustifications notes what the findings were justified by. Expiry is held
// against the plan's year: without one it could not be.
func (c *court) citeJustifications() {
	for i := range c.l.Plan.Justifications {
		j := &c.l.Plan.Justifications[i]
		if !c.used[i] || j.Rule != c.rule.ID {
			continue
		}
		scope, reason := geo.Text{ZH: "全方案", EN: "the whole plan"}, strings.TrimRight(j.Reason, "。. ")
		if !c.forAll(j.Scope) {
			scope = wording.Same(j.Scope)
		}
		switch {
		case j.Expires == "":
			c.note(wording.Textf("论证（%[1]s）：%[2]s，文件 %[3]s", "justified for %[1]s: %[2]s, document %[3]s", scope, reason, j.Document))
		case c.l.Plan.Year == 0:
			c.note(wording.Textf("论证（%[1]s）：%[2]s，文件 %[3]s，有效期至 %[4]s；plan.yaml 没有写明年度（project.year），未能核对是否到期",
				"justified for %[1]s: %[2]s, document %[3]s, until %[4]s; plan.yaml names no year (project.year), so whether it has expired could not be told",
				scope, reason, j.Document, dateText(j.Expires)))
		default:
			c.note(wording.Textf("论证（%[1]s）：%[2]s，文件 %[3]s，有效期至 %[4]s", "justified for %[1]s: %[2]s, document %[3]s, until %[4]s",
				scope, reason, j.Document, dateText(j.Expires)))
		}
	}
}

func (c *court) whole() result.Scope {
	return result.Scope{Kind: "plan", Code: c.l.Plan.Code, Name: c.l.Plan.Name}
}

func (c *court) township(code string) result.Scope {
	return result.Scope{Kind: "township", Code: code, Name: c.l.Townships[code]}
}

// close settles the rule's status from its measures and findings.
func (c *court) close() {
	worst := result.Pass
	weigh := func(s result.Status) {
		if c.rank(s) > c.rank(worst) {
			worst = s
		}
	}
	for _, m := range c.out.Measures {
		weigh(m.Status)
	}
	for _, f := range c.out.Findings {
		weigh(f.Status)
	}
	if len(c.lacking) > 0 {
		weigh(result.NotChecked)
	}
	if c.nothing && worst == result.Pass {
		worst = result.NotApplicable
	}
	c.out.Status = worst
	c.out.Incomplete = c.vital && c.rule.Level != result.Advisory
	if n := c.slivers + c.asides; n > 0 {
		area := c.leftM2
		for _, i := range slices.Sorted(maps.Keys(c.aside)) {
			if !c.left[i] {
				area.add(c.l.Faces[i].Area)
			}
		}
		c.note(wording.Textf("另有 %d 个碎屑面（共 %s）未计入", "%d slivers (%s) were left out", n, wording.SquareMetres(area.sum())))
	}
	c.citeJustifications()
	c.tellDoubt()
	all := once(append(slices.Clone(c.lacking), c.notes...)) // a rule of several formulas may lack the same for each
	if len(all) > 0 {
		t := wording.Sentences(all)
		c.out.Note = &t
	}
	c.out.Findings = sorted(c.out.Findings)
	distinguish(c.out.Findings)
}

// rank weighs statuses within a rule. What is found to break the rule counts
// more than what could not be looked at; an advisory rule breaks by a warning.
func (c *court) rank(s result.Status) int {
	if (c.rule.Level == result.Advisory || c.rule.OwnLimit) && s == result.Warn {
		return rank(result.Fail)
	}
	return rank(s)
}

func rank(s result.Status) int {
	return slices.Index([]result.Status{result.NotApplicable, result.Pass, result.Warn, result.Justified, result.NotChecked, result.Fail}, s)
}
