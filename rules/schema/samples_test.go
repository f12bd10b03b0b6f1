package schema_test

import (
	"archive/zip"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/passport"
	"landcheck/rules/plan"
	"landcheck/rules/repair"
	"landcheck/rules/report"
	"landcheck/rules/result"
	"landcheck/rules/room"
	"landcheck/rules/roomreport"
	"landcheck/rules/rulebook"
	"landcheck/rules/sample"
	"landcheck/rules/schema"
	"landcheck/rules/template"
)

// samples are files of each kind that the program brings or writes.
func samples(t *testing.T) map[string]map[string]any {
	all := map[string]map[string]any{"plan": {}, "base": {}, "rulebook": {}, "report": {}, "passport": {}, "summary": {}, "suggestion": {}, "room": {}, "error": {}}
	inBooks, _ := filepath.Glob(filepath.Join("..", "rulebook", "books", "*.yaml"))
	for _, name := range inBooks {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all["rulebook"][filepath.Base(name)] = asYAML(t, name, data)
	}
	dir := t.TempDir()
	if err := sample.Write(context.Background(), dir, sample.Options{Parcels: 2000}); err != nil {
		t.Fatal(err)
	}
	plans, _ := filepath.Glob(filepath.Join(dir, "plans", "*.zip"))
	for _, name := range plans {
		z, err := zip.OpenReader(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := z.Open("plan.yaml")
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		all["plan"][filepath.Base(name)] = asYAML(t, name, data)
		z.Close()
	}
	for _, name := range plans[:10] {
		all["suggestion"][filepath.Base(name)] = asJSON(t, suggestions(t, name, filepath.Join(dir, "base")))
	}
	crs, _ := geo.ParseCRS("EPSG:4525")
	for _, lang := range []string{"zh", "en"} {
		dir := filepath.Join(t.TempDir(), "new")
		if err := template.Write(context.Background(), dir, template.Options{County: "150123", CRS: crs, Lang: lang}); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(dir, "plan.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		all["plan"]["new, "+lang] = asYAML(t, "plan.yaml", data)
		all["plan"]["new, uncommented, "+lang] = asYAML(t, "plan.yaml", regexp.MustCompile(`(?m)^( *)# ((?: *)(?:[a-z_]+:|- \{))`).ReplaceAll(data, []byte("$1$2")))
		manual, err := os.ReadFile(filepath.Join("..", "..", "api", "manual", lang, "inputs.md"))
		if err != nil {
			t.Fatal(err)
		}
		for i, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(manual, -1) {
			kind := "base"
			if strings.Contains(string(block[1]), "project:") {
				kind = "plan"
			}
			all[kind]["manual, "+lang+", "+string(rune('1'+i))] = asYAML(t, "manual", block[1])
		}
	}
	reports, _ := filepath.Glob(filepath.Join("..", "report", "testdata", "*.json"))
	for _, name := range reports {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var file map[string]any
		if json.Unmarshal(data, &file) == nil && file["schema"] == "landcheck-report/1" {
			all["report"][filepath.Base(name)] = asJSON(t, file)
		}
	}
	all["passport"]["of a report"] = asJSON(t, sealed(t))
	failure := report.NewFailure(2, report.InputFailure, "1", []*geo.InputError{{File: "a.shp", Record: 3, Offset: 9, Field: "DLBM", Wants: geo.SystemInput}, {}}, func(*geo.InputError) geo.Text { return geo.Text{ZH: "改", EN: "mend"} })
	all["error"]["of two problems"] = asJSON(t, failure)
	all["summary"]["of a failure"] = asJSON(t, report.BatchSummary{Schema: report.BatchSchema, Packages: []report.BatchPackage{{Name: "a", Exit: 2, Error: &failure}}})
	all["room"]["of the sample county"] = asJSON(t, roomOf(t, filepath.Join(dir, "base")))
	return all
}

// suggestions are what would make a plan pass.
func suggestions(t *testing.T, at, over string) *repair.Set {
	t.Helper()
	ctx := context.Background()
	p, err := plan.Open(ctx, at, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	base, err := plan.OpenBase(ctx, []string{over}, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer base.Close()
	book, err := check.Book("", p)
	if err != nil {
		t.Fatal(err)
	}
	set, err := repair.Suggest(ctx, check.Request{Plan: p, Base: base, Book: book})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// roomOf is what a county has to move, in one township of which nothing can be said.
func roomOf(t *testing.T, base string) *roomreport.Document {
	b, err := plan.OpenBase(t.Context(), []string{base}, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	book, err := rulebook.Load("nmg-2025")
	if err != nil {
		t.Fatal(err)
	}
	r, err := room.Survey(t.Context(), room.Request{Base: b, Book: book, Prior: []plan.Prior{{Township: "150123109", PBFOut: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	r.Townships[0].Known, r.Townships[0].Why = false, geo.Text{ZH: "不可靠", EN: "in doubt"}
	d, err := roomreport.DocumentOf(roomreport.Input{Room: r, Base: result.BaseInfo{Layers: []result.LayerInfo{}}})
	if err != nil || len(d.In) == 0 || len(d.Out) == 0 {
		t.Fatal(err, len(d.In), len(d.Out))
	}
	return d
}

// TestSamples: every file that the program brings or writes is as its schema
// says, and reports hold no key that theirs does not name.
func TestSamples(t *testing.T) {
	all := samples(t)
	for _, name := range schema.Names() {
		s := schema.Of(name, "zh")
		if slices.Contains([]string{"report", "passport", "summary", "suggestion", "room", "error"}, name) {
			shut(s)
		}
		validator := compiled(t, s)
		t.Logf("%s: %d files", name, len(all[name]))
		if len(all[name]) == 0 {
			t.Errorf("no %s was tried", name)
		}
		for file, doc := range all[name] {
			if err := validator.Validate(doc); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}

// shut refuses keys that a schema does not name.
func shut(part any) {
	switch part := part.(type) {
	case schema.Schema:
		if part["additionalProperties"] == true {
			part["additionalProperties"] = false
		}
		for _, p := range part {
			shut(p)
		}
	case map[string]schema.Schema:
		for _, p := range part {
			shut(p)
		}
	case []any:
		for _, p := range part {
			shut(p)
		}
	}
}

// sealed is the passport of a report.
func sealed(t *testing.T) *passport.Passport {
	t.Helper()
	written, err := os.ReadFile(filepath.Join("..", "report", "testdata", "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	key, err := passport.ReadPrivateKey(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	if err != nil {
		t.Fatal(err)
	}
	p, err := passport.Of(written, key)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
