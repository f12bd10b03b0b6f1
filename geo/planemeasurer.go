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

// PlaneAreas is that of any layer: one that is no PlaneMeasurer is read whole.
func PlaneAreas(ctx context.Context, l Layer, scale float64, visit func(record int, area float64) error) error {
	if m, ok := l.(PlaneMeasurer); ok {
		return m.PlaneAreas(ctx, scale, visit)
	}
	for f, err := range l.Near(ctx, nil, nil) {
		if err != nil {
			return err
		}
		if len(f.Geometry) == 0 {
			continue
		}
		if err := visit(f.Record, PlaneArea(f.Geometry)*scale); err != nil {
			return err
		}
	}
	return nil
}
