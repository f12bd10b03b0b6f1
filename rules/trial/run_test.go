package trial_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/trial"
)

const heritage = "heritage-protected"

// tried is what became of one rule.
func tried(t *testing.T, res *trial.Results, id string) *trial.RuleTrials {
	t.Helper()
	for i := range res.Rules {
		if res.Rules[i].ID == id {
			return &res.Rules[i]
		}
	}
	t.Fatalf("no rule %s", id)
	return nil
}

func TestWrongOutcomesAreReported(t *testing.T) {
	for _, c := range []struct{ name, old, new, zh, en string }{
		{"as expected", "more:", "more:", "", ""},
		{"passes that should fail", `BGHDLBM: "0102"`, `BGHDLBM: "0702"`, "应为 fail，实为 pass", "expected fail, got pass"},
		{"right value", "fail:\n", "fail:\n  value: 4999.80\n", "", ""},
		{"wrong value", "fail:\n", "fail:\n  value: 5000.00\n", "值应为 5000.00", "the value should be 5000.00"},
		{"value to the decimals written", "fail:\n", "fail:\n  value: 5000\n", "", ""},
		{"wrong limit", "fail:\n", "fail:\n  limit: 1\n", "限值应为 1，实为 0", "the limit should be 1, it is 0"},
		{"wrong note", "fail:\n", "fail:\n  note: 红线\n", "说明中应有“红线”", `the note should hold "红线"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(scattered, c.old, c.new, 1)
			text, _, _ = strings.Cut(text, "more:")
			res, err := run(t, suite(t, map[string]string{"a.yaml": text}))
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range tried(t, res, heritage).Outcomes {
				var zh, en []string
				for _, w := range o.Wrong {
					zh, en = append(zh, w.ZH), append(en, w.EN)
				}
				if o.Trial.Group == trial.Passing || c.zh == "" {
					if !o.Holds() {
						t.Errorf("%s: %v, want nothing wrong", o.Trial.Group, en)
					}
				} else if o.Holds() || !strings.Contains(strings.Join(zh, "；"), c.zh) || !strings.Contains(strings.Join(en, "; "), c.en) || o.Trial.Line < 12 {
					t.Errorf("%v %v at line %d, want %q", zh, en, o.Trial.Line, c.en)
				}
			}
			if res.Holds() {
				t.Error("rules without any plan hold")
			}
		})
	}
}

func TestLackingSidesAreReported(t *testing.T) {
	pass, fail, _ := strings.Cut(scattered, "fail:")
	fail, _, _ = strings.Cut("fail:"+fail, "more:")
	head, _, _ := strings.Cut(pass, "pass:")
	const change = `land_use_change: [{box: [0, 0, 9, 9], BGHDLBM: "0702"}]`
	for name, c := range map[string]struct {
		text                     string
		lacksPassing, lacksFails bool
	}{
		"both":      {pass + fail, false, false},
		"pass only": {pass, false, true},
		"fail only": {head + fail, true, false},
		"more only": {head + "more: [{title: {zh: 试, en: a}, expect: pass, " + change + "}]\n", true, true},
	} {
		t.Run(name, func(t *testing.T) {
			res, err := run(t, suite(t, map[string]string{"a.yaml": c.text}))
			if err != nil {
				t.Fatal(err)
			}
			r := tried(t, res, heritage)
			if r.Lacks(trial.Passing) != c.lacksPassing || r.Lacks(trial.Failing) != c.lacksFails {
				t.Errorf("lacks passing %t, failing %t", r.Lacks(trial.Passing), r.Lacks(trial.Failing))
			}
			one := trial.Results{Rules: []trial.RuleTrials{*r}}
			if one.Holds() != (name == "both") {
				t.Errorf("holds: %t", one.Holds())
			}
			if other := tried(t, res, "pbf-township-cap"); !other.Lacks(trial.Passing) || !other.Lacks(trial.Failing) {
				t.Error("a rule without a case lacks nothing")
			}
		})
	}
}

// TestExtends: a case here stands in for the parent's, the rest is taken over.
func TestExtends(t *testing.T) {
	common, _, _ := strings.Cut(scattered, "more:")
	other := strings.Replace(common, heritage, "basic-grassland", 1)
	dir := suite(t, map[string]string{
		"parent/cases.yaml": "rulebook: nmg-2025\n",
		"parent/a.yaml":     common,
		"parent/b.yaml":     other,
		"child/cases.yaml":  "extends: ../parent\n",
		"child/mine.yaml":   common,
	})
	s, err := trial.Open(filepath.Join(dir, "child"))
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, c := range s.Cases {
		files = append(files, filepath.Base(c.File))
	}
	if got := strings.Join(files, " "); got != "mine.yaml b.yaml" || s.Rulebook != "nmg-2025" {
		t.Errorf("cases %s of %s", got, s.Rulebook)
	}
}

// layer is a GeoJSON layer of one square, in metres of zone 37 from the corner of cases.
func layer(fields, box string) string {
	return `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4525"}},"features":[
{"type":"Feature","properties":{` + fields + `},"geometry":{"type":"Polygon","coordinates":[` + box + `]}}]}`
}

const (
	wide   = `[[37540000,4562900],[37542000,4562900],[37542000,4564900],[37540000,4564900],[37540000,4562900]]`
	inside = `[[37540050,4562900],[37540150,4562900],[37540150,4563000],[37540050,4563000],[37540050,4562900]]`
	corner = `[[37540000,4562900],[37540100,4562900],[37540100,4563000],[37540000,4563000],[37540000,4562900]]`
)

func realPlan(dir, class string) map[string]string {
	return map[string]string{
		dir + "/plan.yaml":    "format: 1\nproject: {county: \"150123\", stage: proposal, name: 试, code: P, year: 2025}\n",
		dir + "/ZZQY.geojson": layer(`"BSM":"1"`, wide),
		dir + "/DLBG.geojson": layer(`"BSM":"1","BGHDLBM":"`+class+`"`, inside),
	}
}

// TestPackages: plan packages laid as RULE/pass and RULE/fail, with base data
// beside them or shared by the directory.
func TestPackages(t *testing.T) {
	for _, base := range []string{"base", heritage + "/base"} {
		files := map[string]string{
			base + "/DLTB.geojson":    layer(`"DLBM":"0702","ZLDWDM":"150123101201"`, wide),
			base + "/LSWHBHX.geojson": layer(`"BSM":"W-1"`, corner),
		}
		for _, p := range []map[string]string{realPlan(heritage+"/pass", "0702"), realPlan(heritage+"/pass-again", "0702"), realPlan(heritage+"/fail", "0102")} {
			for name, text := range p {
				files[name] = text
			}
		}
		res, err := run(t, suite(t, files))
		if err != nil {
			t.Fatal(err)
		}
		r := tried(t, res, heritage)
		var got []string
		for _, o := range r.Outcomes {
			got = append(got, o.Trial.Title.EN+" "+string(o.Result.Status))
			if !o.Holds() {
				t.Errorf("%s: %v", o.Trial.Title.EN, o.Wrong)
			}
		}
		if strings.Join(got, ", ") != "fail fail, pass pass, pass-again pass" {
			t.Errorf("%v", got)
		}
	}
}

func TestPackagesThatDoNotHold(t *testing.T) {
	files := map[string]string{
		"base/DLTB.geojson":    layer(`"DLBM":"0702","ZLDWDM":"150123101201"`, wide),
		"base/LSWHBHX.geojson": layer(`"BSM":"W-1"`, corner),
	}
	for name, text := range realPlan(heritage+"/fail", "0702") {
		files[name] = text
	}
	dir := suite(t, files)
	res, err := run(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	r := tried(t, res, heritage)
	if !r.Lacks(trial.Passing) || len(r.Outcomes) != 1 || r.Outcomes[0].Holds() || r.Outcomes[0].Result.Status != domain.Pass ||
		r.Outcomes[0].Trial.File != filepath.Join(dir, heritage, "fail") {
		t.Errorf("%+v", r.Outcomes)
	}
	// No base; nothing of use in the directory; a rule that the book has not.
	if err := os.Rename(filepath.Join(dir, "base"), filepath.Join(dir, "heritage-protected", "other")); err != nil {
		t.Fatal(err)
	}
	_, err = trial.Open(dir)
	inputError(t, err, "fail", 0, 0, "没有底图", "no base data")
	_, err = trial.Open(suite(t, map[string]string{heritage + "/a.txt": ""}))
	inputError(t, err, heritage, 0, 0, "没有 pass 或 fail", "no package pass or fail")
	files = realPlan("heritage/pass", "0702")
	files["base/DLTB.geojson"] = layer(`"DLBM":"0702"`, wide)
	_, err = run(t, suite(t, files))
	inputError(t, err, "heritage", 0, 0, "没有规则", "no rule")
}
