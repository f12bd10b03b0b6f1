package sentences

import (
	"testing"

	"landcheck/rules/proving/kit"
)

// TestBase: what base data is called, what base.yaml says of it, and what is
// there although it says otherwise.
func TestBase(t *testing.T) {
	drop := func(name string) func(*kit.Case) { return func(c *kit.Case) { c.Base.Drop(name) } }
	absent := func(name, role string) func(*kit.Case) { return all(drop(name), baseYAML("absent: ["+role+"]\n")) }
	base := func(from string, to ...string) (rows []row) {
		for _, name := range to {
			rows = append(rows, row{name, renameBase(from, name), "compliant", ""})
		}
		return rows
	}
	village := func(c *kit.Case) { c.Plan.Layer("DLBG").Add(kit.To("W1", "0601", kit.Box(14, 9, 14.5, 10))) }
	const builds = "violations heritage-protected"
	hold(t, []sentence{
		{"Chinese names serve as well", join(base("DLTB", "地类图斑"), base("XZQ", "行政区"), base("CJDCQ", "村级调查区"), base("YJJBNTTB", "永久基本农田图斑", "YJJBNTBHTB", "JBNTBHTB"),
			base("STBHHX", "生态保护红线"), base("CZKFBJ", "城镇开发边界", "CSKFBJ"), base("JBCY", "基本草原"), base("FHLD", "防护林带"), base("LSWHBHX", "历史文化保护线"), base("HHGLFW", "河湖管理范围"), base("YJJBNTCBQ", "永久基本农田储备区"))},
		{"absent: [heritage]: then those rules are not applicable, not unchecked", []row{
			{"there", village, builds + " changes-in-project", ""},
			{"missing", drop("LSWHBHX"), "compliant", ""},
			{"absent", absent("LSWHBHX", "heritage"), "compliant", ""},
			{"absent, but the layer is there", baseYAML("absent: [heritage]\n"), "refused", "LSWHBHX"},
			{"absent, but a layer of nearly its name is there", all(village, renameBase("LSWHBHX", "LSWHBHX_old"), baseYAML("absent: [heritage]\n")), "violations changes-in-project", "LSWHBHX_old"},
			{"no county is without land use", absent("DLTB", "land_use"), "refused", "land_use"},
			{"nor without townships", absent("XZQ", "townships"), "refused", "townships"},
			{"what the plan moves is not absent", absent("YJJBNTTB", "pbf"), "incomplete pbf-township-cap pbf-out-is-pbf", "absent"},
			{"a role that does not exist", baseYAML("absent: [heritag]\n"), "refused", "heritage"}}},
		{"designated: {150123101: 64800000}, m²: they replace the sum of the layer", []row{
			{"more", all(overCap, baseYAML("designated: {150123101: 64800000}\n")), "compliant", ""},
			{"less", baseYAML("designated: {150123101: 100000}\n"), cap5, ""},
			{"of a township that is not there", baseYAML("designated: {150123109: 64800000}\n"), "compliant", "是否应为 150123101"},
			{"of a county", baseYAML("designated: {150123: 64800000}\n"), "refused", "150123"},
			{"in words", baseYAML("designated: {150123101: 6480公顷}\n"), "refused", "6480公顷"}}},
		{"base.yaml may map them like the manifest", []row{
			{"file", all(renameBase("STBHHX", "红线"), baseYAML("layers:\n  red_line: {file: 红线.shp}\n")), "compliant", ""},
			{"fields", all(func(c *kit.Case) { call(c.Base.Layer("DLTB"), "DLBM", "DL") }, baseYAML("layers:\n  land_use: {fields: {class: DL}}\n")), "compliant", ""},
			{"a field that is not there", baseYAML("layers:\n  land_use: {fields: {class: DL}}\n"), "refused", "DL"},
			{"a file that is not there", baseYAML("layers:\n  red_line: {file: 红线.shp}\n"), "refused", "红线.shp"},
			{"two of them", all(baseYAML(""), func(c *kit.Case) { c.Base.File("base.yml", "absent: []\n") }), "refused", "base.yml"}}},
		{"an unread layer there is a notice, except where its stem is near a role's name", []row{
			{"another layer", func(c *kit.Case) { c.Base.New("水系").Add(kit.Box(0, 0, 1, 1), kit.F{"BSM": "1"}) }, "compliant", "水系"},
			{"contains the name", renameBase("STBHHX", "STBHHX_final"), "incomplete red-line-not-occupied", "STBHHX_final"},
			{"a letter amiss", renameBase("STBHHX", "STBHX"), "incomplete red-line-not-occupied", "STBHX"},
			{"beside the layer itself", func(c *kit.Case) { c.Base.Layers = append(c.Base.Layers, c.Base.Layer("STBHHX").Copy("STBHHX2019")) }, "incomplete red-line-not-occupied", "STBHHX2019"}}},
		{"Several layers of one role are joined, in plan and base alike", []row{
			{"parts", func(c *kit.Case) {
				l := c.Base.Layer("YJJBNTTB")
				c.Base.New("YJJBNTTB_2").Rows = l.Rows[40:]
				l.Rows = l.Rows[:40]
			}, "compliant", ""},
			{"a copy would count twice", func(c *kit.Case) {
				c.Base.Layers = append(c.Base.Layers, c.Base.Layer("YJJBNTTB").Copy("YJJBNTTB(1)"))
			}, "refused", "两份"}}},
		{"where another zone would put it inside, the message names that system", []row{
			{"one layer with the neighbour's number", func(c *kit.Case) {
				l := c.Plan.Layer("DLBG")
				l.Prj = "-"
				for _, r := range l.Rows {
					r.Shape = kit.Shift(r.Shape, 1e6, 0)
				}
			}, "violations data-crs", "若其坐标属于 EPSG:4525"}}},
	})
}
