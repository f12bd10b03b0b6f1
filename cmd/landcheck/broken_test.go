package main

import (
	"archive/zip"
	"encoding/binary"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/domain"
)

// unpacked is the compliant plan as a directory, to be broken.
func unpacked(t testing.TB) string { return unpackedPlan(t, "01-compliant.zip") }

func unpackedPlan(t testing.TB, name string) string {
	t.Helper()
	z, err := zip.OpenReader(filepath.Join(sampleDir(t), "plans", name))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	dir := t.TempDir()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// edit rewrites one file of a directory.
func edit(t testing.TB, dir, name string, change func([]byte) []byte) {
	t.Helper()
	path := filepath.Join(dir, name)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, change(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func replace(t testing.TB, dir, name, old, new string) {
	t.Helper()
	edit(t, dir, name, func(b []byte) []byte {
		if !strings.Contains(string(b), old) {
			t.Fatalf("%s holds no %q", name, old)
		}
		return []byte(strings.Replace(string(b), old, new, 1))
	})
}

// TestBrokenPlans: what cannot be read ends with 2 and a message that names
// the file, the place and what to do.
func TestBrokenPlans(t *testing.T) {
	base := filepath.Join(sampleDir(t), "base")
	put := func(name string, at int, value uint32) func(string) {
		return func(dir string) {
			edit(t, dir, name, func(b []byte) []byte {
				binary.LittleEndian.PutUint32(b[at:], value)
				return b
			})
		}
	}
	for name, c := range map[string]struct {
		damage func(dir string)
		want   []string
	}{
		"truncated shapefile": {
			func(dir string) { edit(t, dir, "DLBG.shp", func(b []byte) []byte { return b[:3000] }) },
			[]string{"DLBG.shp", "record", "byte"}},
		"vertex count lies by 2^31": {put("YJJBNTTC.shp", 100+8+40, 1<<31-1), []string{"YJJBNTTC.shp", "record 1", "2147483647"}},
		"ring count lies":           {put("YJJBNTTC.shp", 100+8+36, 1<<31-1), []string{"YJJBNTTC.shp", "record 1"}},
		"row count lies":            {put("DLBG.dbf", 4, math.MaxUint32), []string{"DLBG.dbf", "4294967295"}},
		"NaN vertex": {
			func(dir string) {
				edit(t, dir, "YJJBNTTC.shp", func(b []byte) []byte {
					binary.LittleEndian.PutUint64(b[100+8+48:], math.Float64bits(math.NaN()))
					return b
				})
			}, []string{"YJJBNTTC.shp", "record 1"}},
		"vertex at the pole": {
			func(dir string) {
				edit(t, dir, "ZZQY.shp", func(b []byte) []byte {
					binary.LittleEndian.PutUint64(b[100+8+48+16+8:], math.Float64bits(9.999e6)) // the second vertex's northing
					return b
				})
			}, []string{"ZZQY.shp", "record 1", "9999000.000", "do not fit"}},
		"attributes of another layer": {
			func(dir string) {
				other, err := os.ReadFile(filepath.Join(dir, "ZZQY.dbf"))
				if err != nil {
					t.Fatal(err)
				}
				edit(t, dir, "DLBG.dbf", func([]byte) []byte { return other })
			}, []string{"DLBG.dbf"}},
		"no project area": {
			func(dir string) {
				for _, ending := range []string{".shp", ".shx", ".dbf", ".prj", ".cpg"} {
					if err := os.Remove(filepath.Join(dir, "ZZQY"+ending)); err != nil {
						t.Fatal(err)
					}
				}
			}, []string{"project area", "ZZQY"}},
		"unknown manifest key": {
			func(dir string) { replace(t, dir, "plan.yaml", "stage:", "stagge:") },
			[]string{"plan.yaml", "stagge", "stage", "line 2"}},
		"unknown stage": {
			func(dir string) { replace(t, dir, "plan.yaml", "stage: proposal", "stage: start") },
			[]string{"plan.yaml", "start", "proposal"}},
		"unknown rulebook": {
			func(dir string) { replace(t, dir, "plan.yaml", "rulebook: nmg-2025", "rulebook: nmg-2052") },
			[]string{"nmg-2052"}},
		"rulebook of its own": {
			func(dir string) {
				own := filepath.Join(dir, "own.yaml")
				if err := os.WriteFile(own, []byte("id: own\nextends: nmg-2025\n"), 0o644); err != nil {
					t.Fatal(err)
				}
				replace(t, dir, "plan.yaml", "rulebook: nmg-2025", "rulebook: "+own)
			}, []string{"plan.yaml", "own.yaml", "nmg-2025", "--rulebook"}},
		"Beijing 54": {
			func(dir string) {
				edit(t, dir, "ZZQY.prj", func(b []byte) []byte {
					s := strings.NewReplacer("CGCS2000", "Krasovsky_1940", "D_China_2000", "D_Beijing_1954", "298.257222101", "298.3", "6378137.0", "6378245.0").Replace(string(b))
					return []byte(s)
				})
			}, []string{"ZZQY.prj", "Beijing 54"}},
		"shapes lost on the way": {
			func(dir string) {
				if err := os.Remove(filepath.Join(dir, "YJJBNTTC.shp")); err != nil {
					t.Fatal(err)
				}
			}, []string{"YJJBNTTC.dbf", "no YJJBNTTC.shp", "pbf_out", "rename or remove"}},
		"attributes lost on the way": {
			func(dir string) {
				if err := os.Remove(filepath.Join(dir, "DLBG.dbf")); err != nil {
					t.Fatal(err)
				}
			}, []string{"DLBG.shp", "BGHDLBM", "no attributes at all", ".dbf"}},
		"lines in place of polygons": {put("YJJBNTBH.shp", 32, 3), []string{"YJJBNTBH.shp", "points or lines", "pbf_in"}},
		"symbolic link out of the package": {
			func(dir string) {
				if err := os.Symlink("/etc/passwd", filepath.Join(dir, "DLBG2.shp")); err != nil {
					t.Fatal(err)
				}
			}, []string{"DLBG2.shp", "link"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := unpacked(t)
			c.damage(dir)
			out := filepath.Join(t.TempDir(), "report.json")
			res := landcheck(t, "check", dir, "--base", base, "--lang", "en", "-o", out)
			if res.status != exitBadInput || res.stdout != "" {
				t.Fatalf("status %d, want 2: %s%s", res.status, res.stderr, res.stdout)
			}
			for _, want := range c.want {
				if !strings.Contains(res.stderr, want) {
					t.Errorf("message %q lacks %q", res.stderr, want)
				}
			}
			if text, err := os.ReadFile(out); err != nil || strings.Contains(string(text), "verdict") || !strings.Contains(string(text), `"landcheck-error/1"`) {
				t.Errorf("the report's file says why there is none: %v, %s", err, text)
			}
		})
	}
}

// TestBrokenBase: a base layer that cannot be read is never a pass.
func TestBrokenBase(t *testing.T) {
	from := filepath.Join(sampleDir(t), "base")
	base := without(t, from, "STBHHX")
	for _, ending := range []string{".shp", ".shx", ".dbf", ".prj", ".cpg"} {
		data, err := os.ReadFile(filepath.Join(from, "STBHHX"+ending))
		if err != nil {
			t.Fatal(err)
		}
		if ending == ".shp" {
			data = data[:len(data)/2]
		}
		if err := os.WriteFile(filepath.Join(base, "STBHHX"+ending), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	res := landcheck(t, "check", filepath.Join(sampleDir(t), "plans", "01-compliant.zip"), "--base", base, "--lang", "en")
	if res.status != exitBadInput || !strings.Contains(res.stderr, "STBHHX.shp") {
		t.Errorf("status %d: %s", res.status, res.stderr)
	}
}

// TestDataFindings: what can be read but is wrong is a finding, and the other
// rules still run.
func TestDataFindings(t *testing.T) {
	base := filepath.Join(sampleDir(t), "base")
	for name, c := range map[string]struct {
		damage func(dir string)
		rule   string
		want   string
	}{
		"unknown class after": {
			func(dir string) {
				edit(t, dir, "DLBG.dbf", func(b []byte) []byte { return []byte(strings.Replace(string(b), "0102 ", "0199 ", 1)) })
			},
			"data-codes", "0199"},
		"no class field": {
			func(dir string) { replace(t, dir, "DLBG.dbf", "BGHDLBM", "BGHDLXX") },
			"data-fields", "BGHDLBM"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := unpacked(t)
			c.damage(dir)
			res := landcheck(t, "check", dir, "--base", base, "--lang", "en", "--format", "json")
			if res.status == exitBadInput { // a layer that cannot be judged at all
				if !strings.Contains(res.stderr, c.want) {
					t.Errorf("message %q lacks %q", res.stderr, c.want)
				}
				return
			}
			r := checked(t, exitViolations, dir, "--base", base)
			got := rule(t, r, c.rule)
			if got.Status != domain.Fail || len(got.Findings) == 0 || !strings.Contains(got.Findings[0].Message.EN, c.want) {
				t.Errorf("%s: %s, %+v", c.rule, got.Status, got.Findings)
			}
		})
	}
}

// TestFirstInputError: plan, rulebook and base data are read side by side; what is
// said is what is wrong with the first of them, and nothing that was unpacked
// for the others is left.
func TestFirstInputError(t *testing.T) {
	good, bad := filepath.Join(sampleDir(t), "plans", "01-compliant.zip"), filepath.Join(t.TempDir(), "bad.zip")
	base, book := zipped(t, filepath.Join(sampleDir(t), "base")), filepath.Join(t.TempDir(), "bad.yaml")
	for _, path := range []string{bad, book} {
		if err := os.WriteFile(path, []byte("{"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ plan, book, base, want string }{
		{bad, book, bad, "bad.zip"},
		{bad, book, base, "bad.zip"},
		{bad, "nmg-2025", base, "bad.zip"},
		{good, book, bad, "bad.yaml"},
		{good, book, base, "bad.yaml"},
		{good, "nmg-2025", bad, "bad.zip"},
		{good, "nmg-2025", base, ""},
	} {
		dir := t.TempDir()
		t.Setenv("TMPDIR", dir)
		res := landcheck(t, "check", c.plan, "--rulebook", c.book, "--base", c.base, "--lang", "en", "--quiet")
		want := exitBadInput
		if c.want == "" {
			want = exitCompliant
		}
		if res.status != want || !strings.Contains(res.stderr, c.want) || strings.Count(res.stderr, "bad.") > 1 {
			t.Errorf("%+v: status %d, %s", c, res.status, res.stderr)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%+v: left behind %v, %v", c, left, err)
		}
	}
}

// zipped packs the files of a directory.
func zipped(t testing.TB, dir string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "packed.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	if err := z.AddFS(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}
