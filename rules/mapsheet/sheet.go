// Package mapsheet draws the map sheets (图件) that go in with a plan: A3
// landscape, true to a round scale, as SVG. It draws what a check found and
// measures nothing: the areas of a legend are the report's.
//
//	sheet.go     the sheets there are, and one drawn
//	land.go      what is drawn beside the ledger: parcels of the base
//	layout.go    where things stand on the paper, mm
//	scale.go     the scale and the frame; the bar
//	grid.go      the kilometre grid with its coordinates
//	landuse.go, pbf.go, subprojects.go
//	             what is particular to a sheet: its land and its legend
//	labels.go    names of townships, which do not overlap
//	signoff.go   the block to be signed, and the notes
//	svg.go       elements of SVG
//	print.go     a sheet as a page to be printed
package mapsheet

import (
	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
)

// Kind is a sheet. The values are file names and ends of addresses.
type Kind string

// The sheets.
const (
	LandUseBefore Kind = "land-use-before"
	LandUseAfter  Kind = "land-use-after"
	PBFBefore     Kind = "pbf-before"
	PBFAfter      Kind = "pbf-after"
	SubProjects   Kind = "subprojects"
)

var titles = []struct {
	kind  Kind
	title geo.Text
}{
	{LandUseBefore, geo.Text{ZH: "土地利用现状图", EN: "Land use before the plan"}},
	{LandUseAfter, geo.Text{ZH: "土地利用规划图", EN: "Land use after the plan"}},
	{PBFBefore, geo.Text{ZH: "永久基本农田调整前图", EN: "Permanent basic farmland before its adjustment"}},
	{PBFAfter, geo.Text{ZH: "永久基本农田调整后图", EN: "Permanent basic farmland after its adjustment"}},
	{SubProjects, geo.Text{ZH: "子项目分布图", EN: "Sub-projects"}},
}

// Kinds are all sheets, in the order in which they are handed in.
func Kinds() []Kind {
	var all []Kind
	for _, t := range titles {
		all = append(all, t.kind)
	}
	return all
}

// Title names the sheet; a kind that there is not has no title.
func (k Kind) Title() geo.Text {
	for _, t := range titles {
		if t.kind == k {
			return t.title
		}
	}
	return geo.Text{}
}

// Input is what sheets are drawn of.
type Input struct {
	Report *result.Report
	Ledger *ledger.Ledger
	Land   *Land
	Lang   string // zh or en
	Dated  string // the day in the block to be signed, as 2026-11-30; "" leaves it to a pen
}

// Missing says why there is no such sheet of a plan; nothing where there is one.
func (k Kind) Missing(in Input) geo.Text {
	switch k {
	case LandUseBefore, LandUseAfter:
		if len(in.Report.LandUse) == 0 {
			return geo.Text{ZH: "底图没有地类图斑，或整治区域内没有", EN: "the base data has no land use, or none in the project area"}
		}
	case PBFBefore, PBFAfter:
		if in.Land.PBF == nil && in.Report.Form == nil {
			return geo.Text{ZH: "整治区域内没有永久基本农田，方案也不涉及", EN: "there is no permanent basic farmland in the project area, and the plan touches none"}
		}
	case SubProjects:
		if len(subProjectsOf(in)) == 0 {
			return geo.Text{ZH: "方案图层没有子项目编号（XMBH）", EN: "the plan's layers bear no numbers of sub-projects (XMBH)"}
		}
	}
	return geo.Text{}
}

// Draw draws a sheet as SVG; the same input gives the same bytes. A sheet that is
// Missing, or of a plan without a place, is a *geo.InputError.
func Draw(k Kind, in Input) ([]byte, error) {
	if why := k.Missing(in); !why.IsZero() {
		return nil, &geo.InputError{Message: geo.Textf("不能绘制%s：%s", "cannot draw %s: %s", k.Title(), why),
			Advice: geo.Text{ZH: "请换一种图件，或补齐资料后重新核查", EN: "Ask for another sheet, or complete the data and check again"}}
	}
	s, err := newSheet(k, in)
	if err != nil {
		return nil, err
	}
	var key legend
	switch k {
	case LandUseBefore, LandUseAfter:
		key = s.landUse()
	case PBFBefore, PBFAfter:
		key = s.pbf()
	case SubProjects:
		key = s.subProjects()
	}
	return s.finish(key), nil
}
