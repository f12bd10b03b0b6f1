package report

import (
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

// column is one column of the ledger as a table, the same in CSV, XLSX and
// GeoPackage. Values are what the rules computed with, not rounded: a reader
// sums them and gets the figure of the report.
type column struct {
	Name  string // a GeoPackage column too: lower case
	Title geo.Text
	Type  geo.FieldType
	Of    func(*ledger.Face) string
}

// faceColumns lists the columns in reading order: where, before, after, the
// changes, the sources.
func faceColumns(l *ledger.Ledger) []column {
	cols := []column{
		{"face", geo.Text{ZH: "面编号", EN: "face"}, geo.NumberField, func(f *ledger.Face) string { return strconv.Itoa(f.ID) }},
		{"area_m2", geo.Text{ZH: "面积（m²）", EN: "area (m²)"}, geo.NumberField, func(f *ledger.Face) string { return figureText(f.Area) }},
		{"width_m", geo.Text{ZH: "平均宽度（m）", EN: "mean width (m)"}, geo.NumberField, func(f *ledger.Face) string { return figureText(f.Width) }},
		{"sliver", geo.Text{ZH: "细碎图斑", EN: "sliver"}, geo.NumberField, func(f *ledger.Face) string { return bit(f.Sliver) }},
		{"county", geo.Text{ZH: "旗县代码", EN: "county"}, geo.TextField, func(f *ledger.Face) string { return f.County }},
		{"township", geo.Text{ZH: "乡镇代码", EN: "township"}, geo.TextField, func(f *ledger.Face) string { return f.Township }},
		{"township_name", geo.Text{ZH: "乡镇", EN: "name of township"}, geo.TextField, func(f *ledger.Face) string { return l.Townships[f.Township] }},
		{"village", geo.Text{ZH: "嘎查村代码", EN: "village"}, geo.TextField, func(f *ledger.Face) string { return f.Village }},
		{"village_name", geo.Text{ZH: "嘎查村", EN: "name of village"}, geo.TextField, func(f *ledger.Face) string { return l.Villages[f.Village] }},
		{"in_project", geo.Text{ZH: "在整治区域内", EN: "in the project area"}, geo.NumberField, func(f *ledger.Face) string { return bit(f.InProject) }},
		{"sloped_block_m2", geo.Text{ZH: "所在坡耕地连片面积（m²）", EN: "block of sloped cropland (m²)"}, geo.NumberField, func(f *ledger.Face) string { return figureText(f.SlopedBlock) }},
	}
	cols = append(cols, stateColumns("before_", geo.Text{ZH: "整治前", EN: "before: "}, func(f *ledger.Face) *ledger.State { return &f.Before })...)
	cols = append(cols, stateColumns("after_", geo.Text{ZH: "整治后", EN: "after: "}, func(f *ledger.Face) *ledger.State { return &f.After })...)
	cols = append(cols, changeColumns("pbf_out", domain.PBFOut.Title(), func(f *ledger.Face) *plan.Change { return f.Out })...)
	cols = append(cols, changeColumns("pbf_in", domain.PBFIn.Title(), func(f *ledger.Face) *plan.Change { return f.In })...)
	cols = append(cols, changeColumns("land_use_change", domain.LandUseChange.Title(), func(f *ledger.Face) *plan.Change { return f.Use })...)
	cols = append(cols, changeColumns("urban_boundary_change", domain.UrbanChange.Title(), func(f *ledger.Face) *plan.Change { return f.Urban })...)
	cols = append(cols, changeColumns("red_line_change", domain.RedChange.Title(), func(f *ledger.Face) *plan.Change { return f.Line })...)
	return append(cols, column{"sources", geo.Text{ZH: "来源图斑", EN: "source features"}, geo.TextField, sources})
}

// stateColumns are what a face is, before or after.
func stateColumns(prefix string, when geo.Text, of func(*ledger.Face) *ledger.State) []column {
	title := func(zh, en string) geo.Text { return geo.Text{ZH: when.ZH + zh, EN: when.EN + en} }
	textual := func(name string, t geo.Text, get func(*ledger.State) string) column {
		return column{prefix + name, t, geo.TextField, func(f *ledger.Face) string { return get(of(f)) }}
	}
	numeric := func(name string, t geo.Text, get func(*ledger.State) string) column {
		return column{prefix + name, t, geo.NumberField, func(f *ledger.Face) string { return get(of(f)) }}
	}
	yes := func(name string, t geo.Text, get func(*ledger.State) bool) column {
		return numeric(name, t, func(s *ledger.State) string { return bit(get(s)) })
	}
	cols := []column{
		textual("class", title("地类", "class"), func(s *ledger.State) string { return s.Class }),
		yes("known", title("地类编码有效", "known class"), func(s *ledger.State) bool { return s.Known }),
		yes("cropland", title("耕地", "cropland"), func(s *ledger.State) bool { return s.Cropland }),
		numeric("cropland_net_m2", title("耕地净面积（m²）", "net cropland (m²)"), func(s *ledger.State) string { return figureText(s.CroplandNet) }),
		yes("pbf", title("永久基本农田", "PBF"), func(s *ledger.State) bool { return s.PBF }),
		numeric("pbf_net_m2", title("永久基本农田净面积（m²）", "net PBF (m²)"), func(s *ledger.State) string { return figureText(s.PBFNet) }),
		yes("construction", title("建设用地", "construction land"), func(s *ledger.State) bool { return s.Construction }),
		yes("forest", title("林地", "forest"), func(s *ledger.State) bool { return s.Forest }),
		yes("grassland", title("草地", "grassland"), func(s *ledger.State) bool { return s.Grassland }),
		yes("wetland", title("湿地", "wetland"), func(s *ledger.State) bool { return s.Wetland }),
		yes("ecological", title("生态用地", "ecological land"), func(s *ledger.State) bool { return s.Ecological }),
		yes("agricultural", title("农用地", "agricultural land"), func(s *ledger.State) bool { return s.Agricultural }),
		yes("unused", title("未利用地", "unused land"), func(s *ledger.State) bool { return s.Unused }),
		numeric("slope", title("坡度级别", "slope class"), func(s *ledger.State) string { return known0(s.Slope) }),
		numeric("grade", title("质量等别", "quality grade"), func(s *ledger.State) string { return known0(s.Grade) }),
		textual("refinement", title("图斑细化代码", "refinement code"), func(s *ledger.State) string { return s.Refinement }),
		yes("unstable", title("不稳定利用耕地", "unstable cropland"), func(s *ledger.State) bool { return s.Unstable }),
		yes("red_line", title("生态保护红线内", "in the red line"), func(s *ledger.State) bool { return s.RedLine }),
		yes("urban", title("城镇开发边界内", "in the urban boundary"), func(s *ledger.State) bool { return s.Urban }),
	}
	for _, flag := range ledger.Flags() {
		cols = append(cols, yes(string(flag.Role), title(flag.Role.Title().ZH, flag.Role.Title().EN), func(s *ledger.State) bool { return *flag.In(s) }))
	}
	return cols
}

// changeColumns are the change of one kind that covers a face, empty where none
// does.
func changeColumns(name string, title geo.Text, of func(*ledger.Face) *plan.Change) []column {
	cell := func(suffix string, what geo.Text, t geo.FieldType, get func(*plan.Change) string) column {
		return column{name + suffix, geo.Text{ZH: title.ZH + "：" + what.ZH, EN: title.EN + ": " + what.EN}, t, func(f *ledger.Face) string {
			c := of(f)
			if c == nil || !c.Exists {
				return ""
			}
			return get(c)
		}}
	}
	return []column{
		cell("", geo.Text{ZH: "标识码", EN: "id"}, geo.TextField, func(c *plan.Change) string { return changeID(c) }),
		cell("_year", geo.Text{ZH: "年份", EN: "year"}, geo.NumberField, func(c *plan.Change) string { return known0(c.Year) }),
		cell("_date", geo.Text{ZH: "日期", EN: "date"}, geo.TextField, func(c *plan.Change) string { return c.Date }),
		cell("_purpose", geo.Text{ZH: "用途", EN: "purpose"}, geo.TextField, func(c *plan.Change) string { return c.Purpose }),
	}
}

func changeID(c *plan.Change) string {
	if c.ID == "" {
		return "#" + strconv.Itoa(c.Record)
	}
	return c.ID
}

// sources names every feature that covers a face: "pbf:15…;land_use:42".
func sources(f *ledger.Face) string {
	var b strings.Builder
	for i, r := range f.Refs {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(string(r.Role) + ":" + r.ID)
	}
	return b.String()
}

// figureText is a number as computed, in the fewest digits that read back the
// same, never with an exponent.
func figureText(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func bit(b bool) string { return strconv.Itoa(b2i(b)) }

// known0 leaves an unknown class or year (0) empty.
func known0(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
