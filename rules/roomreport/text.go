package roomreport

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/wording"

	"github.com/mattn/go-runewidth"
)

// shown is how many candidates of each list the text has.
const shown = 10

// writeText writes what a person reads first: townships, the best candidates, what
// was not checked.
func writeText(_ context.Context, w io.Writer, in Input) error {
	d, err := DocumentOf(in)
	if err != nil {
		return err
	}
	t := &textPage{lang: in.Lang}
	t.line(geo.Textf("调整空间：规则册 %[1]s，%[2]s", "Room: rulebook %[1]s, %[3]s", d.Rulebook.ID, limitText(d).ZH, limitText(d).EN))
	t.townships(d)
	names := namesOf(d)
	t.candidates(geo.Text{ZH: "调出候选", EN: "Candidates out"}, d.Out, names)
	t.candidates(geo.Text{ZH: "补划候选", EN: "Candidates in"}, d.In, names)
	if d.LeftOut.Pieces > 0 {
		t.line(geo.Textf("另有 %[1]d 块（共 %[2]s m²）过小或过窄，不作候选", "%[1]d more pieces (%[2]s m² in all) are too small or thin to be candidates", d.LeftOut.Pieces, figure(d.LeftOut.Area)))
	}
	for _, v := range d.Reservations {
		t.line(geo.Textf("未核对：%[1]s", "Not checked: %[1]s", v.Message))
	}
	for _, n := range d.Inputs {
		if n.Severity != geo.Info {
			t.line(geo.Textf("注意：%[1]s%[2]s", "Note: %[1]s%[2]s", placeOf(n), n.Message))
		}
	}
	_, err = io.WriteString(w, t.String())
	return err
}

func limitText(d *Document) geo.Text {
	if d.Limit == nil {
		return geo.Text{ZH: "没有乡镇调出上限", EN: "no limit by township"}
	}
	share := strconv.FormatFloat(*d.Limit*100, 'f', -1, 64)
	return geo.Textf("乡镇调出不超过划定面积的 %[1]s %%", "at most %[1]s %% of what a township designated may leave", share)
}

func placeOf(n geo.Notice) string {
	if n.File == "" {
		return ""
	}
	if n.Record > 0 {
		return fmt.Sprintf("%s:%d: ", n.File, n.Record)
	}
	return n.File + ": "
}

// textPage is lines being written in one language.
type textPage struct {
	strings.Builder
	lang string
}

func (t *textPage) line(text geo.Text) { t.WriteString(text.In(t.lang) + "\n") }

func (t *textPage) townships(d *Document) {
	rows := [][]string{t.words("乡镇", "Township", "", "", "划定（公顷）", "Designated (hm²)", "此前调出（公顷）", "Moved (hm²)", "还可调出（公顷）", "Left (hm²)", "（亩）", "(mu)", "调出候选", "Out", "补划候选", "In")}
	add := func(code, name string, one Township) {
		hm2, mu := "?", "?"
		if one.LeftHM2 != nil {
			hm2, mu = fmt.Sprintf("%.4f", *one.LeftHM2), fmt.Sprintf("%.2f", *one.LeftMu)
		}
		rows = append(rows, []string{code, name, fmt.Sprintf("%.4f", one.Designated/1e4), fmt.Sprintf("%.4f", one.Moved/1e4), hm2, mu, strconv.Itoa(one.Out.Count), strconv.Itoa(one.In.Count)})
	}
	for _, one := range d.Townships {
		add(one.Code, one.Name, one)
	}
	add(geo.Text{ZH: "合计", EN: "Total"}.In(t.lang), "", d.Total)
	t.table(rows, 2)
	for _, one := range d.Townships {
		if one.Note != nil {
			t.line(geo.Textf("%[1]s %[2]s：%[3]s", "%[1]s %[2]s: %[3]s", one.Code, one.Name, *one.Note))
		}
	}
}

func (t *textPage) candidates(title geo.Text, all []Candidate, names map[string]string) {
	t.WriteString("\n")
	switch {
	case len(all) == 0:
		t.line(geo.Textf("%[1]s：没有", "%[1]s: none", title))
	case len(all) <= shown:
		t.line(geo.Textf("%[1]s %[2]d 块", "%[1]s: %[2]d", title, len(all)))
	default:
		t.line(geo.Textf("%[1]s %[2]d 块，列出前 %[3]d 块，全部见 XLSX、GeoPackage 或 JSON", "%[1]s: %[2]d, of which the first %[3]d; all of them are in XLSX, GeoPackage and JSON", title, len(all), shown))
	}
	common := commonReasons(all)
	if len(common) > 0 {
		t.line(geo.Textf("每块均：%[1]s", "all of them: %[1]s", wording.Clauses(common)))
	}
	var rows [][]string
	for _, c := range all[:min(len(all), shown)] {
		area := geo.Textf("%.4[1]f 公顷", "%.4[1]f hm²", c.AreaHM2).In(t.lang)
		mu := geo.Textf("%.2[1]f 亩", "%.2[1]f mu", c.AreaMu).In(t.lang)
		rows = append(rows, []string{strconv.Itoa(c.Rank), c.ID, strings.TrimSpace(c.Township + " " + names[c.Township]), area, mu, wording.Clauses(without(c.Reasons, common)).In(t.lang)})
	}
	t.table(rows, 0)
}

// commonReasons are those that all candidates have in the same words, said once.
func commonReasons(all []Candidate) []geo.Text {
	if len(all) < 2 {
		return nil
	}
	var common []geo.Text
	for _, r := range all[0].Reasons {
		if !slices.ContainsFunc(all, func(c Candidate) bool {
			return !slices.ContainsFunc(c.Reasons, func(o Reason) bool { return o.Text == r.Text })
		}) {
			common = append(common, r.Text)
		}
	}
	return common
}

func without(reasons []Reason, common []geo.Text) (rest []geo.Text) {
	for _, r := range reasons {
		if !slices.Contains(common, r.Text) {
			rest = append(rest, r.Text)
		}
	}
	return rest
}

// words picks one language of pairs zh, en.
func (t *textPage) words(pairs ...string) (out []string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, geo.Text{ZH: pairs[i], EN: pairs[i+1]}.In(t.lang))
	}
	return out
}

// table lines up columns of Chinese and Latin text; the first left ones run from
// the left, 0 is all.
func (t *textPage) table(rows [][]string, left int) {
	cells := runewidth.Condition{} // not that of the environment: the same everywhere
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], cells.StringWidth(cell))
		}
	}
	for _, row := range rows {
		line := ""
		for i, cell := range row {
			if left == 0 || i < left {
				line += cells.FillRight(cell, widths[i]) + "  "
			} else {
				line += cells.FillLeft(cell, widths[i]) + "  "
			}
		}
		t.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}
