package evaluation

import (
	"math"

	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// hm2 is m² in hm² to 4 decimals, half away from zero.
func hm2(m2 float64) float64 { return math.Round(m2)/10000 + 0 }

// side gathers one column of the review form. Land is described as it is for
// 调出 (before) and, but for its present class, as it will be for 调入 (after).
type formColumn struct {
	area, grade, graded                  total
	paddy, irrigated, dry                total
	agri, construction, unused, newField total
	slope                                [4]total // ≤15°, ≤25°, >25°, unknown
	parcels                              map[*plan.Change]*total
}

func (s *formColumn) add(net float64, class ledger.State, quality ledger.State, ch *plan.Change) {
	s.area.add(net)
	if quality.Grade > 0 {
		s.graded.add(net)
		s.grade.add(float64(net * float64(quality.Grade)))
	}
	switch {
	case class.Class == "0101":
		s.paddy.add(net)
	case class.Class == "0102":
		s.irrigated.add(net)
	case class.Class == "0103":
		s.dry.add(net)
	case class.Agricultural:
		s.agri.add(net)
	case class.Construction:
		s.construction.add(net)
	case class.Unused:
		s.unused.add(net)
	}
	switch {
	case quality.Slope == 0:
		s.slope[3].add(net)
	case quality.Slope <= 3:
		s.slope[0].add(net)
	case quality.Slope == 4:
		s.slope[1].add(net)
	default:
		s.slope[2].add(net)
	}
	if s.parcels[ch] == nil {
		s.parcels[ch] = new(total)
	}
	s.parcels[ch].add(net)
}

func (s *formColumn) column() result.FormSide {
	out := result.FormSide{Area: hm2(s.area.sum()), Parcels: len(s.parcels), Paddy: hm2(s.paddy.sum()), Irrigated: hm2(s.irrigated.sum()),
		Dry: hm2(s.dry.sum()), OtherAgri: hm2(s.agri.sum()), Construction: hm2(s.construction.sum()), Unused: hm2(s.unused.sum()),
		Slope:        [3]float64{hm2(s.slope[0].sum()), hm2(s.slope[1].sum()), hm2(s.slope[2].sum())},
		SlopeUnknown: hm2(s.slope[3].sum()), NewCropland: hm2(s.newField.sum())}
	if s.graded.sum() > 0 {
		g := s.grade.sum() / s.graded.sum()
		out.MeanGrade = &g
	}
	if len(s.parcels) > 0 {
		m := hm2(s.area.sum() / float64(len(s.parcels)))
		out.MeanParcel = &m
	}
	var sizes [4]total
	for _, t := range s.parcels {
		k := 3
		for i, limit := range []float64{5, 10, 20} {
			if t.sum() <= limit*wording.Mu {
				k = i
				break
			}
		}
		// Whole 0.01 m², so that the order of a map cannot show.
		sizes[k].add(math.Round(float64(t.sum()*100)) / 100)
	}
	for k := range sizes {
		out.Patches[k] = hm2(sizes[k].sum())
	}
	return out
}

// form fills the review form; nil where the plan moves no PBF.
func form(l *ledger.Ledger) *result.Form {
	out := formColumn{parcels: map[*plan.Change]*total{}}
	in := formColumn{parcels: map[*plan.Change]*total{}}
	for i := range l.Faces {
		f := &l.Faces[i]
		switch {
		case f.Before.PBF && !f.After.PBF:
			out.add(f.Before.PBFNet, f.Before, f.Before, changeOf(f, "pbf_out"))
		case !f.Before.PBF && f.After.PBF:
			in.add(f.After.PBFNet, f.Before, f.After, changeOf(f, "pbf_in"))
			if f.After.Cropland && !f.Before.Cropland {
				in.newField.add(f.After.PBFNet)
			}
		}
	}
	if len(out.parcels) == 0 && len(in.parcels) == 0 {
		return nil
	}
	r := &result.Form{Project: l.Plan.Name, ProjectPBF: hm2(l.ProjectPBF), Townships: []string{}, Out: out.column(), In: in.column()}
	for _, t := range l.ProjectTownships {
		r.Townships = append(r.Townships, t.Name)
	}
	o, n := out.area.sum(), in.area.sum()
	r.MoreMu = math.Round(float64((n-o)/wording.Mu*100)) / 100
	if o > 0 {
		ratio := (n - o) / o
		r.MoreRatio = &ratio
	}
	if l.ProjectPBF > 0 {
		share := o / l.ProjectPBF
		r.Out.ProjectShare = &share
	}
	if r.Out.MeanGrade != nil && r.In.MeanGrade != nil {
		better := *r.Out.MeanGrade - *r.In.MeanGrade
		r.BetterGrade = &better
	}
	if p, q := len(out.parcels), len(in.parcels); p > 0 && q > 0 && o > 0 {
		mean := o / float64(p)
		layout := (n/float64(q) - mean) / mean
		r.LayoutRatio = &layout
	}
	return r
}
