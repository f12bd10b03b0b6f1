package ledger

import (
	"context"
	"slices"

	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// blockKind is what blocks ask of a land class.
type blockKind struct {
	code     string
	cropland bool
	matters  bool // cropland or a barrier
}

func (w *builder) kindOf(class string) blockKind {
	code := domain.ClassCode(class)
	known, _ := domain.Lookup(code)
	return blockKind{code, known.Cropland, known.Cropland || slices.Contains(w.blocks.Barriers, code)}
}

// landPiece is a piece of land of one class in the project area.
type landPiece struct {
	indexedShape
	blockKind
	area      float64
	unchanged int // place in landPieces.unchanged, or apart
}

// apart is for what is not the same before the plan and after it.
const apart = -1

// landPieces is the land of the project area that can make or part blocks: same is
// what the changes leave alone, was and will are the faces before and after.
// Before and after so run over the same land, cut alike: what lies outside the
// project area, or is drawn as one parcel in several parts, joins nothing.
type landPieces struct {
	same, was, will []*landPiece
	sloped          []*landPiece    // those of same that are sloped cropland
	unchanged       []*indexedShape // of the fields in same
}

func (t *landPieces) before() []*landPiece { return slices.Concat(t.same, t.was) }
func (t *landPieces) after() []*landPiece  { return slices.Concat(t.same, t.will) }

func (w *builder) landPieces(ctx context.Context, parcels []parcel, areas []projectPart) (t landPieces, err error) {
	met := w.met(domain.LandUse)
	all := make([][]*landPiece, len(parcels))
	near := make([]*plan.Parcel, len(parcels))
	for i := range parcels {
		near[i] = parcels[i].Parcel
	}
	err = w.shareCuts(ctx, len(parcels), w.verticesOf(near), func(ar *overlay.Arranger, i int) error {
		p := &parcels[i]
		kind := w.kindOf(p.Traits.Class)
		if areas[i].area <= 0 || !kind.matters {
			return nil
		}
		switch {
		case met[keyOf(p.Role, p.File, p.Record)]:
			polygons, err := w.untouched(ctx, ar, p, areas[i].inside)
			if err != nil {
				return err
			}
			for _, polygon := range polygons {
				all[i] = append(all[i], landPieceOf(kind, polygon, w.surveyor.Polygon(polygon)))
			}
		case areas[i].inside && len(p.Geometry) == 1:
			all[i] = []*landPiece{{*boxedShape(p.Geometry, p.Box), kind, areas[i].area, apart}}
		case areas[i].inside:
			for _, polygon := range p.Geometry {
				all[i] = append(all[i], landPieceOf(kind, polygon, w.surveyor.Polygon(polygon)))
			}
		default:
			for _, polygon := range areas[i].polygons {
				all[i] = append(all[i], landPieceOf(kind, polygon, w.surveyor.Polygon(polygon)))
			}
		}
		return nil
	}, func(i int) *plan.Feature { return &near[i].Feature })
	if err != nil {
		return t, err
	}
	n := 0
	for i := range all {
		n += len(all[i])
	}
	t.same = make([]*landPiece, 0, n)
	for i := range all {
		for _, piece := range all[i] {
			if piece.cropland {
				piece.unchanged = len(t.unchanged)
				t.unchanged = append(t.unchanged, &piece.indexedShape)
			}
			t.same = append(t.same, piece)
			if w.blocks.sloped(piece.cropland, parcels[i].Traits.Slope) {
				t.sloped = append(t.sloped, piece)
			}
		}
	}
	for i := range w.ledger.Faces {
		f := &w.ledger.Faces[i]
		if !f.InProject {
			continue
		}
		if was := w.kindOf(f.Before.Class); was.matters {
			t.was = append(t.was, landPieceOf(was, f.Geometry, f.Area))
		}
		if will := w.kindOf(f.After.Class); will.matters {
			t.will = append(t.will, landPieceOf(will, f.Geometry, f.Area))
		}
	}
	return t, nil
}

func landPieceOf(of blockKind, polygon orb.Polygon, area float64) *landPiece {
	return &landPiece{*indexShape(orb.MultiPolygon{polygon}), of, area, apart}
}

// barriers are those that stand before the plan or after it.
func (t *landPieces) barriers() []*indexedShape {
	var all []*indexedShape
	for _, pieces := range [][]*landPiece{t.same, t.was, t.will} {
		for _, piece := range pieces {
			if !piece.cropland {
				all = append(all, &piece.indexedShape)
			}
		}
	}
	return all
}

// met lists the parcels of a role that share land with a change. Beside each
// there are eight that only its box meets: those stay as they are.
func (w *builder) met(role domain.Role) map[key]bool {
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

// untouched is what of a parcel lies in the project area and in no change. One
// that lies inside is not cut against the project area, which no edge tells
// from it.
func (w *builder) untouched(ctx context.Context, ar *overlay.Arranger, p *parcel, inside bool) (rest []orb.Polygon, err error) {
	shapes, within := []*overlay.Shape{nil}, 1
	if !inside {
		shapes, within = append(shapes, w.project...), 2
	}
	firstChange := len(shapes)
	w.changeIndex.Search(p.Box, func(i int) bool {
		shapes = append(shapes, w.changes[i])
		return true
	})
	ar.Reset()
	shapes[0] = ar.Prepare(p.Geometry, p.Box)
	cells, err := ar.CellsWithin(ctx, shapes, func(cover []int32) bool {
		return cover[0] == 0 && len(cover) >= within && int(cover[len(cover)-1]) < firstChange
	})
	for _, c := range cells {
		rest = append(rest, c.Polygon)
	}
	return rest, named(err, w.firstThen(&p.Feature, shapes))
}
