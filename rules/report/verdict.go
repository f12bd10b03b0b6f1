package report

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// toneStatus lends a headline the mark and colour of a status; reservations
// are amber.
func toneStatus(t Tone) domain.Status {
	switch t {
	case Clear:
		return domain.Pass
	case Reserved:
		return domain.Warn
	case Against:
		return domain.Fail
	}
	return domain.NotChecked
}

// verdictHead is the verdict as a headline of its own.
func verdictHead(v domain.Verdict) geo.Text {
	t := v.Title()
	t.EN = capital(t.EN)
	if v == domain.Incomplete {
		return geo.Text{ZH: t.ZH + "，不能下结论", EN: t.EN + ": no verdict yet"}
	}
	return t
}

// slivers says how many slivers were left out of findings; zero when none.
func slivers(r *result.Report) geo.Text {
	s := r.Ledger.Slivers
	if s.Count == 0 {
		return geo.Text{}
	}
	return geo.Textf("%[1]d 个细碎图斑（共 %[2]s 平方米）按边界误差处理，不列为问题，但仍计入合计。",
		"%[1]d slivers (%[2]s m² in all) are left out: not findings, yet counted in totals.",
		s.Count, SquareMetres(s.Area))
}

// ignored says which files of a package the manifest leaves out; zero when none.
func ignored(r *result.Report, most int) geo.Text {
	n := len(r.Plan.Ignored)
	if n == 0 {
		return geo.Text{}
	}
	names := ""
	for i, file := range r.Plan.Ignored {
		if i == most && n > most+1 {
			return geo.Textf("plan.yaml 的 ignore: 略过 %[1]d 个文件：%[2]s … 另 %[3]d 个", "ignore: of plan.yaml leaves out %[1]d files: %[2]s … %[3]d more", n, names, n-i)
		}
		if i > 0 {
			names += ", "
		}
		names += clean(file)
	}
	return geo.Textf("plan.yaml 的 ignore: 略过 %[1]d 个文件：%[2]s", "ignore: of plan.yaml leaves out %[1]d file(s): %[2]s", n, names)
}
