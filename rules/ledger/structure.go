package ledger

import (
	"cmp"
	"context"
	"slices"

	"landcheck/rules/domain"
)

// land is the base's parcels in the project area with the part of each that
// lies in it.
type land struct {
	parcels []parcel
	areas   []projectPart
}

// projectLand reads the land use of the project area.
func (w *builder) projectLand(ctx context.Context) (err error) {
	if !w.ledger.Present[domain.LandUse] {
		return nil
	}
	w.land.parcels, w.land.areas, err = w.inProject(ctx, domain.LandUse)
	return err
}

// structure is what the land use of the project area comes to once the faces
// are known: its table, and its blocks.
func (w *builder) structure(ctx context.Context) error {
	if !w.ledger.Present[domain.LandUse] {
		return nil
	}
	return w.sideBySide(ctx, func(ctx context.Context) error {
		w.landUse()
		return nil
	}, func(ctx context.Context) (err error) {
		if w.blocks != nil {
			w.ledger.Blocks, err = w.measureBlocks(ctx, w.land)
		}
		return err
	})
}

// landUse is the land-use structure table of the project area: the base before,
// and after it with what the faces change. Where no villages layer is there, the
// land-use parcels name the villages that the project area touches.
func (w *builder) landUse() {
	l := w.ledger
	rows := map[string]*ClassArea{}
	row := func(code string) *ClassArea {
		code = domain.ClassCode(code)
		if rows[code] == nil {
			rows[code] = &ClassArea{Code: code}
		}
		return rows[code]
	}
	villages := map[string]float64{}
	for i := range w.land.parcels {
		p, area := &w.land.parcels[i], w.land.areas[i].area
		r := row(p.Traits.Class)
		r.Before += area
		r.After += area
		if class, _ := domain.Lookup(p.Traits.Class); class.Cropland {
			l.ProjectCropland += float64(area * (1 - p.Traits.Ridge.Value))
		}
		if code := prefix(p.Unit, 12); code != "" && w.land.areas[i].broad {
			villages[code] += area
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
	if !l.Present[domain.Villages] {
		l.ProjectVillages = namedUnits(villages, 12, l.Villages)
	}
}
