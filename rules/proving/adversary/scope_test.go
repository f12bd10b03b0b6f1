package adversary

import (
	"strings"
	"testing"

	"landcheck/rules/proving/kit"
)

func sub(format, value string) string { return strings.Replace(format, "%s", value, 1) }

// class adds a change of class.
func class(id, to string, s kit.Shape, more kit.F) func(*kit.Case) {
	return func(c *kit.Case) {
		_, f := kit.To(id, to, s)
		for k, v := range more {
			f[k] = v
		}
		c.Plan.Layer("DLBG").Add(s, f)
	}
}

// row sets a value of one feature of the base.
func row(layer, id, field string, value any, then func(*kit.Case)) func(*kit.Case) {
	return func(c *kit.Case) { c.Base.Layer(layer).Row(id).F[field] = value; then(c) }
}

func all(steps ...func(*kit.Case)) func(*kit.Case) {
	return func(c *kit.Case) {
		for _, step := range steps {
			step(c)
		}
	}
}

// released pulls down a whole hectare, so that building elsewhere is covered.
func released(c *kit.Case) { c.Plan.Layer("DLBG").Shaped("N2", kit.Box(2, 8, 3, 9)) }

// project gives the plan another project area.
func project(shapes ...kit.Shape) func(*kit.Case) {
	return func(c *kit.Case) {
		c.Plan.Drop("ZZQY")
		l := c.Plan.New("ZZQY")
		for _, s := range shapes {
			l.Add(s, kit.F{"BSM": string(rune('1' + len(l.Rows)))})
		}
	}
}

func TestWhere(t *testing.T) {
	try(t, []cheat{
		{"整治区域只画十平方米", project(kit.Box(5, 4, 5.03, 4.03)), "violations changes-in-project"},
		{"整治区域在变更处挖洞", project(kit.Minus(kit.Project, kit.Box(4.9, 6.9, 5.4, 8.1))), "violations changes-in-project"},
		{"新房建在整治区域外", all(released, class("X1", "0702", kit.Box(12, 7, 12.3, 8), nil)), "violations changes-in-project"},
		{"调出在整治区域外", func(c *kit.Case) { c.Plan.Layer("YJJBNTTC").Add(kit.Out("O9", kit.Box(11, 5, 11.2, 6))) }, "violations changes-in-project"},
		{"补划在整治区域外", func(c *kit.Case) { c.Plan.Layer("YJJBNTBH").Shaped("I1", kit.Box(11, 6, 12.2, 7)) }, "violations pbf-compensation-in-project"},
		{"整治区域外的变更比补划大一圈", func(c *kit.Case) {
			c.Plan.Layer("YJJBNTBH").Add(kit.In("I9", kit.Box(11, 6, 12, 7)))
			c.Plan.Layer("DLBG").Add(kit.To("D9", "0102", kit.Box(11, 6, 12.5, 7)))
		}, "violations changes-in-project"},
		{"补划在旗县外", func(c *kit.Case) { c.Plan.Layer("YJJBNTBH").Shaped("I1", kit.Box(17, 6, 18.2, 7)) }, "violations pbf-compensation-in-county"},
		{"整治区域伸出旗县两米", project(kit.Box(-0.02, 4, 10, 9)), "violations one-county"},
		{"整治区域在旗县外有一小块", project(kit.Parts(kit.Project, kit.Box(16.5, 4, 16.6, 4.1))), "violations one-county"},
		{"变更在底图之外", class("X1", "0103", kit.Box(4, 10.1, 5, 11), nil), "violations"},
		{"新房分散在整治区域内外，内部建设用地增加", all(
			class("X1", "0702", kit.Box(5, 7, 5.8, 8), nil),
			class("X2", "0103", kit.Box(12, 8, 13, 9), kit.F{"KCXS": kit.Ridge, "ZLDB": 9}),
		), "violations construction-not-grown"},
		{"房子换个编码：农村宅基地写规划码 0703", class("X1", "0703", kit.Box(4, 7, 5, 8), nil), "violations"},
		{"房子写成小写 08h1", class("X1", "08h1", kit.Box(4, 7, 5, 8), nil), "violations"},
		{"房子写成 0702A", class("X1", "0702A", kit.Box(4, 7, 5, 8), nil), "violations data-codes"},
		{"工厂写成 0601（名称写乡村道路）", class("X1", "0601", kit.Box(4, 7, 5, 8), kit.F{"DLMC": "工业用地"}), "violations"},
		{"方案整体平移到别的带", func(c *kit.Case) {
			for _, l := range c.Plan.Layers {
				l.Prj = strings.ReplaceAll(l.Prj, "", "")
				for _, r := range l.Rows {
					r.Shape = kit.Shift(r.Shape, 60_000, 0)
				}
			}
		}, "violations | refused"},
		{"跨镇的调出集中算到大镇", func(c *kit.Case) {
			overCap(c)
			c.Base.Layer("XZQ").Row("150123102").Shape = kit.Box(3, 0, 16, 10) // the layers contradict each other
		}, "violations | incomplete"},
	})
}

func TestRedLineAndTown(t *testing.T) {
	const red = "violations red-line-not-occupied"
	forest := kit.Box(8.2, 8.2, 8.6, 8.6)
	line := func(kind string, s kit.Shape) func(*kit.Case) {
		return func(c *kit.Case) { c.Plan.Open("STBHHXTZ").Add(s, kit.F{"BSM": "T" + kind, "TZLX": kind}) }
	}
	town := func(kind string, s kit.Shape) func(*kit.Case) {
		return func(c *kit.Case) { c.Plan.New("CZKFBJTZ").Add(s, kit.F{"BSM": "T1", "TZLX": kind}) }
	}
	out := func(s kit.Shape) func(*kit.Case) {
		return all(project(kit.Parts(kit.Project, s)), func(c *kit.Case) {
			c.Plan.Layer("YJJBNTTC").DropRow("O1").Add(kit.Out("O9", s))
			c.Plan.Layer("DLBG").DropRow("U1")
		})
	}
	try(t, []cheat{
		{"红线内建房", all(released, class("R", "0702", forest, nil)), red},
		{"红线内的林地开成耕地", class("R", "0103", forest, nil), red},
		{"红线内的林地改设施农用地", class("R", "1202", forest, nil), red},
		{"红线内修农村道路", class("R", "1006", forest, nil), red},
		{"补划放进红线", func(c *kit.Case) { c.Plan.Layer("YJJBNTBH").Shaped("I2", kit.Box(8, 8, 9, 9)) }, red},
		{"先调减红线再建房", all(released, line("2", forest), class("R", "0702", forest, nil)), "violations red-line-not-adjusted red-line-not-occupied"},
		{"调减一处，调增一处", all(line("2", forest), line("1", kit.Box(4, 8, 5, 9))), "violations"},
		{"调整类型写“3”", line("3", forest), "violations data-codes | refused"},
		{"调整类型留空", line("", forest), "violations | refused"},
		{"划入红线的地上随即建房", all(released, line("1", kit.Box(4, 8, 5, 9)), class("R", "0702", kit.Box(4.2, 8.2, 4.4, 8.4), nil)), red},
		{"有限人为活动文件零字节", all(released, class("R", "0702", forest, nil), func(c *kit.Case) {
			c.Plan.Manifest.Paper(kit.Doc{Kind: "limited-activity-opinion", File: "docs/a.pdf"})
			c.Plan.File("docs/a.pdf", "")
		}), red},
		{"有限人为活动文件写着不同意", all(released, class("R", "0702", forest, nil), func(c *kit.Case) {
			c.Plan.Manifest.Paper(kit.Doc{Kind: "limited-activity-opinion", More: "agrees: no"})
		}), red},
		{"红线内的永农调出后做设施农用地", all(out(kit.Box(12, 0, 13, 1)), class("R", "1202", kit.Box(12, 0, 13, 1), nil)), "violations red-line-restored"},
		{"城镇开发边界围合的永农调出", out(kit.Box(0, 0, 1, 1)), "violations pbf-urban-kept"},
		{"开天窗的永农调出", out(kit.Box(1, 1, 2, 2)), "violations pbf-urban-kept"},
		{"四块开发边界围出的天窗里调出", func(c *kit.Case) {
			l := c.Base.Layer("CZKFBJ")
			l.Rows = nil
			for i, s := range []kit.Shape{kit.Box(4, 4, 8, 4.5), kit.Box(4, 5.5, 8, 6), kit.Box(4, 4.5, 5, 5.5), kit.Box(7, 4.5, 8, 5.5)} {
				l.Add(s, kit.F{"BSM": string(rune('1' + i))})
			}
			c.Plan.Layer("YJJBNTTC").DropRow("O2").Add(kit.Out("O9", kit.Box(5.2, 4.6, 5.7, 5.4)))
			c.Plan.Layer("DLBG").DropRow("U2")
		}, "violations pbf-urban-kept"},
		{"开发边界只增不减", town("1", kit.Box(4, 9, 4.5, 10)), "violations urban-boundary-scale"},
		{"开发边界增一公顷，减在别人地上", func(c *kit.Case) {
			town("1", kit.Box(4, 9, 5, 10))(c)
			c.Plan.Layer("CZKFBJTZ").Add(kit.Box(6, 7, 7, 8), kit.F{"BSM": "T2", "TZLX": "2"})
		}, "violations urban-boundary-scale"},
		{"补划红线天窗外的地，其实在红线上", func(c *kit.Case) {
			c.Base.Layer("YJJBNTTB").DropRow("Y0012")
			project(kit.Parts(kit.Project, kit.Box(12, 0, 13, 1)))(c)
			c.Plan.Layer("YJJBNTBH").DropRow("I2").Add(kit.In("I9", kit.Box(12, 0, 13, 1)))
		}, red},
		{"底图没有红线图层", func(c *kit.Case) { c.Base.Drop("STBHHX") }, "incomplete"},
		{"底图的红线改了名", func(c *kit.Case) { inRedLine(c); c.Base.Layer("STBHHX").Name = "STBHHX备份" }, "incomplete | violations red-line-not-occupied | refused"},
		{"底图的红线错一个字母", func(c *kit.Case) { inRedLine(c); c.Base.Layer("STBHHX").Name = "STBHX" }, "incomplete"},
		{"底图没有基本草原", func(c *kit.Case) { class("G", "0702", kit.Box(5, 8, 5.1, 8.1), nil)(c); c.Base.Drop("JBCY") }, "incomplete | violations"},
		{"底图没有历史文化保护线", func(c *kit.Case) { c.Base.Drop("LSWHBHX") }, "reserved"},
	})
}
