package sentences

import (
	"testing"

	"landcheck/rules/proving/kit"
)

// TestClasses: codes of the two classifications are told apart.
func TestClasses(t *testing.T) {
	code := func(id, class string) func(*kit.Case) { return set("DLBG", id, "BGHDLBM", class) }
	named := func(id, class, column, name string) func(*kit.Case) {
		return all(code(id, class), set("DLBG", id, column, name))
	}
	// planning is the clean plan in planning codes: 1202 is 0602, 0702 is 0703.
	planning := all(code("U1", "0602"), code("U2", "0602"), code("B1", "0703"))
	const said = "layers:\n  land_use_change: {classes: planning}\n"
	hold(t, []sentence{
		{"An unknown code is a data finding and never counts as any group", []row{
			{"no code", code("N1", "0199"), "violations data-codes", "0199"}, {"letters", code("N1", "abcd"), "violations data-codes", "ABCD"},
			{"a K class is not cropland", code("N1", "0201K"), "violations cropland-area-kept", ""}}},
		{"1006 rural road, 1103, 1107, 1202 and 1203 are not construction", []row{
			{"1006", code("U1", "1006"), "compliant", ""}, {"1107", code("U1", "1107"), "compliant", ""}, {"1003 is", code("U1", "1003"), "violations construction-not-grown demolition-covers-building", ""}}},
		{"classes: planning says so for a layer", []row{
			{"said", all(planning, manifest(said)), "compliant", "用地用海分类"},
			{"said of survey codes", manifest(said), "violations construction-not-grown demolition-covers-building", "1202 公路用地"},
			{"a word that is none", manifest("layers:\n  land_use_change: {classes: plan}\n"), "refused", "planning"}}},
		{"a field called GHDLBM, or any code that only one system has, tells it too", []row{
			{"GHDLBM", all(planning, column("DLBG", "BGHDLBM", "GHDLBM")), "compliant", "用地用海分类"},
			{"0703", planning, "compliant", "用地用海分类"},
			{"1704", all(planning, code("U2", "1704")), "compliant", "用地用海分类"}}},
		{"or a name beside the code that contradicts it", []row{
			{"1207 is bare rock, or a road", named("B1", "1207", "DLMC", "城镇村道路用地"), "violations construction-not-grown", "用地用海分类"},
			{"and bare rock by its name", named("B1", "1207", "DLMC", "裸岩石砾地"), "compliant", ""},
			{"a name that agrees", named("U1", "1202", "DLMC", "设施农用地"), "compliant", ""}}},
		{"a layer that mixes both is a data-codes failure that names both readings", []row{
			{"0703 beside 1202 and 05H1", all(code("U1", "0703"), code("U2", "05H1")), "violations data-codes", "0703"},
			{"a planning code that the table lacks", all(planning, manifest(said), code("U2", "0199")), "violations data-codes", "0199"}}},
	})
}
