package room

import (
	"context"

	"landcheck/geo"
	"landcheck/rules/ledger"
)

// planeMargin is more than the plane ever has above the ellipsoid in a zone of 3°,
// a share: patches are found on the plane and measured by their faces.
const planeMargin = 2e-3

// smallPatches gives, for each parcel of PBF, its patch where that may be a small
// one, else -1.
func (s *survey) smallPatches(ctx context.Context, barriers []ledger.LandShape) ([]int, error) {
	return ledger.SmallPatches(ctx, s.pbfShapes(), PatchGap, largestPatch()*(1+planeMargin), barriers)
}

func (s *survey) pbfShapes() []ledger.LandShape {
	all := make([]ledger.LandShape, len(s.pbf))
	for i, p := range s.pbf {
		all[i] = ledger.LandShape{Geometry: p.Geometry, Box: p.Box, Area: geo.PlaneArea(p.Geometry)}
	}
	return all
}

// measurePatches sums the small patches from their faces.
func (s *survey) measurePatches(l *ledger.Ledger) {
	most := -1
	for _, patch := range s.patch {
		most = max(most, patch)
	}
	s.sizes = make([]float64, most+1)
	at := s.places()
	for i := range l.Faces {
		f := &l.Faces[i]
		if !f.Out.Exists || !f.Before.PBF {
			continue
		}
		if patch, ok := s.patch[at[f.Out]]; ok {
			s.sizes[patch] += f.Area
		}
	}
}
