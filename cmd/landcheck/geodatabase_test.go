package main

import (
	"archive/zip"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// geodatabases are the third-party files that are tried.
func geodatabase(t *testing.T, name string) string {
	t.Helper()
	at := filepath.Join("../../../shared/data/filegdb", name)
	if _, err := os.Stat(at); err != nil {
		t.Skip("the third-party files are absent: ", at)
	}
	return at
}

// unzipTo unpacks a zip under a directory.
func unzipTo(t *testing.T, name, dir string) {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, e := range z.File {
		if e.FileInfo().IsDir() {
			continue
		}
		at := filepath.Join(dir, filepath.FromSlash(e.Name))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		in, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		in.Close()
		if err == nil {
			err = os.WriteFile(at, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// report is a report in JSON without what names its inputs: files and digests.
func reportOf(t *testing.T, args ...string) (string, int) {
	t.Helper()
	res := landcheck(t, append([]string{"check", "--format", "json"}, args...)...)
	if res.stdout == "" {
		t.Fatalf("%v: %s", args, res.stderr)
	}
	names := regexp.MustCompile(`"(file|digest)": "[^"]*"`)
	return names.ReplaceAllString(res.stdout, `"$1": ""`), res.status
}

// TestBaseInGeodatabase: the report is the same to the byte, but for names and
// digests, whether the county comes as Shapefiles or as a file geodatabase, and
// however that is wrapped, with a cache and without.
func TestBaseInGeodatabase(t *testing.T) {
	zipped := geodatabase(t, "sample-base.gdb.zip")
	dir, at := sampleDir(t), t.TempDir()
	unzipTo(t, zipped, at)
	plans, err := filepath.Glob(filepath.Join(dir, "plans", "*"))
	if err != nil || len(plans) < 10 {
		t.Fatal(plans, err)
	}
	for i, plan := range plans {
		want, status := reportOf(t, plan, "--base", filepath.Join(dir, "base"))
		bases := []string{filepath.Join(at, "sample-base.gdb"), zipped, at}
		for _, base := range bases[:1+2*((i+1)%len(plans)/(len(plans)-1))] { // the wrappings once
			if got, s := reportOf(t, plan, "--base", base); s != status || got != want {
				t.Errorf("%s against %s: status %d, want %d; the reports differ", filepath.Base(plan), filepath.Base(base), s, status)
			}
		}
	}
}

// planGeodatabase makes of a sample plan's Shapefiles one geodatabase, by GDAL.
func planGeodatabase(t *testing.T, dir, name string) {
	t.Helper()
	tool, err := exec.LookPath("ogr2ogr")
	if err != nil {
		t.Skip("ogr2ogr (gdal-bin) is not installed")
	}
	layers, err := filepath.Glob(filepath.Join(dir, "*.shp"))
	if err != nil || len(layers) == 0 {
		t.Fatal(layers, err)
	}
	for _, shp := range layers {
		stem := strings.TrimSuffix(path.Base(shp), ".shp")
		args := []string{"-q", "-f", "OpenFileGDB", "-append", filepath.Join(dir, name), shp, "-nln", stem, "-nlt", "MULTIPOLYGON", "-lco", "XYSCALE=10000", "-lco", "XORIGIN=-5120900", "-lco", "YORIGIN=-9998100", "-lco", "XYTOLERANCE=0.001"}
		if out, err := exec.Command(tool, args...).CombinedOutput(); err != nil {
			t.Skipf("this GDAL writes no file geodatabase: %s", out)
		}
	}
	parts, err := filepath.Glob(filepath.Join(dir, "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		switch filepath.Ext(p) {
		case ".shp", ".shx", ".dbf", ".prj", ".cpg":
			if err := os.Remove(p); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestPlanInGeodatabase: a plan whose layers are in a geodatabase beside its
// papers has the report of the one in Shapefiles.
func TestPlanInGeodatabase(t *testing.T) {
	dir := sampleDir(t)
	base := filepath.Join(dir, "base")
	for _, name := range []string{"01-compliant.zip", "08-compensation-short.zip"} {
		plan := filepath.Join(dir, "plans", name)
		at := filepath.Join(t.TempDir(), strings.TrimSuffix(name, ".zip"))
		unzipTo(t, plan, at)
		want, status := reportOf(t, plan, "--base", base)
		planGeodatabase(t, at, "整治方案.gdb")
		if got, s := reportOf(t, at, "--base", base); s != status || got != want {
			t.Errorf("%s: status %d, want %d; the reports differ", name, s, status)
		}
		if res := landcheck(t, "check", filepath.Join(at, "整治方案.gdb"), "--base", base); !strings.Contains(res.stdout, "违反") && !strings.Contains(res.stdout, "未") {
			t.Errorf("the geodatabase alone, without its papers: status %d: %s%s", res.status, res.stdout, res.stderr)
		}
	}
}

// TestGeodatabasesRefused: what cannot be read says so by name, and what to do.
func TestGeodatabasesRefused(t *testing.T) {
	dir := sampleDir(t)
	plan := filepath.Join(dir, "plans", "01-compliant.zip")
	made := t.TempDir()
	empty, link, personal := filepath.Join(made, "X.gdb"), filepath.Join(made, "county.sde"), filepath.Join(made, "county.mdb")
	if err := os.Mkdir(empty, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{link, personal} {
		if err := os.WriteFile(f, []byte("\x00\x01\x00\x00Standard Jet DB\x00"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for base, want := range map[string][2]string{
		geodatabase(t, "broken/compressed-cdf.gdb.zip"):      {"压缩文件地理数据库.*解压", "compressed file geodatabase.*Uncompress"},
		geodatabase(t, "broken/table-cut-in-a-row.gdb.zip"):  {"图斑.*被截断", "图斑.*cut short"},
		geodatabase(t, "broken/varuint-without-end.gdb.zip"): {"图斑.*第 4 条记录", "图斑.*record 4"},
		geodatabase(t, "gdal/testopenfilegdb92.gdb.zip"):     {"没有可识别的底图图层", "no layer that base data may have"}, // read, but holds no layer of ours
		empty:    {"目录是空的.*重新", "is empty.*again"},
		link:     {"企业级地理数据库.*导出", "enterprise geodatabase.*export"},
		personal: {"个人地理数据库.*导出为文件地理数据库", "personal geodatabase.*export it in ArcGIS to a file geodatabase"},
	} {
		for i, lang := range []string{"zh", "en"} {
			res := landcheck(t, "check", plan, "--base", base, "--lang", lang)
			if res.status != 2 || !regexp.MustCompile(want[i]).MatchString(res.stderr) {
				t.Errorf("%s: status %d, want %q: %s", filepath.Base(base), res.status, want[i], res.stderr)
			}
		}
	}
}
