package evaluation

import (
	"maps"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// landUse is the land-use structure table with names.
func landUse(l *ledger.Ledger) []result.ClassRow {
	out := []result.ClassRow{}
	for _, a := range l.LandUse {
		row := result.ClassRow{Code: a.Code, Name: a.Code, Title: wording.Same(a.Code), Before: geo.RoundArea(a.Before), After: geo.RoundArea(a.After)}
		if c, ok := domain.Lookup(a.Code); ok {
			row.Name, row.Title, row.Group = c.NameZH, c.Title(), c.Group
		}
		out = append(out, row)
	}
	return out
}

// tally is a year's sums.
type yearSums struct{ out, in, gained, lost, built, freed total }

// years is the ledger by year; changes without one come last.
func years(l *ledger.Ledger) []result.YearRow {
	by := map[int]*yearSums{}
	for i := range l.Faces {
		f := &l.Faces[i]
		use := yearly(f, "use")
		b, a := &f.Before, &f.After
		if b.PBF && !a.PBF {
			entry(by, yearOf(changeOf(f, "pbf_out"))).out.add(b.PBFNet)
		}
		if !b.PBF && a.PBF {
			entry(by, yearOf(changeOf(f, "pbf_in"))).in.add(a.PBFNet)
		}
		if d := a.CroplandNet - b.CroplandNet; d > 0 {
			entry(by, yearOf(use)).gained.add(d)
		} else if d < 0 {
			entry(by, yearOf(use)).lost.add(-d)
		}
		if a.Construction && !b.Construction {
			entry(by, yearOf(use)).built.add(f.Area)
		}
		if b.Construction && !a.Construction {
			entry(by, yearOf(use)).freed.add(f.Area)
		}
	}
	out := []result.YearRow{}
	var sofar yearSums
	row := func(year *int, t *yearSums) {
		sofar.out.add(t.out.sum())
		sofar.in.add(t.in.sum())
		sofar.gained.add(t.gained.sum())
		sofar.lost.add(t.lost.sum())
		out = append(out, result.YearRow{Year: year,
			PBFOut: geo.RoundArea(t.out.sum()), PBFIn: geo.RoundArea(t.in.sum()),
			CroplandGained: geo.RoundArea(t.gained.sum()), CroplandLost: geo.RoundArea(t.lost.sum()),
			ConstructionGained: geo.RoundArea(t.built.sum()), ConstructionLost: geo.RoundArea(t.freed.sum()),
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
