package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/rules/result"
)

// TestConvertThereAndBack: the same scheme as changes, as the national pilot's
// layers, and as changes again gives the same figures, from every form of package.
func TestConvertThereAndBack(t *testing.T) {
	base := filepath.Join(sampleDir(t), "base")
	for name, want := range map[string]int{"01-compliant": exitCompliant, "02-over-five-percent": exitViolations, "13-three-years": exitCompliant, "07-construction-grown": exitViolations} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			from := filepath.Join(sampleDir(t), "plans", name+".zip")
			first := checked(t, want, from, "--base", base)
			for _, forms := range [][2]string{{"national", "back.zip"}, {"national.zip", "back"}} {
				national, back := filepath.Join(dir, forms[0]), filepath.Join(dir, forms[1])
				res := landcheck(t, "convert", from, national, "--base", base)
				if res.status != 0 || !strings.Contains(res.stdout, "SDQYZZHDLTB") {
					t.Fatal(res)
				}
				sameFigures(t, first, checked(t, want, national, "--base", base))
				if res := landcheck(t, "convert", national, back, "--base", base, "--lang", "en"); res.status != 0 || !strings.Contains(res.stdout, "DLBG") {
					t.Fatal(res)
				}
				sameFigures(t, first, checked(t, want, back, "--base", base))
			}
		})
	}
}

// sameFigures compares statuses and measures, to 0.03 m²: areas are cut anew.
func sameFigures(t *testing.T, a, b *result.Report) {
	t.Helper()
	if !agreeTo(a.Ledger.Changed, b.Ledger.Changed, 0.03) {
		t.Errorf("%.2f m² changed, was %.2f", b.Ledger.Changed, a.Ledger.Changed)
	}
	for i := range a.Rules {
		x, y := &a.Rules[i], &b.Rules[i]
		if x.Status != y.Status || len(x.Measures) != len(y.Measures) {
			t.Errorf("%s: %s with %d measures, was %s with %d", x.ID, y.Status, len(y.Measures), x.Status, len(x.Measures))
			continue
		}
		for k := range x.Measures {
			m, n := &x.Measures[k], &y.Measures[k]
			tolerance := 1e-6
			if m.Unit == "m2" {
				tolerance = 0.03
			}
			if m.Scope != n.Scope || !agreeTo(m.Value, n.Value, tolerance) || !agreeTo(m.Limit, n.Limit, tolerance) {
				t.Errorf("%s %v: %v / %v, was %v / %v", x.ID, m.Scope, n.Value, n.Limit, m.Value, m.Limit)
			}
		}
	}
}

func agreeTo(a, b, tolerance float64) bool { return a-b <= tolerance && b-a <= tolerance }

// TestConvertedFields: the pilot's fields in their order, as another program reads
// them.
func TestConvertedFields(t *testing.T) {
	ogrinfo, err := exec.LookPath("ogrinfo")
	if err != nil {
		t.Skip("no ogrinfo (apt-get install gdal-bin)")
	}
	dir := t.TempDir()
	plan, base := filepath.Join(sampleDir(t), "plans", "01-compliant.zip"), filepath.Join(sampleDir(t), "base")
	for _, out := range []string{"national", "national.gpkg"} {
		path := filepath.Join(dir, out)
		if res := landcheck(t, "convert", plan, path, "--base", base); res.status != 0 {
			t.Fatal(res)
		}
		for layer, want := range map[string]string{
			"YJJBNTTZTB":  "BSM TZYNDKBH TZLX TZQDLBM TZQDLMC TZHDLBM TZHDLMC TZYNDKMJ",
			"SDQYZZHDLTB": "BSM YSDM TBBH DLBM DLMC QSXZ ZLDWDM ZLDWMC TBMJ KCDLBM KCXS KCMJ TBDLMJ GDLX GDPDJB TBXHDM GDDB SJNF XZGDLYDLBM XZGDLYDLMC XZGDMJ XZGDDB XZGDLYXM",
		} {
			text, err := exec.Command(ogrinfo, "-ro", "-q", path, layer).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			var fields []string
			for _, line := range strings.Split(string(text), "\n") {
				if name, _, ok := strings.Cut(strings.TrimSpace(line), " ("); ok && !slices.Contains(fields, name) && strings.Contains(line, ") =") {
					fields = append(fields, name)
				}
			}
			if got := strings.Join(fields, " "); !strings.HasPrefix(got, want) || !strings.Contains(string(text), "水浇地") {
				t.Errorf("%s %s: %s, want %s …", out, layer, got, want)
			}
		}
	}
}

func TestConvertRefuses(t *testing.T) {
	dir := t.TempDir()
	plans, base := filepath.Join(sampleDir(t), "plans"), filepath.Join(sampleDir(t), "base")
	plan := filepath.Join(plans, "01-compliant.zip")
	full := filepath.Join(dir, "full")
	if err := os.MkdirAll(filepath.Join(full, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link.zip")
	if err := os.Symlink(plan, link); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		args []string
		says string
	}{
		{[]string{plan, plan, "--base", base}, "是输入"},
		{[]string{plan, link, "--base", base}, "是输入"},
		{[]string{plan, filepath.Join(base, "out.zip"), "--base", base}, "是输入"},
		{[]string{plan, filepath.Join(base, "new", "out"), "--base", base}, "是输入"},
		{[]string{plan, full, "--base", base}, "不是空的"},
		{[]string{plan, filepath.Join(dir, "out.zip")}, "--base"},
		{[]string{plan}, "convert 方案包 输出"},
		{[]string{filepath.Join(dir, "none.zip"), filepath.Join(dir, "out"), "--base", base}, "none.zip"},
	} {
		if res := landcheck(t, append([]string{"convert"}, x.args...)...); res.status != exitBadInput || !strings.Contains(res.stderr, x.says) {
			t.Errorf("%v: %d %s, want %q", x.args, res.status, res.stderr, x.says)
		}
	}
	if after, err := os.ReadFile(plan); err != nil || string(after) != string(before) {
		t.Error("the plan was written to", err)
	}
}
