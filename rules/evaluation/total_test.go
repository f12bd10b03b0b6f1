package evaluation

import (
	"math"
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/rulebook"
	"landcheck/rules/rulebook/rulebooktest"
)

// A sum over changed land that is held against a whole area is refused where
// its condition does not tell before from after, and accepted where it does.
func TestSumsOfWholeAreas(t *testing.T) {
	refused := map[string]string{
		`ratio: {of: area, where: after.construction, over: project_area, limit: 0.1}`:                                                                                                                "project.construction.after",
		`ratio: {of: area, where: before.grassland, over: project_area, limit: 0.1}`:                                                                                                                  "project.grassland.before",
		`ratio: {of: after.cropland_net, where: after.cropland && in_project, over: project.area.after, op: ">=", limit: 0.5}`:                                                                        "project.cropland.after",
		`ratio: {of: area, where: before.cropland && after.cropland, over: project_cropland, limit: 0.1}`:                                                                                             "project.cropland.after",
		`ratio: {of: area, where: "!use.exists && after.forest", over: project_area, limit: 0.1}`:                                                                                                     "project.forest.after",
		`among: after.construction, ratio: {of: area, where: "true", over: project_area, limit: 0.1}`:                                                                                                 "project.construction.after",
		`ratio: {of: project.cropland.after, over: {of: area, where: before.cropland}, op: ">=", limit: 1}`:                                                                                           "project.cropland.before",
		`balance: {plus: {of: project.cropland.after}, minus: {of: before.cropland_net, where: before.cropland}}`:                                                                                     "project.cropland.before",
		`balance: {plus: {of: after.cropland_net, where: after.cropland}, minus: {of: before.cropland_net, where: before.cropland && !after.cropland}, surplus: {share: 0.05, of: project_cropland}}`: "project.cropland.after",
		`compare: {of: {of: project.construction.after}, against: {of: area, where: before.construction}, hold: [total_within]}`:                                                                      "project.construction.before",
		`list: {of: area, where: use.exists}, show: [{label: {zh: 占比, en: share}, of: area, where: after.wetland, over: project_area}]`:                                                               "project.wetland.after",
	}
	for kind, want := range refused {
		_, err := rulebook.Parse("own.yaml", []byte(rulebooktest.Own(kind)))
		if err == nil || !strings.Contains(err.Error(), "whole area") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want a hint at %s", kind, err, want)
		}
	}
	for _, kind := range []string{
		`ratio: {of: area, where: "!before.construction && after.construction", over: project_area, limit: 0.1}`,
		`ratio: {of: before.pbf_net, where: pbf_out.exists, over: project_pbf, limit: 0.1}`,
		`ratio: {of: area, where: use.purpose == "JYXJS" && after.construction, over: project_area, limit: 0.1}`,
		`ratio: {of: area, where: before.urban != after.urban, over: urban_area, limit: 0.1}`,
		`ratio: {of: area, where: before.class != after.class && after.forest, over: project_area, limit: 0.1}`,
		`among: before.pbf && !after.pbf, ratio: {of: before.pbf_net, where: before.slope >= 4, over: project_pbf, limit: 0.1}`,
		`ratio: {of: after.cropland_net - before.cropland_net, where: in_project, over: project_cropland, limit: 0.1}`,
		`ratio: {of: area, where: after.construction, over: {of: area, where: "true"}, limit: 0.1}`,
		`ratio: {of: project.construction.after, over: project_area, limit: 0.1}`,
		`ratio: {of: project.cropland.after, over: project.cropland.before, op: ">=", limit: 1}`,
		`ratio: {of: before.pbf_net, where: before.pbf && !after.pbf, over: county.pbf.before, limit: 0.05}`,
		`balance: {plus: {of: project.ecological.after}, minus: {of: project.ecological.before}}`,
		`balance: {plus: {of: after.cropland_net, where: after.cropland}, minus: {of: before.cropland_net, where: before.cropland}, surplus: {share: 0.05, of: project_cropland}}`,
		`compare: {of: {of: area, where: use.purpose == "JYXJS"}, against: {of: project.construction.before}, hold: [total_within]}`,
	} {
		if _, err := rulebook.Parse("own.yaml", []byte(rulebooktest.Own(kind))); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// What a total cannot be, each with its place.
func TestTotalsInTheWrongPlace(t *testing.T) {
	for kind, want := range map[string]string{
		`ratio: {of: project.croplnd.after, over: project_area, limit: 0.1}`:                                                                       "project.cropland.after",
		`ratio: {of: county.construction.after, over: project_area, limit: 0.1}`:                                                                   "not of the whole county",
		`ratio: {of: area, where: use.exists, over: county.area.before, limit: 0.1}`:                                                               "project.area.before",
		`ratio: {of: project.area.after, where: use.exists, over: project_area, limit: 0.1}`:                                                       "takes no where",
		`ratio: {of: area, over: project_area, limit: 0.1}`:                                                                                        "where",
		`ratio: {of: project.pbf.after, over: designated, scope: township, limit: 0.1}`:                                                            "cannot stand here",
		`list: {of: project.area.after, where: use.exists}`:                                                                                        "cannot stand here",
		`balance: {plus: {of: project.pbf.after}, minus: {of: project.pbf.before}, scope: date, plus_when: use, minus_when: use}`:                  "cannot stand here",
		`compare: {of: {of: project.area.after}, against: {of: area, where: use.exists}, hold: [fewer]}`:                                           "cannot stand here",
		`mean: {better: {value: after.grade, of: project.pbf.after, where: use.exists}, than: {value: before.grade, of: area, where: use.exists}}`: "cannot stand here",
	} {
		if _, err := rulebook.Parse("own.yaml", []byte(rulebooktest.Own(kind))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", kind, err, want)
		}
	}
}

// Totals against a county of four squares worked out by hand: 3 of cropland of
// which one is built over, 1 of grassland.
func TestWholeAreasByHand(t *testing.T) {
	l := &ledger.Ledger{Plan: &plan.Plan{County: "150123"}, ProjectArea: 40_000, ProjectCropland: 27_000, ProjectPBF: 18_000,
		LandUse:    []ledger.ClassArea{{Code: "0103", Before: 30_000, After: 20_000}, {Code: "0401", Before: 10_000, After: 10_000}, {Code: "0602", Before: 0, After: 10_000}},
		Designated: map[string]ledger.Designation{"150123101": {Area: 50_000}, "150123102": {Area: 7_000}, "150124101": {Area: 1e9}},
		Present:    map[domain.Role]bool{domain.LandUse: true, domain.PBF: true},
		Faces: []ledger.Face{
			{Area: 10_000, InProject: true, Before: ledger.State{Cropland: true, CroplandNet: 9_000, PBF: true, PBFNet: 9_000}, After: ledger.State{Construction: true}},
			{Area: 10_000, Before: ledger.State{Cropland: true, CroplandNet: 9_500}, After: ledger.State{Cropland: true, CroplandNet: 9_500, PBF: true, PBFNet: 9_500}},
		}}
	c := &ruleEvaluation{evaluation: &evaluation{l: l}}
	for name, want := range map[string]float64{
		"project.area.before": 40_000, "project.area.after": 40_000,
		"project.cropland.before": 27_000, "project.cropland.after": 18_000,
		"project.construction.before": 0, "project.construction.after": 10_000,
		"project.grassland.before": 10_000, "project.grassland.after": 10_000,
		"project.forest.after": 0, "project.wetland.after": 0, "project.unused.after": 0,
		"project.ecological.after": 10_000, "project.agricultural.before": 40_000, "project.agricultural.after": 30_000,
		"project.pbf.before": 18_000, "project.pbf.after": 9_000,
		"county.pbf.before": 57_000, "county.pbf.after": 57_500,
	} {
		if got, ok := c.wholeArea(name); !ok || math.Abs(got-want) > 1e-9 {
			t.Errorf("%s = %v %v, want %v", name, got, ok, want)
		}
	}
}
