package evaluation

import (
	"context"
	"maps"
	"runtime"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

// Evaluate judges a ledger by a rulebook. What it finds is in the report; an
// error is a cancelled context or a broken invariant, never a bad plan.
func Evaluate(ctx context.Context, book *rulebook.Rulebook, l *ledger.Ledger, o Options) (*result.Report, error) {
	if o.Stage == "" {
		o.Stage = l.Plan.Stage
	}
	if o.Stage == "" {
		o.Stage = domain.Proposal
	}
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	b := newEvaluation(book, l, o)
	b.stopped = ctx.Err
	r := &result.Report{
		Schema: result.Schema,
		Plan: result.PlanInfo{Code: l.Plan.Code, Name: l.Plan.Name, County: l.Plan.County, Townships: townships(l), Stage: string(o.Stage),
			Digest: l.Plan.Digest, CRS: l.Plan.Native.String(), Layers: layerInfos(l.Plan.Layers), Ignored: l.Plan.Ignored},
		Base:        o.Base,
		Rulebook:    result.BookInfo{ID: book.ID, Title: book.Title, Digest: book.Digest, ByPlan: o.BookByPlan},
		Engine:      result.EngineInfo{Version: o.Version, GEOS: o.GEOS},
		Rules:       []result.RuleResult{},
		LandUse:     landUse(l),
		Years:       years(l),
		SubProjects: subProjects(l),
		Form:        form(l),

		Reservations: []result.Reservation{},
		Changes:      b.changeRows(),
		Prior:        priorRows(l.Plan.Prior),
	}
	if r.Base.Layers == nil {
		r.Base.Layers = []result.LayerInfo{}
	}
	judged, err := b.evaluateAll()
	if err != nil {
		return nil, err
	}
	r.Ledger = b.ledgerInfo(judged)
	for _, c := range judged {
		r.Rules = append(r.Rules, c.out)
	}
	r.Papers = papersOf(l.Plan, judged)
	if !o.NoGeometry {
		if err := b.shape(ctx, r.Rules); err != nil {
			return nil, err
		}
	}
	for i := range r.Rules {
		r.Summary.Add(r.Rules[i].Status)
	}
	b.reserve(r, judged)
	r.Verdict = weigh(r, l.Plan, o.Strict)
	r.Inputs = b.notices(r.Ledger.Slivers)
	return r, nil
}

// judgeAll runs the rules, side by side but for those that lean on others
// (with): they come last but keep their place in the report.
func (b *evaluation) evaluateAll() ([]*ruleEvaluation, error) {
	var on []*rulebook.Rule
	var free, leaning []int
	for i := range b.book.Rules {
		r := &b.book.Rules[i]
		if r.Off {
			continue
		}
		if r.Forbid != nil && len(r.Forbid.With) > 0 {
			leaning = append(leaning, len(on))
		} else {
			free = append(free, len(on))
		}
		on = append(on, r)
	}
	judged := make([]*ruleEvaluation, len(on))
	for i, r := range on {
		judged[i] = newRuleEvaluation(b, r)
	}
	if err := b.spread(len(free), func() (func(int) error, error) {
		return func(k int) error { return judged[free[k]].evaluate() }, nil
	}); err != nil {
		return nil, err
	}
	for _, i := range free {
		b.record(judged[i])
	}
	for _, i := range leaning {
		if err := judged[i].evaluate(); err != nil {
			return nil, err
		}
		b.record(judged[i])
	}
	return judged, nil
}

// record keeps what others ask about a rule that was judged.
func (b *evaluation) record(c *ruleEvaluation) {
	b.status[c.rule.ID] = c.out.Status
	maps.Copy(b.used, c.used)
}

func layerInfos(in []plan.LayerInfo) []result.LayerInfo {
	out := []result.LayerInfo{}
	for _, l := range in {
		out = append(out, result.LayerInfo{Role: string(l.Role), Name: l.Name, File: l.File, Features: l.Features, Digest: l.Digest})
	}
	return out
}

// ledgerInfo sums up the ledger and what the rules left out as slivers,
// each face once.
func (b *evaluation) ledgerInfo(judged []*ruleEvaluation) result.LedgerInfo {
	info := result.LedgerInfo{Faces: len(b.l.Faces), Changed: geo.RoundArea(b.l.Changed)}
	var area total
	for i := range b.l.Faces {
		if !b.dusty {
			break
		}
		if slices.ContainsFunc(judged, func(c *ruleEvaluation) bool { return c.left[i] || c.aside[i] }) {
			info.Slivers.Count++
			area.add(b.l.Faces[i].Area)
		}
	}
	info.Slivers.Area = geo.RoundArea(area.sum())
	return info
}

// notices are the plan's own, then the evaluation's.
func (b *evaluation) notices(left result.SliverInfo) []geo.Notice {
	out := slices.Clone(b.l.Notices)
	if left.Area > b.book.Parameters.SliverTotalWarn {
		out = append(out, geo.Notice{Severity: geo.Warning, Message: b.sliversSaid(left)})
	}
	out = append(out, b.strayTownships()...)
	for i := range b.l.Plan.Justifications {
		j := &b.l.Plan.Justifications[i]
		why, ok := b.unused(i, j)
		if !ok {
			continue
		}
		out = append(out, geo.Notice{Severity: geo.Warning, File: "plan.yaml", Record: j.Line, Message: why})
	}
	if out == nil {
		out = []geo.Notice{}
	}
	return out
}

// LayerInfos names layers in a report.
func LayerInfos(layers []plan.LayerInfo) []result.LayerInfo { return layerInfos(layers) }
