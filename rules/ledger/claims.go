package ledger

import (
	"math"
	"strconv"

	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// claims settles what a plan states of land beside its class: the traits after,
// and the list of those that differ from the base's. Land that is cropland
// before and after keeps the base's ridge coefficient and refinement code,
// which no plan changes by stating another; only a field survey in the record
// that claims makes another coefficient count (不得…以系数测算). New cropland
// brings its own. Of a pbf_in and a land_use_change the former goes first.
// See README.md, What a plan may claim.
func (f *Face) claims(surveys map[*plan.Change]bool) (list []Claim) {
	before, after := &f.Before, &f.After
	records := []*plan.Change{f.In, f.Use}
	if f.Use == f.In {
		records = records[:1]
	}
	stays := before.Cropland && after.Cropland
	add := func(change *plan.Change, field domain.Field, from, to string, taken bool) {
		if stays || before.PBF && after.PBF {
			list = append(list, Claim{Change: change, Field: field, From: from, To: to, Taken: taken})
		}
	}

	if after.Class != before.Class && !stays {
		after.setRefinement("") // it described the class that is gone
	}
	for _, r := range records {
		code := r.Traits.Refinement
		if code == "" || code == before.Refinement {
			continue
		}
		if !stays {
			after.setRefinement(code)
			break
		}
		add(r, domain.Refinement, before.Refinement, code, false)
	}

	for _, level := range []struct {
		field  domain.Field
		was    int
		is     *int
		stated func(*plan.Change) int
	}{
		{domain.Slope, before.Slope, &after.Slope, func(c *plan.Change) int { return c.Traits.Slope }},
		{domain.Grade, before.Grade, &after.Grade, func(c *plan.Change) int { return c.Traits.Grade }},
	} {
		for _, r := range records {
			to := level.stated(r)
			if to == 0 {
				continue
			}
			if *level.is = to; level.was != 0 && to != level.was {
				add(r, level.field, strconv.Itoa(level.was), strconv.Itoa(to), true)
			}
			break
		}
	}

	ground, pbf := f.ridges.use, f.ridges.pbf
	known := ground
	if before.PBF {
		known = first(pbf, ground)
	}
	own := plan.Number{} // the coefficient that the plan's word gives the land
	for _, r := range records {
		ridge := r.Traits.Ridge
		if !ridge.Known {
			continue
		}
		same, surveyed := math.Abs(ridge.Value-known.Value) < 1e-9 && known.Known, surveys[r]
		if stays && !same {
			add(r, domain.Ridge, ridgeText(known), ridgeText(ridge), surveyed)
		}
		if !stays || surveyed {
			own = ridge
		}
		if !stays || surveyed || same {
			break
		}
	}
	f.netAreas(own, surveys)
	return list
}

// netAreas are the net areas after: own is the coefficient that a change gives
// the land, if any does.
func (f *Face) netAreas(own plan.Number, surveys map[*plan.Change]bool) {
	after, area, ground, pbf := &f.After, f.Area, f.ridges.use, f.ridges.pbf
	after.CroplandNet = 0
	if after.Cropland {
		after.CroplandNet = area * (1 - first(own, ground).Value)
	}
	surveyed := own.Known && (surveys[f.In] && f.In.Traits.Ridge == own || surveys[f.Use] && f.Use.Traits.Ridge == own)
	switch {
	case !after.PBF:
		after.PBFNet = 0
	case !f.Before.PBF:
		after.PBFNet = area * (1 - first(own, pbf, ground).Value)
	case surveyed: // PBF that stays keeps its share of what was declared, else
		after.PBFNet = area * (1 - own.Value)
	}
}

// surveyed tells whether the record of a change carries a field survey of this
// very land: the area that it found is the change's own, to the tolerance of
// new-cropland-area-agrees.
func (m *Measured) surveyed() bool {
	return m.Change.FieldSurveyed() && math.Abs(m.Change.Surveyed.Value-m.Ellipsoid) <= max(1, 0.001*m.Ellipsoid)
}

func ridgeText(n plan.Number) string {
	if !n.Known {
		return ""
	}
	return strconv.FormatFloat(n.Value, 'f', -1, 64)
}
