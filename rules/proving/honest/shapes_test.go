package honest

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/rules/proving/kit"
)

// moved shifts a layer of the plan by metres.
func moved(layer string, east, north float64) func(*kit.Case) {
	return func(c *kit.Case) {
		for _, r := range c.Plan.Layer(layer).Rows {
			r.Shape = kit.Shift(r.Shape, east, north)
		}
	}
}

// movedBase shifts a layer of the base by metres, as another vintage is.
func movedBase(layer string, east, north float64) func(*kit.Case) {
	return func(c *kit.Case) {
		for _, r := range c.Base.Layer(layer).Rows {
			r.Shape = kit.Shift(r.Shape, east, north)
		}
	}
}

// jitter moves every vertex by up to some metres, each place always the same way.
func jitter(by float64) func(s kit.Shape) kit.Shape {
	return func(s kit.Shape) kit.Shape {
		return kit.Map(s, func(p orb.Point) orb.Point {
			return orb.Point{p[0] + by*math.Sin(p[0]*7+p[1]), p[1] + by*math.Cos(p[1]*5+p[0])}
		})
	}
}

func reshape(do func(kit.Shape) kit.Shape) func(l *kit.Layer) {
	return func(l *kit.Layer) {
		for _, r := range l.Rows {
			r.Shape = do(r.Shape)
		}
	}
}

// snapped rounds coordinates to some metres.
func snapped(to float64) func(s kit.Shape) kit.Shape {
	return func(s kit.Shape) kit.Shape {
		return kit.Map(s, func(p orb.Point) orb.Point {
			return orb.Point{math.Round(p[0]/to) * to, math.Round(p[1]/to) * to}
		})
	}
}

func TestDust(t *testing.T) {
	try(t, []untidy{
		{"调出层偏 1 毫米", moved("YJJBNTTC", 0.001, 0.001), ""},
		{"补划层偏 3 毫米", moved("YJJBNTBH", -0.003, 0.002), ""},
		{"补划层偏 1 厘米，压到永农", moved("YJJBNTBH", 0, -0.01), ""},
		{"地类变更偏 2 厘米，压到永农和红线", moved("DLBG", 0.01, 0.02), ""},
		{"整治区域偏 2 厘米", moved("ZZQY", 0.02, -0.02), ""},
		{"永农与地类图斑差 1 厘米", movedBase("YJJBNTTB", 0.01, 0.01), ""},
		{"红线差 2 厘米", movedBase("STBHHX", -0.02, 0.02), ""},
		{"城镇开发边界差 2 厘米", movedBase("CZKFBJ", 0.02, 0.02), ""},
		{"基本草原差 2 厘米，压到变更", movedBase("JBCY", -0.02, -0.02), ""},
		{"行政区差 1 毫米", movedBase("XZQ", 0.001, 0.001), ""},
		{"行政区差 3 厘米", movedBase("XZQ", 0.03, 0), ""},
		{"村界差 2 厘米", movedBase("CJDCQ", 0.02, 0.02), ""},
		{"方案所有顶点抖动 0.3 毫米", every(reshape(jitter(0.0003))), ""},
		{"底图所有顶点抖动 2 毫米", base(reshape(jitter(0.002))), ""},
		{"坐标保留三位小数", every(reshape(snapped(0.001))), ""},
		{"坐标保留两位小数，底图抖动", all(base(reshape(jitter(0.003))), every(reshape(snapped(0.01)))), ""},
		{"乡镇之间缝隙 1 毫米", func(c *kit.Case) { c.Base.Layer("XZQ").Rows[1].Shape = kit.Box(8.00001, 0, 16, 10) }, ""},
		{"乡镇之间重叠 1 厘米", func(c *kit.Case) { c.Base.Layer("XZQ").Rows[1].Shape = kit.Box(7.9999, 0, 16, 10) }, ""},
		{"底图图斑重叠一粒灰尘", func(c *kit.Case) { c.Base.Layer("DLTB").Row("D0602").Shape = kit.Box(2, 6, 3.00002, 7) }, ""},
		{"变更地块下的底图重叠半米", func(c *kit.Case) { c.Base.Layer("DLTB").Row("D0602").Shape = kit.Box(2, 6, 3.005, 7) }, ""},
		{"变更地块下的底图缝隙 2 毫米", func(c *kit.Case) { c.Base.Layer("DLTB").Row("D0602").Shape = kit.Box(2, 6, 2.99998, 7) }, ""},
		{"底图的图斑自相交", func(c *kit.Case) {
			c.Base.Layer("DLTB").Row("D0602").Shape = kit.Poly(2, 6, 2, 7, 3, 7, 3, 6.4, 3.00001, 6.5, 3, 6.6, 3, 6)
		}, ""},
		{"整治区域东边伸出旗县 4 厘米的细条", func(c *kit.Case) { c.Plan.Layer("ZZQY").Rows[0].Shape = kit.Box(-0.0004, 4, 10, 9) }, ""},
		{"补划伸出整治区域 3 厘米", func(c *kit.Case) { c.Plan.Layer("ZZQY").Rows[0].Shape = kit.Box(2.0003, 4, 10, 9) }, ""},
		{"一粒灰尘落在永农上，一平方分米", func(c *kit.Case) { c.Plan.Layer("DLBG").Add(kit.To("尘", "0301", kit.Box(4, 4, 4.003, 4.003))) }, ""},
		{"一粒灰尘落在红线里", func(c *kit.Case) { c.Plan.Layer("DLBG").Add(kit.To("尘", "0103", kit.Box(8.5, 8.5, 8.503, 8.503))) }, ""},
		{"一条 1 厘米的细条压着红线", func(c *kit.Case) {
			c.Plan.Layer("DLBG").Add(kit.To("条", "0702", kit.Box(5, 7, 5.3, 8.0))).DropRow("B1")
		}, ""},
		{"细碎图斑合计 9 平方米", func(c *kit.Case) {
			for i := range 12 {
				c.Plan.Layer("DLBG").Add(kit.To(fmt.Sprint("尘", i), "0103", kit.Box(8.1+float64(i)/50, 8.1, 8.1087+float64(i)/50, 8.1086)))
			}
		}, ""},
		{"补划有一粒灰尘等别差", func(c *kit.Case) {
			s, f := kit.In("尘", kit.Box(4, 6, 4.003, 6.003))
			f["ZLDB"] = 15
			c.Plan.Layer("YJJBNTBH").Add(s, f)
		}, ""},
	})
}

func TestRings(t *testing.T) {
	n1 := kit.Box(2, 7, 3.6, 8)
	try(t, []untidy{
		{"外环逆时针", every(reshape(kit.Reversed)), ""},
		{"底图外环逆时针", base(reshape(kit.Reversed)), ""},
		{"自相接的环", func(c *kit.Case) {
			c.Plan.Layer("DLBG").Shaped("N1", kit.Poly(2, 7, 2, 8, 3.6, 8, 3.6, 7, 3, 7, 3.1, 7.2, 2.9, 7.2, 3, 7))
		}, ""},
		{"洞与外环共一个顶点", func(c *kit.Case) {
			c.Plan.Layer("DLBG").Shaped("N1", kit.Shape{{kit.Ring(2, 7, 2, 8, 3.6, 8, 3.6, 7, 3, 7), kit.Ring(3, 7, 3.1, 7.2, 2.9, 7.2)}})
		}, ""},
		{"两部件在一点相接", func(c *kit.Case) {
			c.Plan.Layer("DLBG").Shaped("N1", kit.Parts(kit.Box(2, 7, 2.8, 8), kit.Box(2.8, 7, 3.6, 7.99)))
		}, ""},
		{"一个图斑两部件", func(c *kit.Case) {
			c.Plan.Layer("DLBG").Shaped("N1", kit.Parts(kit.Box(2, 7, 3, 8), kit.Box(3.2, 7, 3.9, 8)))
		}, ""},
		{"重复的顶点", func(c *kit.Case) {
			c.Plan.Layer("DLBG").Shaped("N1", kit.Poly(2, 7, 2, 8, 2, 8, 3.6, 8, 3.6, 7, 3.6, 7))
		}, ""},
		{"边上多余的顶点", func(c *kit.Case) {
			c.Plan.Layer("DLBG").Shaped("N1", kit.Poly(2, 7, 2, 7.3, 2, 7.6, 2, 8, 2.5, 8, 3, 8, 3.6, 8, 3.6, 7.5, 3.6, 7))
		}, ""},
		{"毛刺：去而复返的边", func(c *kit.Case) {
			c.Plan.Layer("DLBG").Shaped("N1", kit.Poly(2, 7, 2, 8, 3.6, 8, 3.8, 8, 3.6, 8, 3.6, 7))
		}, ""},
		{"岛中有洞，洞中有岛", func(c *kit.Case) {
			c.Plan.Layer("ZZQY").Rows[0].Shape = kit.Parts(kit.Minus(kit.Project, kit.Box(5, 4.2, 7, 4.8)), kit.Box(5.5, 4.4, 6, 4.6))
		}, ""},
		{"同一图层的两个图斑重叠 0.1 毫米", func(c *kit.Case) {
			c.Plan.Layer("DLBG").DropRow("N1").Add(kit.Tilled("Na", kit.Box(2, 7, 3.000001, 8))).Add(kit.Tilled("Nb", kit.Box(3, 7, 3.6, 8)))
		}, ""},
		{"新增耕地分两块", func(c *kit.Case) {
			c.Plan.Layer("DLBG").DropRow("N1").Add(kit.Tilled("Na", kit.Box(2, 7, 3, 8))).Add(kit.Tilled("Nb", kit.Box(3, 7, 3.6, 8)))
		}, ""},
		{"整治区域两块相邻", func(c *kit.Case) {
			l := c.Plan.Layer("ZZQY")
			l.Rows = nil
			l.Add(kit.Box(1, 4, 5, 9), kit.F{"BSM": "1"}).Add(kit.Box(5, 4, 10, 9), kit.F{"BSM": "2"})
		}, ""},
		{"换成 6° 带", every(func(l *kit.Layer) { l.EPSG = 4497 }), ""},
		{"换成不带带号的 3° 带", every(func(l *kit.Layer) { l.EPSG = 4546 }), ""},
		{"换成邻带", every(func(l *kit.Layer) { l.EPSG = 4526 }), ""},
		{"换成经纬度", every(func(l *kit.Layer) { l.EPSG = 4490 }), ""},
		{"底图是经纬度", base(func(l *kit.Layer) { l.EPSG = 4490 }), ""},
		{"各图层坐标系不同", func(c *kit.Case) {
			c.Plan.Layer("DLBG").EPSG, c.Plan.Layer("YJJBNTTC").EPSG, c.Base.Layer("STBHHX").EPSG = 4490, 4546, 4497
		}, ""},
		{"图形没变", func(c *kit.Case) { c.Plan.Layer("DLBG").Shaped("N1", n1) }, ""},
	})
}
