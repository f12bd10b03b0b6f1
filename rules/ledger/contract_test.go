package ledger

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// hectare is the ellipsoidal area of the square of 100 m at rect(0, 0, 100, 100),
// m²: given with the contract, and computed without any code of this repository.
const hectare = 9999.6054

// strip is a part of that square from one of its 100 columns to another.
func strip(role domain.Role, record int, from, to float64, traits plan.Traits) plan.Parcel {
	p := parcelAt(role, record, rect(from, 0, to, 100), "", "")
	p.Traits = traits
	return p
}

func changed(role domain.Role, record int, from, to float64, traits plan.Traits) plan.Change {
	c := changeAt(role, record, rect(from, 0, to, 100), "")
	c.Traits = traits
	return c
}

func known(v float64) plan.Number { return plan.Number{Value: v, Known: true} }

// states is a row of the contract: columns, the state before and after in
// words, and the net areas of PBF and cropland before and after in hectares.
type states struct {
	from, to      float64
	before, after string
	pbf, cropland [2]float64
}

// inWords is what a state says, in a fixed order; windows are of the state
// before alone.
func inWords(s *State, before bool) string {
	words := []string{cmp.Or(s.Class, "?")}
	for _, flag := range []struct {
		word string
		is   bool
	}{
		{"pbf", s.PBF}, {"red", s.RedLine}, {"window", before && s.RedLineWindow}, {"urban", s.Urban}, {"enclosed", before && s.UrbanEnclosed && !s.Urban},
		{"grassland", s.BasicGrassland}, {"heritage", s.Heritage}, {"shelterbelt", s.Shelterbelt}, {"reserve", s.Reserve}, {"water", s.WaterManagement},
	} {
		if flag.is {
			words = append(words, flag.word)
		}
	}
	if s.Slope != 0 || s.Grade != 0 {
		words = append(words, fmt.Sprintf("%d/%d", s.Slope, s.Grade))
	}
	if s.Refinement != "" {
		words = append(words, s.Refinement)
	}
	return strings.Join(words, " ")
}

// rowsOf reads a ledger of strips from west to east.
func rowsOf(l *Ledger) []states {
	var rows []states
	for i := range l.Faces {
		f := &l.Faces[i]
		box := f.Geometry.Bound()
		rows = append(rows, states{from: box.Min[0] - east, to: box.Max[0] - east, before: inWords(&f.Before, true), after: inWords(&f.After, false),
			pbf: [2]float64{f.Before.PBFNet / hectare, f.After.PBFNet / hectare}, cropland: [2]float64{f.Before.CroplandNet / hectare, f.After.CroplandNet / hectare}})
	}
	slices.SortFunc(rows, func(a, b states) int { return cmp.Compare(a.from, b.from) })
	return rows
}

// agrees allows 0.02 m²: the scale of the plane changes by a millionth across
// the square, and a strip counts as its share of it.
func (s states) agrees(with states) bool {
	near := func(a, b float64) bool { return math.Abs(a-b) < 2e-6 }
	return math.Abs(s.from-with.from) < 1e-3 && math.Abs(s.to-with.to) < 1e-3 && s.before == with.before && s.after == with.after &&
		near(s.pbf[0], with.pbf[0]) && near(s.pbf[1], with.pbf[1]) && near(s.cropland[0], with.cropland[0]) && near(s.cropland[1], with.cropland[1])
}

// holds builds the ledger of a base and its changes and compares it with the
// contract, the plan's features and layers also the other way round.
func holds(t *testing.T, base []plan.Parcel, changes []plan.Change, want []states) {
	t.Helper()
	b := memoryBase{}
	for _, p := range base {
		b[p.Role] = append(b[p.Role], p)
	}
	for range 2 {
		got := rowsOf(build(t, &plan.Plan{CRS: zone37, Changes: slices.Clone(changes)}, b, 1))
		if !slices.EqualFunc(got, want, states.agrees) {
			t.Errorf("the ledger has\n%s\nthe contract\n%s", table(got), table(want))
		}
		slices.Reverse(changes)
	}
}

func table(rows []states) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%4.0f-%3.0f  %-24s → %-24s  PBF %.6f → %.6f  cropland %.6f → %.6f\n", r.from, r.to, r.before, r.after, r.pbf[0], r.pbf[1], r.cropland[0], r.cropland[1])
	}
	return b.String()
}
