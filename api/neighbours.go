package api

import (
	"context"

	"landcheck/api/results"
	"landcheck/api/store"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// neighbours are the counties whose base data may join a check of a plan: those
// within the prefix of whoever asks that lie near the plan. A plan of which it
// is not known where it lies may be near any.
func (s *Server) neighbours(ctx context.Context, prefix string, p store.Plan) (codes []string, err error) {
	counties, err := s.Store.Counties(ctx, prefix)
	if err != nil {
		return nil, err
	}
	for _, c := range counties {
		if c.Code != p.County && (p.Bound == nil || len(c.Bound) == 4 && boundOf(c.Bound).Intersects(boundOf(p.Bound))) {
			codes = append(codes, c.Code)
		}
	}
	return codes, nil
}

// boundOf reads a box as it is shown: west, south, east, north.
func boundOf(b []float64) orb.Bound {
	return orb.Bound{Min: orb.Point{b[0], b[1]}, Max: orb.Point{b[2], b[3]}}
}

// placeOf is where a plan lies, in degrees; nil without shapes.
func placeOf(p *plan.Plan) ([]float64, error) {
	box, err := p.Around()
	if err != nil || box.IsEmpty() {
		return nil, err
	}
	return []float64{results.Decimals(box.Min[0]), results.Decimals(box.Min[1]), results.Decimals(box.Max[0]), results.Decimals(box.Max[1])}, nil
}
