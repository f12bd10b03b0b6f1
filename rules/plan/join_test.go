package plan

import (
	"slices"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// Layers of one role are joined, in order of their names, and their features
// keep ids that are apart; a column of kinds is read where the manifest says
// what its values mean.
func TestLayersOfOneRoleAreJoined(t *testing.T) {
	p := read(t, pack(nil, area(),
		tableOf("DLBG_2", "BSM BGHDLBM", rowOf(square(200, 0, 10), "A", "0103"), rowOf(square(220, 0, 10), "", "0103")),
		tableOf("DLBG", "BSM BGHDLBM", rowOf(square(0, 0, 10), "A", "0103"), rowOf(square(20, 0, 10), "", "0103")),
		tableOf("150123DLBG (1)", "BSM BGHDLBM", rowOf(square(100, 0, 10), "A", "0103"), rowOf(square(120, 0, 10), "A", "0103"))))
	var got []string
	for _, c := range p.Changes {
		got = append(got, c.ID)
	}
	if want := []string{"A", "A#2", "A@DLBG", "2", "A@DLBG_2", "2@DLBG_2"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if dup := issues(p, checkUniqueID); len(dup) != 1 || dup[0].Record != 2 || len(p.Unread) != 0 {
		t.Errorf("%+v %+v", dup, p.Unread)
	}
}

// Three layers of one name in three folders, each with the same ids.
func TestLayersOfOneNameAreJoined(t *testing.T) {
	c := pack(nil, area())
	for _, folder := range []string{"a", "b", "c"} {
		table := tableOf("DLBG", "BSM BGHDLBM", rowOf(square(float64(c.layers[0].Len()*len(c.layers)*40), 0, 10), "A", "0103"))
		c.layers = append(c.layers, geo.NewMemory(table, "plan/"+folder+"/DLBG.shp", "", nil))
		c.files = append(c.files, folder+"/DLBG.shp")
	}
	p := read(t, c)
	seen := map[string]bool{}
	for _, change := range p.Changes {
		seen[change.ID] = true
	}
	if len(seen) != 3 || len(p.Changes) != 3 || len(p.Issues) != 0 || len(p.Unread) != 0 {
		t.Errorf("%v %+v %+v", seen, p.Issues, p.Unread)
	}
}

func TestValuesOfKinds(t *testing.T) {
	for _, manifest := range []string{
		"layers: {pbf_out: {file: 调整图斑.shp, values: {TZLX: {TC: out, bh: in, BL: none}}}}",
		"layers: {pbf_change: {file: 调整图斑.shp, fields: {kind: TZLX}, values: {kind: {tc: out, BH: in, BL: kept}}}}",
	} {
		p := read(t, pack(map[string]string{"plan.yaml": manifest}, area(),
			tableOf("调整图斑", "BSM TZLX YSRQ DCRQ", rowOf(square(0, 0, 10), "A", "TC", "20250101", "20250601"), rowOf(square(20, 0, 10), "B", "BH", "20250101", "20250601"),
				rowOf(square(40, 0, 10), "C", "bl", "", ""), rowOf(square(60, 0, 10), "D", "??", "", ""))))
		if len(p.Changes) != 2 || p.Changes[0].Role != domain.PBFOut || p.Changes[0].ID != "A" || p.Changes[0].Date != "20250601" ||
			p.Changes[1].Role != domain.PBFIn || p.Changes[1].Date != "20250101" {
			t.Errorf("%s: %+v", manifest, p.Changes)
		}
		if bad := issues(p, checkCodes); len(bad) != 1 || bad[0].ID != "D" {
			t.Errorf("%s: %+v", manifest, bad)
		}
	}
}

// fields: and values: under a layer's own name serve that layer alone.
func TestEntriesUnderALayersName(t *testing.T) {
	p := read(t, pack(map[string]string{"plan.yaml": "layers: {DLBG_2: {fields: {class: HOU}, values: {HOU: {旱: '0103'}, SCFF: {走测: RTK}}}}"}, area(),
		tableOf("DLBG", "BSM BGHDLBM SCFF", rowOf(square(0, 0, 10), "A", "0102", "QZY")),
		tableOf("DLBG_2", "BSM HOU SCFF", rowOf(square(20, 0, 10), "B", "旱", "走测"))))
	if len(p.Changes) != 2 || p.Changes[0].Traits.Class != "0102" || p.Changes[1].Traits.Class != "0103" || p.Changes[1].SurveyMethod != "RTK" || len(p.Issues) != 0 {
		t.Errorf("%+v %+v", p.Changes, p.Issues)
	}
	refused(t, pack(map[string]string{"plan.yaml": "layers: {pbf_out: {values: {TZLX: {TC: out}}}}"}, area(), tableOf("YJJBNTTC", "BSM", rowOf(square(0, 0, 10), "A"))),
		Options{}, "line 1", `"TZLX"`, "Its fields are BSM")
}
