package deliver

import (
	"slices"

	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

// located are the columns of every parcel: which it is and where it lies.
func (d *delivery) located() []column[*parcel] {
	return []column[*parcel]{
		text("BSM", 18, "标识码", "id", func(p *parcel) string { return p.id }),
		text("XZQDM", 9, "乡镇代码", "township", func(p *parcel) string { return p.township }),
		text("XZQMC", 60, "乡镇名称", "name of the township", func(p *parcel) string { return d.Ledger.Townships[p.township] }),
		text("ZLDWDM", 19, "坐落单位代码", "village", func(p *parcel) string { return unitCode(p.village) }),
		text("ZLDWMC", 60, "坐落单位名称", "name of the village", func(p *parcel) string { return d.Ledger.Villages[p.village] }),
		text("TFH", 12, "图幅号", "map sheet", func(p *parcel) string { return p.sheet }),
		text("BGQDLBM", 5, "变更前地类编码", "class before", func(p *parcel) string { return p.mostly(classBefore) }),
		text("BGQDLMC", 60, "变更前地类", "name of the class before", func(p *parcel) string { return className(p.mostly(classBefore)) }),
		text("BGHDLBM", 5, "变更后地类编码", "class after", func(p *parcel) string { return p.mostly(classAfter) }),
		text("BGHDLMC", 60, "变更后地类", "name of the class after", func(p *parcel) string { return className(p.mostly(classAfter)) }),
		squareMetres("MJ", "地块面积（m²）", "area (m²)", func(p *parcel) int64 { return p.gross }),
	}
}

// unitCode fills a village's code up to the 19 characters of ZLDWDM.
func unitCode(village string) string {
	if village == "" {
		return ""
	}
	return village + "0000000"
}

// stated are the columns of what the change says of a parcel, remarks last.
func (d *delivery) stated() []column[*parcel] {
	return []column[*parcel]{
		number("SJNF", 4, 0, "年份", "year", func(p *parcel) string { return level(yearOf(p.change, d.Ledger.Plan)) }),
		text("XMBH", 20, "子项目编号", "sub-project", func(p *parcel) string { return p.change.SubProject }),
		text("FABSM", 20, "方案图斑", "change of the plan", func(p *parcel) string { return p.change.ID }),
		text("BGQGC", 60, "变更前地类构成（m²）", "classes before (m²)", func(p *parcel) string { return p.classes(classBefore) }),
		text("BZ", 60, "备注", "remarks", func(p *parcel) string { return remarks(d.Draft, d.planName()) }),
	}
}

func (d *delivery) planName() string {
	if d.Report.Plan.Code != "" {
		return d.Report.Plan.Code
	}
	return d.Report.Plan.Name
}

// surveyed are the columns of new cropland: how it was measured, and its quality.
func surveyed() []column[*parcel] {
	return []column[*parcel]{
		text("SCFF", 5, "实测方法", "survey method", func(p *parcel) string { return p.change.SurveyMethod }),
		number("SCMJ", 18, 2, "实测面积（m²）", "surveyed area (m²)", func(p *parcel) string {
			if !p.change.Surveyed.Known || !p.whole() {
				return ""
			}
			return area(centi(p.change.Surveyed.Value))
		}),
		date("SCRQ", "实测日期", "survey date", func(p *parcel) string { return p.change.SurveyDate }),
		number("KCXS", 6, 4, "扣除系数", "ridge coefficient", func(p *parcel) string {
			if p.gross == 0 {
				return ""
			}
			return ratio(max(0, 1-float64(p.figure)/float64(p.gross)))
		}),
		text("GDPDJB", 2, "耕地坡度级别", "slope class", func(p *parcel) string {
			return p.mostly(func(f *ledger.Face) string { return level(f.After.Slope) })
		}),
		number("ZLDB", 2, 0, "质量等别", "grade", func(p *parcel) string {
			return p.mostly(func(f *ledger.Face) string { return level(f.After.Grade) })
		}),
	}
}

// whole tells whether a parcel is all that its change makes, so that what the record
// states of its area is of this parcel.
func (p *parcel) whole() bool { return p.id == p.change.ID }

// yearOf is the year in which a change takes effect, as far as it or the plan says;
// 0 where neither does.
func yearOf(c *plan.Change, p *plan.Plan) int {
	switch {
	case c.Year != 0:
		return c.Year
	case len(c.Date) == 8:
		return int(c.Date[0]-'0')*1000 + int(c.Date[1]-'0')*100 + int(c.Date[2]-'0')*10 + int(c.Date[3]-'0')
	}
	return p.Year
}

// columnsOf joins groups of columns.
func columnsOf(groups ...[]column[*parcel]) []column[*parcel] { return slices.Concat(groups...) }
