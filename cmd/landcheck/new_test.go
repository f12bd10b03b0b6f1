package main

import (
	"archive/zip"
	"encoding/json"
	"html"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/domain"
)

// TestNewPackage: a package that new begins, filled with the layers of a plan, is
// that plan: as Shapefiles over the empty ones, and by ogr2ogr, where it is here.
func TestNewPackage(t *testing.T) {
	plan, base := unpacked(t), filepath.Join(sampleDir(t), "base")
	want := checked(t, exitCompliant, plan, "--base", base)
	layers := []string{"ZZQY", "YJJBNTTC", "YJJBNTBH", "DLBG"}
	fill := map[string]func(dir, layer string) error{
		"Shapefiles": func(dir, layer string) error {
			for _, ending := range []string{".shp", ".shx", ".dbf", ".prj", ".cpg"} {
				data, err := os.ReadFile(filepath.Join(plan, layer+ending))
				if err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(dir, "shapefile", layer+ending), data, 0o600); err != nil {
					return err
				}
			}
			return nil
		},
		"ogr2ogr": func(dir, layer string) error {
			return exec.Command("ogr2ogr", "-append", "-update", "-nlt", "MULTIPOLYGON", filepath.Join(dir, "plan.gpkg"), filepath.Join(plan, layer+".shp"), "-nln", layer).Run()
		},
	}
	for how, put := range fill {
		if _, err := exec.LookPath("ogr2ogr"); err != nil && how == "ogr2ogr" {
			continue
		}
		dir := filepath.Join(t.TempDir(), "new")
		if got := landcheck(t, "new", dir, "--county", "150123", "--crs", "EPSG:4525"); got.status != exitCompliant || !strings.Contains(got.stdout, "plan.qgz") {
			t.Fatalf("status %d: %s", got.status, got.stderr)
		}
		if got := landcheck(t, "new", dir, "--lang", "en"); got.status != exitBadInput || !strings.Contains(got.stderr, "nothing is written") {
			t.Errorf("status %d: %s", got.status, got.stderr)
		}
		if got := landcheck(t, "check", dir, "--base", base); got.status != exitBadInput || !strings.Contains(got.stderr, "ZZQY") {
			t.Errorf("an empty package: status %d: %s", got.status, got.stderr)
		}
		for _, layer := range layers {
			if err := put(dir, layer); err != nil {
				t.Fatal(how, err)
			}
		}
		if err := os.CopyFS(filepath.Join(dir, "papers"), os.DirFS(filepath.Join(plan, "docs"))); err != nil {
			t.Fatal(err)
		}
		got := checked(t, exitViolations, dir, "--base", base) // no paper is named yet
		if got.Ledger.Changed != want.Ledger.Changed || got.Ledger.Faces != want.Ledger.Faces {
			t.Errorf("%s: %+v, not %+v", how, got.Ledger, want.Ledger)
		}
		for _, n := range got.Inputs { // an empty layer of a package that was begun here has nothing to be exported again
			if strings.Contains(n.Message.EN, "no features") && (strings.Contains(n.Message.EN, "export") || !strings.Contains(n.Message.ZH, "绘制")) {
				t.Errorf("%s: %s: %s", how, n.File, n.Message.EN)
			}
		}
		for i := range got.Rules {
			if r := &got.Rules[i]; r.Status == domain.Fail && r.Group != "procedure" && rule(t, want, r.ID).Status != domain.Fail {
				t.Errorf("%s: %s fails", how, r.ID)
			}
		}
	}
	for _, args := range [][]string{{"new"}, {"new", "x", "--county", "15"}, {"new", "x", "--crs", "EPSG:1"}} {
		if got := landcheck(t, args...); got.status != exitBadInput || there("x") {
			t.Errorf("%v: status %d", args, got.status)
		}
	}
}

// TestFields: the reference has every layer with every column, in each format and
// language, and a layer alone by role or name.
func TestFields(t *testing.T) {
	for _, lang := range domainLanguages() {
		for _, format := range []string{"text", "md", "json"} {
			all := landcheck(t, "fields", "--format", format, "--lang", lang).stdout
			for _, l := range domain.Layers() {
				for _, f := range l.Fields {
					for _, column := range f.Columns {
						if !strings.Contains(all, column) || !strings.Contains(all, f.Title.In(lang)) {
							t.Errorf("%s: no %s of %s", format, column, l.Role)
						}
					}
				}
			}
		}
	}
	var ref domain.Reference
	if err := json.Unmarshal([]byte(landcheck(t, "fields", "1501232025dlbg", "--format", "json").stdout), &ref); err != nil || len(ref.Layers) != 1 || ref.Layers[0].Role != domain.LandUseChange || len(ref.Classes) > 0 {
		t.Errorf("%+v: %v", ref, err)
	}
	class := ref.Layers[0].Fields[1]
	if class.Columns[0] != "BGHDLBM" || !class.Required {
		t.Errorf("%+v", class)
	}
	if got := landcheck(t, "fields", "pbf_ot", "--lang", "en"); got.status != exitBadInput || !strings.Contains(got.stderr, "did you mean pbf_out?") {
		t.Error(got.stderr)
	}
}

// TestFieldsWorkbook: the reference as a workbook has every column and code, read
// without the library that wrote it; other endings and a terminal are refused.
func TestFieldsWorkbook(t *testing.T) {
	dir := t.TempDir()
	for _, lang := range domainLanguages() {
		file := filepath.Join(dir, lang+".xlsx")
		if got := landcheck(t, "fields", "-o", file, "--lang", lang); got.status != exitCompliant || got.stdout != "" {
			t.Fatalf("status %d: %s%s", got.status, got.stdout, got.stderr)
		}
		z, err := zip.OpenReader(file)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		words, err := fs.ReadFile(z, "xl/sharedStrings.xml")
		if err != nil {
			t.Fatal(err)
		}
		text := html.UnescapeString(string(words))
		for _, l := range domain.Layers() {
			for _, f := range l.Fields {
				if !strings.Contains(text, ">"+strings.Join(f.Columns, ", ")+"<") || !strings.Contains(text, ">"+string(l.Role)+"<") {
					t.Errorf("%s: no %v of %s", lang, f.Columns, l.Role)
				}
			}
		}
		for _, kind := range domain.DocumentKinds() {
			if !strings.Contains(text, ">"+kind+"<") || !strings.Contains(text, domain.DocumentTitle(kind).In(lang)) {
				t.Errorf("%s: no %s", lang, kind)
			}
		}
		for _, c := range domain.Classes() {
			if !strings.Contains(text, ">"+c.Code+"<") {
				t.Errorf("%s: no %s", lang, c.Code)
			}
		}
	}
	for args, want := range map[string]string{"--format xlsx": "-o", "-o " + dir + "/a.pdf": "pdf", "--format json -o " + dir + "/a.xlsx": "a.xlsx"} {
		if got := landcheck(t, append([]string{"fields"}, strings.Fields(args)...)...); got.status != exitBadInput || !strings.Contains(got.stderr, want) {
			t.Errorf("fields %s: status %d: %s", args, got.status, got.stderr)
		}
	}
}

func domainLanguages() []string { return []string{"zh", "en"} }
