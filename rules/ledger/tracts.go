package ledger

import (
	"slices"

	"landcheck/geo/overlay"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// kind is what blocks ask of a land class.
type kind struct {
	code     string
	cropland bool
	matters  bool // cropland or a barrier
}

func (w *works) kindOf(class string) kind {
	code := plan.ClassCode(class)
	known, _ := plan.Lookup(code)
	return kind{code, known.Cropland, known.Cropland || slices.Contains(w.blocks.Barriers, code)}
}

// tract is a piece of land of one class in the project area.
type tract struct {
	figure
	kind
	area      float64
	unchanged int // place in tracts.unchanged, or apart
}

// apart is for what is not the same before the plan and after it.
const apart = -1

// tracts is the land of the project area that can make or part blocks: before,
// the parcels; after, what the changes leave of them, and the faces; sloped,
// what the changes leave of sloped cropland. unchanged is the fields that are
// the same before and after, most of them.
type tracts struct {
	before, after, sloped []*tract
	unchanged             []*figure
}

func (w *works) tracts(parcels []parcel, areas []part) (t tracts, err error) {
	type left struct {
		kind
		rest            []*tract
		counts, touched bool
	}
	met := w.met(plan.LandUse)
	all := make([]left, len(parcels))
	err = w.share(len(parcels), func(ar *overlay.Arranger, i int) error {
		p, l := &parcels[i], &all[i]
		l.kind = w.kindOf(p.Traits.Class)
		if l.counts = areas[i].area > 0 && l.matters; !l.counts || !met[keyOf(p.Role, p.File, p.Record)] {
			return nil
		}
		polygons, touched, err := w.untouched(ar, p, areas[i].inside)
		l.touched = touched
		for _, polygon := range polygons {
			l.rest = append(l.rest, tractOf(l.kind, polygon, w.surveyor.Polygon(polygon)))
		}
		return err
	})
	if err != nil {
		return t, err
	}
	n := 0
	for i := range all {
		if all[i].counts {
			n++
		}
	}
	wholes := make([]tract, n)
	t.before, t.after = make([]*tract, 0, n), make([]*tract, 0, n+len(w.ledger.Faces))
	for i := range all {
		if !all[i].counts {
			continue
		}
		p, whole := &parcels[i], &wholes[len(t.before)]
		*whole = tract{figure{p.Geometry, p.Box}, all[i].kind, areas[i].area, apart}
		t.before = append(t.before, whole)
		rest := all[i].rest
		if !all[i].touched {
			rest = t.before[len(t.before)-1:]
			if whole.cropland {
				whole.unchanged = len(t.unchanged)
				t.unchanged = append(t.unchanged, &whole.figure)
			}
		}
		t.after = append(t.after, rest...)
		if w.blocks.sloped(whole.cropland, p.Traits.Slope) {
			t.sloped = append(t.sloped, rest...)
		}
	}
	for i := range w.ledger.Faces {
		f := &w.ledger.Faces[i]
		if after := w.kindOf(f.After.Class); f.InProject && after.matters {
			t.after = append(t.after, tractOf(after, f.Geometry, f.Area))
		}
	}
	return t, nil
}

func tractOf(of kind, polygon orb.Polygon, area float64) *tract {
	return &tract{*figureOf(orb.MultiPolygon{polygon}), of, area, apart}
}

// barriers are those that stand before the plan or after it.
func (t *tracts) barriers() []*figure {
	var all []*figure
	for _, tracts := range [][]*tract{t.before, t.after} {
		for _, tract := range tracts {
			if !tract.cropland {
				all = append(all, &tract.figure)
			}
		}
	}
	return all
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
	ar.Reset()
	shapes[0] = ar.Prepare(p.Geometry, p.Box)
	cells, err := ar.CellsWithin(shapes, func(cover []int32) bool {
		return cover[0] == 0 && len(cover) >= within && int(cover[len(cover)-1]) < firstChange
	})
	for _, c := range cells {
		rest = append(rest, c.Polygon)
	}
	return rest, true, err
}
