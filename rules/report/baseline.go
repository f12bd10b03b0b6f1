package report

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// baselineLine says how many problems an earlier report holds already.
func baselineLine(b *result.BaselineInfo) geo.Text {
	return geo.Textf("%[1]d 问题在基准中，%[2]d 为新问题；基准中的 %[3]d 处不再出现",
		"%[1]d finding(s) in the baseline, %[2]d new; %[3]d of the baseline are gone", b.Known, b.New, b.Gone)
}

// baselineMark stands behind a finding that the baseline holds; nothing behind
// others.
func baselineMark(d *result.Finding) geo.Text {
	if d.Baseline != result.KnownFinding {
		return geo.Text{}
	}
	return geo.Text{ZH: "（在基准中）", EN: " (in the baseline)"}
}

// baselineWord is the state of a finding in a table.
func baselineWord(d *result.Finding) geo.Text {
	if d.Baseline == result.KnownFinding {
		return geo.Text{ZH: "已有", EN: "known"}
	}
	return geo.Text{ZH: "新增", EN: "new"}
}

// allKnown tells whether everything that makes a rule fail is in the baseline.
func allKnown(r *result.RuleResult) bool {
	for _, f := range r.Findings {
		if (f.Status == domain.Fail || f.Status == domain.Warn) && f.Baseline != result.KnownFinding {
			return false
		}
	}
	return len(r.Findings) > 0
}
