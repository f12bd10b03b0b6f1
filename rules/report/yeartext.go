package report

import (
	"fmt"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// years shows, year by year, what came in and went out, and both summed up so
// far, in hm². Nothing is shown where no PBF moves and no cropland changes, or
// where one year is all there is: the rules say that already.
func (p *page) years(r *result.Report) {
	if len(r.Years) < 2 {
		return
	}
	p.heading(geo.Text{ZH: "年度台账（净面积，公顷；括号内为累计）", EN: "Year ledger (net, hm²; in brackets: so far)"}.In(p.lang))
	for _, y := range r.Years {
		name := geo.Text{ZH: "未注明年份", EN: "no year"}.In(p.lang)
		if y.Year != nil {
			name = fmt.Sprint(*y.Year)
		}
		p.account(name, geo.Text{ZH: "永久基本农田 补划", EN: "PBF in"}, geo.Text{ZH: "调出", EN: "out"}, y.PBFIn, y.PBFOut, y.PBFInCumulative, y.PBFOutCumulative)
		p.account("", geo.Text{ZH: "耕地 新增", EN: "cropland gained"}, geo.Text{ZH: "减少", EN: "lost"}, y.CroplandGained, y.CroplandLost, y.CroplandGainedCumulative, y.CroplandLostCumulative)
	}
}

// account is one line: this year's two figures, both so far, what is left.
func (p *page) account(year string, in, out geo.Text, plus, minus, allPlus, allMinus float64) {
	sign := mark(domain.Pass)
	if geo.Centi(allPlus) < geo.Centi(allMinus) {
		sign = mark(domain.Fail)
	}
	gap := p.pad(max(1, 12-p.measure(year)))
	p.wrap(" ", year+gap+geo.Textf("%[1]s %[5]s（%[7]s） %[3]s %[6]s（%[8]s） 累计余 ", "%[2]s %[5]s (%[7]s), %[4]s %[6]s (%[8]s), left so far ",
		in.ZH, in.EN, out.ZH, out.EN, Hectares(plus), Hectares(minus), Hectares(allPlus), Hectares(allMinus)).In(p.lang)+
		Hectares(allPlus-allMinus)+" "+sign)
}
