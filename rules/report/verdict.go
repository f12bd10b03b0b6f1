package report

import (
	"landcheck/geo"
	"landcheck/rules"
)

// advice says what a verdict means and what to do next.
type advice struct{ Head, Means, Next geo.Text }

func adviceOf(r *rules.Report) advice {
	a := advice{Head: verdictWord(r.Verdict)}
	all, mandatory := broken(r)
	switch r.Verdict {
	case rules.Compliant:
		a.Means = geo.Text{
			ZH: "强制条款和原则性条款都已满足或已论证。",
			EN: "Every mandatory and in-principle clause holds or is justified.",
		}
		a.Next = geo.Text{ZH: "可以报送；随附本报告即可。", EN: "The plan can be submitted; attach this report."}
		if n := r.Summary.Warn; n > 0 {
			a.Next = geo.Textf("可以报送；另有 %[1]d 条提示，报送前建议看一遍。",
				"The plan can be submitted; read the %[1]d warning(s) first.", n)
		}
	case rules.Violations:
		a.Means = geo.Textf("%[1]d 条规则不符合，其中强制 %[2]d 条、原则性 %[3]d 条。",
			"%[1]d rule(s) fail: %[2]d mandatory, %[3]d in principle.", all, mandatory, all-mandatory)
		a.Next = geo.Text{
			ZH: "按下列问题从第 1 条起逐条修改方案，改后重新核查；原则性条款也可以在 plan.yaml 中附论证材料。",
			EN: "Fix the findings below from no. 1 on and check again; an in-principle clause can instead be justified with a document in plan.yaml.",
		}
	case rules.Incomplete:
		n := len(unchecked(r))
		a.Means = geo.Textf("已核查的条款没有不符合，但有 %[1]d 条因缺少资料未能核查。",
			"Nothing that was checked fails, but %[1]d rule(s) could not be checked for want of data.", n)
		a.Next = geo.Text{ZH: "按“未核查”一节补齐资料，再核查一次。", EN: "Provide what the section “Not checked” lists and check again."}
	}
	return a
}

// slivers says how much boundary noise was left out of findings; zero when none.
func slivers(r *rules.Report) geo.Text {
	s := r.Ledger.Slivers
	if s.Count == 0 {
		return geo.Text{}
	}
	return geo.Textf("%[1]d 个碎片（共 %[2]s 平方米）按边界误差处理，不列为问题，但仍计入合计。",
		"%[1]d slivers (%[2]s m² in all) are taken as boundary noise: not findings, yet counted in totals.",
		s.Count, SquareMetres(s.Area))
}
