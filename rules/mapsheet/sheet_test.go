package mapsheet_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/mapsheet"
	"landcheck/rules/plan"
	"landcheck/rules/sample"
)

// checked makes a check of a plan of a sample county, and what its sheets draw.
func checked(t testing.TB, base, pkg, lang string) mapsheet.Input {
	t.Helper()
	ctx := context.Background()
	p, err := plan.Open(ctx, pkg, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := plan.OpenBase(ctx, []string{base}, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	book, err := check.Book("", p)
	if err != nil {
		t.Fatal(err)
	}
	res, err := check.Run(ctx, check.Request{Plan: p, Base: b, Book: book, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	in := mapsheet.Input{Report: res.Report, Ledger: res.Ledger, Lang: lang, Dated: "2026-11-30"}
	if in.Land, err = res.MapLand(ctx); err != nil {
		t.Fatal(err)
	}
	return in
}

func compliant(t testing.TB, lang string) mapsheet.Input {
	t.Helper()
	dir := t.TempDir()
	if err := sample.Write(context.Background(), dir, sample.Options{}); err != nil {
		t.Fatal(err)
	}
	return checked(t, filepath.Join(dir, "base"), filepath.Join(dir, "plans", "01-compliant.zip"), lang)
}

func draw(t testing.TB, k mapsheet.Kind, in mapsheet.Input) string {
	t.Helper()
	svg, err := mapsheet.Draw(k, in)
	if err != nil {
		t.Fatal(err)
	}
	return string(svg)
}

// texts are the words of a drawing, in order, by a reader of XML.
func texts(t testing.TB, svg string) (all []string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	in := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("the drawing is no XML: %v", err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			in = x.Name.Local == "text"
		case xml.EndElement:
			in = false
		case xml.CharData:
			if in {
				all = append(all, string(x))
			}
		}
	}
}

// rowOf is the area in m² that a legend gives behind a title.
func rowOf(t *testing.T, words []string, title string) float64 {
	t.Helper()
	for i, w := range words {
		if w == title && i+2 < len(words) {
			m2, err := strconv.ParseFloat(strings.ReplaceAll(words[i+1], ",", ""), 64)
			hm2, err2 := strconv.ParseFloat(words[i+2], 64)
			if err != nil || err2 != nil || math.Abs(m2/1e4-hm2) > .00005001 {
				t.Errorf("%s: %q m² and %q hm²", title, words[i+1], words[i+2])
			}
			return m2
		}
	}
	t.Errorf("the legend has no %q", title)
	return 0
}

// TestLegendIsTheReport: the areas of the legends are those of the report's land-use
// table and of its review form.
func TestLegendIsTheReport(t *testing.T) {
	in := compliant(t, "zh")
	for _, x := range []struct {
		kind  mapsheet.Kind
		after bool
	}{{mapsheet.LandUseBefore, false}, {mapsheet.LandUseAfter, true}} {
		words, sum, rows := texts(t, draw(t, x.kind, in)), 0.0, 0
		for _, r := range in.Report.LandUse {
			want := r.Before
			if x.after {
				want = r.After
			}
			if want == 0 {
				continue
			}
			sum, rows = sum+want, rows+1
			if got := rowOf(t, words, r.Code+" "+r.Title.ZH); got != want {
				t.Errorf("%s: %s has %.2f m², the report %.2f", x.kind, r.Code, got, want)
			}
		}
		if got := rowOf(t, words, "合计"); math.Abs(got-sum) > .005 || rows < 10 {
			t.Errorf("%s: %d rows sum to %.2f, the legend says %.2f", x.kind, rows, sum, got)
		}
	}
	form := in.Report.Form
	before := texts(t, draw(t, mapsheet.PBFBefore, in))
	after := texts(t, draw(t, mapsheet.PBFAfter, in))
	out, inn := rowOf(t, after, "永久基本农田调出"), rowOf(t, after, "永久基本农田补划")
	for name, pair := range map[string][2]float64{
		"before": {rowOf(t, before, "永久基本农田"), form.ProjectPBF}, "out": {out, form.Out.Area}, "in": {inn, form.In.Area},
		"kept": {rowOf(t, after, "保留"), form.ProjectPBF - form.Out.Area}, "after": {rowOf(t, after, "整治后（保留＋补划）"), form.ProjectPBF - form.Out.Area + form.In.Area},
	} {
		if math.Abs(pair[0]/1e4-pair[1]) > .00011 {
			t.Errorf("%s: the legend has %.4f hm², the form %.4f", name, pair[0]/1e4, pair[1])
		}
	}
	sub := strings.Join(texts(t, draw(t, mapsheet.SubProjects, in)), "|")
	for _, r := range in.Report.SubProjects {
		want := r.Code + "|" + strconv.Itoa(r.Changes) + "|" + strconv.FormatFloat(r.PBFOut/1e4, 'f', 4, 64) + "|" + strconv.FormatFloat(r.PBFIn/1e4, 'f', 4, 64)
		if r.Code != "" && !strings.Contains(sub, want) {
			t.Errorf("the sheet of sub-projects lacks %s", want)
		}
	}
}

// TestTrueToSize: on every sheet the project area is as large, and as far from the
// lines of the grid, as its coordinates and the scale say.
func TestTrueToSize(t *testing.T) {
	in := compliant(t, "zh")
	land := in.Ledger.Plan.Project[0].Geometry.Bound()
	for _, k := range mapsheet.Kinds() {
		svg := draw(t, k, in)
		scale := match(t, svg, `>1:([0-9 ]+)<`)
		n, err := strconv.ParseFloat(strings.ReplaceAll(scale, " ", ""), 64)
		if err != nil {
			t.Fatal(err)
		}
		minX, minY, maxX, maxY := boxOf(t, match(t, svg, `<path id="outline" d="([^"]*)"`))
		const perMM = 100
		for name, pair := range map[string][2]float64{
			"width": {(maxX - minX) / perMM, (land.Max[0] - land.Min[0]) / n * 1000}, "height": {(maxY - minY) / perMM, (land.Max[1] - land.Min[1]) / n * 1000},
		} {
			if math.Abs(pair[0]-pair[1]) > .15 {
				t.Errorf("%s: the project area's %s is %.2f mm, at 1:%.0f it has to be %.2f", k, name, pair[0], n, pair[1])
			}
		}
		// The first vertical line of the grid, and the easting written over it.
		at := regexp.MustCompile(`<path d="M([0-9.]+) 39L([0-9.]+) 261" stroke="#7d8a99"[^>]*/>\s*<text class="grid"[^>]*>([0-9.]+)<`).FindStringSubmatch(svg)
		if at == nil || at[1] != at[2] {
			t.Fatalf("%s has no grid", k)
		}
		x, _ := strconv.ParseFloat(at[1], 64)
		east, _ := strconv.ParseFloat(at[3], 64)
		if got, want := 20+minX/perMM-x, (land.Min[0]-east*1000)/n*1000; math.Abs(got-want) > .15 {
			t.Errorf("%s: the project area begins %.2f mm from the line of %s km, not %.2f", k, got, at[3], want)
		}
		if minX < 0 || minY < 0 || maxX > 284*perMM || maxY > 222*perMM {
			t.Errorf("%s: the project area leaves the frame", k)
		}
	}
}

func match(t *testing.T, text, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("nothing matches %s", pattern)
	}
	return m[1]
}

// boxOf is the box of a path of M, l and z.
func boxOf(t *testing.T, d string) (minX, minY, maxX, maxY float64) {
	t.Helper()
	minX, minY, maxX, maxY = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, part := range strings.Split(strings.TrimSuffix(d, "z"), "z") {
		x, y := 0., 0.
		numbers := regexp.MustCompile(`-?[0-9]+`).FindAllString(part, -1)
		for i := 0; i+1 < len(numbers); i += 2 {
			dx, _ := strconv.ParseFloat(numbers[i], 64)
			dy, _ := strconv.ParseFloat(numbers[i+1], 64)
			x, y = x+dx, y+dy
			minX, minY, maxX, maxY = min(minX, x), min(minY, y), max(maxX, x), max(maxY, y)
		}
	}
	return
}

// TestSheetsSay: names, plan, digest, date, system and source stand on the sheets,
// in both languages, and two drawings are the same to the byte.
func TestSheetsSay(t *testing.T) {
	in := compliant(t, "zh")
	for _, lang := range []string{"zh", "en"} {
		in.Lang = lang
		for _, k := range mapsheet.Kinds() {
			svg := draw(t, k, in)
			if again := draw(t, k, in); again != svg {
				t.Errorf("%s: two drawings differ", k)
			}
			all := strings.Join(texts(t, svg), "|")
			wants := []string{k.Title().In(lang), in.Report.Plan.Name, in.Report.Plan.Code, "2026-11-30", "EPSG:4525", in.Report.Plan.Digest[:15], "示例镇"}
			if lang == "zh" {
				wants = append(wants, "编制单位", "审核", "日期", "图  例", "北")
			} else {
				wants = append(wants, "drawn by", "approved by", "date", "Legend", "N")
			}
			if k == mapsheet.LandUseBefore || k == mapsheet.LandUseAfter {
				wants = append(wants, "三调样式")
			}
			for _, want := range wants {
				if !strings.Contains(all, want) {
					t.Errorf("%s (%s) does not say %q", k, lang, want)
				}
			}
		}
	}
}

// TestHostileNames: nothing from a plan becomes an element of the drawing.
func TestHostileNames(t *testing.T) {
	in := compliant(t, "zh")
	in.Report.Plan.Name = "</title><script>alert(1)</script>\x1b[31m"
	in.Land.Townships[0].Name = `"><script>`
	for _, k := range mapsheet.Kinds() {
		if svg := draw(t, k, in); strings.Contains(svg, "<script") || strings.ContainsRune(svg, 0x1b) {
			t.Errorf("%s holds what the plan brought", k)
		}
	}
}

// TestMissing: a sheet without land is refused with the reason.
func TestMissing(t *testing.T) {
	in := compliant(t, "zh")
	in.Report.SubProjects, in.Report.LandUse, in.Report.Form, in.Land.PBF = nil, nil, nil, nil
	for _, k := range mapsheet.Kinds() {
		svg, err := mapsheet.Draw(k, in)
		if _, ok := geo.AsInputError(err); !ok || svg != nil || k.Missing(in).IsZero() {
			t.Errorf("%s: %v", k, err)
		}
	}
}

// TestLargePlan: 20 000 parcels and 1 500 changes make a sheet of bounded size.
func TestLargePlan(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a county")
	}
	dir := t.TempDir()
	c, err := sample.New(sample.Options{Parcels: 20000})
	if err != nil {
		t.Fatal(err)
	}
	base, pkg := filepath.Join(dir, "base"), filepath.Join(dir, "plan.zip")
	if err := errors.Join(c.WriteBase(t.Context(), base), c.WriteBulk(t.Context(), pkg, sample.Bulk{Changes: 1500})); err != nil {
		t.Fatal(err)
	}
	in := checked(t, base, pkg, "zh")
	for _, k := range []mapsheet.Kind{mapsheet.LandUseAfter, mapsheet.PBFAfter} {
		svg := draw(t, k, in)
		if n := len(svg); n > 2_000_000 {
			t.Errorf("%s of %d parcels has %d bytes", k, len(in.Land.LandUse), n)
		}
		if bytes.Contains([]byte(svg), []byte("NaN")) {
			t.Errorf("%s holds what is no number", k)
		}
	}
}
