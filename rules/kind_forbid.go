package rules

import (
	"fmt"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

func (k *Forbid) validate() *geo.Text { return nil }

func (k *Forbid) expressions() []*condition.Expression {
	x := []*condition.Expression{&k.Where.Expression}
	if k.Unless != nil {
		x = append(x, &k.Unless.That.Expression)
	}
	for _, t := range k.Tell {
		x = append(x, &t.That.Expression)
	}
	return append(x, &k.Warn.Expression)
}

func (k *Forbid) placeholders() []string { return []string{"share", "total", "told"} }

func (k *Forbid) judge(c *court) error {
	bad, err := c.land(k.Where)
	if err != nil {
		return err
	}
	if k.Unless != nil && c.present(k.Unless.Document) {
		excused, err := c.land(k.Unless.That)
		if err != nil {
			return err
		}
		bad = without(bad, excused)
	}
	bad = c.solid(bad)
	if k.Scope == "township" {
		codes, by := c.townshipsThere(bad)
		if len(codes) == 0 { // a piece that only borders make small
			codes, by = c.byTownship(bad)
		}
		for _, code := range codes {
			if err := k.scope(c, c.township(code), by[code]); err != nil {
				return err
			}
		}
	} else if len(bad) > 0 {
		if err := k.scope(c, c.whole(), bad); err != nil {
			return err
		}
	}
	if len(bad) == 0 {
		c.out.Measures = append(c.out.Measures, result.Measure{Scope: c.whole(), Status: result.Pass, Op: "<=", Unit: "m2",
			Terms: map[string]float64{"faces": 0}})
	}
	for _, id := range k.With {
		k.leanOn(c, id)
	}
	return k.warned(c, bad)
}

func (k *Forbid) scope(c *court, s result.Scope, bad []int) error {
	st := c.broken(s)
	var area total
	for _, i := range bad {
		area.add(c.l.Faces[i].Area)
	}
	c.out.Measures = append(c.out.Measures, result.Measure{Scope: s, Status: st, Value: geo.RoundArea(area.sum()), Op: "<=", Unit: "m2",
		Margin: geo.RoundArea(-area.sum()), Close: area.sum() <= c.book.Parameters.Tolerance,
		Terms: map[string]float64{"faces": float64(len(bad))}})
	for _, g := range c.groups(bad, k.Change) {
		share := geo.Text{ZH: "全部", EN: "all"}
		if whole := c.areas[g.change]; whole > 0 {
			share = wording.Same(fmt.Sprintf("%.2f %%", min(g.area/whole, 1)*100))
		}
		told, err := k.told(c, g.faces)
		if err != nil {
			return err
		}
		c.found(st, s, []group{g}, "", words{"share": share, "total": wording.SquareMetres(area.sum()), "told": told}, geo.Text{
			ZH: "图斑 {ids} 有 {area} 不符合本条要求。",
			EN: "{area} of feature {ids} does not meet this clause.",
		}, geo.Text{})
	}
	return nil
}

// leanOn fails this rule along with another.
func (k *Forbid) leanOn(c *court, id string) {
	title := c.book.Rule(id).Title
	switch c.status[id] {
	case result.Fail:
		s := c.whole()
		c.out.Findings = append(c.out.Findings, result.Finding{
			ID: findingID(c.rule.ID, s, nil, id), Status: c.byLevel(s), Scope: s, Features: []result.FeatureRef{},
			Message: wording.Textf("本条还要求满足规则“%s”，该规则未通过。", "This clause also needs the rule “%s” to hold, and it fails.", title),
			Remedy:  wording.Textf("先解决规则“%s”的问题。", "Resolve the findings of “%s” first.", title),
		})
	case result.NotChecked:
		c.lack("", wording.Textf("本条还要求满足规则“%s”，该规则未能检查", "this clause also needs the rule “%s”, which was not checked", title))
	}
}

// present reports a document of a kind that is in the package and is not
// against what it is wanted for.
func (b *bench) present(kind string) bool {
	for i := range b.l.Plan.Documents {
		if d := &b.l.Plan.Documents[i]; d.Kind == kind && d.Present && d.Agrees != plan.Disagrees {
			return true
		}
	}
	return false
}

// without drops the faces of b from a; both ascend.
func without(a, b []int) []int {
	drop := map[int]bool{}
	for _, i := range b {
		drop[i] = true
	}
	var out []int
	for _, i := range a {
		if !drop[i] {
			out = append(out, i)
		}
	}
	return out
}

func (k *List) validate() *geo.Text { return strayTotal(k.Of) }

func (k *List) expressions() []*condition.Expression {
	return []*condition.Expression{&k.Of.Expression, &k.Where.Expression, &k.Warn.Expression}
}

func (k *List) placeholders() []string { return []string{"total"} }

func (k *List) judge(c *court) error {
	faces, x, err := c.sum(Sum{k.Of, k.Where})
	if err != nil {
		return err
	}
	var warned []int
	if k.Warn.Given() {
		if warned, err = c.land(k.Warn); err != nil {
			return err
		}
	}
	if c.nothing = len(faces) == 0 && len(warned) == 0; c.nothing {
		return nil
	}
	c.out.Measures = append(c.out.Measures, result.Measure{Scope: c.whole(), Status: result.Pass, Value: geo.RoundArea(x), Unit: "m2",
		Terms: map[string]float64{"sum_m2": geo.RoundArea(x)}})
	listed := faces
	if k.Warn.Given() {
		listed = without(faces, warned)
	}
	fill := words{"total": wording.SquareMetres(x)}
	show := func(st result.Status, faces []int) {
		for _, g := range c.groups(c.solid(faces), k.Change) {
			c.found(st, c.whole(), []group{g}, "", fill,
				geo.Text{ZH: "图斑 {ids}：{area}。", EN: "Feature {ids}: {area}."}, geo.Text{})
		}
	}
	show(result.Pass, listed)
	show(result.Warn, warned)
	return nil
}

func (k *Require) validate() *geo.Text {
	if len(k.Each) == 0 {
		t := geo.Text{ZH: "each 不能为空", EN: "each must not be empty"}
		return &t
	}
	return nil
}

func (k *Require) expressions() []*condition.Expression {
	x := []*condition.Expression{&k.Where.Expression}
	for _, d := range k.Each {
		x = append(x, &d.That.Expression)
	}
	return x
}

func (k *Require) placeholders() []string { return []string{"lack"} }

func (k *Require) judge(c *court) error {
	faces, err := c.land(k.Where)
	if err != nil {
		return err
	}
	faces = k.due(c, faces)
	if c.nothing = len(faces) == 0; c.nothing {
		return nil
	}
	if faces = c.solid(faces); len(faces) == 0 {
		c.only()
		return nil
	}
	changes := map[*plan.Change]bool{}
	for _, i := range faces {
		changes[changeOf(&c.l.Faces[i], k.Change)] = true
	}
	lacking := map[*plan.Change]bool{}
	for _, d := range k.Each {
		if len(d.Stages) > 0 && !containsStage(d.Stages, c.o.Stage) {
			continue
		}
		good, err := c.land(d.That)
		if err != nil {
			return err
		}
		for _, g := range c.groups(without(faces, good), k.Change) {
			st := result.Warn
			if !d.Warn {
				lacking[g.change] = true
				st = c.broken(c.whole())
			}
			c.found(st, c.whole(), []group{g}, d.That.Text, words{"lack": d.Lack}, geo.Text{
				ZH: "图斑 {ids}（{area}）：{lack}。", EN: "Feature {ids} ({area}): {lack}."}, geo.Text{})
		}
	}
	m := result.Measure{Scope: c.whole(), Status: result.Pass, Value: float64(len(lacking)), Op: "<=", Unit: "count", Margin: float64(-len(lacking)),
		Terms: map[string]float64{"changes": float64(len(changes))}}
	if len(lacking) > 0 {
		m.Status = c.broken(c.whole())
	}
	c.out.Measures = append(c.out.Measures, m)
	return nil
}

func containsStage(list []plan.Stage, s plan.Stage) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
