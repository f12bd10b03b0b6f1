package together

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

// Plan is what of a checked plan others are held against.
type Plan struct {
	Name string // of its package, which tells it from the others of a run

	info       result.PlanInfo
	crs        geo.CRS
	project    []plan.Feature
	changes    []plan.Change
	documents  []plan.Document
	prior      []plan.Prior
	justified  []plan.Justification
	sliver     ledger.SliverLimits
	ceiling    float64 // of slivers that may be left out, m²
	townships  map[string]string
	villages   map[string]string // that the project area meets
	designated map[string]ledger.Designation
	rules      []result.RuleResult
	moves      map[string]move // by township
	limit      float64         // share of the designated area; 0 where its rulebook has none
	open       bool            // what it takes out of townships was not checked
}

// move is what a plan takes out of a township.
type move struct {
	out    float64 // net, m² to 0.01
	status domain.Status
	sum    float64 // with earlier projects, as the plan's own report has it
}

// capRule limits what leaves a township, in the rulebooks built in.
const capRule = "pbf-township-cap"

// PlanOf takes from a check what Check needs, and keeps nothing of the faces.
func PlanOf(name string, l *ledger.Ledger, r *result.Report) *Plan {
	p := &Plan{Name: name, info: r.Plan, crs: l.CRS, project: l.Plan.Project, changes: l.Plan.Changes, documents: l.Plan.Documents,
		prior: l.Plan.Prior, justified: l.Plan.Justifications, sliver: l.Sliver, ceiling: l.Ceiling(),
		townships: l.Townships, villages: map[string]string{}, designated: l.Designated, rules: r.Rules, moves: map[string]move{}}
	for _, v := range l.ProjectVillages {
		p.villages[v.Code] = v.Name
	}
	known := false
	for i := range r.Rules {
		known = p.readMoves(&r.Rules[i]) || known
	}
	if !known {
		p.sumMoves(l)
	}
	return p
}

// readMoves takes a plan's moves from the rule that holds them against a limit,
// so that both reports have the same figures.
func (p *Plan) readMoves(r *result.RuleResult) bool {
	found := r.ID == capRule
	for _, m := range r.Measures {
		out, a := m.Terms["out_net_m2"]
		_, b := m.Terms["designated_m2"]
		if !a || !b || m.Scope.Kind != "township" {
			continue
		}
		found, p.limit = true, m.Limit
		if out > 0 {
			p.moves[m.Scope.Code] = move{out: out, status: m.Status, sum: geo.RoundArea(out + m.Terms["prior_out_m2"])}
		}
	}
	p.open = p.open || found && r.Status == domain.NotChecked && len(r.Measures) == 0
	return found
}

// sumMoves adds up the faces, for a rulebook without a limit: what its plans take
// out counts against those of others all the same.
func (p *Plan) sumMoves(l *ledger.Ledger) {
	sums := map[string]float64{}
	for i := range l.Faces {
		if f := &l.Faces[i]; f.Before.PBF && !f.After.PBF && f.Township != "" {
			sums[f.Township] += f.Before.PBFNet
		}
	}
	for code, out := range sums {
		if out = geo.RoundArea(out); out > 0 {
			p.moves[code] = move{out: out, status: domain.NotApplicable, sum: out}
		}
	}
}

func (p *Plan) code() string { return strings.TrimSpace(p.info.Code) }

// key names the project from run to run: by its code, else by its package.
func (p *Plan) key() string {
	if c := p.code(); c != "" {
		return c
	}
	return p.Name
}

// label is the plan as people call it.
func (p *Plan) label() geo.Text {
	if c := p.code(); c != "" && c != p.Name {
		return geo.Textf("%[1]s（%[2]s）", "%[1]s (%[2]s)", p.Name, c)
	}
	return geo.Textf("%s", "%s", p.Name)
}

// justifies tells whether the manifest justifies what the plan takes out of a
// township beyond the limit.
func (p *Plan) justifies(township string) bool {
	for _, j := range p.justified {
		if j.Rule == capRule && j.Present && (j.Scope == "" || j.Scope == township) {
			return true
		}
	}
	return false
}

// rule is the plan's result of a rule, nil where its rulebook has none of that id.
func (p *Plan) rule(id string) *result.RuleResult {
	for i := range p.rules {
		if p.rules[i].ID == id {
			return &p.rules[i]
		}
	}
	return nil
}
