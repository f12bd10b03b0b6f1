package sample

import (
	"fmt"
	"strconv"

	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

func text(name string, width int) geo.Field {
	return geo.Field{Name: name, Type: geo.TextField, Width: width}
}

func number(name string, width, decimals int) geo.Field {
	return geo.Field{Name: name, Type: geo.NumberField, Width: width, Decimals: decimals}
}

func date(name string) geo.Field { return geo.Field{Name: name, Type: geo.DateField, Width: 8} }

// column is a field with its value in the row at hand.
type column[T any] struct {
	geo.Field
	value func(T) string
}

// table draws a layer: one row for each item.
func table[T any](c *County, name string, columns []column[T], items []T, shape func(T) orb.MultiPolygon) *geo.Table {
	t := &geo.Table{Name: name, CRS: c.crs, Rows: make([]geo.Feature, len(items))}
	for _, col := range columns {
		t.Fields = append(t.Fields, col.Field)
	}
	for i, item := range items {
		values := make([]string, len(columns))
		for k, col := range columns {
			values[k] = col.value(item)
		}
		t.Rows[i] = geo.Feature{Record: i + 1, Geometry: shape(item), Values: values}
	}
	return t
}

// bsm is a 标识码: county, layer, serial.
func (c *County) bsm(layer string, serial int) string {
	return fmt.Sprintf("%s%s%08d", c.code, layer, serial)
}

// unit is an administrative unit or another figure with a name and a code.
type unit struct {
	serial     int
	code, name string
	shape      orb.MultiPolygon
}

func (c *County) unitTable(name, code, title, layer, ysdm string, units []unit, extra ...column[unit]) *geo.Table {
	columns := []column[unit]{
		{text("BSM", 18), func(u unit) string { return c.bsm(layer, u.serial) }},
		{text("YSDM", 10), func(unit) string { return ysdm }},
		{text(code, 19), func(u unit) string { return u.code }},
		{text(title, 60), func(u unit) string { return u.name }},
	}
	return table(c, name, append(columns, extra...), units, func(u unit) orb.MultiPolygon { return u.shape })
}

// small lists the base layers that do not grow with the county.
func (c *County) small() []*geo.Table {
	area := func(name string, scale int64) column[unit] {
		return column[unit]{number(name, 18, 2), func(u unit) string { return metres(c.hundredths(u.shape) / scale) }}
	}
	var townships, villages []unit
	for t := range c.towns * c.towns {
		townships = append(townships, unit{t + 1, c.townshipCode(t), townshipName(t), c.shape(c.townshipRect(t))})
	}
	for v := range c.side * c.side {
		villages = append(villages, unit{v + 1, c.villageCode(v) + "0000000", villageName(v), c.shape(c.villageRect(v))})
	}
	one := func(name string, shape orb.MultiPolygon) []unit {
		return []unit{{1, c.code, name, shape}}
	}
	var belts []unit
	for k := range c.parcels {
		if p := &c.parcels[k]; p.corridor == belt {
			belts = append(belts, unit{len(belts) + 1, c.code, "农田防护林带", c.shape(p.rect)})
		}
	}
	return []*geo.Table{
		c.unitTable("XZQ", "XZQDM", "XZQMC", "1001", "1000600100", townships, area("DCMJ", 1), area("JSMJ", 1)),
		c.unitTable("CJDCQ", "ZLDWDM", "ZLDWMC", "1002", "1000600200", villages, area("DCMJ", 1), area("JSMJ", 1)),
		c.unitTable("STBHHX", "XJXZQDM", "MC", "3010", "3003020000", one("北山水土保持生态保护红线", c.red.shape()), area("MJ", 1)),
		c.unitTable("CZKFBJ", "XZQDM", "GHFQMC", "3020", "3002020000", one("城镇集中建设区", c.urban.shape()), area("MJ", 1)),
		c.unitTable("JBCY", "XZQDM", "MC", "3030", "3030000000", one("北山基本草原", c.grassland.shape()), area("MJ", 1)),
		c.unitTable("LSWHBHX", "XZQDM", "MC", "3040", "3040000000", one("五里桥古驿站保护范围", c.heritage.shape()), area("MJ", 1)),
		c.unitTable("FHLD", "XZQDM", "MC", "3050", "3050000000", belts),
		c.unitTable("HHGLFW", "XZQDM", "MC", "3060", "3060000000", one("清水河管理范围", c.water.shape()), area("MJ", 1)),
	}
}

// plot is a parcel as its layers need it.
type plot struct {
	*parcel
	index  int // in County.parcels
	serial int // in its layer
	area   int64
	title  string // DLMC
	unit   string // ZLDWDM
	shape  orb.MultiPolygon
}

func (p plot) crop(value string) string {
	if p.cropland() {
		return value
	}
	return ""
}

func (p plot) ridges() string { return p.crop("0." + fmt.Sprintf("%04d", p.ridge)) }

func (c *County) landUseColumns() []column[plot] {
	return []column[plot]{
		{text("BSM", 18), func(p plot) string { return c.bsm("2110", p.serial) }},
		{text("YSDM", 10), func(plot) string { return "2001010100" }},
		{text("TBBH", 8), func(p plot) string { return fmt.Sprintf("%05d", p.number) }},
		{text("DLBM", 5), func(p plot) string { return p.class }},
		{text("DLMC", 60), func(p plot) string { return p.title }},
		{text("QSXZ", 2), func(p plot) string { return "30" }},
		{text("ZLDWDM", 19), func(p plot) string { return p.unit }},
		{text("ZLDWMC", 60), func(p plot) string { return villageName(p.village) }},
		{number("TBMJ", 18, 2), func(p plot) string { return metres(p.area) }},
		{text("KCDLBM", 5), func(p plot) string {
			if p.ridge > 0 {
				return "1203"
			}
			return ""
		}},
		{number("KCXS", 6, 4), plot.ridges},
		{number("KCMJ", 18, 2), func(p plot) string { return metres(p.ridgeArea(p.area)) }},
		{number("TBDLMJ", 18, 2), func(p plot) string { return metres(p.area - p.ridgeArea(p.area)) }},
		{text("GDLX", 2), func(p plot) string {
			if p.slope < 2 {
				return ""
			}
			return "PD"
		}},
		{text("GDPDJB", 2), func(p plot) string { return p.crop(strconv.Itoa(p.slope)) }},
		{text("TBXHDM", 6), func(p plot) string { return p.refinement }},
		{number("GDDB", 2, 0), func(p plot) string { return p.crop(strconv.Itoa(p.grade)) }},
		{number("SJNF", 4, 0), func(plot) string { return "2024" }},
	}
}

func (c *County) pbfColumns() []column[plot] {
	return []column[plot]{
		{text("BSM", 18), func(p plot) string { return c.bsm("3110", p.serial) }},
		{text("YSDM", 10), func(plot) string { return "2005010300" }},
		{text("XZQDM", 12), func(p plot) string { return p.unit[:12] }},
		{text("XZQMC", 60), func(p plot) string { return villageName(p.village) }},
		{text("YJJBNTTBBH", 18), func(p plot) string { return fmt.Sprintf("%s%06d", p.unit[:12], p.number) }},
		{text("TBBH", 8), func(p plot) string { return fmt.Sprintf("%05d", p.number) }},
		{text("DLBM", 5), func(p plot) string { return p.class }},
		{text("DLMC", 60), func(p plot) string { return p.title }},
		{text("ZLDWDM", 19), func(p plot) string { return p.unit }},
		{text("ZLDWMC", 60), func(p plot) string { return villageName(p.village) }},
		{number("YJJBNTTBMJ", 18, 2), func(p plot) string { return metres(p.area) }},
		{number("YJJBNTMJ", 18, 2), func(p plot) string { return metres(c.declaredPBF(p.index, p.area)) }},
		{number("KCXS", 6, 4), plot.ridges},
		{text("GDPDJB", 2), func(p plot) string { return strconv.Itoa(p.slope) }},
		{number("ZLDB", 2, 0), func(p plot) string { return strconv.Itoa(p.grade) }},
		{number("SJNF", 4, 0), func(plot) string { return "2021" }},
		{date("BHKSSJ"), func(plot) string { return "20210630" }},
	}
}

// plots draws every parcel and measures it, on every core.
func (c *County) plots() []plot {
	out := make([]plot, len(c.parcels))
	units := make([]string, c.side*c.side)
	for v := range units {
		units[v] = c.villageCode(v) + "0000000"
	}
	inParallel(len(out), func(k int) {
		p := &c.parcels[k]
		shape := c.shape(p.rect)
		class, _ := domain.Lookup(p.class)
		out[k] = plot{
			parcel: p, index: k, serial: k + 1, title: class.NameZH, unit: units[p.village],
			shape: shape, area: c.hundredths(shape),
		}
	})
	return out
}
