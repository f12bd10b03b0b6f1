package mapsheet

import (
	"fmt"
	"math"

	"landcheck/geo"
)

// legend is what the column on the right explains.
type legend struct {
	heads  []geo.Text // of the columns of figures, from left to right
	rows   []legendRow
	source geo.Text // whence its colours are; nothing for none
}

// legendRow is a line of it. Look is the attributes of its swatch, "" for none.
type legendRow struct {
	look    string
	title   string
	figures []string
	strong  bool
}

const (
	rowHeight   = 5.4
	figureWidth = 25 // of the first columns; the last has what hectares need
	lastWidth   = 21
)

// drawLegend draws the legend, its rows as low as it takes to fit them all.
func (s *sheet) drawLegend(l legend) {
	s.text(columnX+columnWidth/2, legendY+4, 5, "middle", geo.Text{ZH: "图  例", EN: "Legend"}.In(s.in.Lang), `font-weight="700"`)
	common := s.commonRows()
	top := legendY + 9.
	h := math.Min(rowHeight, (signY-4-top)/float64(len(l.rows)+len(common)+2))
	size := h * .58
	y := top + h
	right := func(i int) float64 { // of the column of figures i
		return columnX + columnWidth - float64(float64(len(l.heads)-1-i)*lastWidth)
	}
	for i, head := range l.heads {
		words := head.In(s.in.Lang)
		s.text(right(i), y-float64(h*.3), fit(words, size*.92, lastWidth-1), "end", words, `fill="#555"`)
	}
	for _, r := range l.rows {
		weight := ""
		if r.strong {
			weight = `font-weight="700"`
			s.line(columnX, y+float64(h*.05), columnX+columnWidth, y+float64(h*.05), "#999", .12)
		}
		if r.look != "" {
			s.swatch(columnX, y+float64(h*.17), 8, h*.7, r.look)
		}
		room := columnWidth - 10 - float64(float64(len(l.heads)-1)*lastWidth) - figureWidth
		if len(r.figures) == 0 {
			room = columnWidth - 10
		}
		s.text(columnX+10, y+float64(h*.72), fit(r.title, size, room), "start", r.title, weight)
		for i, f := range r.figures {
			s.text(right(i), y+float64(h*.72), size, "end", f, weight)
		}
		y += h
	}
	y += float64(h * .4)
	for _, r := range common {
		fmt.Fprintf(&s.b, `<path d="M%s %sh8" fill="none" %s/>`+"\n", mm(columnX), mm(y+float64(h*.5)), r.look)
		s.text(columnX+10, y+float64(h*.72), size, "start", r.title, "")
		y += h
	}
}

// commonRows are the lines that every sheet has.
func (s *sheet) commonRows() []legendRow {
	rows := []legendRow{{look: `stroke="#b00020" stroke-width=".6"`, title: geo.Text{ZH: "整治区域界线", EN: "boundary of the project area"}.In(s.in.Lang)}}
	if len(s.in.Land.Townships) > 0 {
		rows = append(rows, legendRow{look: `stroke="#555" stroke-width=".25" stroke-dasharray="2 .6 .3 .6"`, title: geo.Text{ZH: "乡镇界线", EN: "boundary of a township"}.In(s.in.Lang)})
	}
	return rows
}

// swatch is a sample in the map's units, so that hatches are as on the map.
func (s *sheet) swatch(x, y, w, h float64, look string) {
	fmt.Fprintf(&s.b, `<g transform="translate(%s %s) scale(%g)"><rect width="%.0f" height="%.0f" %s stroke="#5b5b52" stroke-width="12"/></g>`+"\n",
		mm(x), mm(y), 1./unitsPerMM, w*unitsPerMM, h*unitsPerMM, look)
}

// squareMetres is an area to 0.01 m², its digits in threes by commas.
func squareMetres(m2 float64) string {
	text := fmt.Sprintf("%.2f", m2)
	sign := ""
	if text[0] == '-' {
		sign, text = "-", text[1:]
	}
	whole, rest := text[:len(text)-3], text[len(text)-3:]
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return sign + whole + rest
}

// hectares is an area in hm², to 4 decimals.
func hectares(m2 float64) string { return fmt.Sprintf("%.4f", m2/1e4) }

// areaHeads are the columns of a legend of areas.
func areaHeads() []geo.Text {
	return []geo.Text{{ZH: "面积（m²）", EN: "area (m²)"}, {ZH: "公顷", EN: "hm²"}}
}

func areaRow(look, title string, m2 float64) legendRow {
	return legendRow{look: look, title: title, figures: []string{squareMetres(m2), hectares(m2)}}
}
