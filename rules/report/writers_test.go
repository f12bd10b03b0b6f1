package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"landcheck/rules/result"

	"github.com/mattn/go-runewidth"
	"golang.org/x/net/html"
)

func TestWorstFirst(t *testing.T) {
	var got []string
	for _, f := range WorstFirst(sampleReport()) {
		got = append(got, f.Finding.ID)
	}
	// mandatory by area, in principle, warning, justified
	if want := "77aa0011 9f8e7d6c 5b1e0c9a 0a0b0c0d cc00dd11"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestTextKeepsToItsWidth(t *testing.T) {
	for _, width := range []int{60, 80, 88, 100} {
		for _, lang := range []string{"zh", "en"} {
			plain := string(written(t, "text", Input{Report: sampleReport(), Lang: lang, Width: width}))
			coloured := string(written(t, "text", Input{Report: sampleReport(), Lang: lang, Width: width, Colour: true}))
			if bare(coloured) != plain {
				t.Errorf("%s %d: colour changes the text", lang, width)
			}
			if strings.ContainsAny(plain, "\x07\x1b\u202e") {
				t.Errorf("%s: control characters reach the terminal", lang)
			}
			for _, l := range strings.Split(plain, "\n") {
				// A closing mark may hang over by two columns.
				if w := runewidth.StringWidth(l); w > width+2 && len(strings.Fields(l)) > 2 {
					t.Errorf("%s: %d columns of %d: %s", lang, w, width, l)
				}
			}
		}
	}
}

func TestSARIF(t *testing.T) {
	r := sampleReport()
	var log sarifLog
	if err := json.Unmarshal(written(t, "sarif", Input{Report: r, Lang: "en"}), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if log.Version != "2.1.0" || len(run.Tool.Driver.Rules) != len(r.Rules) || len(run.Results) != 5 {
		t.Fatalf("version %s, %d rules, %d results", log.Version, len(run.Tool.Driver.Rules), len(run.Results))
	}
	for _, res := range run.Results {
		if run.Tool.Driver.Rules[res.Index].ID != res.Rule {
			t.Errorf("%s: ruleIndex points at %s", res.Rule, run.Tool.Driver.Rules[res.Index].ID)
		}
		for _, l := range res.Locations {
			if l.Physical == nil {
				continue
			}
			u, err := url.Parse(l.Physical.Artifact.URI)
			if err != nil || u.IsAbs() || strings.ContainsAny(l.Physical.Artifact.URI, " <>\"\\") {
				t.Errorf("%s: location %q: %v", res.Rule, l.Physical.Artifact.URI, err)
			}
		}
	}
	if got := run.Results[0].Locations[0].Physical.Artifact.URI; got != "plan.zip%21in/YJJBNTTR.shp" && got != "plan.zip!in/YJJBNTTR.shp" {
		t.Errorf("archive entry: %s", got)
	}
	last := run.Results[4]
	if last.Level != "note" || len(last.Suppressions) != 1 {
		t.Errorf("justified: %+v", last)
	}
}

// Sentences come with and without their stop; the remedy follows one stop.
func TestSARIFSentences(t *testing.T) {
	r := sampleReport()
	for i := range r.Rules {
		for k := range r.Rules[i].Findings {
			f := &r.Rules[i].Findings[k]
			f.Message.ZH, f.Message.EN = strings.TrimRight(f.Message.ZH, "。")+"。", strings.TrimRight(f.Message.EN, ".")+"."
		}
	}
	for lang, wrong := range map[string]string{"zh": "。。", "en": ".. "} {
		text := string(written(t, "sarif", Input{Report: r, Lang: lang}))
		if strings.Contains(text, wrong) || !strings.Contains(text, wrong[:len(wrong)/2]) {
			t.Errorf("%s: %q in the results", lang, wrong)
		}
	}
}

func TestSARIFCountsWhatItLeavesOut(t *testing.T) {
	r := sampleReport()
	r.Rules = r.Rules[:1]
	one := r.Rules[0].Findings[0]
	for i := range maxSARIF + 41 {
		one.ID, one.Area = fmt.Sprint(i), float64(i)
		r.Rules[0].Findings = append(r.Rules[0].Findings, one)
	}
	var log sarifLog
	if err := json.Unmarshal(written(t, "sarif", Input{Report: r, Lang: "en"}), &log); err != nil {
		t.Fatal(err)
	}
	if n := len(log.Runs[0].Results); n != maxSARIF {
		t.Errorf("%d results", n)
	}
	if !slices.ContainsFunc(log.Runs[0].Invocations[0].Notifications, func(n sarifNotification) bool { return strings.HasPrefix(n.Message.Text, "42 more") }) {
		t.Errorf("notifications %+v", log.Runs[0].Invocations[0].Notifications)
	}
}

func TestJUnitIsWellFormed(t *testing.T) {
	r := sampleReport()
	data := written(t, "junit", Input{Report: r, Lang: "zh"})
	var got junitSuites
	if err := xml.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	cases, failed, skipped := 0, 0, 0
	for _, s := range got.Suites {
		for _, c := range s.Cases {
			cases++
			failed += b2i(c.Failure != nil)
			skipped += b2i(c.Skipped != nil)
		}
	}
	if cases != len(r.Rules) || failed != r.Summary.Fail || skipped != r.Summary.NotChecked+r.Summary.NotApplicable {
		t.Errorf("%d cases, %d failed, %d skipped", cases, failed, skipped)
	}
	if got.Tests != cases || got.Failures != failed || got.Skipped != skipped {
		t.Errorf("totals %d %d %d", got.Tests, got.Failures, got.Skipped)
	}
}

func TestMarkdownIsInert(t *testing.T) {
	got := string(written(t, "markdown", Input{Report: sampleReport(), Lang: "en"}))
	for _, bad := range []string{"<script", "@all", "\x07", "\u202e"} {
		if strings.Contains(got, bad) {
			t.Errorf("holds %q", bad)
		}
	}
	for _, l := range strings.Split(got, "\n") {
		if strings.HasPrefix(l, "| ") && strings.Count(l, "|") != 5 {
			t.Errorf("table row of other than four cells: %s", l)
		}
	}
}

// The page runs nothing but its own script and asks for nothing, whatever the
// plan's names hold.
func TestHTMLIsInert(t *testing.T) {
	page := written(t, "html", drawn(t, "zh"))
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	scripts, ids, targets := 0, map[string]int{}, []string{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script":
			scripts++
		case "img", "link", "iframe", "object", "embed", "form", "base", "audio", "video", "use", "image":
			t.Errorf("element %s", n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" {
				t.Errorf("attribute %s=%q on %s", a.Key, a.Val, n.Data)
			}
			switch a.Key {
			case "href":
				if !strings.HasPrefix(a.Val, "#") {
					t.Errorf("link to %q", a.Val)
				}
				targets = append(targets, strings.TrimPrefix(a.Val, "#"))
			case "id":
				ids[a.Val]++
			}
		}
	}
	if scripts != 1 {
		t.Errorf("%d scripts", scripts)
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %s stands %d times", id, n)
		}
	}
	for _, target := range targets {
		if ids[target] == 0 {
			t.Errorf("link to #%s leads nowhere", target)
		}
	}
	if bytes.Contains(page, []byte("http://")) || bytes.Contains(page, []byte("https://")) || bytes.Contains(page, []byte("@import")) {
		t.Error("the page names an address of the network")
	}
	if !bytes.Contains(page, []byte("script-src &#39;"+hashOf(pageScript))) && !bytes.Contains(page, []byte("script-src '"+hashOf(pageScript))) {
		t.Error("the policy does not allow the page's own script")
	}
}

func TestHTMLHoldsBothLanguages(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		page := string(written(t, "html", drawn(t, lang)))
		for _, want := range []string{`data-lang="` + lang + `"`, "先补后调", "Compensate first", "审查情况汇总表", `id="f-5b1e0c9a"`, "<svg class=\"map\""} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %q", lang, want)
			}
		}
	}
}

func TestPageOfTenThousandChangesIsLight(t *testing.T) {
	l, r := manyChanges(10000), sampleReport()
	d, err := NewDrawing(r, l, sampleOutlines()...)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(written(t, "html", Input{Report: r, Ledger: l, Drawing: d})); n > 3<<20 {
		t.Errorf("%d bytes", n)
	} else {
		t.Logf("%d bytes", n)
	}
}

// A reader of the CSV gets the figures back by adding up its rows.
func TestCSVAddsUp(t *testing.T) {
	l := sampleLedger()
	data := written(t, "csv", Input{Report: sampleReport(), Ledger: l})
	if !bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		t.Error("no byte-order mark")
	}
	rows, err := csv.NewReader(bytes.NewReader(data[3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	sum, want := 0.0, 0.0
	for i, row := range rows[1:] {
		if row[at["before_pbf"]] == "1" && row[at["after_pbf"]] == "0" {
			x, err := strconv.ParseFloat(row[at["before_pbf_net_m2"]], 64)
			if err != nil {
				t.Fatal(err)
			}
			sum += x
		}
		want += l.Faces[i].Before.PBFNet
		for _, text := range row {
			if text != "" && strings.ContainsAny(text[:1], "=+@") {
				t.Errorf("a spreadsheet would run %q", text)
			}
		}
	}
	if math.Abs(sum-want) > 1e-9 {
		t.Errorf("out %v, want %v", sum, want)
	}
}

func TestFormIsTheOfficialSheet(t *testing.T) {
	rows := formRows(sampleReport().Form)
	want := map[string][2]string{
		"总面积": {"6.1213", "7.0000"}, "占整治区域原永久基本农田面积比例": {"1.19 %", "/"}, "平均质量等别": {"9.30", "—"},
		"水浇地": {"5.0000", "7.0000"}, "＞25°": {"0.0213", "0.0000"}, "＞20 亩": {"1.6213", "5.0000"}, "图斑数目（个）": {"14", "9"},
	}
	sections := 0
	for _, r := range rows {
		sections += r.Rows
		if w, ok := want[r.Label.ZH]; ok {
			if r.Out != w[0] || r.In != w[1] {
				t.Errorf("%s: %s, %s; want %v", r.Label.ZH, r.Out, r.In, w)
			}
			delete(want, r.Label.ZH)
		}
	}
	if len(want) > 0 || sections != len(rows) {
		t.Errorf("missing %v; sections span %d of %d rows", want, sections, len(rows))
	}
}

func TestFigureOfRule(t *testing.T) {
	for _, c := range []struct {
		m      result.Measure
		zh, en string
	}{
		{result.Measure{Value: 0.0487, Op: "<=", Limit: 0.05, Unit: "ratio", Margin: 32000, Terms: map[string]float64{"a_m2": 1}}, "实测 4.87 %，上限 5.00 %，余 3.2000 公顷（48.00 亩）", "measured 4.87 %, at most 5.00 %, 3.2000 hm² (48.00 mu) left"},
		{result.Measure{Value: -3.5, Op: ">=", Unit: "m2", Margin: -3.5}, "实测 -3.50 平方米，下限 0，缺 3.50 平方米", "measured -3.50 m², at least 0, short by 3.50 m²"},
		{result.Measure{Value: 10000.001, Op: ">=", Limit: 10000, Unit: "m2", Margin: 0.001}, "实测 10,000.001 平方米，下限 10,000.000 平方米，余 不足 0.01 平方米", "measured 10,000.001 m², at least 10,000.000 m², under 0.01 m² left"},
		{result.Measure{Value: 0, Op: "<=", Unit: "m2", Terms: map[string]float64{"faces": 0}}, "无", "none"},
		{result.Measure{Value: 3, Op: "<=", Unit: "count", Margin: -3}, "实测 3，应为 0", "measured 3, must be 0"},
		{result.Measure{Value: 0, Op: "<=", Unit: "m2", Terms: map[string]float64{"gained_m2": 5, "lost_m2": 5}}, "实测 0.00 平方米，上限 0，恰好达到", "measured 0.00 m², at most 0, exactly at the limit"},
		{result.Measure{Value: 0.5, Unit: "ratio"}, "50.00 %", "50.00 %"},
		{result.Measure{Value: 2, Op: "<=", Limit: 1, Unit: "count", Margin: -1}, "实测 2，上限 1，超 1", "measured 2, at most 1, over by 1"},
		{result.Measure{Value: 0.0543, Op: "<=", Limit: 0.05, Unit: "ratio", Margin: -25200, Terms: map[string]float64{"a_m2": 1}}, "实测 5.43 %，上限 5.00 %，超 2.5200 公顷（37.80 亩）", "measured 5.43 %, at most 5.00 %, over by 2.5200 hm² (37.80 mu)"},
	} {
		if zh, en := line(c.m, "zh"), line(c.m, "en"); zh != c.zh || en != c.en {
			t.Errorf("got %q, %q; want %q, %q", zh, en, c.zh, c.en)
		}
	}
}
