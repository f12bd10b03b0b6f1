package ledger

import (
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

var (
	field  = plan.Traits{Class: "0103"}
	forest = plan.Traits{Class: "0301"}
	none   = plan.Traits{}
)

func ridged(class string, ridge float64) plan.Traits {
	return plan.Traits{Class: class, Ridge: known(ridge)}
}

// TestContractStates is the ledger's contract on land: base, changes → before,
// after, net areas (README, "Faces"). All squares are of one hectare and its
// strips, so that every figure is worked out by hand.
func TestContractStates(t *testing.T) {
	declared := func(p plan.Parcel, net float64) plan.Parcel {
		p.Net = known(net * hectare)
		return p
	}
	surveyed := func(c plan.Change, area float64) plan.Change {
		c.SurveyMethod, c.Surveyed, c.SurveyDate = "RTK", known(area*hectare), "20250601"
		return c
	}
	type parcels = []plan.Parcel
	type changes = []plan.Change
	for name, c := range map[string]struct {
		base    parcels
		changes changes
		want    []states
	}{
		"land that no base layer covers is of no class": {nil, changes{changed(domain.LandUseChange, 1, 0, 100, field)},
			[]states{{0, 100, "?", "0103", [2]float64{}, [2]float64{0, 1}}}},
		"the class after is that of land_use_change where it lies, else as before": {
			parcels{strip(domain.LandUse, 1, 0, 60, forest), strip(domain.LandUse, 2, 60, 100, field)},
			changes{changed(domain.LandUseChange, 1, 40, 80, plan.Traits{Class: "0702"}), changed(domain.PBFOut, 1, 80, 100, none)},
			[]states{
				{40, 60, "0301", "0702", [2]float64{}, [2]float64{}},
				{60, 80, "0103", "0702", [2]float64{}, [2]float64{0.2, 0}},
				{80, 100, "0103", "0103", [2]float64{}, [2]float64{0.2, 0.2}},
			}},
		"the parcel gives the class, the PBF feature where no parcel lies": {
			parcels{strip(domain.LandUse, 1, 0, 50, forest), strip(domain.PBF, 1, 0, 100, field)},
			changes{changed(domain.PBFOut, 1, 0, 100, none)},
			[]states{
				{0, 50, "0301 pbf", "0301", [2]float64{0.5, 0}, [2]float64{}},
				{50, 100, "0103 pbf", "0103", [2]float64{0.5, 0}, [2]float64{0.5, 0.5}},
			}},
		"PBF after is what was and is not taken out, or is brought in": {
			parcels{strip(domain.LandUse, 1, 0, 100, field), strip(domain.PBF, 1, 0, 60, field)},
			changes{changed(domain.PBFOut, 1, 20, 80, none), changed(domain.PBFIn, 1, 40, 70, none), changed(domain.LandUseChange, 1, 0, 100, field)},
			[]states{
				{0, 20, "0103 pbf", "0103 pbf", [2]float64{0.2, 0.2}, [2]float64{0.2, 0.2}},
				{20, 40, "0103 pbf", "0103", [2]float64{0.2, 0}, [2]float64{0.2, 0.2}},
				{40, 60, "0103 pbf", "0103 pbf", [2]float64{0.2, 0.2}, [2]float64{0.2, 0.2}}, // both taken out and brought in
				{60, 70, "0103", "0103 pbf", [2]float64{0, 0.1}, [2]float64{0.1, 0.1}},       // both, and none before
				{70, 80, "0103", "0103", [2]float64{}, [2]float64{0.1, 0.1}},
				{80, 100, "0103", "0103", [2]float64{}, [2]float64{0.2, 0.2}},
			}},
		"before: KCXS of the PBF feature for PBF, of the parcel for cropland, else 0": {
			parcels{
				strip(domain.LandUse, 1, 0, 60, ridged("0103", 0.2)), strip(domain.LandUse, 2, 60, 100, field),
				strip(domain.PBF, 1, 0, 30, ridged("0103", 0.1)), strip(domain.PBF, 2, 30, 100, field),
			},
			changes{changed(domain.PBFOut, 1, 0, 100, none)},
			[]states{
				{0, 30, "0103 pbf", "0103", [2]float64{0.27, 0}, [2]float64{0.24, 0.24}},
				{30, 60, "0103 pbf", "0103", [2]float64{0.24, 0}, [2]float64{0.24, 0.24}},
				{60, 100, "0103 pbf", "0103", [2]float64{0.4, 0}, [2]float64{0.4, 0.4}},
			}},
		"a KCXS of 0 in the PBF feature is one, not a missing one": {
			parcels{strip(domain.LandUse, 1, 0, 100, ridged("0103", 0.2)), strip(domain.PBF, 1, 0, 100, ridged("0103", 0))},
			changes{changed(domain.PBFOut, 1, 0, 100, none)},
			[]states{{0, 100, "0103 pbf", "0103", [2]float64{1, 0}, [2]float64{0.8, 0.8}}}},
		"a piece takes its share of the declared net area": {
			parcels{strip(domain.LandUse, 1, 0, 100, field), declared(strip(domain.PBF, 1, 0, 80, ridged("0103", 0.1)), 0.4)},
			changes{changed(domain.PBFOut, 1, 20, 50, none), changed(domain.LandUseChange, 1, 50, 60, forest)},
			[]states{
				{20, 50, "0103 pbf", "0103", [2]float64{0.15, 0}, [2]float64{0.3, 0.3}},
				{50, 60, "0103 pbf", "0301 pbf", [2]float64{0.05, 0.05}, [2]float64{0.1, 0}}, // PBF that stays keeps its share
			}},
		"the PBF feature's slope, grade and refinement go before the parcel's, each by itself": {
			parcels{
				strip(domain.LandUse, 1, 0, 100, plan.Traits{Class: "0103", Slope: 2, Grade: 9, Refinement: "HDGD"}),
				strip(domain.PBF, 1, 0, 30, plan.Traits{Class: "0103", Slope: 4}), strip(domain.PBF, 2, 30, 60, plan.Traits{Class: "0103", Grade: 5, Refinement: "PDGD"}),
			},
			changes{changed(domain.PBFOut, 1, 0, 100, none)},
			[]states{
				{0, 30, "0103 pbf 4/9 HDGD", "0103 4/9 HDGD", [2]float64{0.3, 0}, [2]float64{0.3, 0.3}},
				{30, 60, "0103 pbf 2/5 PDGD", "0103 2/5 PDGD", [2]float64{0.3, 0}, [2]float64{0.3, 0.3}},
				{60, 100, "0103 2/9 HDGD", "0103 2/9 HDGD", [2]float64{}, [2]float64{0.4, 0.4}},
			}},
		"slope and grade after are the change's where it gives them, of pbf_in first": {
			parcels{strip(domain.LandUse, 1, 0, 100, plan.Traits{Class: "0103", Slope: 3, Grade: 9})},
			changes{
				changed(domain.LandUseChange, 1, 0, 60, plan.Traits{Class: "0103", Slope: 2, Grade: 8}),
				changed(domain.PBFIn, 1, 20, 40, plan.Traits{Slope: 1}), changed(domain.PBFIn, 2, 40, 100, plan.Traits{Grade: 7}),
			},
			[]states{
				{0, 20, "0103 3/9", "0103 2/8", [2]float64{}, [2]float64{0.2, 0.2}},
				{20, 40, "0103 3/9", "0103 pbf 1/8", [2]float64{0, 0.2}, [2]float64{0.2, 0.2}},
				{40, 60, "0103 3/9", "0103 pbf 2/7", [2]float64{0, 0.2}, [2]float64{0.2, 0.2}},
				{60, 100, "0103 3/9", "0103 pbf 3/7", [2]float64{0, 0.4}, [2]float64{0.4, 0.4}},
			}},
		"new cropland brings its own KCXS and refinement, pbf_in's first": {
			parcels{strip(domain.LandUse, 1, 0, 100, plan.Traits{Class: "0301", Ridge: known(0.5), Refinement: "HDGD"})},
			changes{
				changed(domain.LandUseChange, 1, 0, 60, plan.Traits{Class: "0103", Ridge: known(0.2), Refinement: "PDGD"}), changed(domain.LandUseChange, 2, 60, 100, field),
				changed(domain.PBFIn, 1, 20, 40, plan.Traits{Ridge: known(0.1), Refinement: "LQGD"}), changed(domain.PBFIn, 2, 40, 80, none),
			},
			[]states{
				{0, 20, "0301 HDGD", "0103 PDGD", [2]float64{}, [2]float64{0, 0.16}},
				{20, 40, "0301 HDGD", "0103 pbf LQGD", [2]float64{0, 0.18}, [2]float64{0, 0.18}},
				{40, 60, "0301 HDGD", "0103 pbf PDGD", [2]float64{0, 0.16}, [2]float64{0, 0.16}},
				{60, 80, "0301 HDGD", "0103 pbf", [2]float64{0, 0.1}, [2]float64{0, 0.1}}, // as before
				{80, 100, "0301 HDGD", "0103", [2]float64{}, [2]float64{0, 0.1}},
			}},
		"cropland that stays keeps KCXS and refinement unless its own record surveys it": {
			parcels{strip(domain.LandUse, 1, 0, 100, plan.Traits{Class: "0103", Ridge: known(0.2), Refinement: "HDGD"}), declared(strip(domain.PBF, 1, 60, 100, field), 0.36)},
			changes{
				changed(domain.LandUseChange, 1, 0, 20, plan.Traits{Class: "0102", Ridge: known(0.1), Refinement: "PDGD"}),
				surveyed(changed(domain.LandUseChange, 2, 20, 40, ridged("0102", 0.1)), 0.20019), // a thousandth of its 2 000 m² is 2
				surveyed(changed(domain.LandUseChange, 3, 40, 60, ridged("0102", 0.1)), 0.20021), // of other land than its own
				changed(domain.PBFIn, 1, 60, 80, ridged("", 0.1)),
				surveyed(changed(domain.PBFIn, 2, 80, 100, ridged("", 0.05)), 0.2),
			},
			[]states{
				{0, 20, "0103 HDGD", "0102 HDGD", [2]float64{}, [2]float64{0.16, 0.16}},
				{20, 40, "0103 HDGD", "0102 HDGD", [2]float64{}, [2]float64{0.16, 0.18}},
				{40, 60, "0103 HDGD", "0102 HDGD", [2]float64{}, [2]float64{0.16, 0.16}},
				{60, 80, "0103 pbf HDGD", "0103 pbf HDGD", [2]float64{0.18, 0.18}, [2]float64{0.16, 0.16}},
				{80, 100, "0103 pbf HDGD", "0103 pbf HDGD", [2]float64{0.18, 0.19}, [2]float64{0.16, 0.19}},
			}},
		"of parts of one layer the lower record wins, of the plan's as of the base's": {
			parcels{
				strip(domain.LandUse, 1, 0, 40, field), strip(domain.LandUse, 2, 20, 100, forest),
				strip(domain.PBF, 1, 0, 100, ridged("0103", 0.1)), strip(domain.PBF, 2, 0, 100, ridged("0103", 0.3)),
			},
			changes{changed(domain.LandUseChange, 1, 0, 60, plan.Traits{Class: "0702"}), changed(domain.LandUseChange, 2, 30, 80, plan.Traits{Class: "1003"})},
			[]states{
				{0, 20, "0103 pbf", "0702 pbf", [2]float64{0.18, 0.18}, [2]float64{0.2, 0}},
				{20, 30, "0103 pbf", "0702 pbf", [2]float64{0.09, 0.09}, [2]float64{0.1, 0}},
				{30, 40, "0103 pbf", "0702 pbf", [2]float64{0.09, 0.09}, [2]float64{0.1, 0}},
				{40, 60, "0301 pbf", "0702 pbf", [2]float64{0.18, 0.18}, [2]float64{}},
				{60, 80, "0301 pbf", "1003 pbf", [2]float64{0.18, 0.18}, [2]float64{}},
			}},
		"red line and urban boundary after go by their change layers, taking away first": {
			parcels{strip(domain.RedLine, 1, 0, 50, none), strip(domain.UrbanBoundary, 1, 0, 50, none)},
			changes{
				changed(domain.RedRemoved, 1, 20, 80, none), changed(domain.RedAdded, 1, 40, 100, none),
				changed(domain.UrbanAdded, 1, 0, 90, none), changed(domain.UrbanRemoved, 1, 40, 60, none),
			},
			[]states{
				{0, 20, "? red urban", "? red urban", [2]float64{}, [2]float64{}},
				{20, 40, "? red urban", "? urban", [2]float64{}, [2]float64{}},
				{40, 50, "? red urban", "?", [2]float64{}, [2]float64{}},
				{50, 60, "?", "?", [2]float64{}, [2]float64{}},
				{60, 80, "?", "? urban", [2]float64{}, [2]float64{}},
				{80, 90, "?", "? red urban", [2]float64{}, [2]float64{}},
				{90, 100, "?", "? red", [2]float64{}, [2]float64{}},
			}},
		"each restricted layer is told by itself, and no plan changes it": {
			parcels{
				strip(domain.BasicGrassland, 1, 0, 10, none), strip(domain.Heritage, 1, 10, 20, none), strip(domain.Shelterbelt, 1, 20, 30, none),
				strip(domain.PBFReserve, 1, 30, 40, none), strip(domain.WaterManagement, 1, 40, 60, none), strip(domain.RedLine, 1, 50, 70, none),
			},
			changes{changed(domain.LandUseChange, 1, 0, 70, forest)},
			[]states{
				{0, 10, "? grassland", "0301 grassland", [2]float64{}, [2]float64{}},
				{10, 20, "? heritage", "0301 heritage", [2]float64{}, [2]float64{}},
				{20, 30, "? shelterbelt", "0301 shelterbelt", [2]float64{}, [2]float64{}},
				{30, 40, "? reserve", "0301 reserve", [2]float64{}, [2]float64{}},
				{40, 50, "? water", "0301 water", [2]float64{}, [2]float64{}},
				{50, 60, "? red water", "0301 red water", [2]float64{}, [2]float64{}},
				{60, 70, "? red", "0301 red", [2]float64{}, [2]float64{}},
			}},
	} {
		t.Run(name, func(t *testing.T) { holds(t, c.base, c.changes, c.want) })
	}
}
