package ledger

import (
	"slices"

	"landcheck/geo/overlay"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
	"golang.org/x/sync/errgroup"
)

// tract is a piece of land of one class in the project area.
type tract struct {
	class   string
	outline orb.MultiPolygon
	area    float64
}

// measureBlocks groups the project area's cropland before and after the plan.
func (w *works) measureBlocks(l land) (*Blocks, error) {
	t, err := w.tracts(l.parcels, l.areas)
	if err != nil {
		return nil, err
	}
	b := &Blocks{}
	var group errgroup.Group
	group.SetLimit(w.jobs)
	group.Go(func() error {
		b.Before, b.CountBefore, b.CroplandBefore = meanBlock(t.before, *w.blocks)
		return nil
	})
	group.Go(func() error {
		b.After, b.CountAfter, b.CroplandAfter = meanBlock(t.after, *w.blocks)
		return nil
	})
	group.Go(func() error {
		w.slopedBlocks(t)
		return nil
	})
	return b, group.Wait()
}

// tracts is the land of the project area that can make or part blocks: before,
// the parcels; after, what the changes leave of them, and the faces; sloped,
// what the changes leave of sloped cropland.
type tracts struct{ before, after, sloped []tract }

func (w *works) tracts(parcels []parcel, areas []part) (t tracts, err error) {
	type left struct {
		rest    []tract
		touched bool
	}
	counts := func(i int) bool { return areas[i].area > 0 && w.matters(parcels[i].Traits.Class) }
	met := w.met(plan.LandUse)
	all := make([]left, len(parcels))
	err = w.share(len(parcels), func(ar *overlay.Arranger, i int) error {
		if p := &parcels[i]; !counts(i) || !met[keyOf(p.Role, p.File, p.Record)] {
			return nil
		}
		polygons, touched, err := w.untouched(ar, &parcels[i], areas[i].inside)
		all[i].touched = touched
		for _, polygon := range polygons {
			all[i].rest = append(all[i].rest, tract{plan.ClassCode(parcels[i].Traits.Class), orb.MultiPolygon{polygon}, w.surveyor.Polygon(polygon)})
		}
		return err
	})
	if err != nil {
		return t, err
	}
	for i := range parcels {
		if !counts(i) {
			continue
		}
		p := &parcels[i]
		whole := tract{plan.ClassCode(p.Traits.Class), p.Geometry, areas[i].area}
		t.before = append(t.before, whole)
		rest := []tract{whole}
		if all[i].touched {
			rest = all[i].rest
		}
		t.after = append(t.after, rest...)
		if w.blocks.sloped(p.Traits.Class, p.Traits.Slope) {
			t.sloped = append(t.sloped, rest...)
		}
	}
	for i := range w.ledger.Faces {
		if f := &w.ledger.Faces[i]; f.InProject && w.matters(f.After.Class) {
			t.after = append(t.after, tract{f.After.Class, orb.MultiPolygon{f.Geometry}, f.Area})
		}
	}
	return t, nil
}

// met lists the parcels of a role that share land with a change. Beside each
// there are eight that only its box meets: those stay as they are.
func (w *works) met(role plan.Role) map[key]bool {
	met := map[key]bool{}
	for i := range w.layers {
		if w.layers[i].role != role {
			continue
		}
		for j := range w.layers[i].parcels {
			if p := &w.layers[i].parcels[j]; p.met.Load() {
				met[keyOf(p.Role, p.File, p.Record)] = true
			}
		}
	}
	return met
}

// matters tells whether a class is cropland or a barrier.
func (w *works) matters(code string) bool {
	class, _ := plan.Lookup(code)
	return class.Cropland || slices.Contains(w.blocks.Barriers, plan.ClassCode(code))
}

// untouched is what of a parcel lies in the project area and in no change.
// touched is false where no change comes near: the parcel stays as it is. One
// that lies inside is not cut against the project area, which no edge tells
// from it.
func (w *works) untouched(ar *overlay.Arranger, p *parcel, inside bool) (rest []orb.Polygon, touched bool, err error) {
	shapes, within := []*overlay.Shape{nil}, 1
	if !inside {
		shapes, within = append(shapes, w.project...), 2
	}
	firstChange := len(shapes)
	w.changeIndex.Search(p.Box, func(i int) bool {
		shapes = append(shapes, w.changes[i])
		return true
	})
	if len(shapes) == firstChange {
		return nil, false, nil
	}
	shapes[0] = overlay.Prepare(p.Geometry)
	cells, err := ar.Cells(p.Box, shapes, func(cover []int32) bool {
		return cover[0] == 0 && len(cover) >= within && int(cover[len(cover)-1]) < firstChange
	})
	for _, c := range cells {
		rest = append(rest, c.Polygon)
	}
	return rest, true, err
}

// meanBlock is Σa²/Σa over the blocks of cropland, their number and Σa.
func meanBlock(tracts []tract, spec BlockSpec) (mean float64, count int, total float64) {
	var fields, barriers []orb.MultiPolygon
	var areas []float64
	for _, t := range tracts {
		if class, _ := plan.Lookup(t.class); class.Cropland {
			fields, areas = append(fields, t.outline), append(areas, t.area)
		} else {
			barriers = append(barriers, t.outline)
		}
	}
	var blocks []float64
	for i, b := range join(fields, spec.Gap, barriers) {
		if b == len(blocks) {
			blocks = append(blocks, 0)
		}
		blocks[b] += areas[i]
		total += areas[i]
	}
	squares := 0.0
	for _, a := range blocks {
		squares += a * a
	}
	if total > 0 {
		mean = squares / total
	}
	return mean, len(blocks), total
}
