package report

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/result"
)

// formTitle is the official title of the review form.
func formTitle() geo.Text {
	return geo.Text{ZH: "永久基本农田布局调整审查情况汇总表", EN: "Review form of the permanent basic farmland adjustment"}
}

// formRow is a row of the review form. A section opens with its name; a row
// with Wide has one value over both columns.
type formRow struct {
	Section geo.Text // on the first row of a section, with its number of rows
	Rows    int
	Label   geo.Text
	Out, In string
	Wide    geo.Text
	IsWide  bool
	Cells   [2]*formCell // the same as numbers, out and in; nil where there is none
}

// formRows is the review form in the order of the official sheet. Areas in
// hm² to four decimals; a figure without input is a dash.
func formRows(f *result.Form) []formRow {
	var rows []formRow
	section := func(zh, en string, add ...formRow) {
		add[0].Section, add[0].Rows = geo.Text{ZH: zh, EN: en}, len(add)
		rows = append(rows, add...)
	}
	pair := func(zh, en, out, in string) formRow {
		return formRow{Label: geo.Text{ZH: zh, EN: en}, Out: out, In: in}
	}
	wide := func(zh, en string, value geo.Text) formRow {
		return formRow{Label: geo.Text{ZH: zh, EN: en}, Wide: value, IsWide: true}
	}
	cells := func(row formRow, out, in *formCell) formRow {
		row.Cells = [2]*formCell{out, in}
		return row
	}
	areas := func(zh, en string, out, in float64) formRow {
		return cells(pair(zh, en, hm2(out), hm2(in)), hm2Cell(out), hm2Cell(in))
	}
	o, i := &f.Out, &f.In
	involved := geo.Text{ZH: "否", EN: "no"}
	if o.Area > 0 || i.Area > 0 {
		involved = geo.Text{ZH: "是", EN: "yes"}
	}
	section("基本信息", "Project",
		wide("整治项目名称", "Project", same(f.Project)),
		wide("所含乡镇名称", "Townships", geo.Text{ZH: strings.Join(f.Townships, "、"), EN: strings.Join(f.Townships, ", ")}),
		wide("是否涉及永久基本农田布局调整", "Adjusts permanent basic farmland", involved),
		cells(wide("整治区域原永久基本农田总面积", "PBF in the project area before", same(hm2(f.ProjectPBF))), hm2Cell(f.ProjectPBF), nil),
	)
	section("总体情况", "Overall",
		areas("总面积", "Total area", o.Area, i.Area),
		cells(pair("占整治区域原永久基本农田面积比例", "Share of the project area's PBF", share(o.ProjectShare), "/"), cellOf(o.ProjectShare, alike(asPercent)), nil),
		cells(pair("平均质量等别", "Mean quality grade", grade(o.MeanGrade), grade(i.MeanGrade)), cellOf(o.MeanGrade, alike(asGrade)), cellOf(i.MeanGrade, alike(asGrade))),
		cells(pair("图斑数目（个）", "Parcels", number(float64(o.Parcels), 0), number(float64(i.Parcels), 0)), &formCell{float64(o.Parcels), alike(asCount)}, &formCell{float64(i.Parcels), alike(asCount)}),
		cells(pair("平均单个图斑面积", "Mean parcel area", maybe(o.MeanParcel), maybe(i.MeanParcel)), cellOf(o.MeanParcel, alike(asHM2)), cellOf(i.MeanParcel, alike(asHM2))),
	)
	section("现状地类", "By land class",
		areas("水田", "Paddy", o.Paddy, i.Paddy),
		areas("水浇地", "Irrigated land", o.Irrigated, i.Irrigated),
		areas("旱地", "Dry land", o.Dry, i.Dry),
		areas("非耕农用地", "Other agricultural land", o.OtherAgri, i.OtherAgri),
		areas("建设用地", "Construction land", o.Construction, i.Construction),
		areas("未利用地", "Unused land", o.Unused, i.Unused),
	)
	slopes := []formRow{
		areas("≤15°", "≤15°", o.Slope[0], i.Slope[0]),
		areas("（15°，25°]", "(15°, 25°]", o.Slope[1], i.Slope[1]),
		areas("＞25°", ">25°", o.Slope[2], i.Slope[2]),
	}
	if o.SlopeUnknown > 0 || i.SlopeUnknown > 0 {
		slopes = append(slopes, areas("坡度不明", "Slope unknown", o.SlopeUnknown, i.SlopeUnknown))
	}
	section("坡度", "By slope", slopes...)
	section("连片程度", "By patch size",
		areas("≤5 亩", "≤5 mu", o.Patches[0], i.Patches[0]),
		areas("（5，10] 亩", "(5, 10] mu", o.Patches[1], i.Patches[1]),
		areas("（10，20] 亩", "(10, 20] mu", o.Patches[2], i.Patches[2]),
		areas("＞20 亩", ">20 mu", o.Patches[3], i.Patches[3]),
	)
	section("新增耕地", "New cropland",
		cells(pair("其中：土地综合整治形成的新增耕地", "Of which newly made cropland", "/", hm2(i.NewCropland)), nil, hm2Cell(i.NewCropland)),
	)
	more := fixed(f.MoreMu, 1, 0, 2)
	section("审查结果", "Result",
		cells(wide("数量有增加", "More in area", geo.Textf("%[1]s 亩，增加比例 %[2]s", "%[1]s mu, by %[2]s", more, share(f.MoreRatio))), &formCell{f.MoreMu, moreFormat}, cellOf(f.MoreRatio, byFormat)),
		cells(wide("质量有提升", "Better in quality", geo.Textf("平均质量等别提升 %[1]s 等", "mean grade up by %[1]s", grade(f.BetterGrade))), cellOf(f.BetterGrade, gradeFormat), nil),
		cells(wide("布局有优化", "Better in layout", geo.Textf("集中连片度提升 %[1]s", "mean parcel larger by %[1]s", share(f.LayoutRatio))), cellOf(f.LayoutRatio, layoutFormat), nil),
	)
	return rows
}

// hm2 shows a figure of the form, which is in hm² already.
func hm2(x float64) string { return fixed(x, 1, 0, 4) }

func maybe(x *float64) string {
	if x == nil {
		return noValue
	}
	return hm2(*x)
}

func share(x *float64) string {
	if x == nil {
		return noValue
	}
	return Percent(*x)
}

func grade(x *float64) string {
	if x == nil {
		return noValue
	}
	return fixed(*x, 1, 0, 2)
}
