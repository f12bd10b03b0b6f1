package evaluation

import (
	"context"
	"runtime"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"
)

// OfLayer judges one layer that was read by itself (ledger.OfLayer) by those rules
// of a rulebook that need nothing but the layer: those of its data. Its verdict
// is of the layer alone, and a reservation says what was not looked at.
func OfLayer(ctx context.Context, book *rulebook.Rulebook, l *ledger.Ledger, o Options) (*result.Report, error) {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	alone := *book
	alone.Rules = nil
	for _, r := range book.Rules {
		if !r.Off && ofOneLayer(&r, l.Alone) {
			alone.Rules = append(alone.Rules, r)
		}
	}
	b := newEvaluation(&alone, l, o)
	b.stopped = ctx.Err
	layers := layerInfos(l.Plan.Layers)
	r := &result.Report{
		Schema: result.Schema, Verdict: domain.LayerValid, Layer: &layers[0],
		Plan:     result.PlanInfo{Digest: l.Plan.Digest, CRS: l.Plan.Native.String(), Layers: layers},
		Base:     result.BaseInfo{Source: "files", Layers: []result.LayerInfo{}},
		Rulebook: result.BookInfo{ID: book.ID, Title: book.Title, Digest: book.Digest},
		Engine:   result.EngineInfo{Version: o.Version, GEOS: o.GEOS},
		Rules:    []result.RuleResult{}, LandUse: []result.ClassRow{}, Years: []result.YearRow{}, SubProjects: []result.SubProjectRow{},
		Papers: []result.Paper{}, Changes: []result.ChangeRow{},
		Inputs: slices.Clone(l.Notices),
	}
	if ofBase(l.Alone) {
		r.Base.Layers, r.Plan.Layers = layers, []result.LayerInfo{}
	}
	if r.Inputs == nil {
		r.Inputs = []geo.Notice{}
	}
	judged, err := b.evaluateAll()
	if err != nil {
		return nil, err
	}
	for _, c := range judged {
		r.Rules = append(r.Rules, c.out)
	}
	if err := b.shape(ctx, r.Rules); err != nil {
		return nil, err
	}
	for i := range r.Rules {
		r.Summary.Add(r.Rules[i].Status)
		if r.Rules[i].Status == domain.Fail {
			r.Verdict = domain.LayerInvalid
		}
	}
	r.Reservations = []result.Reservation{{Kind: result.NoPlan, Message: geo.Textf(
		"没有核查：政策条款、材料，以及与底图、其他图层的关系（%[1]s）", "not checked: the policy's clauses, the papers, and how the layer stands to base data and other layers (%[1]s)", b.leftOut(book))}}
	return r, nil
}

// ofOneLayer tells whether a rule can be judged by one layer of a role.
func ofOneLayer(r *rulebook.Rule, role domain.Role) bool {
	switch {
	case r.Areas != nil && r.Group == dataGroup:
		_, declares := domain.FieldOf(role, domain.Area)
		return declares
	case r.Data == nil:
		return false
	case r.Data.Check == "slivers":
		return !ofBase(role) && role != domain.ProjectArea && role != domain.LandUseAfter
	}
	return slices.Contains([]string{"crs", "geometry", "codes", "fields", "unique-id", "overlap"}, r.Data.Check)
}

// dataGroup is the subject of rules about data.
const dataGroup = "data"

// leftOut names the rules about data that one layer cannot be judged by.
func (b *evaluation) leftOut(book *rulebook.Rulebook) geo.Text {
	var names []geo.Text
	for i := range book.Rules {
		if r := &book.Rules[i]; !r.Off && r.Group == dataGroup && !ofOneLayer(r, b.l.Alone) {
			names = append(names, r.Title)
		}
	}
	return wording.List(names)
}
