package report

import (
	"fmt"
	"html"
	"math"
	"strings"

	"landcheck/geo/portable"
	"landcheck/rules/result"
)

// yearChart draws PBF in and out, summed year by year: 先补后调 holds where the
// line of in never dips under that of out. Changes without a year are left to
// the table under it.
func yearChart(rows []result.YearRow) string {
	var years []string
	var ins, outs []float64
	most := 0.0
	for _, r := range rows {
		if r.Year == nil {
			continue
		}
		in, out := r.PBFInCumulative, r.PBFOutCumulative
		years, ins, outs = append(years, fmt.Sprint(*r.Year)), append(ins, in), append(outs, out)
		most = math.Max(most, math.Max(in, out))
	}
	if len(years) == 0 || most <= 0 || math.IsInf(most, 0) || math.IsNaN(most) {
		return ""
	}
	const width, height, left, top, bottom = 720.0, 220.0, 70.0, 16.0, 28.0
	grid := roundStep(most / 4)
	most = grid * math.Ceil(most/grid)
	step := (width - left - 12) / float64(len(years))
	y := func(m2 float64) float64 { return top + float64((height-top-bottom)*(1-m2/most)) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart" viewBox="0 0 %g %g" role="img" aria-labelledby="years-title">`, width, height)
	b.WriteString(chartHatches)
	for i := range int(math.Round(most/grid)) + 1 {
		v := grid * float64(i)
		fmt.Fprintf(&b, `<path class="grid" d="M%g %.1fH%g"/><text class="axis end" x="%g" y="%.1f">%s</text>`, left, y(v), width-12, left-8, y(v)+4, number(v/10000, 4))
	}
	wide := math.Min(step*0.3, 46)
	for i := range years {
		mid := left + float64(step*(float64(i)+0.5))
		fmt.Fprintf(&b, `<rect class="y-in" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, mid-wide-2, y(ins[i]), wide, height-bottom-y(ins[i]))
		fmt.Fprintf(&b, `<rect class="y-out" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, mid+2, y(outs[i]), wide, height-bottom-y(outs[i]))
		fmt.Fprintf(&b, `<text class="axis" x="%.1f" y="%g">%s</text>`, mid, height-9, html.EscapeString(years[i]))
		if ins[i] < outs[i] {
			fmt.Fprintf(&b, `<text class="axis bad" x="%.1f" y="%.1f">✗</text>`, mid, y(outs[i])-4)
		}
	}
	b.WriteString(`</svg>`)
	return b.String()
}

// chartHatches are the hatches of the map at the chart's scale; the page may
// have a chart and no map.
const chartHatches = `<defs><pattern id="y-out" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#f6d3c2"/><path d="M0 0V7" stroke="#b5480f" stroke-width="2.6"/></pattern>` +
	`<pattern id="y-in" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="7" height="7" fill="#c5e5d2"/><path d="M0 0V7" stroke="#14713a" stroke-width="2.6"/></pattern></defs>`

// roundStep is 1, 2 or 5 times a power of ten, at least x.
func roundStep(x float64) float64 {
	base := portable.PowerOfTen(x)
	for _, k := range []float64{1, 2, 5} {
		if base*k >= x {
			return base * k
		}
	}
	return base * 10
}
