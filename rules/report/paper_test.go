package report

import (
	"context"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// wordsOn is the page as Chromium prints it: the words of each page with their
// boxes in points, as pdftotext finds them. The test is skipped without either.
func wordsOn(t *testing.T, page []byte) [][]word {
	t.Helper()
	for _, program := range []string{"chromium", "pdftotext"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed: run scripts/install.sh test", program)
		}
	}
	dir := t.TempDir()
	at := filepath.Join(dir, "report.html")
	if err := os.WriteFile(at, page, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	print := exec.CommandContext(ctx, "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--print-to-pdf="+filepath.Join(dir, "report.pdf"), "file://"+at)
	if out, err := print.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.CommandContext(ctx, "pdftotext", "-bbox", filepath.Join(dir, "report.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Pages []struct {
			Words []word `xml:"word"`
		} `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	var pages [][]word
	for _, p := range doc.Pages {
		pages = append(pages, p.Words)
	}
	return pages
}

type word struct {
	Left   float64 `xml:"xMin,attr"`
	Right  float64 `xml:"xMax,attr"`
	Top    float64 `xml:"yMin,attr"`
	Bottom float64 `xml:"yMax,attr"`
	Text   string  `xml:",chardata"`
}

func (w word) middle() float64 { return (w.Top + w.Bottom) / 2 }

// overlaps lists words that are printed over one another: their middles are
// nearer than lines of the smallest type, and they share more than a point of
// width. (The boxes of fonts are taller than lines and always touch.)
func overlaps(words []word) []string {
	var out []string
	for i, a := range words {
		for _, b := range words[i+1:] {
			if a.Text == b.Text && math.Abs(a.Left-b.Left) < 0.5 { // outline and filling of a name on the map
				continue
			}
			if math.Abs(a.middle()-b.middle()) < 3 && math.Min(a.Right, b.Right)-math.Max(a.Left, b.Left) > 1 {
				out = append(out, fmt.Sprintf("%q over %q at %.0f, %.0f", a.Text, b.Text, a.Left, a.Top))
			}
		}
	}
	return out
}

func textOf(pages ...[]word) string {
	var b strings.Builder
	for _, p := range pages {
		for _, w := range p {
			b.WriteString(w.Text + " ")
		}
	}
	return b.String()
}

// findings is the sample with so many findings of a rule that fails, each of its
// own kind where distinct.
func findings(r *result.Report, n int, distinct bool) *result.Report {
	rule := &r.Rules[0]
	one := rule.Findings[0]
	for i := range n - 1 {
		f := one
		f.ID = fmt.Sprintf("%08x", i)
		if distinct {
			f.Message.ZH += strings.Repeat("又", i%40) + string(rune('甲'+i))
		}
		rule.Findings = append(rule.Findings, f)
	}
	return r
}

// compliant is an input of which every rule holds.
func compliant(in Input) Input {
	r := in.Report
	r.Verdict, r.Summary = domain.Compliant, result.Summary{Pass: len(r.Rules)}
	for i := range r.Rules {
		rule := &r.Rules[i]
		rule.Status, rule.Findings, rule.Note = domain.Pass, nil, nil
		for k := range rule.Measures {
			rule.Measures[k].Status = domain.Pass
		}
	}
	return in
}

// layerReport is of one layer that was checked by itself.
func layerReport() *result.Report {
	r := sampleReport()
	r.Verdict = domain.LayerInvalid
	r.Layer = &result.LayerInfo{Role: "pbf_out", File: "YJJBNTTC.shp", Features: 12, Digest: "sha256:77aa"}
	r.Plan, r.Form, r.Years, r.LandUse = result.PlanInfo{CRS: "EPSG:4525"}, nil, nil, nil
	return r
}

func TestPaper(t *testing.T) {
	for _, c := range []struct {
		name  string
		in    func(in *Input)
		least int
		most  int // pages
		holds []string
	}{
		{"violations", func(in *Input) { in.Dated = "2026-11-30" }, 4, 5, []string{"2026-11-30", "实测 5.00003 %，上限 5.00000 %"}},
		{"english", func(in *Input) { in.Lang = "en" }, 4, 5, []string{"at most 5.00000 %", "Checked by"}},
		{"compliant", func(in *Input) { *in = compliant(*in) }, 3, 4, []string{"可以报送"}},
		{"incomplete", func(in *Input) { in.Report.Verdict = domain.Incomplete }, 4, 5, []string{"不能下结论"}},
		{"no map", func(in *Input) { in.Drawing = nil }, 4, 5, nil},
		{"baseline", func(in *Input) { in.Report.HoldAgainst(sampleReport()) }, 4, 5, []string{"基准"}},
		{"one layer", func(in *Input) { *in = Input{Report: layerReport()} }, 1, 3, []string{"图层"}},
		{"200 alike", func(in *Input) { findings(in.Report, 200, false) }, 5, 7, []string{"同类问题另"}},
		{"200 kinds", func(in *Input) { findings(in.Report, 200, true) }, 5, 9, []string{"没有印出"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := drawn(t, "zh")
			c.in(&in)
			pages := wordsOn(t, written(t, "html", in))
			if len(pages) < c.least || len(pages) > c.most {
				t.Errorf("%d pages, want %d to %d", len(pages), c.least, c.most)
			}
			all := strings.Join(strings.Fields(textOf(pages...)), " ")
			for _, want := range c.holds {
				if !strings.Contains(strings.ReplaceAll(all, " ", ""), strings.ReplaceAll(want, " ", "")) {
					t.Errorf("%q is not printed", want)
				}
			}
			for i, p := range pages {
				for _, o := range overlaps(p) {
					t.Errorf("page %d: %s", i+1, o)
				}
				foot := textOf(p)
				code, digest := in.Report.Plan.Code, in.Report.Plan.Digest
				if l := in.Report.Layer; l != nil {
					code, digest = l.File, l.Digest
				}
				if !strings.Contains(foot, code) || !strings.Contains(foot, digest) || !strings.Contains(foot, fmt.Sprintf("%d / %d", i+1, len(pages))) {
					t.Errorf("page %d: its foot lacks code, digest or number", i+1)
				}
			}
		})
	}
}

// A code from a plan stays text in the style that prints it.
func TestPaperFootIsInert(t *testing.T) {
	r := sampleReport()
	r.Plan.Code = `"}</style><script>alert(1)</script>\` + hostile
	if s := paperFoot(r); strings.ContainsAny(strings.TrimPrefix(s, "@page{"), "<>") || strings.Count(s, `"`) != 4 {
		t.Errorf("%s", s)
	}
}
