package evaluation

import (
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
)

// A missing base layer leaves a rule not checked only where some change could
// concern it, whatever that layer held (rules/README.md, Status). So each
// face is tried with all that the layer could say of it.

// hypothesis is one thing that a layer could say of a face.
type hypothesis func(f *ledger.Face)

// hypotheses are what a layer could say of a face, saying nothing first; nil for
// layers whose absence leaves faces as they are.
func hypotheses(role domain.Role) []hypothesis {
	if flag, ok := ledger.FlagOf(role); ok {
		return []hypothesis{func(*ledger.Face) {}, func(f *ledger.Face) { *flag.In(&f.Before), *flag.In(&f.After) = true, true }}
	}
	switch role {
	case domain.RedLine:
		return []hypothesis{func(*ledger.Face) {}, func(f *ledger.Face) {
			f.Before.RedLine = true
			f.After.RedLine = f.Line.Role != domain.RedRemoved
		}, func(f *ledger.Face) { f.Before.RedLineWindow = true }}
	case domain.UrbanBoundary:
		return []hypothesis{func(*ledger.Face) {}, func(f *ledger.Face) {
			f.Before.Urban, f.Before.UrbanEnclosed = true, true
			f.After.Urban = f.Urban.Role != domain.UrbanRemoved
		}, func(f *ledger.Face) { f.Before.UrbanEnclosed = true }}
	case domain.PBF:
		return []hypothesis{func(*ledger.Face) {}, func(f *ledger.Face) {
			f.Before.PBF, f.Before.PBFNet = true, f.Area
			if f.After.PBF = !f.Out.Exists || f.In.Exists; f.After.PBF {
				f.After.PBFNet = f.Area
			}
		}}
	case domain.LandUse:
		return landUses()
	}
	return nil
}

// landUses are the classes that land could have.
func landUses() []hypothesis {
	out := []hypothesis{func(*ledger.Face) {}}
	for _, class := range domain.Classes() {
		out = append(out, func(f *ledger.Face) {
			setClass(&f.Before, class, f.Area)
			if !f.Use.Exists {
				setClass(&f.After, class, f.Area)
			}
		})
	}
	return out
}

// turn gives a state a land class.
func setClass(s *ledger.State, c domain.Class, area float64) {
	s.Class, s.Known = c.Code, true
	s.Cropland, s.Construction = c.Cropland, c.Construction
	s.Forest, s.Grassland, s.Wetland = c.Forest, c.Grassland, c.Wetland
	s.Ecological, s.Agricultural, s.Unused = c.Ecological, c.Agricultural, c.Unused
	s.CroplandNet = 0
	if c.Cropland {
		s.CroplandNet = area
	}
}
