package evaluation

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

// terms are what the faces of a sum add to it, and what is there whatever they
// are; false where the sum is none over faces.
func (c *ruleEvaluation) terms(s rulebook.Sum, keep func(*ledger.Face) bool) (list []amountOf, fixed float64, ok bool, err error) {
	if s.Of.Total != "" {
		list, fixed, ok = c.totalTerms(s.Of.Total)
		return list, fixed, ok, nil
	}
	faces, err := c.land(s.Where)
	if err != nil {
		return nil, 0, false, err
	}
	xs, err := c.amounts(faces, s.Of, nil)
	for n, i := range faces {
		if keep == nil || keep(&c.l.Faces[i]) {
			list = append(list, amountOf{face: i, amount: xs[n]})
		}
	}
	return list, 0, true, err
}

// totalTerms is the total of a group of land over a whole area, as what it was
// and what each face changes about it.
func (c *ruleEvaluation) totalTerms(name string) (list []amountOf, fixed float64, ok bool) {
	whole, after := strings.CutSuffix(name, ".after")
	if !after {
		fixed, ok = c.wholeArea(name)
		return nil, fixed, ok
	}
	if fixed, ok = c.wholeArea(whole + ".before"); !ok {
		return nil, 0, false
	}
	project := strings.HasPrefix(name, condition.ProjectTotal)
	_, of, _ := strings.Cut(whole, ".")
	for i := range c.l.Faces {
		f := &c.l.Faces[i]
		if project && !f.InProject {
			continue
		}
		if x := groupArea(&f.After, of, f.Area) - groupArea(&f.Before, of, f.Area); x != 0 {
			list = append(list, amountOf{face: i, amount: x})
		}
	}
	return list, fixed, true
}

// groupArea is what of a face counts towards the total of a group, m².
func groupArea(s *ledger.State, group string, gross float64) float64 {
	switch group {
	case "area":
		return 0
	case "pbf":
		return s.PBFNet
	case "cropland":
		return s.CroplandNet
	}
	if class, known := domain.Lookup(s.Class); known && inGroup(class, group) {
		return gross
	}
	return 0
}

func (k ratioEvaluator) demands(c *ruleEvaluation, d *Demands) error {
	list, fixed, ok, err := c.terms(rulebook.Sum{Of: k.Of, Where: k.Where}, nil)
	if err != nil || !ok {
		return err
	}
	w, ok := weights(k.Limit.Rat, big.NewRat(1, 1)) // Σ over·limit ≥ Σ of
	if !ok {
		return nil
	}
	scopes := map[string][]amountOf{"": list}
	if k.Scope == "township" {
		scopes = map[string][]amountOf{}
		for _, t := range list {
			code := c.l.Faces[t.face].Township
			scopes[code] = append(scopes[code], t)
		}
	}
	d.Handled[c.rule.ID] = true
	for _, code := range slices.Sorted(maps.Keys(scopes)) {
		s := c.whole()
		if k.Scope == "township" {
			s = c.township(code)
		}
		over, overFixed, ok, err := k.over(c, s, scopes[code])
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		prior := k.prior(c, s)
		q := Inequality{Rule: c.rule, Scope: s, Binding: c.binds(s), HaveWeight: w[0], NeedWeight: w[1],
			have: over, haveFixed: overFixed, need: scopes[code], needFixed: fixed + prior}
		if k.Op == ">=" {
			q.HaveWeight, q.NeedWeight = w[1], w[0]
			q.have, q.need, q.haveFixed, q.needFixed = q.need, q.have, q.needFixed, q.haveFixed
		}
		d.Inequalities = append(d.Inequalities, q)
	}
	return nil
}

// over is the denominator of a ratio: a sum of faces, or a figure.
func (k ratioEvaluator) over(c *ruleEvaluation, s result.Scope, of []amountOf) (list []amountOf, fixed float64, ok bool, err error) {
	if k.Over.Sum != nil {
		return c.terms(*k.Over.Sum, nil)
	}
	if condition.IsTotal(k.Over.Name) {
		list, fixed, ok = c.totalTerms(k.Over.Name)
		return list, fixed, ok, nil
	}
	var faces []int
	for _, t := range of {
		faces = append(faces, t.face)
	}
	fixed, ok, err = c.total(k.Over, s, distinct(faces))
	return nil, fixed, ok, err
}

func (k quotaEvaluator) demands(c *ruleEvaluation, d *Demands) error {
	q := c.l.Plan.Quota
	if q == nil {
		return nil
	}
	released, fixed, ok, err := c.terms(k.Released, nil)
	if err != nil || !ok {
		return err
	}
	used, usedFixed, ok, err := c.terms(k.Used, nil)
	if err != nil || !ok {
		return err
	}
	for i := range used {
		used[i].amount = -used[i].amount // one sum, which is rounded once
	}
	value := q.RuralHousing + q.RuralDevelopment + q.Mining + q.Tradable // which holds the local needs
	d.Handled[c.rule.ID] = true
	d.Inequalities = append(d.Inequalities, Inequality{Rule: c.rule, Scope: c.whole(), Binding: c.binds(c.whole()), HaveWeight: 1,
		have: append(released, used...), haveFixed: fixed - usedFixed, Floor: geo.Centi(value)})
	return nil
}

func (k meanEvaluator) demands(c *ruleEvaluation, d *Demands) error {
	d.Handled[c.rule.ID] = true
	for _, m := range k.Comparisons() {
		if m.Shown {
			continue
		}
		better, err := c.gradedFaces(m.Better)
		if err != nil {
			return err
		}
		than, err := c.gradedFaces(m.Than)
		if err != nil {
			return err
		}
		d.Means = append(d.Means, Means{Rule: c.rule, Label: m.Label, Binding: c.binds(c.whole()), better: better, than: than})
	}
	return nil
}

func (c *ruleEvaluation) gradedFaces(g rulebook.Graded) (list []gradedFace, err error) {
	faces, err := c.land(g.Where)
	if err != nil {
		return nil, err
	}
	xs, err := c.amounts(faces, g.Of, nil)
	for n, i := range faces {
		list = append(list, gradedFace{face: i, amount: xs[n], grade: gradeOf(&c.l.Faces[i], g.Value)})
	}
	return list, err
}

func (k forbidEvaluator) demands(own, all *ruleEvaluation, d *Demands) error {
	bad, err := k.breaking(own)
	if err != nil {
		return err
	}
	meets, err := k.breaking(all)
	if err != nil {
		return err
	}
	f := Forbidden{Rule: own.rule, Change: k.Change, Meets: map[int]bool{}}
	for _, i := range meets {
		f.Meets[i] = true
	}
	solid := own.solid(bad)
	if own.leftM2.sum() > own.l.Ceiling() {
		solid = bad
	}
	for _, i := range solid {
		s := own.whole()
		if k.Scope == "township" {
			s = own.township(own.l.Faces[i].Township)
		}
		if own.binds(s) {
			f.Bad = append(f.Bad, i)
		}
	}
	d.Handled[own.rule.ID] = true
	d.Forbidden = append(d.Forbidden, f)
	return nil
}

// breaking are the faces that meet the condition and that no paper excuses.
func (k forbidEvaluator) breaking(c *ruleEvaluation) ([]int, error) {
	bad, err := c.land(k.Where)
	if err != nil || k.Unless == nil || !c.present(k.Unless.Document) {
		return bad, err
	}
	excused, err := c.land(k.Unless.That)
	return without(bad, excused), err
}
