package repair

import (
	"context"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/wording"
)

// wholeChecks is how many suggestions for single rules are checked from the shapes
// on. Where a plan fails more, all rules are evaluated on the faces that the
// changed plan keeps, as it would take far more than ten checks else. What is
// suggested for all together, and what is applied, is always checked whole.
const wholeChecks = 2

// Suggest checks a plan and looks for the smallest changes that make the rules of
// quantity hold that it fails. Each changed plan is checked whole before it
// becomes a suggestion; one that fails a rule that held before is none.
func Suggest(ctx context.Context, o check.Request) (*Set, error) {
	s := &suggester{Request: o, known: map[string]*checked{}, more: map[bool]*extension{}, drawn: map[*ledger.Ledger]*sketch{}, whole: wholeChecks}
	first, err := s.examine(ctx, o.Plan)
	if err != nil {
		return nil, err
	}
	s.first, s.Progress = *first, nil
	r := first.report
	out := &Set{Schema: Schema, Plan: r.Plan, Rulebook: r.Rulebook, Engine: r.Engine, Verdict: r.Verdict, Rules: []Suggestion{}, NotShape: []NotShape{}, first: first.plan, suggester: s}
	var targets []string
	for i := range r.Rules {
		if r.Rules[i].Status != domain.Fail {
			continue
		}
		if why := s.notShape(r.Rules[i].ID); !why.IsZero() {
			out.NotShape = append(out.NotShape, NotShape{s.info(r.Rules[i].ID), why})
			continue
		}
		targets = append(targets, r.Rules[i].ID)
	}
	if s.short, err = s.shortage(ctx, targets); err != nil {
		return nil, err
	}
	var found []string
	for _, id := range targets {
		one, err := s.both(ctx, s.leaning(id))
		if err != nil {
			return nil, err
		}
		out.Rules = append(out.Rules, *one)
		if one.Found || one.Or != nil {
			found = append(found, id)
		}
	}
	if len(found) == 0 {
		return out, nil
	}
	s.whole = -1 // always
	if out.Together, err = s.both(ctx, targets); err != nil || out.Together.Found || len(found) == len(targets) {
		return out, err
	}
	out.Together, err = s.both(ctx, found) // without those that nothing repairs
	return out, err
}

// shortage is the most that a balance of the rules is short of, m²; 0 where none is.
func (s *suggester) shortage(ctx context.Context, targets []string) (most float64, err error) {
	if len(targets) == 0 {
		return 0, nil
	}
	k, err := s.sketch(ctx, s.first.ledger, nil)
	if err != nil {
		return 0, err
	}
	for i := range k.limits {
		if l := &k.limits[i]; l.rule.Balance != nil && slices.Contains(targets, l.rule.ID) {
			most = max(most, -k.margins[i]/float64(l.inequality.HaveWeight)/100)
		}
	}
	return most, nil
}

// both looks for the change that repairs some rules by leaving out, and for one
// that brings more land in: of the project area, else of the county.
func (s *suggester) both(ctx context.Context, targets []string) (*Suggestion, error) {
	first, err := s.suggestion(ctx, targets, nil)
	if err != nil {
		return nil, err
	}
	out := &Suggestion{Repair: *first}
	if s.short == 0 || !slices.ContainsFunc(targets, func(id string) bool { return s.Book.Rule(id).Balance != nil }) {
		return out, nil
	}
	for _, project := range []bool{true, false} {
		more, asked := s.more[project]
		if !asked {
			if more, err = s.extend(ctx, s.short, project); err != nil {
				return nil, err
			}
			s.more[project] = more
		}
		if more == nil {
			continue
		}
		if helps, err := s.helps(ctx, more, targets); err != nil || !helps {
			return out, err
		}
		or, err := s.suggestion(ctx, targets, more)
		if err != nil {
			return nil, err
		}
		if or.Found {
			out.Or = or
			return out, nil
		}
	}
	return out, nil
}

// leaning is a rule with those that it leans on and that fail: it fails with them.
func (s *suggester) leaning(id string) []string {
	list := []string{id}
	if r := s.Book.Rule(id); r.Forbid != nil {
		now := failing(s.first.report)
		for _, other := range r.Forbid.With {
			if now[other] {
				list = append(list, other)
			}
		}
	}
	return list
}

// helps tells whether land that is brought in does anything for what the rules are
// short of.
func (s *suggester) helps(ctx context.Context, more *extension, targets []string) (bool, error) {
	k, err := s.sketch(ctx, more.ledger, more.absent)
	if err != nil {
		return false, err
	}
	var limits []int
	for i := range k.limits {
		if k.margins[i] < 0 && slices.Contains(targets, k.limits[i].rule.ID) {
			limits = append(limits, i)
		}
	}
	return len(k.problem(limits, nil, true).mattering()) > 0, nil
}

// suggestion looks for the change that repairs some rules.
func (s *suggester) suggestion(ctx context.Context, targets []string, more *extension) (*Repair, error) {
	out := &Repair{For: []RuleInfo{}, Changes: []Change{}, After: []Measure{}, Fails: []string{}}
	for _, id := range targets {
		out.For = append(out.For, s.info(id))
	}
	got, err := s.repair(ctx, targets, more)
	if err != nil {
		return nil, err
	}
	if got.to == nil {
		why := s.whyNot(targets, got.left)
		out.Why = &why
		return out, nil
	}
	d, err := newDescriber(s.first.plan, centre(s.first.ledger))
	if err != nil {
		return nil, err
	}
	if out.Changes, err = d.differences(ctx, s.first.plan, got.to.plan); err != nil {
		return nil, err
	}
	land, err := d.union(ctx, out.Changes)
	if err != nil {
		return nil, err
	}
	out.Found, out.Least, out.plan = true, got.sure, got.to.plan
	out.Area, out.Parcels, out.Verdict = land, len(out.Changes), got.to.report.Verdict
	if !got.sure {
		out.Within = float64(got.chosen-got.least) / 100
	}
	for i := range got.to.report.Rules {
		rule := &got.to.report.Rules[i]
		if rule.Status == domain.Fail {
			out.Fails = append(out.Fails, rule.ID)
		}
		if slices.Contains(targets, rule.ID) {
			for _, m := range rule.Measures {
				out.After = append(out.After, Measure{rule.ID, m})
			}
		}
	}
	return out, nil
}

// whyNot says what stands in the way of a repair.
func (s *suggester) whyNot(targets, left []string) geo.Text {
	others := slices.DeleteFunc(slices.Clone(left), func(id string) bool { return slices.Contains(targets, id) })
	if len(others) == 0 {
		return geo.Text{ZH: "取消或裁切方案的变更不能使其符合", EN: "no changes of the plan that could be left out or cut make it hold"}
	}
	var titles []geo.Text
	for _, id := range others {
		titles = append(titles, s.Book.Rule(id).Title)
	}
	return geo.Textf("能使其符合的改动会使原来符合的规则不再符合：%s", "what would make it hold breaks rules that hold now: %s", wording.List(titles))
}

func (s *suggester) info(id string) RuleInfo {
	r := s.Book.Rule(id)
	return RuleInfo{ID: id, Title: r.Title, Level: r.Level, Clause: r.Clause}
}

// notShape says why no change of shapes repairs a rule; nothing where one may.
func (s *suggester) notShape(id string) geo.Text {
	r := s.Book.Rule(id)
	switch {
	case r.Documents != nil:
		return geo.Text{ZH: "缺的是材料，不是图形：请补齐材料", EN: "papers are missing, no shape is wrong: supply the papers"}
	case r.Require != nil:
		return geo.Text{ZH: "缺的是图斑的属性（如实测信息）：请补填", EN: "features lack what they must state, such as a survey: fill it in"}
	case r.Areas != nil:
		return geo.Text{ZH: "填报面积与图形不符：请核对填报的数", EN: "stated areas differ from the shapes: check what is stated"}
	case r.Data != nil:
		return geo.Text{ZH: "图层数据有误：请先更正数据，再求修改建议", EN: "the layers' data are wrong: correct them first, then ask again"}
	case r.Within != nil:
		return geo.Text{ZH: "整治区域本身越界：请修改整治区域范围", EN: "the project area itself leaves the county: redraw it"}
	case r.Forbid != nil && r.OwnLimit && len(r.Forbid.With) > 0: // it fails with others alone
	case r.Share != nil, r.Compare != nil, r.Blocks != nil, r.Patches != nil:
		return geo.Text{ZH: "取决于地块的构成和连片，不能由取消若干图斑算出：请调整设计", EN: "it depends on how land is made up and lies together, which leaving features out does not settle: change the design"}
	case r.Ratio == nil && r.Balance == nil && r.Quota == nil && r.Mean == nil && r.Forbid == nil:
		return geo.Text{ZH: "不是数量规则", EN: "it is no rule of quantity"}
	}
	return geo.Text{}
}

// Plan is the plan so changed.
func (s *Repair) Plan() *plan.Plan { return s.plan }

// IDs are the rules that it is for.
func (s *Repair) IDs() string {
	var ids []string
	for _, r := range s.For {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, ", ")
}

// Best is the suggestion that repairs most: that for all rules together, else the
// first for one. With add it is one that brings more land in, where there is
// such. nil where nothing was found.
func (s *Set) Best(add bool) *Repair {
	of := func(x *Suggestion) *Repair {
		switch {
		case x == nil:
			return nil
		case x.Or != nil && (add || !x.Found):
			return x.Or
		case x.Found:
			return &x.Repair
		}
		return nil
	}
	if best := of(s.Together); best != nil {
		return best
	}
	for i := range s.Rules {
		if best := of(&s.Rules[i]); best != nil {
			return best
		}
	}
	return nil
}

// Outlook is the verdict on the plan once it is changed as well as can be.
func (s *Set) Outlook(add bool) domain.Verdict {
	if best := s.Best(add); best != nil {
		return best.Verdict
	}
	return s.Verdict
}
