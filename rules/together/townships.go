package together

import (
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// townships sums what all projects take out of each township.
func (c *checker) townships() {
	limit := 0.0
	codes := map[string]bool{}
	for _, i := range c.counted() {
		p := c.plans[i]
		if p.limit > 0 && (limit == 0 || p.limit < limit) {
			limit = p.limit
		}
		if p.open {
			c.cannotSum(i)
		}
		for code := range p.moves {
			codes[code] = true
		}
	}
	r := c.of(townshipCap)
	switch {
	case len(codes) == 0:
		r.Status = worse(r.Status, domain.NotApplicable)
		note := geo.Text{ZH: "各方案都没有调出永久基本农田", EN: "no plan takes PBF out"}
		r.Note = &note
	case limit == 0:
		r.Status = domain.NotApplicable
		note := geo.Text{ZH: "各方案的规则册都没有规定上限", EN: "no plan's rulebook has a limit"}
		r.Note = &note
	default:
		for _, code := range slices.Sorted(maps.Keys(codes)) {
			c.township(code, limit)
		}
	}
}

// cannotSum says that a plan's own moves were not checked.
func (c *checker) cannotSum(i int) {
	note := geo.Textf("%s的调出没有核查（见其报告），合计不完整", "what %s takes out was not checked (see its report): the sum is not whole", c.plans[i].label())
	r := c.of(townshipCap)
	r.Measures = append(r.Measures, result.Measure{Scope: result.Scope{Kind: "plan"}, Status: domain.NotChecked, Unit: "ratio", Terms: map[string]float64{}, Note: &note})
}

// township sums one township, in integers of 0.01 m².
func (c *checker) township(code string, limit float64) {
	t := result.TownshipSum{Code: code, Status: domain.Pass, Limit: limit, Plans: c.moves(code), Earlier: c.earlier(code)}
	for _, i := range c.counted() {
		p := c.plans[i]
		if t.Name == "" {
			t.Name = p.townships[code]
		}
		if t.Designated == 0 {
			t.Designated = geo.RoundArea(p.designated[code].Area)
		}
	}
	var out, prior int64
	for _, m := range t.Plans {
		out += geo.Centi(m.Out)
	}
	for _, m := range t.Earlier {
		prior += geo.Centi(m.Out)
	}
	t.Out, t.Prior = centi(out), centi(prior)
	ratio := limitRat(limit)
	// (out + prior) / designated against p/q: (out + prior)·q against designated·p.
	sum, all := big.NewInt(out+prior), big.NewInt(geo.Centi(t.Designated))
	left := new(big.Int).Mul(all, ratio.Num())
	left.Sub(left, sum.Mul(sum, ratio.Denom()))
	margin, _ := new(big.Rat).SetFrac(left, ratio.Denom()).Float64()
	t.Left = geo.RoundArea(margin / 100)
	if t.Designated > 0 {
		t.Value = float64(out+prior) / float64(geo.Centi(t.Designated))
	}
	c.judge(&t, left.Sign() >= 0)
	c.out.Townships = append(c.out.Townships, t)
}

func centi(n int64) float64 { return float64(n) / 100 }

// limitRat is a limit as the rulebook writes it: 0.05 is one twentieth.
func limitRat(limit float64) *big.Rat {
	r, _ := new(big.Rat).SetString(strconv.FormatFloat(limit, 'g', -1, 64))
	return r
}

// moves are what the plans take out of a township, a project once: of several
// versions the one that takes most.
func (c *checker) moves(code string) []result.TownshipMove {
	most := map[int]int{} // project → plan
	for _, i := range c.counted() {
		m, there := c.plans[i].moves[code]
		if !there {
			continue
		}
		if j, seen := most[c.project[i]]; !seen || m.out > c.plans[j].moves[code].out {
			most[c.project[i]] = i
		}
	}
	all := []result.TownshipMove{}
	for _, i := range slices.Sorted(maps.Values(most)) {
		all = append(all, result.TownshipMove{Project: c.plans[i].code(), Package: c.plans[i].Name, Out: c.plans[i].moves[code].out})
	}
	return all
}

// earlier are the projects that manifests name under prior, each once by its code
// with the largest figure. A project that is checked here counts by what its plan
// says. Of moves without a code the manifest counts that has most.
func (c *checker) earlier(code string) []result.TownshipMove {
	checked := map[string]bool{}
	for _, p := range c.plans {
		checked[p.code()] = p.code() != ""
	}
	sums, nameless := map[string]float64{}, 0.0
	for _, i := range c.counted() {
		own := 0.0
		for _, prior := range c.plans[i].prior {
			project := strings.TrimSpace(prior.Project)
			switch {
			case prior.Township != code || checked[project]:
			case project == "":
				own += prior.PBFOut
			default:
				sums[project] = max(sums[project], prior.PBFOut)
			}
		}
		nameless = max(nameless, own)
	}
	all := []result.TownshipMove{}
	if nameless > 0 {
		all = append(all, result.TownshipMove{Out: geo.RoundArea(nameless)})
	}
	for _, project := range slices.Sorted(maps.Keys(sums)) {
		if sums[project] > 0 {
			all = append(all, result.TownshipMove{Project: project, Out: geo.RoundArea(sums[project])})
		}
	}
	return all
}

// judge gives a township its measure, and a finding where the sum exceeds the limit
// and no plan's own report says so already.
func (c *checker) judge(t *result.TownshipSum, holds bool) {
	scope := result.Scope{Kind: "township", Code: t.Code, Name: t.Name}
	m := result.Measure{Scope: scope, Value: t.Value, Op: "<=", Limit: t.Limit, Unit: "ratio", Margin: t.Left,
		Terms: map[string]float64{"out_net_m2": t.Out, "prior_out_m2": t.Prior, "designated_m2": t.Designated}}
	var note geo.Text
	switch plans := c.movers(t); {
	case c.doubtful(t, plans):
		t.Status = domain.NotChecked
		note = geo.Text{ZH: "划定面积缺失或不可靠（见各方案的报告），未判定", EN: "the designated area is missing or cannot be relied on (see the plans' reports): not judged"}
	case holds:
		note = geo.Textf("%[1]s，限值 %[2]s，余量 %[3]s；%[4]s", "%[1]s of %[2]s, %[3]s left; %[4]s",
			wording.Percent(t.Value, t.Limit), wording.Percent(t.Limit, t.Limit), wording.Area(t.Left), c.parts(t))
	default:
		t.Status = domain.Fail
		if !slices.ContainsFunc(plans, func(i int) bool { return !c.plans[i].justifies(t.Code) }) {
			t.Status = domain.Justified
		}
		note = geo.Textf("%[1]s，限值 %[2]s，超出 %[3]s；%[4]s", "%[1]s against %[2]s, off by %[3]s; %[4]s",
			wording.Percent(t.Value, t.Limit), wording.Percent(t.Limit, t.Limit), wording.Area(-t.Left), c.parts(t))
		if c.saidAlready(t, plans) {
			t.Status = c.plans[plans[0]].moves[t.Code].status
			note = geo.Textf("%[1]s（与该方案自己的报告相同）", "%[1]s (as the plan's own report says)", note)
		} else {
			c.exceeded(t, scope, plans)
		}
	}
	m.Status, m.Note = t.Status, &note
	r := c.of(townshipCap)
	r.Measures = append(r.Measures, m)
}

// exceeded is the finding of a township of which too much leaves.
func (c *checker) exceeded(t *result.TownshipSum, scope result.Scope, plans []int) {
	f := result.Finding{Status: t.Status, Scope: scope, Area: geo.RoundArea(-t.Left), Features: []result.FeatureRef{},
		Message: geo.Textf("%[1]s：各项目合计调出 %[2]s，占划定面积 %[3]s的 %[4]s，超过 %[5]s，超出 %[6]s；%[7]s。",
			"%[1]s: all projects together take out %[2]s of %[3]s designated, %[4]s against %[5]s: %[6]s too much; %[7]s.",
			place(scope), wording.Area(t.Out+t.Prior), wording.Area(t.Designated), wording.Percent(t.Value, t.Limit),
			wording.Percent(t.Limit, t.Limit), wording.Area(-t.Left), c.parts(t))}
	c.complete(&f, townshipCap, plans, t.Code)
	r := c.of(townshipCap)
	r.Findings = append(r.Findings, f)
}

// movers are the plans behind a township's sum.
func (c *checker) movers(t *result.TownshipSum) (plans []int) {
	for _, m := range t.Plans {
		plans = append(plans, c.at[m.Package])
	}
	return plans
}

// doubtful tells that a township's designated area is missing or was not relied on.
func (c *checker) doubtful(t *result.TownshipSum, plans []int) bool {
	return t.Designated == 0 || slices.ContainsFunc(plans, func(i int) bool { return c.plans[i].moves[t.Code].status == domain.NotChecked })
}

// saidAlready tells that the only plan of a township has the same sum in its own
// report.
func (c *checker) saidAlready(t *result.TownshipSum, plans []int) bool {
	if len(plans) != 1 {
		return false
	}
	p := c.plans[plans[0]]
	return p.limit == t.Limit && geo.Centi(p.moves[t.Code].sum) == geo.Centi(t.Out)+geo.Centi(t.Prior)
}

// parts says who takes out how much.
func (c *checker) parts(t *result.TownshipSum) geo.Text {
	var all []geo.Text
	for _, m := range t.Plans {
		all = append(all, geo.Textf("%[1]s调出 %[2]s", "%[1]s takes %[2]s", c.plans[c.at[m.Package]].label(), wording.Area(m.Out)))
	}
	for _, m := range t.Earlier {
		of := geo.Textf("此前项目 %s", "earlier project %s", m.Project)
		if m.Project == "" {
			of = geo.Text{ZH: "此前项目（未写编号）", EN: "earlier projects (without a code)"}
		}
		all = append(all, geo.Textf("%[1]s %[2]s", "%[1]s %[2]s", of, wording.Area(m.Out)))
	}
	return wording.List(shorter(all))
}
