package report

import (
	"fmt"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// crowded is a report of n findings of one kind, another one behind them, and
// n notices of one kind.
func crowded(n int) *result.Report {
	r := good()
	r.Verdict, r.Rules[0].Status = domain.Violations, domain.Fail
	for i := range n {
		id := fmt.Sprintf("D-%d", i)
		r.Rules[0].Findings = append(r.Rules[0].Findings, result.Finding{ID: fmt.Sprintf("f%06d", i), Status: domain.Fail, Scope: scope("feature", id, ""), Area: float64(n + 10 - i),
			Message:  text(fmt.Sprintf("图斑 %s 有 %d.5 平方米在红线内", id, n-i), fmt.Sprintf("%s: %d.5 m² in the red line", id, n-i)),
			Features: []result.FeatureRef{{Role: "pbf_out", ID: id}}})
		r.Inputs = append(r.Inputs, geo.Notice{Severity: geo.Warning, File: "DLBG.shp", Record: i + 1,
			Message: text(fmt.Sprintf("字段 DLBM 的值“%d”不是地类编码", i), fmt.Sprintf("DLBM %q is no class", fmt.Sprint(i)))})
	}
	r.Rules[0].Findings = append(r.Rules[0].Findings, result.Finding{ID: "another", Status: domain.Fail, Scope: scope("plan", "", ""), Area: 1, Message: text("另一种问题", "another kind")})
	return r
}

// TestLikeRecordsAreGrouped: 400 records with one input error are few lines, which
// say how many they stand for, and hide nothing of another kind.
func TestLikeRecordsAreGrouped(t *testing.T) {
	r := crowded(400)
	for f, most := range map[string]int{"text": 5, "markdown": 5, "html": 30} {
		got := string(written(t, f, Input{Report: r, Lang: "zh", Width: 200}))
		if n := strings.Count(got, "平方米在红线内"); n == 0 || n > most {
			t.Errorf("%s: %d lines of one kind", f, n)
		}
		if n := strings.Count(got, "不是地类编码"); n != 1 {
			t.Errorf("%s: %d lines of notices", f, n)
		}
		if !strings.Contains(got, "另一种问题") || !strings.Contains(got, "共 400 条") || !strings.Contains(got, "同类问题另 3") {
			t.Errorf("%s: leaves out what it groups: %.2500s", f, got)
		}
	}
}

// TestFewAreNotGrouped: what would save no line is told as it is.
func TestFewAreNotGrouped(t *testing.T) {
	got := string(written(t, "text", Input{Report: crowded(4), Lang: "zh", Width: 200}))
	if strings.Count(got, "平方米在红线内") != 4 || strings.Contains(got, "同类") && !strings.Contains(got, "同类情况") {
		t.Error(got)
	}
}

func TestGatherKeepsFilesApart(t *testing.T) {
	n := func(file string, record int, s string) geo.Notice {
		return geo.Notice{Severity: geo.Info, File: file, Record: record, Message: text(s, s)}
	}
	got := gather([]geo.Notice{n("a", 1, "x 1"), n("b", 1, "x 1"), n("a", 2, "x 2"), n("a", 0, "x 1"), n("a", 0, "x 2"), n("a", 3, "y")})
	if len(got) != 5 || !strings.Contains(got[0].Text.ZH, "a 第 1, 2 条（共 2 条）") {
		t.Errorf("%+v", got)
	}
}

// TestNoCommandsForPipelines: no line begins with what a pipeline obeys,
// whatever a plan is called.
func TestNoCommandsForPipelines(t *testing.T) {
	for _, name := range []string{"::error::no", "##[error]no", "a ::error::" + strings.Repeat("b ::error::no ", 20), "\x1b[31m::error::", "x\n::error::no"} {
		r := good()
		r.Plan.Name, r.Plan.Code = name, name
		r.Reservations = []result.Reservation{{Kind: result.DoubtfulBase, Message: text(name, name)}}
		r.Inputs = []geo.Notice{{Severity: geo.Info, File: name, Message: text(name, name)}}
		r.Rules[0].Title, r.Rules[0].Note = text(name, name), note(name, name)
		r.Rules[0].Findings = []result.Finding{{ID: "1", Status: domain.Warn, Scope: scope("feature", name, name), Message: text(name, name), Remedy: text(name, name), Features: []result.FeatureRef{{Role: name, ID: name}}}}
		for _, f := range []string{"text", "markdown", "json", "sarif", "junit", "geojson", "html"} {
			for _, line := range strings.Split(string(written(t, f, Input{Report: r, Lang: "zh", Width: 40})), "\n") {
				bare := strings.TrimSpace(line)
				if strings.HasPrefix(bare, "::") || strings.HasPrefix(bare, "##[") || strings.Contains(line, "\x1b") {
					t.Errorf("%s: a line %q", f, line)
				}
			}
		}
	}
}
