package plan

import (
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// Every planning code leads to a class of the survey that is in the same of the
// three great groups: 01-05 and 17 by land, 06 agricultural, 07-16 construction.
func TestPlanningCodesKeepTheirGroup(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range planningClasses {
		if seen[p.code] {
			t.Errorf("%s stands twice", p.code)
		}
		seen[p.code] = true
		c, ok := domain.Lookup(p.survey)
		if !ok {
			t.Errorf("%s leads to %s, which is no class", p.code, p.survey)
		}
		construction := p.code[:2] >= "07" && p.code[:2] <= "16" || p.code == "2301"
		if c.Construction != construction {
			t.Errorf("%s: construction is %v", p.code, c.Construction)
		}
		if c.Cropland != strings.HasPrefix(p.code, "01") || (p.code[:2] == "02" || p.code[:2] == "06") && !c.Agricultural ||
			strings.HasPrefix(p.code, "03") && !c.Forest || strings.HasPrefix(p.code, "04") && !c.Grassland || strings.HasPrefix(p.code, "05") && !c.Wetland {
			t.Errorf("%s leads to %s, %s", p.code, p.survey, c.Group)
		}
	}
	for code, want := range map[string]string{ // as the appendix of 自然资发〔2023〕234号 has them
		"0601": "1006", "0703": "0702", "1207": "1004", "1703": "1103", "1704": "1104", "1705": "1107", "2301": "1201", "2303": "1203",
		"2304": "1204", "2307": "1207", "060101": "1006", "070301": "0702", "1001": "0601",
	} {
		if c, _ := planningOf(code); c.survey != want {
			t.Errorf("%s leads to %s, want %s", code, c.survey, want)
		}
	}
	for _, code := range []string{"08H1", "0809", "1104", "0201K", "09", "1801", "24", "07", "05H1", ""} {
		if c, ok := planningOf(code); ok {
			t.Errorf("%s is planning code %+v", code, c)
		}
	}
}

func TestWhichClassification(t *testing.T) {
	for _, c := range []struct {
		say, columns string
		codes        string // code or code=name
		classes      string // as read; "!" where the layer or record is an issue
	}{
		{"", "BGHDLBM", "0601 0702 1207 0103", "0601 0702 1207 0103"}, // both systems have them: the survey's
		{"", "BGHDLBM", "0601 1006 0103", "0601 1006 0103"},           // 1006 is the survey's alone
		{"", "BGHDLBM", "0601 0703 1207", "1006 0702 1004"},           // 0703 is planning's alone
		{"", "BGHDLBM", "1207 1705", "1004 1107"},                     //
		{"", "BGHDLBM", "070301 1001", "0702 0601"},                   // third level
		{"", "GHDLBM", "0601 0103", "1006 0103"},                      // the column tells
		{"", "BGHDLBM GHDLBM", "1207 0103", "1004 0103"},              // the same code in both
		{"survey", "BGHDLBM GHDLBM", "1207 0103", "1207 0103"},        // said
		{"", "BGHDLBM DLMC", "1207=城镇村道路用地 0103=旱地", "1004 0103"},     // the name tells
		{"", "BGHDLBM DLMC", "1207=裸岩石砾地 0601=工业用地", "1207 0601"},     //
		{"", "BGHDLBM BGHDLMC", "0601=工业用地 0702=农村宅基地", "0601 0702"},  //
		{"", "BGHDLBM DLBM DLMC", "0601=农村道路 0103=旱地", "0601 0103"},   // DLMC goes with DLBM: what was
		{"", "BGHDLBM BGHDLMC", "0601=农村道路 1104=坑塘水面", "0601 1104 !"}, // a name of one, a code of the other
		{"", "BGHDLBM", "0703 05H1 1207", "0702 05H1 1207 !"},         // both
		{"planning", "BGHDLBM", "1207 0103", "1004 0103"},             // said
		{"planning", "BGHDLBM", "1207 1006", "1004 ?1006 !"},          // the table lacks it
		{"survey", "BGHDLBM", "1207 0703", "1207 0703 !"},             // said; no such survey class
		{"survey", "BGHDLBM DLMC", "1207=城镇村道路用地", "1207"},            // said, and the plan's word
		{"survey", "BGHDLBM BGHDLMC", "1207=城镇村道路用地", "1207 !"},
		{"", "BGHDLBM BGHDLMC", "0404=工业用地", "0404 !"},
		{"", "BGHDLBM BGHDLMC", "0403=其他草地 0103=大田", "0404 0103"}, // grassland either way; a name that is none says nothing
		{"", "BGHDLBM", "1801 0103", "1801 0103 !"},               // sea
	} {
		table := tableOf("DLBG", "BSM "+c.columns)
		places := strings.Fields("BSM " + c.columns)
		for i, word := range strings.Fields(c.codes) {
			code, name, _ := strings.Cut(word, "=")
			values := make([]string, len(places))
			for at, column := range places {
				switch {
				case strings.HasSuffix(column, "DLMC"):
					values[at] = name
				case column == "BSM":
					values[at] = word
				case column != "DLBM":
					values[at] = code
				}
			}
			table.Rows = append(table.Rows, geo.Feature{Record: i + 1, Geometry: square(float64(20*i), 0, 10), Values: values})
		}
		files := map[string]string{}
		if c.say != "" {
			files["plan.yaml"] = "layers: {land_use_change: {classes: " + c.say + "}}"
		}
		p := read(t, pack(files, area(), table))
		var got []string
		for _, ch := range p.Changes {
			got = append(got, ch.Traits.Class)
		}
		if len(issues(p, checkCodes)) > 0 {
			got = append(got, "!")
		}
		if strings.Join(got, " ") != c.classes {
			t.Errorf("%s %s %s: %s, want %s", c.say, c.columns, c.codes, strings.Join(got, " "), c.classes)
		}
	}
}

// BGHDLBM in one system with GHDLBM in the other beside it: the first counts, and
// the two have to mean land of one group.
func TestBothColumns(t *testing.T) {
	p := read(t, pack(nil, area(), tableOf("DLBG", "BSM BGHDLBM GHDLBM",
		rowOf(square(0, 0, 10), "A", "1004", "1207"), rowOf(square(20, 0, 10), "B", "1006", "0601"), rowOf(square(40, 0, 10), "C", "0103", ""),
		rowOf(square(60, 0, 10), "D", "0404", "1207"))))
	var got []string
	for _, c := range p.Changes {
		got = append(got, c.Traits.Class)
	}
	wrong := issues(p, checkCodes)
	if len(wrong) != 1 || wrong[0].ID != "D" || !strings.Contains(wrong[0].Message.ZH, "1207") || !strings.Contains(wrong[0].Message.EN, "GHDLBM") {
		t.Errorf("%v: %+v", got, wrong)
	}
}

// Where the manifest says that DLBM is the class after, DLMC is its name.
func TestNameBesideTheColumnThatTheManifestNames(t *testing.T) {
	p := read(t, pack(map[string]string{"plan.yaml": "layers: {land_use_change: {fields: {class: DLBM}}}"}, area(),
		tableOf("DLBG", "BSM DLBM DLMC", rowOf(square(0, 0, 10), "A", "1207", "城镇村道路用地"))))
	if p.Changes[0].Traits.Class != "1004" || len(p.Issues) != 0 {
		t.Errorf("%+v %+v", p.Changes[0].Traits, p.Issues)
	}
}

// What was read as planning codes is told, and stands as written beside.
func TestPlanningCodesAreShownAsWritten(t *testing.T) {
	p := read(t, pack(nil, area(), tableOf("DLBG", "BSM GHDLBM", rowOf(square(0, 0, 10), "A", "0703"), rowOf(square(20, 0, 10), "B", "0103"))))
	if p.Changes[0].Traits.Written != "0703" || p.Changes[0].Traits.Class != "0702" || p.Changes[1].Traits.Class != "0103" {
		t.Errorf("%+v", p.Changes)
	}
	if len(p.Notices) != 1 || !strings.Contains(p.Notices[0].Message.ZH, "用地用海") || !strings.Contains(p.Notices[0].Message.ZH, "0703 农村宅基地 → 0702") {
		t.Errorf("%+v", p.Notices)
	}
}
