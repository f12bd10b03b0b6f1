package adversary

import (
	"fmt"
	"testing"

	"landcheck/rules/proving/kit"
)

// tiles covers land with n × n squares of a side in metres, a pitch apart.
func tiles(col, row, side, pitch float64, n int) []kit.Shape {
	var all []kit.Shape
	for i := range n {
		for k := range n {
			c, r := col+float64(i)*pitch/kit.Cell, row+float64(k)*pitch/kit.Cell
			all = append(all, kit.Box(c, r, c+side/kit.Cell, r+side/kit.Cell))
		}
	}
	return all
}

// build makes a change of class for every shape, the classes in turn.
func build(c *kit.Case, shapes []kit.Shape, classes ...string) {
	for i, s := range shapes {
		c.Plan.Layer("DLBG").Add(kit.To(fmt.Sprintf("T%d", i), classes[i%len(classes)], s))
	}
	c.Plan.Layer("DLBG").Shaped("N2", kit.Box(2, 8, 3, 9))
}

func tiled(col, row, side, pitch float64, n int, classes ...string) func(*kit.Case) {
	return func(c *kit.Case) { build(c, tiles(col, row, side, pitch, n), classes...) }
}

// stripes are strips of a width in metres from south to north.
func stripes(col, row, width, pitch, length float64, n int) []kit.Shape {
	var all []kit.Shape
	for i := range n {
		c := col + float64(i)*pitch/kit.Cell
		all = append(all, kit.Box(c, row, c+width/kit.Cell, row+length/kit.Cell))
	}
	return all
}

func TestPieces(t *testing.T) {
	const red, farm = "violations red-line-not-occupied", "violations pbf-undeclared-loss"
	try(t, []cheat{
		{"红线内 0.9 米见方的小块 400 个", tiled(8.1, 8.1, 0.9, 2, 20, "0702"), red},
		{"小块几乎相接", tiled(8.1, 8.1, 0.99, 0.9905, 20, "0702"), red},
		{"小块相接，地类轮换", tiled(8.1, 8.1, 0.99, 0.99, 20, "0702", "0602", "1201"), red},
		{"小块合成一个多部件图斑", func(c *kit.Case) {
			build(c, []kit.Shape{kit.Parts(tiles(8.1, 8.1, 0.9, 2, 20)...)}, "0702")
		}, red},
		{"红线内 4 厘米宽的条带 60 条", func(c *kit.Case) { build(c, stripes(8.1, 8.1, 0.04, 0.5, 80, 60), "0702") }, red},
		{"条带横贯不同底图图斑", func(c *kit.Case) {
			build(c, stripes(8.1, 8.1, 0.045, 0.3, 170, 60), "0702")
		}, red},
		{"永农上 0.9 米见方的小块", tiled(4.1, 4.1, 0.9, 2, 20, "0702"), farm},
		{"永农上的条带", func(c *kit.Case) { build(c, stripes(4.1, 4.1, 0.04, 0.5, 80, 60), "0301") }, farm},
		{"永农上一座房没有报调出", func(c *kit.Case) { build(c, []kit.Shape{kit.Box(4, 4, 4.2, 4.2)}, "0702") }, farm},
		{"永农上种果树没有报调出", func(c *kit.Case) { build(c, []kit.Shape{kit.Box(4, 4, 4.2, 4.2)}, "0201") }, farm},
		{"补划在现有永农上的小块", func(c *kit.Case) {
			for i, s := range tiles(4.1, 4.1, 0.9, 2, 20) {
				c.Plan.Layer("YJJBNTBH").Add(kit.In(fmt.Sprintf("T%d", i), s))
			}
		}, "violations pbf-in-is-new"},
		{"草原上开垦的小块", func(c *kit.Case) { build(c, tiles(4.1, 8.1, 0.9, 2, 20), "0103") }, "violations basic-grassland"},
		{"红线内的小块，补划与建房相间", func(c *kit.Case) {
			for i, s := range tiles(8.1, 8.1, 0.7, 0.7, 12) {
				if i%2 == 0 {
					build(c, []kit.Shape{s}, "0702")
					c.Plan.Layer("DLBG").Rows[len(c.Plan.Layer("DLBG").Rows)-1].F["BSM"] = fmt.Sprint("B", i)
				} else {
					c.Plan.Layer("YJJBNTBH").Add(kit.In(fmt.Sprint("T", i), s))
				}
			}
		}, red},
		{"细碎图斑合计 12 平方米，刚过上限", tiled(8.1, 8.1, 0.87, 2, 4, "0702"), red},
		{"抬高上限：先把十八公顷耕地写成“变更”，再放 15 平方米细碎图斑", func(c *kit.Case) {
			c.Plan.Layer("DLBG").Add(kit.To("Z1", "0103", kit.Box(4, 4, 8, 7))).Add(kit.To("Z2", "0103", kit.Box(9, 4, 10, 6)))
			c.Plan.Layer("ZZQY").Shaped("1", kit.Box(1, 3, 16, 9))
			c.Plan.Layer("DLBG").Add(kit.To("Z3", "0103", kit.Box(1, 3, 16, 4)))
			build(c, tiles(8.1, 8.1, 0.87, 2, 4), "0702")
		}, red + " | noted"},
		{"房子的四角补得细碎以充一平方米以下", tiled(8.1, 8.1, 0.33, 0.34, 40, "0702"), red},
	})
}

func TestFigures(t *testing.T) {
	try(t, []cheat{
		{"调出图斑画成蝴蝶结，面积相抵", func(c *kit.Case) {
			overCap(c)
			c.Plan.Layer("YJJBNTTC").Row("O3").Shape = kit.Poly(3, 4, 5, 6, 5, 4, 3, 6)
			more(c)
		}, "violations"},
		{"补划图斑画两遍", func(c *kit.Case) {
			b := c.Plan.Layer("YJJBNTBH")
			b.DropRow("I2")
			b.Shaped("I1", kit.Box(2, 6, 2.8, 7))
			b.Add(kit.In("I9", kit.Box(2, 6, 2.8, 7)))
		}, "violations data-overlap pbf-area-kept"},
		{"补划图斑的两个部件重叠", func(c *kit.Case) {
			c.Plan.Layer("YJJBNTBH").DropRow("I2").Shaped("I1", kit.Parts(kit.Box(2, 6, 2.8, 7), kit.Box(2, 6, 2.8, 7)))
		}, "violations pbf-area-kept"},
		{"补划图斑有个大洞，洞与外环同向", func(c *kit.Case) {
			s := kit.Minus(kit.Box(2, 6, 3.2, 7), kit.Box(2.1, 6.1, 3.1, 6.9))
			s[0][1].Reverse()
			c.Plan.Layer("YJJBNTBH").Row("I1").Shape = s
		}, "violations pbf-area-kept"},
		{"补划画在现有永农上", func(c *kit.Case) { c.Plan.Layer("YJJBNTBH").Shaped("I1", kit.Box(4, 4, 5.2, 5)) }, "violations pbf-in-is-new"},
		{"补划画在调出的地上", func(c *kit.Case) {
			c.Plan.Layer("YJJBNTBH").DropRow("I2").Shaped("I1", kit.Box(2, 5, 3, 6))
		}, "violations"},
		{"补划画在果园上", func(c *kit.Case) { c.Base.Layer("DLTB").Row("D0602").F["DLBM"] = "0201K" }, "violations pbf-in-is-cropland"},
		{"补划画在水面上", func(c *kit.Case) { c.Plan.Layer("YJJBNTBH").Shaped("I1", kit.Box(4, 9, 5.2, 10)) }, "violations pbf-in-is-cropland"},
		{"调出的地本不是永农", func(c *kit.Case) { c.Plan.Layer("YJJBNTTC").Shaped("O1", kit.Box(5, 6, 6, 7)) }, "violations pbf-out-is-pbf"},
		{"地类变更重叠，后一条盖在前一条上", func(c *kit.Case) {
			c.Plan.Layer("DLBG").Add(kit.To("X1", "0702", kit.Box(2.5, 7, 3.5, 8)))
			c.Plan.Layer("DLBG").Shaped("N2", kit.Box(2, 8, 3.5, 9))
		}, "violations data-overlap"},
		{"标记为删除的记录之外，空图形一堆", func(c *kit.Case) {
			overCap(c)
			for i := range 50 {
				c.Plan.Layer("YJJBNTTC").Rows = append([]*kit.Row{{F: kit.F{"BSM": fmt.Sprint("N", i)}}}, c.Plan.Layer("YJJBNTTC").Rows...)
			}
		}, "violations pbf-township-cap"},
		{"把调出拆成一千块", func(c *kit.Case) {
			more(c)
			for i, s := range tiles(3, 5, 6.25, 6.25, 16) {
				c.Plan.Layer("YJJBNTTC").Add(kit.Out(fmt.Sprintf("P%d", i), s))
				c.Plan.Layer("YJJBNTTC").Add(kit.Out(fmt.Sprintf("Q%d", i), kit.Shift(s, 100, 0)))
			}
		}, "violations pbf-township-cap"},
	})
}
