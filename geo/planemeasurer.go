package geo

import "context"

// PlaneMeasurer is a layer that can tell how large its shapes are without making
// them: to hold figures that a county's records state against what is drawn.
type PlaneMeasurer interface {
	// PlaneAreas visits every record that has a shape, in any order, with its
	// area, m²: measured on the plane and times scale, what a square unit of the
	// layer's own system is, or better. An error of visit ends it.
	PlaneAreas(ctx context.Context, scale float64, visit func(record int, area float64) error) error
}

// PlaneAreas is that of any layer: one that is not Measured is read whole.
func PlaneAreas(ctx context.Context, l Layer, scale float64, visit func(record int, area float64) error) error {
	if m, ok := l.(PlaneMeasurer); ok {
		return m.PlaneAreas(ctx, scale, visit)
	}
	for f, err := range l.Near(ctx, nil, nil) {
		if err != nil {
			return err
		}
		area := 0.0
		for _, p := range f.Geometry {
			for i, r := range p {
				if a := planarRing(r); i == 0 {
					area += abs(a)
				} else {
					area -= abs(a)
				}
			}
		}
		if len(f.Geometry) == 0 {
			continue
		}
		if err := visit(f.Record, area*scale); err != nil {
			return err
		}
	}
	return nil
}

func abs(v float64) float64 {
	if v < 0 {
		return -v
	}
	return v
}
