package together

import (
	"context"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
)

// report makes findings of what was found, slivers left out.
func (s *search) report(ctx context.Context, ceiling bool, message func(*shared) geo.Text) error {
	type pair struct {
		rule string
		a, b int // plans
	}
	pairs := map[pair][]*shared{}
	var order []pair
	for _, x := range s.order {
		union, err := overlay.Dissolve(ctx, x.cells)
		if err != nil {
			return s.tooMuch(err, []int{x.a, x.b})
		}
		x.polygons = union
		p := pair{x.rule, s.features[x.a].plan, s.features[x.b].plan}
		if pairs[p] == nil {
			order = append(order, p)
		}
		pairs[p] = append(pairs[p], x)
	}
	for _, p := range order {
		if err := s.withoutSlivers(ctx, s.plans[p.a], s.plans[p.b], pairs[p], ceiling); err != nil {
			return err
		}
		for _, x := range pairs[p] {
			if len(x.polygons) == 0 {
				continue
			}
			if err := s.add(x, message); err != nil {
				return err
			}
		}
	}
	return nil
}

// withoutSlivers measures what two plans share by one rule and leaves out the
// noise of their boundaries: pieces, joined whatever features they come from, that
// are slivers by the stricter of the two rulebooks; none where they exceed the
// ceiling.
func (s *search) withoutSlivers(ctx context.Context, a, b *Plan, all []*shared, ceiling bool) error {
	surveyor, err := geo.NewSurveyor(a.crs, orb.Point{})
	if err != nil {
		return err
	}
	var shapes []ledger.Shape
	var set []int
	for _, x := range all {
		for _, p := range x.polygons {
			set = append(set, len(shapes))
			shapes = append(shapes, ledger.Shape{Polygon: p, Area: surveyor.Polygon(p)})
		}
	}
	limits := ledger.SliverLimits{Area: min(a.sliver.Area, b.sliver.Area), Width: min(a.sliver.Width, b.sliver.Width)}
	stopped := func() error { return context.Cause(ctx) }
	slivers, pieces := ledger.NewComponents(stopped, shapes, limits).Slivers(set)
	if err := stopped(); err != nil {
		return err
	}
	out, sum := map[int]bool{}, 0.0
	for _, i := range slivers {
		out[i] = true
		sum += shapes[i].Area
	}
	if ceiling && sum > min(a.ceiling, b.ceiling) {
		out, pieces, sum = nil, 0, 0
	}
	s.out.Slivers.Count += pieces
	s.out.Slivers.Area += sum
	at := 0
	for _, x := range all {
		kept := x.polygons[:0]
		for _, p := range x.polygons {
			if !out[at] {
				kept = append(kept, p)
				x.area += shapes[at].Area
			}
			at++
		}
		x.polygons = kept
	}
	return nil
}

// add makes a finding of land that two features share.
func (s *search) add(x *shared, message func(*shared) geo.Text) error {
	a, b := &s.features[x.a], &s.features[x.b]
	t, err := geo.NewTransform(s.plans[a.plan].crs, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		return err
	}
	mp, err := t.MultiPolygon(x.polygons)
	if err != nil {
		return err
	}
	mp = result.Rounded(mp)
	result.Wind(mp)
	box := geo.Bound(mp)
	x.area = geo.RoundArea(x.area)
	f := result.Finding{Status: domain.Fail, Scope: result.Scope{Kind: "plan"}, Area: x.area, Message: message(x),
		Features: []result.FeatureRef{s.ref(a), s.ref(b)},
		BBox:     []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]}, Geometry: &result.Geometry{Polygons: mp}}
	s.complete(&f, x.rule, []int{a.plan, b.plan}, "")
	r := s.of(x.rule)
	r.Findings = append(r.Findings, f)
	return nil
}
