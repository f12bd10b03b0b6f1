package adversary

import (
	"testing"

	"landcheck/rules/proving/kit"
)

// ridges claims a coefficient of 0 over much cropland that stays cropland,
// and builds over 1.2 hm² of it.
func ridges(with kit.F) func(*kit.Case) {
	return func(c *kit.Case) {
		d := c.Plan.Layer("DLBG")
		d.DropRow("N1").DropRow("N2")
		s := kit.Box(1, 4, 10, 5) // 9 hm² of PBF that stays
		shape, f := kit.To("K1", "0103", s)
		f["KCXS"] = 0.0
		for k, v := range with {
			f[k] = v
		}
		d.Add(shape, f)
		d.Shaped("U1", kit.Box(2, 5, 2.05, 6))
		d.Shaped("U2", kit.Box(8, 5, 8.05, 6))
		d.DropRow("B1")
	}
}

// pbf sets a field of PBF records of the western township that no change touches.
func pbf(field string, value any, ids ...string) func(*kit.Case) {
	return func(c *kit.Case) {
		overCap(c)
		for _, id := range ids {
			c.Base.Layer("YJJBNTTB").Row(id).F[field] = value
		}
	}
}

// in sets fields of the land that comes in.
func in(values kit.F) func(*kit.Case) {
	return func(c *kit.Case) {
		for k, v := range values {
			c.Plan.Layer("YJJBNTBH").Row("I1").F[k] = v
		}
	}
}

// tilled sets fields of the new cropland.
func tilled(values kit.F) func(*kit.Case) {
	return func(c *kit.Case) {
		for k, v := range values {
			c.Plan.Layer("DLBG").Row("N1").F[k] = v
		}
	}
}

// at judges at a later stage with its papers.
func at(stage string, do func(*kit.Case)) func(*kit.Case) {
	return func(c *kit.Case) { do(c); c.Plan.Manifest.Later(stage) }
}

func TestClaims(t *testing.T) {
	const shrinks = "violations cropland-area-kept"
	surveyed := func(method string, area any, date any) kit.F {
		return kit.F{"SCFF": method, "SCMJ": area, "SCRQ": date}
	}
	whole := kit.Area(kit.Box(1, 4, 10, 5))
	try(t, []cheat{
		{"现状耕地的系数改报为 0，未实测", ridges(nil), shrinks},
		{"系数改报为 0，称以系数测算", ridges(surveyed("XSCS", whole, "20260420")), shrinks},
		{"系数改报为 0，称图上作业", ridges(surveyed("TSZY", whole, "20260420")), shrinks},
		{"系数改报为 0，实测没有日期", ridges(surveyed("RTK", whole, nil)), shrinks},
		{"系数改报为 0，实测没有面积", ridges(surveyed("RTK", nil, "20260420")), shrinks},
		{"系数改报为 0，实测方法写“好”", ridges(surveyed("好", whole, "20260420")), "violations"},
		{"系数在地类变更里报，实测写在补划里", func(c *kit.Case) {
			c.Plan.Layer("YJJBNTBH").DropRow("I2").Shaped("I1", kit.Box(2, 6, 3.49, 7)) // 1.49 gross against 1.5
			row := c.Plan.Layer("YJJBNTBH").Row("I1")
			kit.Survey(row.Shape, row.F)
			_, f := kit.To("K", "0103", row.Shape)
			f["KCXS"] = 0.0
			c.Plan.Layer("DLBG").Add(row.Shape, f)
		}, "violations pbf-area-kept"},
		{"系数为负", tilled(kit.F{"KCXS": -0.5}), "violations"},
		{"系数为 1.5", tilled(kit.F{"KCXS": 1.5}), "violations"},
		{"系数写成文字“零”", tilled(kit.F{"KCXS": "零"}), "violations data-fields"},
		{"补划图斑自报系数 0 以补面积", func(c *kit.Case) {
			in(kit.F{"KCXS": 0.0})(c)
			c.Plan.Layer("YJJBNTBH").Shaped("I1", kit.Box(2, 6, 2.9, 7)) // 0.9 + 0.6 gross
			c.Plan.Layer("YJJBNTTC").Shaped("O2", kit.Box(8, 5, 8.51, 6))
		}, "violations pbf-area-kept"},
		{"等别写 0", tilled(kit.F{"ZLDB": 0}), "violations | reserved | incomplete"},
		{"等别写 16", tilled(kit.F{"ZLDB": 16}), "violations data-codes"},
		{"新增耕地等别 12，比减少的差", tilled(kit.F{"ZLDB": 12}), "violations cropland-quality-kept"},
		{"补划的等别差", in(kit.F{"ZLDB": 11}), "violations pbf-quality-kept"},
		{"新增耕地没有等别", tilled(kit.F{"ZLDB": nil}), "reserved | incomplete | violations"},
		{"补划图斑坡度五级", in(kit.F{"GDPDJB": 5}), "violations pbf-in-is-stable"},
		{"坡度写 7", in(kit.F{"GDPDJB": 7}), "violations data-codes"},
		{"底图说是河滩耕地，方案写成稳定", func(c *kit.Case) {
			c.Base.Layer("DLTB").Row("D0602").F["TBXHDM"] = "HDGD"
			in(kit.F{"TBXHDM": "PDGD"})(c)
		}, "violations"},
		{"底图说是河滩耕地，地类变更里改稳定", func(c *kit.Case) {
			c.Base.Layer("DLTB").Row("D0602").F["TBXHDM"] = "HQGD"
			s, f := kit.To("T1", "0103", kit.Box(2, 6, 3.2, 7))
			f["TBXHDM"] = ""
			c.Plan.Layer("DLBG").Add(s, f)
		}, "violations pbf-in-is-stable"},
		{"实测面积多报 5 %", func(c *kit.Case) {
			r := c.Plan.Layer("DLBG").Row("N1")
			r.F["SCMJ"] = 1.05 * kit.Area(r.Shape)
		}, "violations new-cropland-area-agrees"},
		{"实测面积按亩填", func(c *kit.Case) {
			r := c.Plan.Layer("DLBG").Row("N1")
			r.F["SCMJ"] = kit.Area(r.Shape) * 15 / 10000
		}, "violations new-cropland-area-agrees"},
		{"年度核算用图上作业", at("annual", tilled(kit.F{"SCFF": "TSZY"})), "violations new-cropland-surveyed"},
		{"年度核算用系数测算", at("annual", tilled(kit.F{"SCFF": "XSCS"})), "violations new-cropland-surveyed"},
		{"年度核算没有实测日期", at("annual", tilled(kit.F{"SCRQ": nil})), "violations new-cropland-surveyed"},
		{"年度核算实测面积是星号", at("annual", tilled(kit.F{"SCMJ": kit.Raw("**********")})), "violations"},
		{"整体验收一项都没有实测", at("acceptance", tilled(kit.F{"SCMJ": nil, "SCFF": nil, "SCRQ": nil})), "violations new-cropland-surveyed"},
		{"地类编码留空", tilled(kit.F{"BGHDLBM": ""}), "violations data-fields"},
		{"地类编码编造", tilled(kit.F{"BGHDLBM": "0109"}), "violations data-codes"},
		{"申报面积写“1.5公顷”", tilled(kit.F{"MJ": "1.5公顷"}), "violations data-fields"},
		{"年份写成“明年”", tilled(kit.F{"NF": "明年"}), "violations data-fields"},
	})
}

func TestColumnsOfTheBase(t *testing.T) {
	try(t, []cheat{
		{"一条永农面积错了一万倍，比例变小", pbf("YJJBNTMJ", 9.8e7, "Y0000"), "incomplete | violations"},
		{"一条永农面积翻倍", pbf("YJJBNTMJ", 19_600.0, "Y0000"), "incomplete | violations"},
		{"许多条各多报一成", pbf("YJJBNTMJ", 10_780.0, "Y0000", "Y0001", "Y0002", "Y0100", "Y0101", "Y0102"), "incomplete | violations"},
		{"毛面积、净面积一起错一百倍", func(c *kit.Case) {
			pbf("YJJBNTMJ", 980_000.0, "Y0000")(c)
			pbf("YJJBNTTBMJ", 1_000_000.0, "Y0000")(&kit.Case{Plan: kit.Clean(), Base: c.Base})
		}, "incomplete | violations"},
		{"调出图斑自己的净面积少报到零头", func(c *kit.Case) {
			overCap(c)
			for _, id := range []string{"Y0502", "Y0503", "Y0504"} {
				c.Base.Layer("YJJBNTTB").Row(id).F["YJJBNTMJ"] = 900.0
			}
		}, "incomplete | violations pbf-township-cap"},
		{"底图里永农图层有一份副本，划定面积加倍", func(c *kit.Case) {
			overCap(c)
			c.Base.Layers = append(c.Base.Layers, c.Base.Layer("YJJBNTTB").Copy("YJJBNTTB - 副本"))
		}, "refused"},
		{"底图里永农图层换名又放一份", func(c *kit.Case) {
			overCap(c)
			c.Base.Layers = append(c.Base.Layers, c.Base.Layer("YJJBNTTB").Copy("YJJBNTBHTB"))
		}, "refused"},
		{"调出图斑写着邻镇的坐落", func(c *kit.Case) {
			overCap(c)
			c.Plan.Layer("YJJBNTTC").Set("ZLDWDM", "1501231022010000000")
		}, "violations pbf-township-cap"},
	})
}
