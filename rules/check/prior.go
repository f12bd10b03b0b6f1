package check

import (
	"cmp"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/plan"
)

// countPrior adds to what a plan says of earlier projects what a township ledger
// has of them, each project once by its code: of one that both name, what is
// registered counts. The plan's own project counts by the plan, whoever names it.
func countPrior(p *plan.Plan, registered []plan.Prior) (notices []geo.Notice) {
	own := strings.TrimSpace(p.Code)
	sums := map[string]float64{} // registered, by project
	for _, r := range registered {
		sums[strings.TrimSpace(r.Project)] += r.PBFOut
	}
	tell := func(line int, m geo.Text) {
		notices = append(notices, geo.Notice{Severity: geo.Info, File: "plan.yaml", Record: line, Message: m})
	}
	var all []plan.Prior
	stated, lines := map[string]float64{}, map[string]int{}
	for _, r := range p.Prior {
		code := strings.TrimSpace(r.Project)
		_, there := sums[code]
		switch {
		case r.Registered: // of a run before
		case code == "":
			all = append(all, r)
		case code == own:
			tell(r.Line, geo.Textf("prior 列出了本方案自己的项目编号 %s，没有计入", "prior names %s, the plan's own project; it does not count", code))
		case there:
			stated[code] += r.PBFOut
			lines[code] = cmp.Or(lines[code], r.Line)
		default:
			all = append(all, r)
		}
	}
	for _, code := range sortedKeys(stated) {
		m := geo.Textf("项目 %[1]s 已在乡镇台账中登记，只计一次，以台账为准", "project %[1]s is in the township ledger; it counts once, as registered", code)
		if geo.Centi(stated[code]) != geo.Centi(sums[code]) {
			m = geo.Textf("%[1]s：台账调出 %.2[2]f m²，prior 所写 %.2[3]f m² 没有采用", "%[1]s: %.2[2]f m² taken out by the ledger, the %.2[3]f m² under prior were not used", m, sums[code], stated[code])
		}
		tell(lines[code], m)
	}
	registered = slices.Clone(registered)
	slices.SortStableFunc(registered, func(a, b plan.Prior) int {
		return cmp.Or(strings.Compare(a.Project, b.Project), strings.Compare(a.Township, b.Township))
	})
	for _, r := range registered {
		if own != "" && strings.TrimSpace(r.Project) == own {
			continue // another version of this one
		}
		r.Registered, r.Line, r.Report = true, 0, ""
		all = append(all, r)
	}
	p.Prior = all
	return notices
}

func sortedKeys(m map[string]float64) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
