package report

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"

	"github.com/xuri/excelize/v2"
)

// good is a report of a few rules that all pass.
func good() *result.Report {
	r := &result.Report{Schema: result.Schema, Verdict: domain.Compliant, Plan: result.PlanInfo{Code: "P-1", Name: "示例"},
		Rulebook: result.BookInfo{ID: "nmg-2025"}, Reservations: []result.Reservation{}, Summary: result.Summary{Pass: 4}}
	for i, id := range []string{"pbf-area-kept", "pbf-quality-kept", "cropland-quality-kept", dataComplete} {
		level := domain.Mandatory
		if i == 2 {
			level = domain.InPrinciple
		}
		r.Rules = append(r.Rules, result.RuleResult{ID: id, Group: "pbf", Level: level, Status: domain.Pass, Title: text("规则"+fmt.Sprint(i), "rule "+fmt.Sprint(i))})
	}
	return r
}

func noGrades() *result.Report {
	r := good()
	for _, i := range []int{1, 2} {
		r.Rules[i].Status, r.Rules[i].Note = domain.NotChecked, note("缺少质量等别（GDDB）。", "grades (GDDB) are missing.")
		r.Reservations = append(r.Reservations, result.Reservation{Kind: result.Unchecked, Rule: r.Rules[i].ID, Message: text("没有等别", "no grades")})
	}
	return r
}

func unreadLayer() *result.Report {
	r := good()
	r.Verdict = domain.Incomplete
	r.Rules[3].Status, r.Rules[3].Incomplete = domain.NotChecked, true
	r.Reservations = []result.Reservation{{Kind: result.UnreadFile, Message: text("DLBG_final.shp 没有读取", "DLBG_final.shp was not read")}}
	return r
}

func noRedLine() *result.Report {
	r := good()
	r.Verdict = domain.Incomplete
	r.Rules[0].Status, r.Rules[0].Incomplete, r.Rules[0].Note = domain.NotChecked, true, note("缺少底图图层“生态保护红线（STBHHX）”。", "the base layer of the red line is missing.")
	return r
}

func strictly(r *result.Report) *result.Report {
	r.Verdict = domain.Incomplete
	return r
}

// TestHeadlineIsTrue: which words a headline has, and which it must not have.
func TestHeadlineIsTrue(t *testing.T) {
	justified := good()
	justified.Rules[2].Status, justified.Summary.Justified = domain.Justified, 1
	slivers := good()
	slivers.Reservations = []result.Reservation{{Kind: result.LeftOutSlivers, Message: text("略去细碎图斑 12.50 平方米", "12.50 m² of slivers left out")}}
	old := noGrades()
	old.Reservations = nil // of a program that did not state them
	partly := good()
	partly.Reservations = []result.Reservation{{Kind: result.Unchecked, Rule: "pbf-area-kept", Message: text("北山乡没有划定面积", "no figure of 北山乡")}}
	broken := noGrades()
	broken.Verdict, broken.Rules[0].Status = domain.Violations, domain.Fail
	chosen := good()
	chosen.Rulebook = result.BookInfo{ID: "cn-2019-pilot", ByPlan: true}
	for _, c := range []struct {
		name         string
		report       *result.Report
		tone         Tone
		has, hasNot  string // of head, in Chinese
		under        string // of the lines below
		remarks      int
		head, headNo string // in English
	}{
		{"all checked", good(), Clear, "可以报送", "未核查", "", 0, "can be submitted", "not checked"},
		{"justified", justified, Clear, "可以报送，其中 1 条已论证", "未核查", "", 0, "1 rule(s) are justified", ""},
		{"no grades", noGrades(), Reserved, "2 条约束性或原则性条款未核查：规则1、规则2", "可以报送", "缺少质量等别（GDDB）", 1, "2 binding rule(s) were not checked", "submitted"},
		{"no grades, old report", old, Reserved, "2 条约束性或原则性条款未核查", "可以报送", "缺少质量等别", 1, "not checked", "submitted"},
		{"part of a rule", partly, Reserved, "1 条约束性或原则性条款未核查：规则0", "可以报送", "北山乡没有划定面积", 1, "not checked", "submitted"},
		{"slivers", slivers, Reserved, "可以报送", "未核查", "12.50 平方米", 1, "can be submitted", ""},
		{"violations", broken, Against, "不符合政策要求", "可以报送", "缺少质量等别", 1, "Violations", "submitted"},
		{"unread", unreadLayer(), Open, "不能下结论", "可以报送", "DLBG_final.shp", 1, "Incomplete", "submitted"},
		{"no red line", noRedLine(), Open, "不能下结论", "可以报送", "STBHHX", 1, "Incomplete", "submitted"},
		{"strict", strictly(noGrades()), Open, "不能下结论", "可以报送", "GDDB", 1, "Incomplete", "submitted"},
		{"the plan's own rulebook", chosen, Clear, "cn-2019-pilot", "", "", 0, "cn-2019-pilot, which the plan chose", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := HeadlineOf(c.report)
			if h.Tone != c.tone || !strings.Contains(h.Head.ZH, c.has) || !strings.Contains(h.Head.EN, c.head) {
				t.Errorf("%s: %+v", h.Tone, h.Head)
			}
			for _, said := range []geo.Text{h.Head, h.Means, h.Next} {
				if said.IsZero() || said.EN == "" || c.hasNot != "" && strings.Contains(said.ZH, c.hasNot) && c.hasNot == "可以报送" || c.headNo != "" && strings.Contains(said.EN, c.headNo) {
					t.Errorf("says %+v", said)
				}
			}
			if c.hasNot != "" && strings.Contains(h.Head.ZH, c.hasNot) {
				t.Errorf("head %s", h.Head.ZH)
			}
			if len(h.Remarks) != c.remarks || c.remarks > 0 && !strings.Contains(h.Remarks[0].Text.ZH, c.under) {
				t.Errorf("remarks %+v", h.Remarks)
			}
			inEveryFormat(t, c.report, c.under)
		})
	}
}

// inEveryFormat holds each format that has a headline to the lines under it.
func inEveryFormat(t *testing.T, r *result.Report, under string) {
	t.Helper()
	head := HeadlineOf(r).Head.ZH
	for _, f := range []string{"text", "html", "sarif", "junit", "markdown", "geojson"} {
		got := string(written(t, f, Input{Report: r, Lang: "zh", Width: 200}))
		if f == "text" {
			got = strings.Join(strings.SplitN(got, "\n", 13)[:12], "\n")
		}
		got = strings.NewReplacer("&#34;", `"`, `\_`, "_", `\"`, `"`).Replace(got)
		if !strings.Contains(got, head) || !strings.Contains(got, under) {
			t.Errorf("%s lacks %q or %q:\n%.1500s", f, head, under, got)
		}
	}
	book, err := excelize.OpenReader(strings.NewReader(string(written(t, "xlsx", Input{Report: r, Lang: "zh"}))))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("结论")
	if err != nil || len(rows) == 0 || !strings.Contains(fmt.Sprint(rows), under) || !slices.Contains(rows[0], head) {
		t.Errorf("xlsx: %v %.1000v", err, rows)
	}
}

// TestReservationsAreNeverNull: also of reports read from older programs.
func TestReservationsAreNeverNull(t *testing.T) {
	r := good()
	r.Reservations = nil
	var got map[string]json.RawMessage
	if err := json.Unmarshal(written(t, "json", Input{Report: r}), &got); err != nil || string(got["reservations"]) != "[]" {
		t.Errorf("reservations %s, %v", got["reservations"], err)
	}
}

// TestIncompleteIsAnErrorInJUnit: a pipeline that counts failures and errors
// sees a check that was not complete, once.
func TestIncompleteIsAnErrorInJUnit(t *testing.T) {
	for name, r := range map[string]*result.Report{"unread": unreadLayer(), "no red line": noRedLine(), "strict": strictly(noGrades())} {
		var all junitSuites
		if err := xml.Unmarshal(written(t, "junit", Input{Report: r}), &all); err != nil {
			t.Fatal(err)
		}
		errors := 0
		for _, s := range all.Suites {
			for _, c := range s.Cases {
				errors += b2i(c.Error != nil)
			}
		}
		if all.Errors != 1 || errors != 1 || all.Failures != 0 {
			t.Errorf("%s: %d errors, %d cases with one, %d failures", name, all.Errors, errors, all.Failures)
		}
	}
	var all junitSuites
	if err := xml.Unmarshal(written(t, "junit", Input{Report: noGrades()}), &all); err != nil || all.Errors != 0 || all.Tests != 4 || all.Skipped != 2 {
		t.Errorf("reservations alone: %+v, %v", all, err)
	}
}

// TestRunIsSuccessfulWhateverTheVerdict: SARIF tells apart a run that failed
// from a plan that does.
func TestRunIsSuccessfulWhateverTheVerdict(t *testing.T) {
	for _, r := range []*result.Report{good(), unreadLayer(), noGrades()} {
		var log sarifLog
		if err := json.Unmarshal(written(t, "sarif", Input{Report: r}), &log); err != nil {
			t.Fatal(err)
		}
		run := log.Runs[0]
		notes := run.Invocations[0].Notifications
		if !run.Invocations[0].Successful || len(notes) == 0 || run.Properties.Headline == "" || len(run.Properties.Reservations) != len(HeadlineOf(r).Remarks) {
			t.Errorf("%+v", run)
		}
		if want := map[bool]string{true: "note", false: "warning"}[len(run.Properties.Reservations) == 0]; notes[0].Level != want {
			t.Errorf("level %s, want %s", notes[0].Level, want)
		}
	}
}

// TestIgnoredFilesAreShown in every format that tells of inputs.
func TestIgnoredFilesAreShown(t *testing.T) {
	r := good()
	r.Plan.Ignored = []string{"旧版/DLBG.shp", "photo\x1b.dwg"}
	for _, f := range []string{"text", "html", "markdown", "sarif", "junit", "json"} {
		got := string(written(t, f, Input{Report: r, Lang: "zh", Width: 200}))
		if !strings.Contains(got, "旧版/DLBG.shp") || strings.Contains(got, "\x1b") {
			t.Errorf("%s: %.600s", f, got)
		}
	}
}
