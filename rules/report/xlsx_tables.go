package report

import (
	"fmt"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// years is the year ledger in m², each year's figures and their sums so far.
func (b *book) years(r *result.Report) {
	if len(r.Years) == 0 {
		return
	}
	s := b.sheet(geo.Text{ZH: "年度台账", EN: "Years"}, true, 10, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17)
	s.add(b.style.head, b.words("年份", "Year", "永久基本农田调出（净，m²）", "PBF out (net, m²)", "永久基本农田补划（净，m²）", "PBF in (net, m²)", "新增耕地（净，m²）", "Cropland gained (net, m²)",
		"减少耕地（净，m²）", "Cropland lost (net, m²)", "新增建设用地（毛，m²）", "Construction gained (gross, m²)", "减少建设用地（毛，m²）", "Construction lost (gross, m²)",
		"累计永久基本农田调出（净，m²）", "PBF out so far (net, m²)", "累计永久基本农田补划（净，m²）", "PBF in so far (net, m²)", "累计新增耕地（净，m²）", "Cropland gained so far (net, m²)", "累计减少耕地（净，m²）", "Cropland lost so far (net, m²)")...)
	s.high(3)
	for _, y := range r.Years {
		var year any = geo.Text{ZH: "未注明", EN: "not given"}.In(b.lang)
		if y.Year != nil {
			year = *y.Year
		}
		cells := []any{year}
		for _, m2 := range []float64{y.PBFOut, y.PBFIn, y.CroplandGained, y.CroplandLost, y.ConstructionGained, y.ConstructionLost,
			y.PBFOutCumulative, y.PBFInCumulative, y.CroplandGainedCumulative, y.CroplandLostCumulative} {
			cells = append(cells, bookNumber{m2, asM2, ""})
		}
		s.add(b.style.cell, cells...)
	}
	s.table(1)
}

// landUse is the land-use table of the project area in m². What changes is a
// formula that stands beside its value.
func (b *book) landUse(r *result.Report) {
	if len(r.LandUse) == 0 {
		return
	}
	s := b.sheet(geo.Text{ZH: "土地利用结构", EN: "Land use"}, false, 10, 24, 18, 18, 18, 18)
	s.add(b.style.head, b.words("编码", "Code", "地类", "Class", "归类", "Group", "整治前（毛，m²）", "Before (gross, m²)", "整治后（毛，m²）", "After (gross, m²)", "增减（毛，m²）", "Change (gross, m²)")...)
	for _, c := range r.LandUse {
		title := c.Title
		if title.IsZero() {
			title = same(c.Name)
		}
		n := s.row + 1
		s.add(b.style.cell, c.Code, title.In(b.lang), domain.ClassGroupTitle(c.Group).In(b.lang), bookNumber{c.Before, asM2, ""}, bookNumber{c.After, asM2, ""},
			bookNumber{geo.RoundArea(c.After - c.Before), asM2, fmt.Sprintf("ROUND(E%d-D%d,2)", n, n)})
	}
	s.table(1)
}

// sources are what the report was made of, with digests.
func (b *book) sources(r *result.Report) {
	s := b.sheet(geo.Text{ZH: "资料与版本", EN: "Sources"}, true, 22, 26, 12, 80)
	s.add(b.style.head, b.words("图层", "Layer", "名称", "Name", "要素", "Features", "摘要", "Digest")...)
	if r.Layer == nil {
		s.add(b.style.cell, geo.Text{ZH: "方案包", EN: "Plan package"}.In(b.lang), r.Plan.Code, "", r.Plan.Digest)
	}
	for _, layers := range [][]result.LayerInfo{r.Plan.Layers, r.Base.Layers} {
		for _, l := range layers {
			s.add(b.style.cell, domain.Role(l.Role).Title().In(b.lang), l.Name, bookNumber{float64(l.Features), asCount, ""}, l.Digest)
		}
	}
	s.add(b.style.cell, geo.Text{ZH: "规则册", EN: "Rulebook"}.In(b.lang), r.Rulebook.ID, "", r.Rulebook.Digest)
	s.table(1)
}
