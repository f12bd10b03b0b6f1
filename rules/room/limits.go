package room

import (
	"math/big"

	"landcheck/rules/ledger"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"
)

// What makes land a candidate. PBF lies scattered in patches of 20 mu at most
// (三（二）, rule pbf-out-scattered), told in steps; patches are joined over gaps
// that a farm track or ditch leaves, and not across what no field goes on behind.
const (
	PatchGap  = 12.0 // m
	steepFrom = 4    // slope class: over 15°
	slopeMost = 4    // slope class of land in: up to 25° (rule pbf-in-is-stable)

	// A piece is no candidate below these: less could not be drawn, and outlines of
	// layers of different vintage do not meet to the metre. At a metre of width
	// what rounding to 0.1 mm moves is less than any rule leaves out as slivers.
	leastArea  = 10.0 // m²: features below are told as slivers (rule data-slivers)
	leastWidth = 1.0  // m, 2A/P
)

// patchSteps are the sizes of scattered patches, mu.
func patchSteps() []float64 { return []float64{5, 10, 20} }

// PatchBarriers are the classes that part patches: railways, roads, rivers.
func PatchBarriers() []string { return []string{"1001", "1003", "1101"} }

func largestPatch() float64 { return 20 * wording.Mu }

// least is what a piece must have to be a candidate.
func least(b *rulebook.Rulebook) ledger.SliverLimits {
	return ledger.SliverLimits{Area: max(leastArea, b.Parameters.SliverArea), Width: max(leastWidth, b.Parameters.SliverWidth)}
}

// capOf is the limit that a rulebook sets on PBF that leaves a township, as a share
// of what is designated; nil for none. Of several the lowest holds.
func capOf(b *rulebook.Rulebook) *big.Rat {
	var limit *big.Rat
	for i := range b.Rules {
		r := b.Rules[i].Ratio
		if r == nil || b.Rules[i].Off || r.Op == ">=" || r.Scope != "township" || r.Over.Name != "designated" || r.Of.Text != "before.pbf_net" {
			continue
		}
		if limit == nil || r.Limit.Rat.Cmp(limit) < 0 {
			limit = r.Limit.Rat
		}
	}
	return limit
}
