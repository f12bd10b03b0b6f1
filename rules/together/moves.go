package together

import (
	"maps"
	"slices"

	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

// Moves is what a checked plan moves, by township, as plans of other projects
// count it: out as its own report has it, in from the faces.
func Moves(l *ledger.Ledger, r *result.Report) []plan.Prior {
	p := PlanOf("", l, r)
	in := map[string]float64{}
	for i := range l.Faces {
		if f := &l.Faces[i]; !f.Before.PBF && f.After.PBF && f.Township != "" {
			in[f.Township] += f.After.PBFNet
		}
	}
	codes := map[string]bool{}
	for code := range p.moves {
		codes[code] = true
	}
	for code := range in {
		codes[code] = true
	}
	var all []plan.Prior
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		one := plan.Prior{Project: p.code(), Township: code, PBFOut: p.moves[code].out, PBFIn: geo.RoundArea(in[code])}
		if one.PBFOut != 0 || one.PBFIn != 0 {
			all = append(all, one)
		}
	}
	return all
}
