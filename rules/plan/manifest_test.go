package plan

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"landcheck/geo"
)

var update = flag.Bool("update", false, "rewrite golden files")

// Every manifest of testdata reads as its golden file says: the manifest, or
// the message in both languages.
func TestManifests(t *testing.T) {
	files, err := filepath.Glob("testdata/manifest/*.yaml")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d manifests, %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m, err := readManifest("plan.yaml", data)
		var got []byte
		if err != nil {
			faults, ok := err.(geo.InputErrors)
			if !ok {
				t.Errorf("%s: %v is no fault", file, err)
				continue
			}
			for _, f := range faults {
				got = fmt.Appendf(got, "%s\n%s\n%s\n", f.Text().ZH, f.Text().EN, f.Excerpt)
			}
		} else {
			got = describe(m)
		}
		golden := strings.TrimSuffix(file, ".yaml") + ".golden"
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s:\n got %s\nwant %s", file, got, want)
		}
	}
}

func describe(m *manifest) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "code %q name %q county %q stage %q year %d rulebook %q crs %v\n",
		m.code, m.name, m.county, m.stage, m.year, m.rulebook, m.crs)
	for _, a := range m.layers {
		fmt.Fprintf(&b, "layer %s %q %v\n", a.role, a.file, a.fields)
		if a.layer != "" || len(a.values) > 0 || a.classes != "" {
			fmt.Fprintf(&b, "  named %q values %v classes %q\n", a.layer, a.values, a.classes)
		}
	}
	for _, j := range m.justifications {
		fmt.Fprintf(&b, "%+v\n", j)
	}
	for _, d := range m.documents {
		fmt.Fprintf(&b, "%+v\n", d)
	}
	for _, p := range m.prior {
		fmt.Fprintf(&b, "%+v\n", p)
	}
	for _, g := range m.ignore {
		fmt.Fprintf(&b, "ignore %s line %d\n", g.glob, g.line)
	}
	if m.quota != nil {
		fmt.Fprintf(&b, "%+v\n", *m.quota)
	}
	return b.Bytes()
}

func TestInside(t *testing.T) {
	for name, want := range map[string]string{
		"a.pdf": "a.pdf", "./docs/a.pdf": "docs/a.pdf", `docs\a.pdf`: "docs/a.pdf", "docs/../a.pdf": "a.pdf",
		"": "", "..": "", "../a": "", "a/../../b": "", "/a": "", `C:\a`: "", `..\a`: "", ".": "", "a\x00b": "",
	} {
		if got, ok := inside(name); ok != (want != "") || ok && got != want {
			t.Errorf("inside(%q) = %q, %v; want %q", name, got, ok, want)
		}
	}
}

// Whatever the text, a manifest is read or refused with a place; what is read
// stays inside the package.
func FuzzManifest(f *testing.F) {
	files, _ := filepath.Glob("testdata/manifest/*.yaml")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		m, err := readManifest("plan.yaml", data)
		if took := time.Since(start); took > time.Minute {
			t.Fatalf("%d bytes took %v", len(data), took)
		}
		if err != nil {
			fault, ok := geo.AsInputError(err)
			if !ok || fault.Record == 0 != (fault.Excerpt == "") || fault.File != "plan.yaml" || fault.Message.IsZero() || fault.Advice.IsZero() {
				t.Fatalf("%v", err)
			}
			return
		}
		for _, d := range m.documents {
			if !filepath.IsLocal(d.File) {
				t.Fatalf("document %q", d.File)
			}
		}
		for _, a := range m.layers {
			if a.file != "" && !filepath.IsLocal(a.file) {
				t.Fatalf("layer %q", a.file)
			}
		}
	})
}
