package report

import (
	"fmt"
	"html"
	"math"
	"strings"

	"landcheck/rules"
)

// yearChart draws PBF in and out, summed year by year: 先补后调 holds where the
// line of in never dips under that of out. Changes without a year are left to
// the table under it.
func yearChart(rows []rules.YearRow) string {
	var years []string
	var ins, outs []float64
	in, out, most := 0.0, 0.0, 0.0
	for _, r := range rows {
		if r.Year == nil {
			continue
		}
		in, out = in+r.PBFIn, out+r.PBFOut
		years, ins, outs = append(years, fmt.Sprint(*r.Year)), append(ins, in), append(outs, out)
		most = math.Max(most, math.Max(in, out))
	}
	if len(years) == 0 || most <= 0 || math.IsInf(most, 0) || math.IsNaN(most) {
		return ""
	}
	const width, height, left, top, bottom = 720.0, 220.0, 70.0, 16.0, 28.0
	step := (width - left - 12) / float64(len(years))
	y := func(m2 float64) float64 { return top + (height-top-bottom)*(1-m2/most) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart" viewBox="0 0 %g %g" role="img" aria-labelledby="years-title">`, width, height)
	for i := range 5 {
		v := most * float64(i) / 4
		fmt.Fprintf(&b, `<path class="grid" d="M%g %.1fH%g"/><text class="axis end" x="%g" y="%.1f">%s</text>`, left, y(v), width-12, left-8, y(v)+4, fixed(v, 1, -4, 2))
	}
	wide := math.Min(step*0.3, 46)
	for i := range years {
		mid := left + step*(float64(i)+0.5)
		fmt.Fprintf(&b, `<rect class="m-pbf_in thin" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, mid-wide-2, y(ins[i]), wide, height-bottom-y(ins[i]))
		fmt.Fprintf(&b, `<rect class="m-pbf_out thin" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, mid+2, y(outs[i]), wide, height-bottom-y(outs[i]))
		fmt.Fprintf(&b, `<text class="axis" x="%.1f" y="%g">%s</text>`, mid, height-9, html.EscapeString(years[i]))
		if ins[i] < outs[i] {
			fmt.Fprintf(&b, `<text class="axis bad" x="%.1f" y="%.1f">✗</text>`, mid, y(outs[i])-4)
		}
	}
	b.WriteString(`</svg>`)
	return b.String()
}
