package ledger

import (
	"context"
	"slices"

	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// difference is land whose class after the plan is not the base's.
type difference struct {
	Shape
	after int    // place in Plan.After
	class string // before the plan, "" where the base has no land use
	near  []int  // base parcels near the feature, places in comparison.base
}

// afterCut is what the cut of one feature gives.
type afterCut struct {
	differences []difference
	overlaps    []overlapCell
	beyond      float64 // m² outside the project area
}

// differences cuts every feature by the base's land use.
func (c *comparison) differences(ctx context.Context) ([]difference, error) {
	p := c.ledger.Plan
	cuts := make([]afterCut, len(p.After))
	err := c.shareCuts(ctx, len(p.After), c.vertices(), func(ar *overlay.Arranger, i int) (err error) {
		cuts[i], err = c.cut(ctx, ar, i)
		return err
	}, func(i int) *plan.Feature { return &p.After[i].Feature })
	var found []difference
	for _, cut := range cuts {
		found = append(found, cut.differences...)
		c.afterOverlaps = append(c.afterOverlaps, cut.overlaps...)
		c.state.Beyond += cut.beyond
	}
	return found, err
}

// afterInputs are the shapes of one cut: the feature, others of its layer, base
// parcels, the project area.
type afterInputs struct {
	shapes       []*overlay.Shape
	others, base []int // places in Plan.After and comparison.base
}

func (c *comparison) inputs(ar *overlay.Arranger, i int) (in afterInputs) {
	own := c.after[i]
	in.shapes = []*overlay.Shape{own}
	c.index.Search(own.Bound(), func(j int) bool {
		if j != i {
			in.others = append(in.others, j)
		}
		return true
	})
	c.parcels.Search(own.Bound().Pad(touching), func(j int) bool {
		in.base = append(in.base, j)
		return true
	})
	slices.Sort(in.others)
	slices.Sort(in.base)
	ar.Reset()
	for _, j := range in.others {
		in.shapes = append(in.shapes, c.after[j])
	}
	for _, j := range in.base {
		in.shapes = append(in.shapes, ar.Prepare(c.base[j].Geometry, c.base[j].Geometry.Bound()))
	}
	in.shapes = append(in.shapes, c.project...)
	return in
}

// feature is what an input was prepared from.
func (c *comparison) feature(in afterInputs, i int) naming {
	return func(input int) *plan.Feature {
		p := c.ledger.Plan
		switch k := input - 1; {
		case input == 0:
			return &p.After[i].Feature
		case k < len(in.others):
			return &p.After[in.others[k]].Feature
		case k < len(in.others)+len(in.base):
			return &c.base[in.base[k-len(in.others)]].Feature
		default:
			return &p.Project[k-len(in.others)-len(in.base)]
		}
	}
}

func (c *comparison) cut(ctx context.Context, ar *overlay.Arranger, i int) (out afterCut, err error) {
	in := c.inputs(ar, i)
	firstBase, firstProject := int32(1+len(in.others)), int32(1+len(in.others)+len(in.base))
	cells, err := ar.CellsWithin(ctx, in.shapes, func(cover []int32) bool { return cover[0] == 0 })
	if err != nil {
		return out, named(err, c.feature(in, i))
	}
	p := c.ledger.Plan
	after := &p.After[i]
	c.cells[i] = len(cells)
	for _, cell := range cells {
		owned, inside := true, false
		var under *plan.Parcel // of several the lower record counts
		for _, k := range cell.Cover[1:] {
			switch {
			case k < firstBase:
				if other := in.others[k-1]; other < i {
					owned = false
				} else if owned {
					out.overlaps = append(out.overlaps, overlapCell{overlapPair{keeps: &after.Feature, loses: &p.After[other].Feature}, cell.Polygon})
				}
			case k >= firstProject:
				inside = true
			case under == nil:
				under = &c.base[in.base[k-firstBase]]
			}
		}
		if !owned {
			continue
		}
		area := c.surveyor.Polygon(cell.Polygon)
		if sliver, _ := c.ledger.Sliver.Is(area, cell.Polygon); !inside && !sliver {
			out.beyond += area
		}
		class := ""
		if under != nil {
			class = domain.ClassCode(under.Traits.Class)
		}
		if to := domain.ClassCode(after.Traits.Class); to != "" && to != class {
			out.differences = append(out.differences, difference{Shape{cell.Polygon, area}, i, class, in.base})
		}
	}
	return out, nil
}
