package room

import (
	"context"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// gather reads the county and picks the parcels that may hold candidates, by what
// their records and boxes say: only those are cut.
func (s *survey) gather(ctx context.Context) error {
	var err error
	if s.pbf, err = s.Base.Choose(ctx, domain.PBF, s.room.CRS, nil, func(*plan.Parcel) bool { return true }); err != nil {
		return err
	}
	outlines, err := s.outlines(ctx)
	if err != nil {
		return err
	}
	use, err := s.readLandUse(ctx, outlines)
	if err != nil {
		return err
	}
	small, err := s.smallPatches(ctx, use.barriers)
	if err != nil {
		return err
	}
	s.patch = map[int]int{}
	for i, p := range s.pbf {
		if !s.mayGo(p, small[i], outlines, use.poor) {
			continue
		}
		if small[i] >= 0 {
			s.patch[len(s.land.Changes)] = small[i]
		}
		s.offer(domain.PBFOut, p)
	}
	for _, p := range use.cropland {
		s.offer(domain.PBFIn, p)
	}
	return nil
}

// offer puts a parcel among the land to be cut.
func (s *survey) offer(role domain.Role, p *plan.Parcel) {
	f := p.Feature
	f.Role = role
	s.land.Changes = append(s.land.Changes, plan.Change{Feature: f, Exists: true})
}

// outlines are the layers that decide by where land lies.
type outlines struct {
	red, urban, water []*overlay.Shape
	windows           []*overlay.Shape // of the red line
}

func (s *survey) outlines(ctx context.Context) (o outlines, err error) {
	for role, to := range map[domain.Role]*[]*overlay.Shape{domain.RedLine: &o.red, domain.UrbanBoundary: &o.urban, domain.WaterManagement: &o.water} {
		all, err := s.Base.Near(ctx, role, s.room.CRS, nil)
		if err != nil {
			return o, err
		}
		for i := range all {
			*to = append(*to, overlay.Prepare(all[i].Geometry))
		}
		if role != domain.RedLine {
			continue
		}
		holes, err := ledger.Holes(ctx, all, func(orb.Bound) bool { return true })
		if err != nil {
			return o, err
		}
		for _, h := range holes {
			o.windows = append(o.windows, overlay.Prepare(h))
		}
	}
	return o, ctx.Err()
}

// landUse is what is kept of the land use.
type landUse struct {
	cropland []*plan.Parcel     // that may come in
	barriers []ledger.LandShape // that part patches
	poor     *geo.Index         // boxes of cropland that is steep or lies in a river bed
}

// readLandUse goes through all of the land use once.
func (s *survey) readLandUse(ctx context.Context, o outlines) (u landUse, err error) {
	known := parcelsByShape(s.pbf)
	var poor []orb.Bound
	u.cropland, err = s.Base.Choose(ctx, domain.LandUse, s.room.CRS, nil, func(p *plan.Parcel) bool {
		class, _ := domain.Lookup(p.Traits.Class)
		switch {
		case slices.Contains(PatchBarriers(), domain.ClassCode(p.Traits.Class)):
			u.barriers = append(u.barriers, ledger.LandShape{Geometry: p.Geometry, Box: p.Box})
			return false
		case !class.Cropland:
			return false
		}
		if p.Traits.Slope >= steepFrom || inRiverBed(p.Traits.Refinement) {
			poor = append(poor, p.Box)
		}
		return p.Traits.Slope <= slopeMost && !domain.Unstable(p.Traits.Refinement) && s.inArea(p.Box) &&
			!inside(o.red, p.Box) && !inside(o.urban, p.Box) && !inside(o.water, p.Box) && !known.has(p)
	})
	u.poor = geo.NewIndex(poor)
	return u, err
}

// mayGo tells whether a parcel of PBF may hold land to go out. What its own record
// does not say the land use under it does.
func (s *survey) mayGo(p *plan.Parcel, patch int, o outlines, poor *geo.Index) bool {
	if patch >= 0 {
		return true // all of a patch is measured, wherever it lies
	}
	if !s.inArea(p.Box) || inside(o.urban, p.Box) {
		return false
	}
	t := p.Traits
	if t.Slope >= steepFrom || inRiverBed(t.Refinement) || meets(o.water, p.Box) || meets(o.windows, p.Box) {
		return true
	}
	met := false
	if t.Slope == 0 || t.Refinement == "" {
		poor.Search(p.Box, func(int) bool { met = true; return false })
	}
	return met
}

// inRiverBed tells of the refinement codes of cropland in river beds and lakes, as
// the rule unstable-cropland-out does.
func inRiverBed(refinement string) bool { return refinement == "HDGD" || refinement == "HQGD" }
