// Package convert says a plan of changes in the national pilot's layers, and the
// reverse, so that the same figures come of both.
//
//	Layers     the plan in the other form, as tables
//	national   changes → YJJBNTTZTB, SDQYZZHDLTB
//	changes    the national pilot's layers → YJJBNTTC, YJJBNTBH, DLBG
//	manifest   plan.yaml without what it says of the layers that were
//
// What one form holds and the other cannot is told.
package convert

import (
	"context"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

// Options of a conversion.
type Options struct {
	Base   *plan.Base // nil: none; needed where classes are compared
	Sliver ledger.SliverLimits
	Jobs   int // goroutines; 0 means one per processor
}

// Converted is a plan in its other form.
type Converted struct {
	National bool // it is in the national pilot's layers now
	Tables   []*geo.Table
	Notes    []geo.Text // what could not be said in it
}

// Layers converts a plan: one with a layer of the national pilot into changes, any
// other into the national pilot's layers. A plan that cannot be compared with base
// data is a *geo.InputError.
func Layers(ctx context.Context, p *plan.Plan, o Options) (*Converted, error) {
	c := &converter{Options: o, plan: p, out: &Converted{National: !national(p)}}
	if err := c.compare(ctx); err != nil {
		return nil, err
	}
	c.project()
	var err error
	if c.out.National {
		err = c.toNational(ctx)
	} else {
		err = c.toChanges(ctx)
	}
	if err != nil {
		return nil, err
	}
	c.boundaries()
	c.mended()
	return c.out, nil
}

// national tells a plan with a layer of the national pilot.
func national(p *plan.Plan) bool {
	for _, l := range p.Layers {
		if l.Role == domain.PBFAdjusted || l.Role == domain.LandUseAfter {
			return true
		}
	}
	return false
}

// converter is one conversion on its way.
type converter struct {
	Options
	plan   *plan.Plan
	ledger *ledger.Ledger // nil where nothing is compared
	out    *Converted
}

// compare cuts the plan by the base data, where classes before the plan matter.
func (c *converter) compare(ctx context.Context) (err error) {
	needed := c.out.National || c.plan.StatesAfter
	for i := range c.plan.Changes {
		needed = needed || c.plan.Changes[i].Reclassifies
	}
	switch {
	case !needed:
		return nil
	case c.Base == nil:
		return &geo.InputError{Wants: geo.BaseInput,
			Message: geo.Text{ZH: "转换要与底图的地类图斑比较，没有给出底图", EN: "the conversion compares the plan with the base's land use, and no base data was given"},
			Advice:  geo.Text{ZH: "请给出底图", EN: "Name the base data"}}
	case !c.Base.Has(domain.LandUse):
		return &geo.InputError{Wants: geo.BaseInput,
			Message: geo.Text{ZH: "转换要与底图的地类图斑比较，底图中没有", EN: "the conversion compares the plan with the base's land use, which is not there"},
			Advice:  geo.Textf("请在底图中提供图层 %s", "Supply the layer %s in the base data", domain.LandUse.Names()[0])}
	}
	c.ledger, err = ledger.Build(ctx, c.plan, c.Base, ledger.Options{Sliver: c.Sliver, Jobs: c.Jobs})
	return err
}

// mended says which faults of the plan the conversion does not carry over.
func (c *converter) mended() {
	n := 0
	for _, i := range c.plan.Issues {
		if i.Check == "data-geometry" {
			n++
		}
	}
	if c.ledger != nil {
		for _, o := range c.ledger.Overlaps {
			if slices.Contains(domain.PlanRoles(), o.Role) {
				n++
			}
		}
	}
	if n > 0 {
		c.note(geo.Textf("方案有 %d 处图形无效或重叠，已按核查的办法处理后写出，写出的图层中不再有",
			"%d invalid or overlapping shapes of the plan were written as a check takes them, and are no longer in the layers", n))
	}
}

func (c *converter) note(t geo.Text) { c.out.Notes = append(c.out.Notes, t) }

// project writes the project area.
func (c *converter) project() {
	t := &geo.Table{Name: domain.ProjectArea.Names()[0], CRS: c.plan.CRS, Fields: []geo.Field{text("BSM", 18)}}
	for _, f := range c.plan.Project {
		t.Rows = append(t.Rows, geo.Feature{Record: len(t.Rows) + 1, Geometry: f.Geometry, Values: []string{f.ID}})
	}
	c.add(t)
}

// add takes a table; text columns become as wide as their values.
func (c *converter) add(t *geo.Table) {
	for k := range t.Fields {
		f := &t.Fields[k]
		for i := range t.Rows {
			if f.Type == geo.TextField {
				f.Width = min(max(f.Width, bytesOf(t.Rows[i].Values[k])), 254)
			}
		}
	}
	c.out.Tables = append(c.out.Tables, t)
}

// bytesOf is the length of a text in GBK: a character beyond ASCII takes two.
func bytesOf(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 127 {
			n++
		}
	}
	return n
}
