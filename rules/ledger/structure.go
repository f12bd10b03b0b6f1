package ledger

import (
	"cmp"
	"slices"

	"landcheck/rules/plan"
)

// structure is the land-use structure table of the project area: the base
// before, and after it with what the faces change. Where no villages layer is
// there, the land-use parcels name the villages that the project area touches.
func (w *works) structure() error {
	l := w.ledger
	if !l.Present[plan.LandUse] {
		return nil
	}
	parcels, areas, err := w.inProject(plan.LandUse, func(p *parcel) bool {
		return w.blocks != nil && w.matters(p.Traits.Class)
	})
	if err != nil {
		return err
	}
	rows := map[string]*ClassArea{}
	row := func(code string) *ClassArea {
		code = plan.ClassCode(code)
		if rows[code] == nil {
			rows[code] = &ClassArea{Code: code}
		}
		return rows[code]
	}
	villages := map[string]float64{}
	for i := range parcels {
		p := &parcels[i]
		r := row(p.Traits.Class)
		r.Before += areas[i].area
		r.After += areas[i].area
		if class, _ := plan.Lookup(p.Traits.Class); class.Cropland {
			l.ProjectCropland += areas[i].area * (1 - p.Traits.Ridge.Value)
		}
		if code := prefix(p.Unit, 12); code != "" && areas[i].area >= l.Sliver.Area {
			villages[code] += areas[i].area
		}
	}
	for i := range l.Faces {
		if f := &l.Faces[i]; f.InProject && f.Before.Class != f.After.Class {
			row(f.Before.Class).After -= f.Area
			row(f.After.Class).After += f.Area
		}
	}
	for _, r := range rows {
		if r.Before != 0 || r.After != 0 {
			l.LandUse = append(l.LandUse, *r)
		}
	}
	slices.SortFunc(l.LandUse, func(a, b ClassArea) int { return cmp.Compare(a.Code, b.Code) })
	if w.blocks != nil {
		if l.Blocks, err = w.measureBlocks(parcels, areas); err != nil {
			return err
		}
	}
	if !l.Present[plan.Villages] {
		l.ProjectVillages = namedUnits(villages, 12, l.Villages)
	}
	return nil
}
