package convert

import (
	"slices"

	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// afterColumns are those of SDQYZZHDLTB: fields and order of the national pilot's
// schema, which are DLTB's with the source of new cropland, then those of changes
// that it lacks.
func afterColumns() []column[*parcelAfter] {
	raw := func(name string) func(*parcelAfter) string {
		at := slices.Index(rawColumns, name)
		return func(p *parcelAfter) string { return p.raw[at] }
	}
	kept := func(name string) func(*parcelAfter) string { // only of land that stays
		get := raw(name)
		return func(p *parcelAfter) string {
			if p.change != nil {
				return ""
			}
			return get(p)
		}
	}
	ofChange := func(get func(*plan.Change) string) func(*parcelAfter) string {
		return func(p *parcelAfter) string {
			if p.change == nil {
				return ""
			}
			return get(p.change)
		}
	}
	columns := []column[*parcelAfter]{
		{text("BSM", 18), func(p *parcelAfter) string { return p.id }},
		{text("YSDM", 10), raw("YSDM")},
		{text("TBBH", 8), raw("TBBH")},
		{text("DLBM", 5), (*parcelAfter).class},
		{text("DLMC", 60), func(p *parcelAfter) string { return className(p.class()) }},
		{text("QSXZ", 2), raw("QSXZ")},
		{text("ZLDWDM", 19), raw("ZLDWDM")},
		{text("ZLDWMC", 60), raw("ZLDWMC")},
		{number("TBMJ", 18, 2), func(p *parcelAfter) string { return area(p.declared) }},
		{text("KCDLBM", 5), (*parcelAfter).ridgeClass},
		{number("KCXS", 6, 4), func(p *parcelAfter) string { return ridge(p.traits().Ridge) }},
		{number("KCMJ", 18, 2), func(p *parcelAfter) string { return area(p.ridges()) }},
		{number("TBDLMJ", 18, 2), func(p *parcelAfter) string {
			return area(plan.Number{Value: p.declared.Value - p.ridges().Value, Known: true})
		}},
		{text("GDLX", 2), kept("GDLX")},
		{text("GDPDJB", 2), func(p *parcelAfter) string { return level(p.traits().Slope) }},
		{text("TBXHDM", 6), func(p *parcelAfter) string { return p.traits().Refinement }},
		{text("GDDB", 2), kept("GDDB")},
		{text("SJNF", 4), func(p *parcelAfter) string {
			if p.change != nil {
				return level(p.change.Year)
			}
			return kept("SJNF")(p)
		}},
		{text("XZGDLYDLBM", 5), func(p *parcelAfter) string { return p.ofNewCropland(p.classBefore()) }},
		{text("XZGDLYDLMC", 60), func(p *parcelAfter) string { return p.ofNewCropland(className(p.classBefore())) }},
		{number("XZGDMJ", 18, 2), func(p *parcelAfter) string { return p.ofNewCropland(area(p.declared)) }},
		{number("XZGDDB", 2, 0), ofChange(func(c *plan.Change) string { return level(c.Traits.Grade) })},
		{text("XZGDLYXM", 60), func(p *parcelAfter) string {
			return p.ofNewCropland(ofChange(func(c *plan.Change) string { return c.SubProject })(p))
		}},
	}
	for _, col := range stated("YSRQ") {
		value := ofChange(col.value)
		if col.Name == "SCMJ" {
			value = func(p *parcelAfter) string { return area(p.surveyed) }
		}
		columns = append(columns, column[*parcelAfter]{col.Field, value})
	}
	return columns
}

// traits are what the land is after the plan, as far as the plan or, for land that
// stays, the base says.
func (p *parcelAfter) traits() plan.Traits {
	if p.change != nil {
		return p.change.Traits
	}
	return p.base.Traits
}

func (p *parcelAfter) class() string { return code(p.traits()) }

func (p *parcelAfter) classBefore() string {
	if p.base == nil {
		return ""
	}
	return code(p.base.Traits)
}

// ofNewCropland is a value of land that becomes cropland; "" of other land.
func (p *parcelAfter) ofNewCropland(value string) string {
	before, _ := domain.Lookup(p.classBefore())
	after, _ := domain.Lookup(p.class())
	if p.change == nil || before.Cropland || !after.Cropland {
		return ""
	}
	return value
}

// ridges is the area of ridges, KCMJ.
func (p *parcelAfter) ridges() plan.Number {
	r := p.traits().Ridge
	return plan.Number{Value: float64(r.Value * p.declared.Value), Known: r.Known}
}

// ridgeClass is KCDLBM: 1203 where ridges are taken off.
func (p *parcelAfter) ridgeClass() string {
	if p.traits().Ridge.Value > 0 {
		return "1203"
	}
	return ""
}
