package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/report"
	"landcheck/rules/report/chromium"
)

// badLayers is a plan as it is being drawn, with one mistake of each kind.
func badLayers(t *testing.T) string {
	return unpackedPlan(t, "11-bad-data.zip")
}

// TestCheckLayer: one layer is checked while it is drawn, of a plan or of base
// data. The answer names what was checked and what was not, and is no verdict on
// a plan; a layer that cannot be checked is refused.
func TestCheckLayer(t *testing.T) {
	bad, base := badLayers(t), filepath.Join(sampleDir(t), "base")
	odd := filepath.Join(bad, "图斑.shp") // a name that says nothing
	for _, end := range []string{".shp", ".shx", ".dbf", ".prj", ".cpg"} {
		if err := os.Link(filepath.Join(bad, "DLBG"+end), strings.TrimSuffix(odd, ".shp")+end); err != nil {
			t.Fatal(err)
		}
	}
	empty := filepath.Join(t.TempDir(), "new")
	if got := landcheck(t, "new", empty); got.status != exitCompliant {
		t.Fatal(got.stderr)
	}
	for _, c := range []struct {
		status int
		args   string
		says   []string // on standard output, or on standard error where there is no verdict
	}{
		{1, bad + "/DLBG.shp", []string{"图层不符合数据规则：2 条", "没有核查：政策条款", "BG033、BG034 相互重叠", "0199", "37540650"}},
		{1, bad + "/DLBG.shp --lang en", []string{"The layer breaks 2 rule(s) about data", "not checked: the policy's clauses"}},
		{0, bad + "/YJJBNTTC.shp", []string{"图层符合数据规则；只核查了这一个图层，没有核查方案"}},
		{0, bad + "/ZZQY.shp", []string{"只核查了这一个图层，没有核查方案"}},
		{0, base + "/DLTB.shp", []string{"地类图斑（DLTB）的 4092 个图斑", "没有核查方案"}},
		{0, base + "/XZQ.shp --lang en", []string{"no plan was"}},
		{1, odd + " --role land_use_change", []string{"BG033"}},
		{1, bad + " --role DLBG", []string{"BG033"}},
		{1, bad + "/DLBG.shp --fail-on advisory", nil},
		{0, bad + "/DLBG.shp --fail-on never", nil},
		{2, odd, []string{"图斑.shp", "看不出用途", "YJJBNTTC", "--role"}},
		{2, bad + "/NO.shp", []string{"NO.shp", "无法打开"}},
		{2, bad, []string{"缺少 --base", "landcheck check DLBG.shp"}},
		{2, filepath.Join(sampleDir(t), "plans", "01-compliant.zip"), []string{"缺少 --base"}},
		{0, filepath.Join(sampleDir(t), "plans", "01-compliant.zip") + " --role pbf_in", []string{"永久基本农田补划（YJJBNTBH）", "没有核查方案"}},
		{2, bad + " --role urban_boundary", []string{"没有用途为 urban_boundary 的图层", "DLBG.shp"}},
		{2, empty + "/plan.gpkg", []string{"没有可核查的内容"}},
		{2, empty + "/shapefile --role DLBG", []string{"没有可核查的内容"}},
		{2, bad + "/DLBG.shp " + bad + "/ZZQY.shp", []string{"一次只能核查一个图层"}},
		{2, bad + "/DLBG.shp --base " + base, []string{"是单个图层，不是方案包", "去掉 --base"}},
		{2, bad + "/DLBG.shp --strict --stage annual", []string{"--stage --strict 用于核查方案"}},
		{2, bad + " --base " + base + " --role DLBG", []string{"不能与 --base 同用"}},
		{2, bad + "/DLBG.shp --role DLGB", []string{"没有图层", "DLBG"}},
		{2, bad + "/DLBG.shp -o " + bad + "/DLBG.shp", []string{"是输入"}},
	} {
		got := landcheck(t, append([]string{"check"}, strings.Fields(c.args)...)...)
		text := strings.ReplaceAll(strings.ReplaceAll(got.stdout, "\n    ", ""), "\n  ", "") // lines as they were before they were folded
		if c.status == exitBadInput {
			text = got.stderr
		}
		if got.status != c.status {
			t.Errorf("%s: status %d: %s", c.args, got.status, got.stderr)
		}
		for _, want := range c.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q:\n%s", c.args, want, text)
			}
		}
		for _, never := range []string{"符合政策要求", "可以报送", "Compliant", "compliant:"} {
			if strings.Contains(got.stdout, never) {
				t.Errorf("%s speaks of a plan: %q", c.args, never)
			}
		}
	}
}

// TestCheckLayerAsPlan: a layer by itself has the findings of its data that it has
// in its plan, with the same figures.
func TestCheckLayerAsPlan(t *testing.T) {
	bad, base := badLayers(t), filepath.Join(sampleDir(t), "base")
	plan := checked(t, exitViolations, bad, "--base", base)
	for _, c := range []struct {
		file   string
		status int
	}{{"DLBG", 1}, {"YJJBNTTC", 0}, {"YJJBNTBH", 0}} {
		alone := checked(t, c.status, filepath.Join(bad, c.file+".shp"))
		for _, r := range alone.Rules {
			var here, there []string
			for _, f := range r.Findings {
				here = append(here, f.Message.ZH)
			}
			for _, f := range rule(t, plan, r.ID).Findings {
				if strings.HasSuffix(f.Features[0].File, c.file+".shp") {
					there = append(there, f.Message.ZH)
				}
			}
			if strings.Join(here, "\n") != strings.Join(there, "\n") {
				t.Errorf("%s, %s:\n%s\nin the plan:\n%s", c.file, r.ID, strings.Join(here, "\n"), strings.Join(there, "\n"))
			}
		}
	}
}

// TestCheckLayerFormats: every format says that no plan was checked.
func TestCheckLayerFormats(t *testing.T) {
	file, dir := filepath.Join(badLayers(t), "DLBG.shp"), t.TempDir()
	for _, f := range report.Formats() {
		if _, err := chromium.Find(""); f.Printed && err != nil {
			continue
		}
		out := filepath.Join(dir, "o"+f.Endings[0])
		if got := landcheck(t, "check", file, "-o", out); got.status != exitViolations {
			t.Fatalf("%s: status %d: %s", f.Name, got.status, got.stderr)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if f.Name == "docx" {
			text = string(partOf(t, data, "word/document.xml"))
		}
		switch {
		case f.Name == "xlsx" || f.Printed: // packed
		case f.Name == "csv" || f.Name == "findings-csv": // of one layer both are its findings
			if strings.Count(text, "\n") != 5 || !strings.Contains(text, "data-overlap") {
				t.Errorf("%s: %s", f.Name, text)
			}
		case !strings.Contains(text, "没有核查：政策条款"):
			t.Errorf("%s does not say what was not checked", f.Name)
		}
		if again := landcheck(t, "check", file, "-o", out); again.status != exitViolations {
			t.Fatal(again.stderr)
		}
		if same, _ := os.ReadFile(out); !bytes.Equal(same, data) && f.Name != "gpkg" {
			t.Errorf("%s is other bytes the second time", f.Name)
		}
	}
	var r struct{ Verdict domain.Verdict }
	if err := json.Unmarshal([]byte(landcheck(t, "check", file, "--format", "json").stdout), &r); err != nil || r.Verdict != domain.LayerInvalid {
		t.Errorf("the verdict is %q: %v", r.Verdict, err)
	}
}

// TestCheckLayerSettings: what plan.yaml beside a layer says of it holds, and the
// base of landcheck.yaml is not for it; a layer's report is no approved plan.
func TestCheckLayerSettings(t *testing.T) {
	bad := badLayers(t)
	if err := os.WriteFile(filepath.Join(bad, "plan.yaml"), []byte("layers: {land_use_change: {file: DLBG.shp, fields: {year: BSM}}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := landcheck(t, "check", filepath.Join(bad, "DLBG.shp"))
	if got.status != exitViolations || !strings.Contains(got.stdout, "字段 BSM 的值") {
		t.Errorf("plan.yaml beside it is not heard: %d %s%s", got.status, got.stdout, got.stderr)
	}
	if err := os.WriteFile(filepath.Join(bad, "landcheck.yaml"), []byte("base: nowhere\nstage: annual\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(bad, "layer.json")
	if got := landcheck(t, "check", filepath.Join(bad, "YJJBNTTC.shp"), "-o", out); got.status != exitCompliant {
		t.Errorf("status %d: %s", got.status, got.stderr)
	}
	got = landcheck(t, "check", unpacked(t), "--base", filepath.Join(sampleDir(t), "base"), "--against", out)
	if got.status != exitBadInput || !strings.Contains(got.stderr, "单个图层的报告") {
		t.Errorf("a layer's report is taken for an approved plan's: %d %s", got.status, got.stderr)
	}
}

// partOf is a file of an archive.
func partOf(t *testing.T, archive []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(z, name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
