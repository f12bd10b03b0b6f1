package deliver

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/report"
)

// origin says of what plan, base data and rulebook a deliverable is.
func (d *delivery) origin() []line {
	r := d.Report
	lines := []line{
		{geo.Text{ZH: "方案", EN: "Plan"}, r.Plan.Name},
		{geo.Text{ZH: "方案编号", EN: "Code"}, r.Plan.Code},
		{geo.Text{ZH: "旗县", EN: "County"}, r.Plan.County},
		{geo.Text{ZH: "阶段", EN: "Stage"}, domain.Stage(r.Plan.Stage).Title()},
		{geo.Text{ZH: "核查结论", EN: "Verdict"}, report.HeadlineOf(r).Head},
		{geo.Text{ZH: "坐标系", EN: "Coordinate system"}, "CGCS2000, " + r.Plan.CRS},
		{geo.Text{ZH: "方案摘要", EN: "Digest of the plan"}, r.Plan.Digest},
		{geo.Text{ZH: "规则册", EN: "Rulebook"}, r.Rulebook.ID + " " + r.Rulebook.Digest},
		{geo.Text{ZH: "程序", EN: "Program"}, "landcheck " + r.Engine.Version + ", GEOS " + r.Engine.GEOS},
	}
	for _, l := range r.Base.Layers {
		if l.Role == string(domain.PBF) || l.Role == string(domain.LandUse) {
			lines = append(lines, line{geo.Textf("底图 %s", "Base %s", l.Name), l.Digest})
		}
	}
	return lines
}
