package ledger

import (
	"context"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// edgeSlack is how far land may reach beyond the edge of a base layer, and how
// wide a gap in one may be, before it is the plan that is drawn wrong (README.md,
// Totals): layers of different vintage do not meet to the centimetre.
const edgeSlack = 1.0 // m

// cover sorts the changed land that land_use or townships do not cover: what
// lies in a hole or a gap of the layer, or within edgeSlack of its edge, is an
// input error of the base where it comes to more than a sliver; the rest is listed
// in Bare.
func (w *builder) cover(ctx context.Context) error {
	l := w.ledger
	l.Bare = map[domain.Role][]int{}
	for _, role := range []domain.Role{domain.LandUse, domain.Townships} {
		if !l.Present[role] {
			continue
		}
		var faces []int
		for i := range l.Faces {
			if !l.Faces[i].covered(role) {
				faces = append(faces, i)
			}
		}
		if len(faces) == 0 {
			continue
		}
		if err := w.coverBy(ctx, role, faces); err != nil {
			return err
		}
	}
	return nil
}

func (f *Face) covered(role domain.Role) bool {
	if role == domain.Townships {
		return f.Township != ""
	}
	return slices.ContainsFunc(f.Refs, func(r Ref) bool { return r.Role == role })
}

// coverBy looks at the pieces that faces outside a layer make.
func (w *builder) coverBy(ctx context.Context, role domain.Role, faces []int) error {
	l := w.ledger
	number := l.Patches(ending(ctx), faces, 0)
	pieces := map[int][]int{}
	for i, n := range number {
		pieces[n] = append(pieces[n], faces[i])
	}
	var faults []BaseIssue
	doubted := 0.0
	for n := range len(pieces) {
		piece := pieces[n]
		polygons := make([]orb.Polygon, len(piece))
		area := 0.0
		for i, f := range piece {
			polygons[i] = l.Faces[f].Geometry
			area += l.Faces[f].Area
		}
		shape, err := overlay.Dissolve(ctx, polygons)
		if err != nil {
			return named(err, func(int) *plan.Feature { return l.Faces[piece[0]].feature() })
		}
		why, err := w.baseGapReason(ctx, role, shape, area)
		if err != nil {
			return err
		}
		if why == (geo.Text{}) {
			l.Bare[role] = append(l.Bare[role], piece...)
			continue
		}
		doubted += area
		faults = append(faults, BaseIssue{Area: area, Geometry: shape, Issue: plan.Issue{Role: role, File: w.fileOf(role),
			Message: geo.Textf("有 %[1]s m² 变更地块不在底图图层 %[2]s 之内：%[3]s", "%[1]s m² of changed land is not covered by the base layer %[2]s: %[4]s",
				metres2(area), role.Names()[0], why.ZH, why.EN),
			Remedy: geo.Text{ZH: "请核对底图", EN: "Check the base data"}}})
	}
	if doubted >= l.Sliver.Area { // less is what coordinates rounded to the millimetre leave
		for _, f := range faults {
			w.inputError(f)
		}
	}
	slices.Sort(l.Bare[role])
	return nil
}

// fileOf is the file of a role's first parcel near the changes.
func (w *builder) fileOf(role domain.Role) string {
	for i := range w.layers {
		if w.layers[i].role == role && len(w.layers[i].parcels) > 0 {
			return w.layers[i].parcels[0].File
		}
	}
	return ""
}

// baseGapReason tells why a piece outside a layer is the base's fault; "" when it is
// not.
func (w *builder) baseGapReason(ctx context.Context, role domain.Role, shape orb.MultiPolygon, area float64) (geo.Text, error) {
	if around := perimeter(shape); around > 0 && 2*area < edgeSlack*around {
		return geo.Text{ZH: "底图在该处有不足 1 米宽的缝隙，或地块越出其边缘不足 1 米", EN: "the layer has a gap of less than 1 m there, or the land reaches less than 1 m beyond its edge"}, nil
	}
	near, err := w.base.Near(ctx, role, w.ledger.CRS, []orb.Bound{geo.Bound(shape).Pad(2 * edgeSlack)})
	if err != nil {
		return geo.Text{}, err
	}
	if allNear(shape, outlinesOf(near), edgeSlack) {
		return geo.Text{ZH: "地块越出其边缘不足 1 米", EN: "the land reaches less than 1 m beyond its edge"}, nil
	}
	in, err := w.inHole(ctx, role, shape)
	if err != nil || !in {
		return geo.Text{}, err
	}
	return geo.Text{ZH: "底图在该处有空洞", EN: "the layer has a hole there"}, nil
}

// allNear tells whether a shape lies within a distance of parcels: its corners,
// the middles of its edges, and a place amid each part, which a gap between
// parcels is wider than.
func allNear(shape orb.MultiPolygon, parcels []*indexedShape, most float64) bool {
	index := indexOf(nil, parcels)
	nearAny := func(v orb.Point) bool {
		found := false
		index.Search(orb.Bound{Min: v, Max: v}.Pad(most), func(i int) bool {
			found = parcels[i].within(v, most)
			return !found
		})
		return found
	}
	for _, p := range shape {
		if !nearAny(within(p)) {
			return false
		}
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				a, b := r[i-1], r[i]
				if !nearAny(a) || !nearAny(orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}) {
					return false
				}
			}
		}
	}
	return true
}

func outlinesOf(parcels []plan.Parcel) []*indexedShape {
	all := make([]*indexedShape, len(parcels))
	for i := range parcels {
		all[i] = indexShape(parcels[i].Geometry)
	}
	return all
}

// within tells whether a place lies no further from a shape than a distance.
func (f *indexedShape) within(v orb.Point, most float64) bool {
	return f.holds(v) || !fromEdge(&[2]orb.Point{v, v}, f, most, func([2]orb.Point, float64) bool { return false })
}

// inHole tells whether a piece lies in a hole of the union of a layer. Of the
// townships all are read, of parcels those round about, farther and farther: a
// hole of more than some kilometres is no hole but the layer's end.
func (w *builder) inHole(ctx context.Context, role domain.Role, shape orb.MultiPolygon) (bool, error) {
	const tooMany = 30_000
	at := within(shape[0])
	box := geo.Bound(shape)
	size := max(box.Max[0]-box.Min[0], box.Max[1]-box.Min[1], 50)
	for _, reach := range []float64{1, 4, 16, 64} {
		boxes := []orb.Bound{box.Pad(min(reach*size, 5000))}
		if role == domain.Townships {
			boxes = nil
		}
		near, err := w.base.Near(ctx, role, w.ledger.CRS, boxes)
		if err != nil || len(near) > tooMany {
			return false, err
		}
		shapes := make([]*overlay.Shape, len(near))
		around := geo.Bound(nil)
		for i := range near {
			around = around.Union(geo.Bound(near[i].Geometry))
		}
		if !around.Contains(at) { // beside all of them: no hole of theirs
			if boxes == nil {
				break
			}
			continue
		}
		for i := range near {
			shapes[i] = overlay.Prepare(near[i].Geometry)
		}
		holes, err := filledHoles(ctx, shapes)
		if err != nil {
			return false, named(err, func(i int) *plan.Feature { return &near[i].Feature })
		}
		if slices.ContainsFunc(holes, func(p orb.Polygon) bool { return geo.Locate(at, orb.MultiPolygon{p}) == geo.Inside }) {
			return true, nil
		}
		if boxes == nil {
			break
		}
	}
	return false, nil
}
