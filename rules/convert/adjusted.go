package convert

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

// toNational writes changes as the national pilot's layers.
func (c *converter) toNational(ctx context.Context) error {
	if rows := ofRole(c.plan.Changes, domain.PBFOut, domain.PBFIn); len(rows) > 0 {
		c.add(c.adjusted(rows))
	}
	return c.after(ctx)
}

// adjusted is YJJBNTTZTB: fields and order of the national pilot's schema, then
// those of changes that it lacks.
func (c *converter) adjusted(rows []*plan.Change) *geo.Table {
	before, after := c.mostly(func(f *ledger.Face) string { return f.Before.Class }), c.mostly(func(f *ledger.Face) string { return f.After.Class })
	columns := []column[*plan.Change]{
		identified(),
		{text("TZYNDKBH", 10), func(c *plan.Change) string { return c.ID }},
		{text("TZLX", 5), func(c *plan.Change) string {
			if c.Role == domain.PBFOut {
				return domain.AdjustedOut
			}
			return domain.AdjustedIn
		}},
		{text("TZQDLBM", 5), func(c *plan.Change) string { return before[keyOf(c)] }},
		{text("TZQDLMC", 60), func(c *plan.Change) string { return className(before[keyOf(c)]) }},
		{text("TZHDLBM", 5), func(c *plan.Change) string { return after[keyOf(c)] }},
		{text("TZHDLMC", 60), func(c *plan.Change) string { return className(after[keyOf(c)]) }},
		declared("TZYNDKMJ"),
	}
	dated := stated("YSRQ")
	for i := range dated {
		if dated[i].Name == "YSRQ" { // each kind has its own
			dated[i].value = func(c *plan.Change) string {
				if c.Role == domain.PBFIn {
					return c.Date
				}
				return ""
			}
		}
	}
	out := column[*plan.Change]{date("DCRQ"), func(c *plan.Change) string {
		if c.Role == domain.PBFOut {
			return c.Date
		}
		return ""
	}}
	return table(domain.PBFAdjusted.Names()[0], c.plan.CRS, slices.Concat(columns, dated, []column[*plan.Change]{out}, traits()), rows, drawn)
}

// changeKey names a change of the plan.
type changeKey struct {
	role   domain.Role
	file   string
	record int
}

func keyOf(c *plan.Change) changeKey { return changeKey{c.Role, c.File, c.Record} }

// mostly is what of a change's faces the largest part is.
func (c *converter) mostly(of func(*ledger.Face) string) map[changeKey]string {
	sums := map[changeKey]map[string]float64{}
	for i := range c.ledger.Faces {
		f := &c.ledger.Faces[i]
		for _, ch := range []*plan.Change{f.Out, f.In} {
			if !ch.Exists {
				continue
			}
			if sums[keyOf(ch)] == nil {
				sums[keyOf(ch)] = map[string]float64{}
			}
			sums[keyOf(ch)][of(f)] += f.Area
		}
	}
	most := map[changeKey]string{}
	for key, by := range sums {
		most[key] = slices.MaxFunc(slices.Sorted(maps.Keys(by)), func(a, b string) int { return cmp.Compare(by[a], by[b]) })
	}
	return most
}
