package report

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// styledTables are all layers that a report's GeoPackage may have.
func styledTables(in Input) []*geo.Table {
	tables := append([]*geo.Table{findingTable(in), faceTable(in)}, projectTable(in))
	for _, role := range domain.ChangeRoles() {
		tables = append(tables, changeTable(in, role, nil, nil))
	}
	return tables
}

// TestStylesName: a style asks for fields that the layer has, and every field has
// a title of its own, in both languages.
func TestStylesName(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		for _, table := range styledTables(drawn(t, lang)) {
			if len(table.Styles) == 0 || table.Title == "" {
				t.Errorf("%s has %d styles, title %q", table.Name, len(table.Styles), table.Title)
			}
			for _, s := range table.Styles {
				if len([]rune(s.Name)) > 30 {
					t.Errorf("%s: QGIS keeps 30 letters of %q", table.Name, s.Name)
				}
				for _, r := range s.Rules {
					for _, c := range r.Where {
						if i := geo.FieldIndex(table.Fields, c.Field); i < 0 || (table.Fields[i].Type == geo.NumberField) != c.Number || len(c.Values) == 0 {
							t.Errorf("%s: style %s asks for %v", table.Name, s.Name, c)
						}
					}
				}
			}
			seen := map[string]bool{}
			for _, f := range table.Fields {
				if f.Alias == "" || seen[f.Alias] {
					t.Errorf("%s (%s): field %s has the alias %q", table.Name, lang, f.Name, f.Alias)
				}
				seen[f.Alias] = true
			}
		}
	}
}

// TestPlanFields: whatever a plan layer may state is in the GeoPackage.
func TestPlanFields(t *testing.T) {
	c := &plan.Change{Feature: plan.Feature{ID: "x", Traits: plan.Traits{Class: "0101", Slope: 1, Grade: 1, Refinement: "a", Ridge: plan.Number{Known: true, Value: .1}}},
		Exists: true, Year: 2025, Date: "20250101", Declared: plan.Number{Known: true}, Surveyed: plan.Number{Known: true}, SurveyMethod: "RTK", SurveyDate: "20250101",
		Purpose: "mining", SubProject: "1"}
	for _, role := range domain.ChangeRoles() {
		for _, f := range domain.FieldsOf(role) {
			if changeValue(c, f.Field, "zh") == "" {
				t.Errorf("%s: the field %s gets no value", role, f.Field)
			}
		}
	}
}

// TestQGISDrawsIt: QGIS takes the styles and the aliases unasked, and draws with
// them. It is looked for where the system keeps it.
func TestQGISDrawsIt(t *testing.T) {
	python := ""
	for _, p := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(p, "-c", "import qgis.core").Run() == nil {
			python = p
			break
		}
	}
	if python == "" {
		t.Skip("needs QGIS (python3-qgis)")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "report.gpkg")
	if err := WriteFile(t.Context(), path, drawn(t, "zh")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "testdata/looks_in_qgis.py", path, "findings", "faces", "project_area", "pbf_out")
	cmd.Env = append(os.Environ(), "QT_QPA_PLATFORM=offscreen", "HOME="+dir)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, complaints.String())
	}
	for _, want := range []string{
		"findings: 不符合,提示,已论证,未核查", "findings.number: 编号",
		"faces.before_pbf: 整治前永久基本农田", "faces colours: #33475b",
		"project_area.id: 标识码", "project_area colours: #16202c",
		"pbf_out.id: 标识码", "pbf_out colours: #b5480f",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("QGIS does not say %q", want)
		}
	}
	if !slices.Contains(regexp.MustCompile(`findings colours: .*`).FindAllString(string(out), -1), "findings colours: #d4001a") {
		t.Errorf("the findings are not drawn as they are:\n%s", out)
	}
}
