package ledger

import (
	"maps"
	"slices"

	"landcheck/geo/overlay"
	"landcheck/rules/plan"
)

// projectUnits is which townships and villages the project area touches, and
// how much of it lies outside the plan's county.
func (w *works) projectUnits() error {
	l := w.ledger
	for _, f := range l.Plan.Project {
		l.ProjectArea += w.surveyor.MultiPolygon(overlay.Rounded(f.Geometry))
	}
	for _, role := range []plan.Role{plan.Townships, plan.Villages} {
		if !l.Present[role] {
			continue
		}
		parcels, areas, err := w.inProject(role)
		if err != nil {
			return err
		}
		touched := map[string]float64{}
		inCounty := 0.0
		for i := range parcels {
			p := &parcels[i]
			if areas[i].area >= l.Sliver.Area {
				touched[p.Code] += areas[i].area
			}
			if l.Plan.County != "" && prefix(p.Code, 6) == l.Plan.County {
				inCounty += areas[i].area
			}
		}
		if role == plan.Townships {
			l.ProjectTownships = namedUnits(touched, 9, l.Townships)
			l.Outside = max(l.ProjectArea-inCounty, 0)
			continue
		}
		l.ProjectVillages = namedUnits(touched, 12, l.Villages)
	}
	return nil
}

// namedUnits lists units by code, cut to their level.
func namedUnits(touched map[string]float64, digits int, names map[string]string) []Unit {
	var units []Unit
	for _, code := range slices.Sorted(maps.Keys(touched)) {
		if code = prefix(code, digits); code != "" && (len(units) == 0 || units[len(units)-1].Code != code) {
			units = append(units, Unit{Code: code, Name: names[code]})
		}
	}
	return units
}
