package adversary

import (
	"testing"

	"landcheck/rules/proving/kit"
)

func TestGrassTreesAndHeritage(t *testing.T) {
	grass := kit.Box(5, 8, 5.2, 8.2)
	permitted := func(c *kit.Case) { c.Plan.Manifest.Paper(kit.Doc{Kind: "grassland-approval"}) }
	const grassland = "violations basic-grassland"
	wide := func(c *kit.Case) { project(kit.Box(1, 4, 16, 10))(c) }
	old := kit.Box(14.2, 9.2, 14.5, 9.5)
	belt := kit.Box(12.2, 9.2, 12.6, 9.6)
	try(t, []cheat{
		{"基本草原上建房没有用途", all(released, class("G", "0702", grass, nil), permitted), grassland},
		{"基本草原上建牧民房没有审批", all(released, class("G", "0702", grass, kit.F{"YT": "NMZZ"})), grassland},
		{"工厂报成农牧民住宅", all(released, class("G", "0602", grass, kit.F{"YT": "NMZZ"}), permitted), "violations"},
		{"国道报成农村公路", all(released, class("G", "1201", grass, kit.F{"YT": "NCGL"}), permitted), "violations"},
		{"采矿占基本草原", all(released, class("G", "0602", grass, kit.F{"YT": "CKYD"}), permitted), grassland},
		{"基本草原开成耕地", class("G", "0103", grass, nil), grassland},
		{"基本草原开成耕地，有审批也不行", all(class("G", "0103", grass, kit.F{"YT": "NMZZ"}), permitted), grassland},
		{"基本草原改果园", class("G", "0201", grass, nil), grassland},
		{"基本草原改设施农用地", class("G", "1202", grass, nil), grassland},
		{"基本草原上 DLTB 写成未利用地，开成耕地", row("DLTB", "D0805", "DLBM", "1206", class("G", "0103", grass, nil)), grassland},
		{"基本草原上 DLTB 写成林地，建房", row("DLTB", "D0805", "DLBM", "0301", all(released, class("G", "0702", grass, nil))), grassland},
		{"农村道路不填用途", class("G", "1006", grass, nil), grassland},
		{"审批文件是图层", all(released, class("G", "0702", grass, kit.F{"YT": "NMZZ"}), func(c *kit.Case) {
			c.Plan.Manifest.Paper(kit.Doc{Kind: "grassland-approval", File: "DLBG.shx"})
		}), grassland},
		{"用途编码编造", all(released, class("G", "0702", grass, kit.F{"YT": "NMZ"}), permitted), "violations"},
		{"防护林砍了不补", all(wide, class("L", "0103", belt, nil)), "violations shelterbelt-kept"},
		{"防护林补成果园", all(wide, class("L", "0103", belt, nil), class("M", "0201", kit.Box(6, 7, 7, 8), kit.F{"YT": "FHL"})), "violations shelterbelt-kept"},
		{"历史文化保护范围内拆房", all(wide, class("H", "0103", old, nil)), "violations heritage-protected"},
		{"历史文化保护范围内改建工厂", all(wide, class("H", "0602", old, nil)), "violations heritage-protected"},
	})
}

func TestDates(t *testing.T) {
	rows := func(layer, field string, value any) func(*kit.Case) {
		return func(c *kit.Case) { c.Plan.Layer(layer).Set(field, value) }
	}
	undated := func(layers ...string) func(*kit.Case) {
		return func(c *kit.Case) {
			for _, l := range layers {
				c.Plan.Layer(l).Set("YSRQ", nil).Set("DCRQ", nil)
			}
		}
	}
	const first = "violations pbf-compensate-first"
	try(t, []cheat{
		{"调出早于补划验收", rows("YJJBNTTC", "DCRQ", "20260301"), first},
		{"补划在下一年", func(c *kit.Case) {
			undated("YJJBNTTC", "YJJBNTBH")(c)
			c.Plan.Layer("YJJBNTBH").Set("NF", 2027)
		}, first},
		{"补划日期不存在", rows("YJJBNTBH", "YSRQ", "20269999"), "violations"},
		{"补划日期写“已验收”", rows("YJJBNTBH", "YSRQ", "已验收"), "violations"},
		{"补划只有年份而调出有年初的日期", func(c *kit.Case) {
			undated("YJJBNTBH")(c)
			rows("YJJBNTTC", "DCRQ", "20260105")(c)
		}, "reserved | incomplete | " + first},
		{"年度核算没有日期也没有年份", at("annual", func(c *kit.Case) {
			undated("YJJBNTTC", "YJJBNTBH")(c)
			c.Plan.Layer("YJJBNTTC").Set("NF", nil)
			c.Plan.Layer("YJJBNTBH").Set("NF", nil)
		}), "reserved | incomplete | violations"},
		{"头一年只减少耕地，下一年才补", at("annual", func(c *kit.Case) {
			d := c.Plan.Layer("DLBG")
			for _, id := range []string{"N1", "N2"} {
				d.Row(id).F["NF"], d.Row(id).F["YSRQ"] = 2027, "20270601"
			}
		}), "violations cropland-area-kept"},
		{"耕地减少分在一百个小图斑里", func(c *kit.Case) {
			for i, s := range tiles(4, 6, 9, 10, 10) {
				build(c, []kit.Shape{s}, "1202")
				c.Plan.Layer("DLBG").Rows[len(c.Plan.Layer("DLBG").Rows)-1].F["BSM"] = "S" + string(rune('A'+i/26)) + string(rune('A'+i%26))
			}
			for i, s := range tiles(5, 6, 9, 10, 10) {
				_, f := kit.To("V"+string(rune('A'+i/26))+string(rune('A'+i%26)), "1202", s)
				c.Plan.Layer("DLBG").Add(s, f)
			}
		}, "violations cropland-area-kept"},
	})
}
