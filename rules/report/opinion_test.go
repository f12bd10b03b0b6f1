package report

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// paper is a Word document as a reader of its own sees it: paragraphs outside
// of tables with their styles, and tables of texts.
type paper struct {
	styles, lines []string
	tables        [][][]string
}

func readPaper(t *testing.T, data []byte) paper {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	var p paper
	d := xml.NewDecoder(r)
	inTable, style, text := false, "", ""
	for {
		token, err := d.Token()
		if err == io.EOF {
			return p
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "tbl":
				p.tables, inTable = append(p.tables, nil), true
			case "tr":
				last := &p.tables[len(p.tables)-1]
				*last = append(*last, nil)
			case "tc":
				row := &p.tables[len(p.tables)-1][len(p.tables[len(p.tables)-1])-1]
				*row = append(*row, "")
			case "pStyle":
				style = e.Attr[0].Value
			}
		case xml.CharData:
			text += string(e)
		case xml.EndElement:
			switch {
			case e.Name.Local == "tbl":
				inTable = false
			case e.Name.Local == "p" && inTable:
				table := p.tables[len(p.tables)-1]
				row := table[len(table)-1]
				if row[len(row)-1] != "" {
					row[len(row)-1] += "\n"
				}
				row[len(row)-1] += text
				text = ""
			case e.Name.Local == "p":
				p.styles, p.lines, text = append(p.styles, style), append(p.lines, text), ""
			}
		}
	}
}

// table is the one whose head has a text.
func (p paper) table(t *testing.T, head string) [][]string {
	t.Helper()
	for _, table := range p.tables {
		if strings.Contains(strings.Join(table[0], "|"), head) {
			return table
		}
	}
	t.Fatalf("there is no table %q", head)
	return nil
}

// figure reads a number as a person does.
func figure(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(strings.TrimSuffix(strings.NewReplacer(",", "", "+", "").Replace(s), " %"), 64)
	if err != nil {
		t.Errorf("%q is no figure", s)
	}
	return x
}

// The tables of a scheme have the figures of the JSON report, and their sums
// are those of its rows.
func TestOpinionTablesHoldTheReport(t *testing.T) {
	in := Input{Report: sampleReport(), Lang: "zh", Dated: "2026-11-30"}
	p := readPaper(t, written(t, "docx", in))
	var r struct {
		LandUse []map[string]any `json:"land_use"`
		Years   []map[string]any `json:"years"`
		Subs    []map[string]any `json:"subprojects"`
		Form    map[string]any   `json:"form"`
	}
	if err := json.Unmarshal(written(t, "json", in), &r); err != nil {
		t.Fatal(err)
	}
	same := func(what, cell string, want float64) {
		if got := figure(t, cell); math.Abs(got-want) > 0.0051 {
			t.Errorf("%s: %s, the report has %v", what, cell, want)
		}
	}
	flows := []string{"pbf_out_m2", "pbf_in_m2", "cropland_gained_m2", "cropland_lost_m2", "construction_gained_m2", "construction_lost_m2"}
	check := func(head string, first int, rows []map[string]any, keys []string) {
		table := p.table(t, head)
		if len(table) != len(rows)+2 {
			t.Fatalf("%s: %d rows of %d", head, len(table)-2, len(rows))
		}
		for k, key := range keys {
			sum := 0.0
			for i, row := range rows {
				x, _ := row[key].(float64)
				same(head+" "+key, table[i+1][first+k], x)
				sum += x
			}
			same(head+" sum of "+key, table[len(table)-1][first+k], sum)
		}
	}
	check("累计补划减调出", 1, r.Years, flows)
	check("子项目编号", 3, r.Subs, flows)
	check("变更图斑", 1, r.Subs, []string{"changes"})

	land, before, after := map[string][]string{}, 0.0, 0.0
	for _, row := range p.table(t, "整治前") {
		land[row[0]+row[1]] = row
	}
	for _, row := range r.LandUse {
		b, a := row["before_m2"].(float64), row["after_m2"].(float64)
		cells := land[fmt.Sprint(row["code"], row["name"])]
		if cells == nil {
			t.Fatalf("no row of %v", row["code"])
		}
		same("before", cells[2], b)
		same("after", cells[4], a)
		same("change", cells[6], a-b)
		before, after = before+b, after+a
	}
	same("all before", land["合计"][2], before)
	same("all after", land["合计"][4], after)
	same("cropland's group", land["农用地"][2], 1234567.89+800000)

	form := p.table(t, "调出")
	found := 0
	for _, row := range form {
		for label, key := range map[string]string{"总面积": "area_hm2", "水浇地": "irrigated_hm2", "旱地": "dry_hm2"} {
			if len(row) == 4 && row[1] == label {
				found++
				for k, side := range []string{"out", "in"} {
					want := r.Form[side].(map[string]any)[key].(float64)
					if got := figure(t, row[2+k]); math.Abs(got-want) > 0.000051 {
						t.Errorf("%s %s: %s, the report has %v", label, side, row[2+k], want)
					}
				}
			}
		}
	}
	if found != 3 {
		t.Errorf("%d rows of the form", found)
	}
}

// The opinion says verdict, figures, findings, papers, what was not reviewed,
// and has the room to sign.
func TestOpinionSays(t *testing.T) {
	for lang, wants := range map[string][]string{
		"zh": {"不符合政策要求。", "共 12 条规则：符合 4 条，不符合 3 条", "示例镇：", "5.00003 %", "5.00000 %", "未核查“不破坏文物”：需要底图 heritage", "整改要求：至少少调出 3.07 平方米", "本阶段应提交材料 4 份，已提交 2 份，缺少 1 份，不同意 1 份",
			"审查单位（盖章）", "2026 年 11 月 30 日", "附件 1　永久基本农田布局调整审查情况汇总表", "附件 4　子项目表", "材料只核对是否随方案提交"},
		"en": {"Violations found.", "Of 12 rules 4 pass, 3 fail", "示例镇: ", "Not checked: “Heritage is protected”: the base layer heritage is needed", "To do: take out at least 3.07 m² less",
			"4 papers are asked for at this stage: 2 were handed in, 1 are missing, 1 are against the plan", "2026-11-30", "Annex 4. Sub-projects", "Papers were looked for, not read"},
	} {
		p := readPaper(t, written(t, "docx", Input{Report: sampleReport(), Lang: lang, Dated: "2026-11-30"}))
		all := strings.Join(p.lines, "\n")
		for _, table := range p.tables {
			for _, row := range table {
				all += "\n" + strings.Join(row, "\n")
			}
		}
		for _, want := range wants {
			if !strings.Contains(all, want) {
				t.Errorf("%s: no %q", lang, want)
			}
		}
		if strings.ContainsAny(all, "\x07\u202e\u200b") {
			t.Errorf("%s: control characters", lang)
		}
		headings := 0
		for _, s := range p.styles {
			headings += b2i(s == "Heading1")
		}
		if headings != 7+4 {
			t.Errorf("%s: %d headings", lang, headings)
		}
	}
	undated := readPaper(t, written(t, "docx", Input{Report: sampleReport(), Lang: "zh"}))
	if last := undated.table(t, "审查单位意见"); !strings.Contains(last[4][1], "年　　月") {
		t.Errorf("no room for a date: %q", last[4])
	}
}

// The QR code of the opinion is that of the report, as another decoder reads it.
func TestOpinionBearsTheSeal(t *testing.T) {
	in := Input{Report: sampleReport(), Lang: "zh"}
	data := written(t, "docx", in)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := z.Open("word/media/picture1.png")
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bits, nil)
	if err != nil {
		t.Fatal(err)
	}
	seal, err := SealOf(in)
	if err != nil {
		t.Fatal(err)
	}
	if read.GetText() != seal.Text || !strings.Contains(readPaper(t, data).table(t, "审查单位意见")[5][1], seal.Code) {
		t.Errorf("the QR code says %q", read.GetText())
	}
}

// Every measure that the opinion shows is the line of the other formats, next
// to its rule.
func TestOpinionItems(t *testing.T) {
	r := sampleReport()
	p := readPaper(t, written(t, "docx", Input{Report: r, Lang: "zh"}))
	rows := map[string][]string{}
	for _, table := range p.tables {
		if table[0][0] == "审查内容" {
			for _, row := range table[1:] {
				rows[strings.Split(row[0], "\n")[0]] = row
			}
		}
	}
	for i := range r.Rules {
		rule := &r.Rules[i]
		row := rows[rule.Title.ZH]
		if rule.Status == domain.NotApplicable {
			if row != nil {
				t.Errorf("%s does not apply and has a row", rule.ID)
			}
			continue
		}
		if row == nil || row[2] != rule.Status.Title().ZH {
			t.Errorf("%s: %q", rule.ID, row)
			continue
		}
		for _, m := range rule.Measures {
			if !strings.Contains(row[1], line(m, "zh")) {
				t.Errorf("%s: %q has no %q", rule.ID, row[1], line(m, "zh"))
			}
		}
	}
}

// Of many findings the worst are shown and the others counted.
func TestOpinionOfManyFindings(t *testing.T) {
	r := sampleReport()
	kinds := "甲乙丙丁戊己庚辛壬癸"
	for i := range 400 {
		f := r.Rules[0].Findings[0]
		word := strings.Repeat(string([]rune(kinds)[i%10]), 1+i/10)
		f.ID, f.Message = fmt.Sprint(i), text("问题"+word, "problem "+word)
		r.Rules[0].Findings = append(r.Rules[0].Findings, f)
	}
	p := readPaper(t, written(t, "docx", Input{Report: r, Lang: "zh"}))
	all := strings.Join(p.lines, "\n")
	if !strings.Contains(all, "… 共 405 处，另 345 处见完整报告。") {
		t.Error("the rest is not counted")
	}
}

// Plans that lack everything, and one layer by itself, have an opinion too.
func TestOpinionOfLittle(t *testing.T) {
	noPBF := sampleReport()
	noPBF.Base.Layers = noPBF.Base.Layers[:1]
	noMoves := sampleReport()
	noMoves.Form = nil
	empty := &result.Report{Schema: result.Schema, Verdict: domain.Incomplete, Papers: []result.Paper{}, SubProjects: []result.SubProjectRow{}}
	old := &result.Report{Schema: result.Schema, Verdict: domain.Compliant}
	layer := &result.Report{Schema: result.Schema, Verdict: domain.LayerValid, Layer: &result.LayerInfo{Role: "land_use_change", File: "DLBG.shp", Features: 3}}
	for name, c := range map[string]struct {
		r    *result.Report
		says string
		not  string
	}{
		"empty":    {empty, "规则册在本阶段不要求材料", "较早版本"},
		"no pbf":   {noPBF, "底图没有永久基本农田图层", "较早版本"},
		"no moves": {noMoves, "此表不填", "底图没有永久基本农田图层"},
		"old":      {old, "没有材料清单", "缺少 0 份"},
		"layer":    {layer, "关于图层“DLBG.shp”的数据核查意见", "附件"},
	} {
		p := readPaper(t, written(t, "docx", Input{Report: c.r, Lang: "zh"}))
		all := strings.Join(p.lines, "\n")
		if !strings.Contains(all, c.says) || strings.Contains(all, c.not) {
			t.Errorf("%s: no %q, or %q, in\n%s", name, c.says, c.not, all)
		}
	}
}

func TestNumeral(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 99: "九十九"} {
		if got := numeral(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

// LibreOffice opens the opinion, sets it on a fit number of pages, and reads its
// figures.
func TestOpinionOpensInLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not there: apt-get install libreoffice-writer")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "opinion.docx")
	r := sampleReport()
	if err := os.WriteFile(path, written(t, "docx", Input{Report: r, Lang: "zh"}), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"pdf", "txt:Text (encoded):UTF8"} {
		c := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", kind, "--outdir", dir, path)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	pdf, err := os.ReadFile(filepath.Join(dir, "opinion.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1)); n < 7 || n > 12 {
		t.Errorf("%d pages", n)
	}
	words, err := os.ReadFile(filepath.Join(dir, "opinion.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range r.LandUse {
		for _, x := range []float64{row.Before, row.After, geo.RoundArea(row.After)} {
			if !strings.Contains(string(words), SquareMetres(x)) {
				t.Errorf("no %s", SquareMetres(x))
			}
		}
	}
}
