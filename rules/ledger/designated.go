package ledger

import (
	"landcheck/geo/overlay"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// designated is the PBF of each township: declared areas as they are, features
// without one by their computed net area, features without a township by
// overlay with the townships.
func (w *works) designated() error {
	l := w.ledger
	l.Designated = map[string]Designation{}
	if !l.Present[plan.PBF] {
		return nil
	}
	d, err := w.base.Designated(w.ctx, l.CRS)
	if err != nil {
		return err
	}
	for code, sum := range d.Townships {
		l.Designated[code] = Designation{Area: sum.Area, Features: sum.Features}
	}
	var townships []parcel
	for i := range d.Rest {
		p := &d.Rest[i]
		net := p.Net.Value
		if !p.Net.Known {
			net = w.surveyor.MultiPolygon(overlay.Rounded(p.Geometry)) * (1 - p.Traits.Ridge.Value)
		}
		shares := map[string]float64{prefix(p.Unit, 9): 1}
		if prefix(p.Unit, 9) == "" {
			if townships == nil && l.Present[plan.Townships] {
				near, err := w.base.Near(w.ctx, plan.Townships, l.CRS, nil)
				if err != nil {
					return err
				}
				townships = prepareLayer(plan.Townships, pointers(near)).parcels
			}
			if shares, err = w.shares(p.Geometry, townships); err != nil {
				return err
			}
		}
		for code, share := range shares {
			sum := l.Designated[code]
			sum.Area += net * share
			sum.Features++
			if !p.Net.Known {
				sum.Computed++
			}
			l.Designated[code] = sum
		}
	}
	delete(l.Designated, "") // land outside every township
	return nil
}

// shares tells which part of a polygon lies in which township.
func (w *works) shares(mp orb.MultiPolygon, townships []parcel) (map[string]float64, error) {
	shares := map[string]float64{}
	var ar overlay.Arranger
	feature := overlay.Prepare(mp)
	whole := w.surveyor.MultiPolygon(overlay.Rounded(mp))
	for i := range townships {
		t := &townships[i]
		if !t.shape.Bound().Intersects(feature.Bound()) || whole == 0 {
			continue
		}
		area, err := w.common(&ar, feature, t.shape)
		if err != nil {
			return nil, err
		}
		if area > 0 {
			shares[prefix(t.Code, 9)] += area / whole
		}
	}
	return shares, nil
}
