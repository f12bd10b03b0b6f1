package evaluation

import (
	"cmp"
	"maps"
	"slices"

	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

// flow sums what changes move, m².
type flow struct{ out, in, gained, lost, built, freed total }

// flows divides what the plan moves by a trait of the change that moves it;
// the trait of nil is that of land which no change states.
func flows[K comparable](l *ledger.Ledger, of func(*plan.Change) K) map[K]*flow {
	by := map[K]*flow{}
	for i := range l.Faces {
		f := &l.Faces[i]
		use := yearly(f, "use")
		b, a := &f.Before, &f.After
		if b.PBF && !a.PBF {
			entry(by, of(changeOf(f, "pbf_out"))).out.add(b.PBFNet)
		}
		if !b.PBF && a.PBF {
			entry(by, of(changeOf(f, "pbf_in"))).in.add(a.PBFNet)
		}
		if d := a.CroplandNet - b.CroplandNet; d > 0 {
			entry(by, of(use)).gained.add(d)
		} else if d < 0 {
			entry(by, of(use)).lost.add(-d)
		}
		if a.Construction && !b.Construction {
			entry(by, of(use)).built.add(f.Area)
		}
		if b.Construction && !a.Construction {
			entry(by, of(use)).freed.add(f.Area)
		}
	}
	return by
}

// rounded is a flow as reports have it.
func (t *flow) rounded() result.Flow {
	return result.Flow{
		PBFOut: geo.RoundArea(t.out.sum()), PBFIn: geo.RoundArea(t.in.sum()),
		CroplandGained: geo.RoundArea(t.gained.sum()), CroplandLost: geo.RoundArea(t.lost.sum()),
		ConstructionGained: geo.RoundArea(t.built.sum()), ConstructionLost: geo.RoundArea(t.freed.sum())}
}

// years is the ledger by year; changes without one come last.
func years(l *ledger.Ledger) []result.YearRow {
	by := flows(l, yearOf)
	out := []result.YearRow{}
	var sofar flow
	row := func(year *int, t *flow) {
		sofar.out.add(t.out.sum())
		sofar.in.add(t.in.sum())
		sofar.gained.add(t.gained.sum())
		sofar.lost.add(t.lost.sum())
		out = append(out, result.YearRow{Year: year, Flow: t.rounded(),
			PBFOutCumulative: geo.RoundArea(sofar.out.sum()), PBFInCumulative: geo.RoundArea(sofar.in.sum()),
			CroplandGainedCumulative: geo.RoundArea(sofar.gained.sum()), CroplandLostCumulative: geo.RoundArea(sofar.lost.sum())})
	}
	for _, year := range slices.Sorted(maps.Keys(by)) {
		if year != 0 {
			row(&year, by[year])
		}
	}
	if t, ok := by[0]; ok {
		row(nil, t)
	}
	return out
}

// subProjects is the ledger by sub-project, in the order of their numbers; what
// has none comes last.
func subProjects(l *ledger.Ledger) []result.SubProjectRow {
	rows := map[string]*result.SubProjectRow{}
	for code, t := range flows(l, subProjectOf) {
		entry(rows, code).Flow = t.rounded()
	}
	for i := range l.Plan.Changes {
		ch := &l.Plan.Changes[i]
		row := entry(rows, ch.SubProject)
		row.Changes++
		if year := yearOf(ch); year != 0 {
			row.Years = append(row.Years, year)
		}
	}
	out := []result.SubProjectRow{}
	for code, row := range rows {
		slices.Sort(row.Years)
		row.Code, row.Years = code, slices.Compact(row.Years)
		out = append(out, *row)
	}
	slices.SortFunc(out, func(a, b result.SubProjectRow) int {
		if (a.Code == "") != (b.Code == "") {
			return cmp.Compare(b.Code, a.Code)
		}
		return cmp.Compare(a.Code, b.Code)
	})
	return out
}

func subProjectOf(c *plan.Change) string {
	if c == nil {
		return ""
	}
	return c.SubProject
}
