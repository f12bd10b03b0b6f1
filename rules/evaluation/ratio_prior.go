package evaluation

import (
	"maps"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/spelling"
	"landcheck/rules/wording"
)

// takesOut reports a ratio of PBF taken out to what its township designated:
// the one that other projects of the township count towards.
func (k ratioEvaluator) takesOut() bool {
	return k.Scope == "township" && k.Op != ">=" && k.numeratorTerm() == "out_net_m2"
}

// priors sums what other approved projects took out, by township, m².
func (c *ruleEvaluation) priors() map[string]float64 {
	sums := map[string]*total{}
	for _, p := range c.l.Plan.Prior {
		entry(sums, p.Township).add(p.PBFOut)
	}
	out := map[string]float64{}
	for code, t := range sums {
		out[code] = t.sum()
	}
	return out
}

// priorParts names the earlier projects of a township with their figures; nothing
// where none has a code.
func (c *ruleEvaluation) priorParts(township string) geo.Text {
	var all []geo.Text
	for _, p := range c.l.Plan.Prior {
		if p.Township != township || p.PBFOut == 0 || p.Project == "" {
			continue
		}
		by := geo.Text{}
		if p.Registered {
			by = geo.Text{ZH: "，乡镇台账", EN: ", township ledger"}
		}
		all = append(all, geo.Textf("%[1]s %[2]s m²%[3]s", "%[1]s %[2]s m²%[3]s", p.Project, wording.Number(geo.RoundArea(p.PBFOut)), by))
	}
	if len(all) == 0 {
		return geo.Text{}
	}
	return geo.Textf("：%s", ": %s", wording.List(all))
}

// priorRows are the moves of other projects, as they were counted.
func priorRows(all []plan.Prior) (rows []result.PriorRow) {
	for _, p := range all {
		rows = append(rows, result.PriorRow{Project: p.Project, Township: p.Township, PBFOut: p.PBFOut, PBFIn: p.PBFIn, Registered: p.Registered})
	}
	return rows
}

// strayTownships tells of townships under prior and designated that the base
// data does not have: they count towards no ratio, and a digit amiss would pass
// in silence.
func (b *evaluation) strayTownships() []geo.Notice {
	return append(b.strayPriors(), b.strayDecrees()...)
}

func (b *evaluation) strayPriors() (out []geo.Notice) {
	for _, p := range b.l.Plan.Prior {
		if b.stray(p.Township) && p.PBFOut > 0 {
			file, of := "plan.yaml", geo.Text{ZH: "prior", EN: "prior"}
			if p.Registered {
				file, of = "", geo.Text{ZH: "乡镇台账", EN: "the township ledger"}
			}
			out = append(out, b.strayNotice(file, p.Line, p.Township, geo.Textf("%[3]s 的乡镇 %[1]s 不在底图的乡镇（XZQ）中，所列调出 %[2]s 没有计入任何乡镇",
				"township %[1]s under %[3]s is not among the townships (XZQ) of the base data; the %[2]s taken out count towards none", p.Township, wording.Area(p.PBFOut), of)))
		}
	}
	return out
}

func (b *evaluation) strayDecrees() (out []geo.Notice) {
	for _, code := range slices.Sorted(maps.Keys(b.l.Designated)) {
		if b.stray(code) && b.l.Designated[code].Decreed {
			out = append(out, b.strayNotice("base.yaml", 0, code, geo.Textf("designated 的乡镇 %[1]s 不在底图的乡镇（XZQ）中，所写划定面积 %[2]s 没有用到",
				"township %[1]s under designated is not among the townships (XZQ) of the base data; its %[2]s serve nothing", code, wording.Area(b.l.Designated[code].Area))))
		}
	}
	return out
}

// stray tells of a township that the base data does not have; without townships
// nothing is known.
func (b *evaluation) stray(code string) bool {
	_, there := b.l.Townships[code]
	return !there && len(b.l.Townships) > 0
}

// strayNotice ends with the township of the county that may be meant.
func (b *evaluation) strayNotice(file string, line int, code string, why geo.Text) geo.Notice {
	var county []string
	for _, known := range slices.Sorted(maps.Keys(b.l.Townships)) {
		if strings.HasPrefix(known, code[:min(6, len(code))]) {
			county = append(county, known)
		}
	}
	if near := spelling.Nearest(code, county); near != "" {
		why = geo.Textf("%[1]s；是否应为 %[2]s？", "%[1]s; did you mean %[2]s?", why, near)
	}
	return geo.Notice{Severity: geo.Warning, File: file, Record: line, Message: why}
}

// prior is what other projects took out of a scope, m².
func (k ratioEvaluator) prior(c *ruleEvaluation, s result.Scope) float64 {
	if !k.takesOut() {
		return 0
	}
	return c.priors()[s.Code]
}

// priorOnly shows townships that only other projects took PBF out of; they are
// not this plan's to answer for.
func (k ratioEvaluator) priorOnly(c *ruleEvaluation, judged []string) {
	if !k.takesOut() {
		return
	}
	prior := c.priors()
	for _, code := range slices.Sorted(maps.Keys(prior)) {
		if slices.Contains(judged, code) || prior[code] == 0 {
			continue
		}
		d := c.l.Designated[code].Area
		m := result.Measure{Scope: c.township(code), Status: domain.Pass, Unit: "ratio", Limit: k.Limit.Float(),
			Terms: map[string]float64{"out_net_m2": 0, "prior_out_m2": geo.RoundArea(prior[code]), k.denominatorTerm(): geo.RoundArea(d)}}
		if d > 0 {
			m.Value = prior[code] / d
		}
		note := geo.Text{ZH: "只有此前项目在该乡镇调出，列出不判", EN: "only earlier projects took land out here: shown, not judged"}
		if _, known := c.l.Townships[code]; !known && len(c.l.Townships) > 0 {
			note = geo.Text{ZH: "底图 XZQ 中没有该乡镇：此前项目的调出没有计入任何乡镇", EN: "XZQ has no such township: what earlier projects took out counts towards none"}
		}
		m.Note = &note
		c.out.Measures = append(c.out.Measures, m)
	}
}

// doubtful reports a scope whose designated area cannot be relied on, and says
// why: records whose declared net area their gross area cannot bear.
func (c *ruleEvaluation) doubtful(o rulebook.Over, s result.Scope, all []int) bool {
	if o.Name != "designated" {
		return false
	}
	codes := []string{s.Code}
	if s.Kind != "township" {
		codes, _ = c.byTownship(all)
	}
	any := false
	for _, code := range codes {
		if d := c.l.Designated[code]; d.Doubtful > 0 && !d.Decreed {
			c.lack(domain.PBF, c.doubtText(code, d))
			any = true
		}
	}
	return any
}

func (c *ruleEvaluation) doubtText(code string, d ledger.Designation) geo.Text {
	var list []geo.Text
	for _, x := range d.Doubts {
		of := geo.Text{ZH: "图形", EN: "the shape"}
		if x.Of != "" {
			of = wording.Same(x.Of)
		}
		list = append(list, geo.Textf("%[1]s（第 %[2]d 条记录，%[3]s %[4]s，%[6]s %[5]s）", "%[1]s (record %[2]d: %[3]s %[4]s, %[6]s %[5]s)", x.ID, x.Record, x.Field, wording.Area(x.Declared), wording.Area(x.Gross), of))
	}
	which := wording.List(list)
	if len(list) == 0 {
		which = geo.Text{ZH: "YJJBNTMJ", EN: "YJJBNTMJ"}
	}
	return geo.Textf("%[1]s 有 %[2]d 个永久基本农田图斑填报的净面积 YJJBNTMJ（共 %[3]s）与图斑面积不符，划定面积不可靠：%[4]s。请更正，或在 base.yaml 的 designated: 中写明该乡镇划定面积",
		"%[1]s: %[2]d PBF records declare a net area YJJBNTMJ (%[3]s in all) that their gross area cannot bear, so the designated area cannot be relied on: %[4]s. Correct them, or state the township's designated area under designated: in base.yaml",
		scopeText(c.township(code)), d.Doubtful, wording.Area(d.DoubtfulArea), which)
}

// tell says, beside the ratio that is judged, what the plan alone comes to and
// what the township designated by decree.
func (k ratioEvaluator) tell(c *ruleEvaluation, m *result.Measure, note *geo.Text, own, prior float64) {
	d := c.l.Designated[m.Scope.Code]
	if prior > 0 {
		m.Terms["prior_out_m2"] = geo.RoundArea(prior)
		alone := 0.0
		if d.Area > 0 {
			alone = own / d.Area
		}
		*note = geo.Textf("%[1]s（本方案 %[2]s，为 %[3]s；此前项目 %[4]s%[5]s）", "%[1]s (this plan %[2]s, %[3]s; earlier projects %[4]s%[5]s)",
			*note, wording.Percent(alone, m.Limit), wording.Area(own), wording.Area(prior), c.priorParts(m.Scope.Code))
	}
	if d.Decreed {
		m.Terms["decreed_m2"], m.Terms["summed_m2"] = geo.RoundArea(d.Area), geo.RoundArea(d.Summed)
		*note = geo.Textf("%[1]s；划定面积以 base.yaml 所写 %[2]s 为准，图层合计 %[3]s", "%[1]s; the designated area is that of base.yaml, %[2]s, the layer sums to %[3]s",
			*note, wording.Area(d.Area), wording.Area(d.Summed))
	}
}
