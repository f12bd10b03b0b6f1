package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/proving/kit"
	"landcheck/rules/result"
)

// neighbour is a second plan in the county of kit.Clean, east of it up to the
// border that they share: it complies by itself.
func neighbour() *kit.Package {
	p := &kit.Package{Manifest: kit.NewManifest()}
	p.Manifest.Code, p.Manifest.Name = "150123-2026-02", "东镇全域土地综合整治"
	p.New("ZZQY").Add(kit.Box(10, 4, 15, 9), kit.F{"BSM": "1"})
	p.New("YJJBNTTC").Add(kit.Out("O1", kit.Box(11, 5, 12, 6)))
	p.New("YJJBNTBH").Add(kit.In("I1", kit.Box(11, 6, 12.2, 7)))
	p.New("DLBG").
		Add(kit.To("U1", "1202", kit.Box(11, 5, 12, 6))).
		Add(kit.Tilled("N1", kit.Box(11, 7, 12.6, 8)))
	return p
}

// ownPapers gives every paper of a plan bytes that no other plan's has.
func ownPapers(p *kit.Package) *kit.Package {
	return p.Edit(func(f kit.Files) {
		for name := range f {
			if strings.HasPrefix(name, "docs/") {
				f[name] = append(f[name], p.Manifest.Code...)
			}
		}
	})
}

// laid writes packages into one folder, and the county beside it.
func laid(t *testing.T, plans map[string]*kit.Package) (dir, base string) {
	t.Helper()
	dir, base = t.TempDir(), t.TempDir()
	kit.Base().Files().Dir(base)
	for name, p := range plans {
		if err := os.WriteFile(filepath.Join(dir, name), p.Files().Zip(""), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir, base
}

// heldTogether runs check --together over a folder and reads what became of the
// plans together.
func heldTogether(t *testing.T, want int, dir, base string, more ...string) *result.Together {
	t.Helper()
	got := landcheck(t, append([]string{"check", dir, "--base", base, "--together", "--quiet", "--lang", "zh", "--format", "json"}, more...)...)
	if got.status != want {
		t.Fatalf("status %d, want %d: %s %.3000s", got.status, want, got.stderr, got.stdout)
	}
	var s struct{ Together *result.Together }
	if err := json.Unmarshal([]byte(got.stdout), &s); err != nil || s.Together == nil {
		t.Fatalf("%v %.200s", err, got.stdout)
	}
	return s.Together
}

// foundBy are the findings of a rule between plans.
func foundBy(t *testing.T, all *result.Together, rule string) []result.Finding {
	t.Helper()
	for _, r := range all.Rules {
		if r.ID == rule {
			return r.Findings
		}
	}
	t.Fatalf("there is no rule %s", rule)
	return nil
}

// TestTogether: neighbours that share a border and nothing else pass together as
// they do alone.
func TestTogether(t *testing.T) {
	dir, base := laid(t, map[string]*kit.Package{"a.zip": ownPapers(kit.Clean()), "b.zip": ownPapers(neighbour())})
	all := heldTogether(t, exitCompliant, dir, base)
	for _, r := range all.Rules {
		if len(r.Findings) > 0 || r.Status != domain.Pass {
			t.Errorf("%s: %s %+v", r.ID, r.Status, r.Findings)
		}
	}
	if len(all.Rules) != 8 || len(all.Packages) != 2 || all.Packages[0].Code != "150123-2026-01" {
		t.Errorf("%+v", all.Packages)
	}
	// O2 of the one, 0.5 of a cell, and O1 of the other in the eastern township.
	east := all.Townships[1]
	own := kit.Area(kit.Box(8, 5, 8.5, 6)) + kit.Area(kit.Box(11, 5, 12, 6))
	if east.Code != kit.Towns[1] || len(east.Plans) != 2 || math.Abs(east.Out-own*(1-kit.Ridge)) > 0.02 {
		t.Errorf("%+v, want %.2f", east, own*(1-kit.Ridge))
	}
}

// conflicting is two plans that do to each other all that there is a rule about.
func conflicting() (a, b *kit.Package) {
	a, b = kit.Clean(), neighbour()
	b.Layer("ZZQY").Shaped("1", kit.Box(9.5, 4, 15, 9))                             // half a column of the other's
	b.Layer("YJJBNTTC").Shaped("O1", kit.Box(11, 4, 12, 6))                         // 2 cells: with 0.5 too much of the township
	b.Layer("YJJBNTTC").Add(kit.Out("O2", kit.Box(8.2, 5, 8.4, 6)))                 // in the other's O2
	b.Layer("YJJBNTTC").Add(kit.Out("O3", kit.Box(8.1, 6, 8.3, 7)))                 // in the other's I2
	b.Layer("YJJBNTBH").Add(kit.In("I2", kit.Box(3, 6, 3.5, 7)))                    // 0.2 in the other's I1
	b.Layer("DLBG").Add(kit.To("U2", "1202", kit.Box(5.1, 7, 5.2, 8)))              // in the other's B1
	b.Manifest.Doc("village-consent", kit.Villages[3]).File = "docs/同意书.pdf"        // its own
	b.Manifest.Doc("plan-consent", kit.Villages[2]).More = `number: "东村字〔2026〕 3号"` // another scan
	a.Manifest.Doc("plan-consent", kit.Villages[2]).More = `number: "东村字〔2026〕3号"`  // of the same paper
	b.Manifest.Doc("opinion", "水利").More, a.Manifest.Doc("opinion", "水利").More = "", ""
	return a, b
}

// TestTogetherFinds: conflicts that are planted are found, each with its land, its
// plans and what to do, and none else.
func TestTogetherFinds(t *testing.T) {
	a, b := conflicting()
	one := func(p *kit.Package, keep ...string) { // of its own but for some
		code := p.Manifest.Code
		p.Edit(func(f kit.Files) {
			for name := range f {
				if !strings.HasPrefix(name, "docs/") || strings.Contains(name, "villager-support") && strings.Contains(string(f[name]), kit.Villages[3]) || strings.Contains(string(f[name]), "opinion水利") {
					continue
				}
				f[name] = append(f[name], code...)
			}
		})
	}
	one(a)
	one(b)
	dir, base := laid(t, map[string]*kit.Package{"a.zip": a, "b.zip": b})
	out := t.TempDir()
	more := []string{}
	for _, name := range []string{"all.json", "all.sarif", "all.junit.xml", "all.md", "all.txt", "all.geojson", "all.html"} {
		more = append(more, "-o", filepath.Join(out, name))
	}
	all := heldTogether(t, exitViolations, dir, base, more...)
	area := func(col0, row0, col1, row1 float64) float64 { return kit.Area(kit.Box(col0, row0, col1, row1)) }
	for rule, areas := range map[string][]float64{
		"together-same-project": nil,
		"together-area":         {area(9.5, 4, 10, 9)},
		"together-in-out":       {area(8.1, 6, 8.3, 7)},
		"together-out":          {area(8.2, 5, 8.4, 6)},
		"together-in":           {area(3, 6, 3.2, 7)},
		"together-change":       {area(5.1, 7, 5.2, 8)},
	} {
		got := foundBy(t, all, rule)
		if len(got) != len(areas) {
			t.Errorf("%s: %+v", rule, got)
			continue
		}
		for i, f := range got {
			if math.Abs(f.Area-areas[i]) > 0.011 || f.Status != domain.Fail || len(f.Packages) != 2 || f.Geometry == nil || f.Remedy.EN == "" ||
				!strings.Contains(f.Message.ZH, "a.zip（150123-2026-01）") || !strings.Contains(f.Message.EN, "b.zip (150123-2026-02)") || f.Features[1].Package != "b.zip" {
				t.Errorf("%s: want %.2f m²: %+v", rule, areas[i], f)
			}
		}
	}
	papers := map[domain.Status]int{}
	for _, f := range foundBy(t, all, "together-papers") {
		papers[f.Status]++
	}
	// Fail: villager-support of one village by its bytes, plan-consent of another by
	// its number. Warn: the opinion of 水利.
	if papers[domain.Fail] != 2 || papers[domain.Warn] != 1 || len(papers) != 2 {
		t.Errorf("%v %+v", papers, foundBy(t, all, "together-papers"))
	}
	over := foundBy(t, all, "together-township-cap")
	if len(over) != 1 || over[0].Scope.Code != kit.Towns[1] || !strings.Contains(over[0].Message.ZH, "5.") {
		t.Errorf("%+v", over)
	}
	for name, words := range map[string][]string{
		"all.json":             {`"together": {`, `"together-in-out"`},
		"all.sarif":            {`"landcheck/together/"`, `"ruleId": "together-papers"`, `"fullyQualifiedName": "b.zip/pbf_out/O3"`, `b.zip"`},
		"all.junit.xml":        {`<testsuite name="方案之间"`, `name="together-area" classname="landcheck.together.together"`},
		"all.md":               {"## 方案之间", "`together-township-cap`"},
		"all.txt":              {"2 个方案之间：冲突", "together-papers"},
		"all-together.geojson": {`"rule":"together-in"`, `"packages":"a.zip, b.zip"`, `"MultiPolygon"`},
	} {
		text, err := os.ReadFile(filepath.Join(out, name))
		for _, w := range words {
			if err != nil || !strings.Contains(string(text), w) {
				t.Errorf("%s has no %q: %v", name, w, err)
			}
		}
	}
	// Named the other way round they are the same findings.
	turned := heldTogether(t, exitViolations, filepath.Join(dir, "b.zip"), base, filepath.Join(dir, "a.zip"))
	ids := func(x *result.Together) map[string]bool {
		set := map[string]bool{}
		for _, r := range x.Rules {
			for _, f := range r.Findings {
				set[f.ID] = true
			}
		}
		return set
	}
	if x, y := ids(all), ids(turned); len(x) != len(y) {
		t.Errorf("%v, turned %v", x, y)
	} else {
		for id := range x {
			if !y[id] {
				t.Errorf("%s is not there the other way round", id)
			}
		}
	}
	// What an earlier run has found already lets the next one pass.
	again := heldTogether(t, exitCompliant, dir, base, "--baseline", filepath.Join(out, "all.json"))
	if again.Baseline == nil || again.Baseline.New != 0 || again.Baseline.Known == 0 || foundBy(t, again, "together-in")[0].Baseline != result.KnownFinding {
		t.Errorf("%+v", again.Baseline)
	}
}

// TestTogetherSameProject: a copy of a package, and a second version of a project,
// are told as such and not as land that everything shares; they count once.
func TestTogetherSameProject(t *testing.T) {
	second := ownPapers(kit.Clean())
	second.Layer("YJJBNTTC").Shaped("O1", kit.Box(2, 5, 2.9, 6))
	second.Layer("DLBG").Shaped("U1", kit.Box(2, 5, 2.9, 6))
	dir, base := laid(t, map[string]*kit.Package{"a.zip": ownPapers(kit.Clean()), "copy.zip": ownPapers(kit.Clean()), "second.zip": second, "z.zip": ownPapers(neighbour())})
	all := heldTogether(t, exitCompliant, dir, base)
	for _, r := range all.Rules {
		if r.ID != "together-same-project" && len(r.Findings) > 0 {
			t.Errorf("%s: %+v", r.ID, r.Findings)
		}
	}
	told := foundBy(t, all, "together-same-project")
	if len(told) != 2 || told[0].Status != domain.Warn || len(told[0].Packages) != 2 || len(told[1].Packages) != 2 {
		t.Fatalf("%+v", told)
	}
	if p := all.Packages; p[1].CopyOf != "a.zip" || p[2].VersionOf != "a.zip" || p[3].CopyOf+p[3].VersionOf != "" {
		t.Errorf("%+v", p)
	}
	if west := all.Townships[0]; len(west.Plans) != 1 || west.Plans[0].Package != "a.zip" {
		t.Errorf("the version that takes most counts: %+v", west)
	}
	heldTogether(t, exitViolations, dir, base, "--fail-on", "advisory")
}

// TestTogetherLeavesOut: a package without a report stops nothing and is named.
func TestTogetherLeavesOut(t *testing.T) {
	dir, base := laid(t, map[string]*kit.Package{"a.zip": ownPapers(kit.Clean()), "b.zip": ownPapers(neighbour())})
	if err := os.WriteFile(filepath.Join(dir, "broken.zip"), []byte("PK"), 0o600); err != nil {
		t.Fatal(err)
	}
	if all := heldTogether(t, exitBadInput, dir, base); len(all.Packages) != 2 || len(all.LeftOut) != 1 || all.LeftOut[0] != "broken.zip" {
		t.Errorf("%+v", all)
	}
	for _, args := range [][]string{{filepath.Join(dir, "a.zip")}, {filepath.Join(dir, "a.zip"), filepath.Join(dir, "a.zip")}} {
		if got := landcheck(t, append([]string{"check", "--together", "--base", base, "--lang", "en"}, args...)...); got.status != exitBadInput || !strings.Contains(got.stderr, "--together") && !strings.Contains(got.stderr, "one and the same") {
			t.Errorf("%d %s", got.status, got.stderr)
		}
	}
}
