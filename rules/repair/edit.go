package repair

import (
	"context"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// leastLeft is the smallest feature that a cut leaves, m²: data-slivers tells of
// smaller ones.
const leastLeft = 10

// edited is the plan as a sketch has it: without the changes that no face keeps,
// and with what is left of those that some faces do not. The plan that it was
// sketched from stays as it is.
func (s *sketch) edited(ctx context.Context) (*plan.Plan, error) {
	lost := map[*plan.Change][]int{}
	for i, set := range s.keeps {
		for k, c := range s.changes[i] {
			if set&(1<<k) == 0 {
				lost[c] = append(lost[c], i)
			}
		}
	}
	surveyor, err := geo.NewSurveyor(s.ledger.CRS, centre(s.ledger))
	if err != nil {
		return nil, err
	}
	p := *s.ledger.Plan
	p.Changes, p.StatesAfter = nil, false // the changes that it states are made
	for i := range s.ledger.Plan.Changes {
		c := &s.ledger.Plan.Changes[i]
		switch faces := lost[c]; {
		case len(faces) == 0:
			p.Changes = append(p.Changes, *c)
		case len(faces) == len(s.of[c]):
		default:
			left, err := s.cut(ctx, c, faces, surveyor)
			if err != nil {
				return nil, err
			}
			if left != nil {
				p.Changes = append(p.Changes, *left)
			}
		}
	}
	return &p, nil
}

func centre(l *ledger.Ledger) orb.Point {
	for _, f := range l.Plan.Project {
		return f.Geometry.Bound().Center()
	}
	return orb.Point{}
}

// cut is a change without some of its faces, with its share of the areas that it
// states; nil where no more than slivers are left.
func (s *sketch) cut(ctx context.Context, c *plan.Change, faces []int, surveyor *geo.Surveyor) (*plan.Change, error) {
	shape, err := without(ctx, c.Geometry, s.polygons(faces))
	if err != nil {
		return nil, err
	}
	shape = slices.DeleteFunc(shape, func(part orb.Polygon) bool {
		sliver, _ := s.ledger.Sliver.Is(surveyor.Polygon(part), part)
		return sliver
	})
	area, before := surveyor.MultiPolygon(shape), surveyor.MultiPolygon(overlay.Rounded(c.Geometry))
	if area < leastLeft || before <= 0 {
		return nil, nil
	}
	left := *c
	left.Geometry = shape
	left.Declared, left.Surveyed = share(c.Declared, area/before), share(c.Surveyed, area/before)
	return &left, nil
}

// share is a part of a stated area, m² to 0.01.
func share(n plan.Number, part float64) plan.Number {
	if n.Known {
		n.Value = geo.RoundArea(n.Value * part)
	}
	return n
}

func (s *states) polygons(faces []int) []orb.Polygon {
	list := make([]orb.Polygon, 0, len(faces))
	for _, i := range faces {
		list = append(list, s.ledger.Faces[i].Geometry)
	}
	return list
}

// without is a shape without cells.
func without(ctx context.Context, shape orb.MultiPolygon, cells []orb.Polygon) (orb.MultiPolygon, error) {
	taken, err := overlay.Dissolve(ctx, cells)
	if err != nil {
		return nil, err
	}
	own, err := overlay.PrepareContext(ctx, overlay.Rounded(shape))
	if err != nil {
		return nil, err
	}
	other, err := overlay.PrepareContext(ctx, taken)
	if err != nil {
		return nil, err
	}
	var ar overlay.Arranger
	left, err := ar.CellsWithin(ctx, []*overlay.Shape{own, other}, func(cover []int32) bool { return len(cover) == 1 && cover[0] == 0 })
	if err != nil {
		return nil, err
	}
	parts := make([]orb.Polygon, 0, len(left))
	for _, cell := range left {
		parts = append(parts, cell.Polygon)
	}
	return overlay.Dissolve(ctx, parts)
}
