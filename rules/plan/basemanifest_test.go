package plan

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
)

func TestBaseManifestSlips(t *testing.T) {
	for text, want := range map[string]string{
		"absent: [heritage]\ndesignated: {150123101: 64800000}": "",
		"":                  "",
		"absnt: [heritage]": "line 1: absent",
		"absent: [heritag]\ndesignated: {150123101: -5}":         "line 2: positive",
		"absent: [heritage, red_lin]":                            "line 1: red_line",
		"absent: heritage":                                       "line 1: list",
		"absent: [heritage, land_use, townships]":                "line 1: no county",
		"designated:\n  150123: 1":                               "line 2: township",
		"designated:\n  150123000: 1":                            "line 2: township",
		"designated:\n  150123101: -5":                           "line 2: positive",
		"designated:\n  150123101: 6480万":                        "line 2: number",
		"designated:\n  150123101: 1\n  150123101201: 2":         "line 3: twice",
		"layers:\n  redline: {file: a.shp}":                      "line 2: red_line",
		"layers:\n  red_line: {fields: {id: A}}":                 "",
		"layers:\n  地类图斑: {classes: planing}":                    "line 2: planning",
		"layers:\n  red_line: {classes: planning}":               "line 2: classes",
		"layers:\n  red_line: {file: a.shp, fields: {class: A}}": "line 2: class",
		"ignore: ['[']":                                          "line 1: pattern",
		"absent: [\nheritage":                                    "line",
	} {
		_, err := readBaseManifest("base.yaml", []byte(text))
		got := ""
		if err != nil {
			got = err.Error()
			if _, ok := geo.AsInputError(err); !ok {
				t.Errorf("%q: %T is no fault", text, err)
			}
		}
		line, word, _ := strings.Cut(want, ": ")
		if want == "" && got != "" || want != "" && !strings.Contains(got, line) || !strings.Contains(got, word) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestBaseManifestBesideLayers: what base.yaml says of a county's files, and the
// same of layers that were loaded elsewhere.
func TestBaseManifestBesideLayers(t *testing.T) {
	pbf := tableOf("YJJBNTTB", "BSM ZLDWDM YJJBNTMJ", rowOf(square(0, 0, 100), "B1", "150123101", "9000"))
	line := tableOf("hongxian", "NR", rowOf(square(0, 0, 50), "R1"))
	old := tableOf("DLTB_old", "BSM DLBM", rowOf(square(0, 0, 50), "1", "0103"))
	near := tableOf("CZKFBG", "BSM", rowOf(square(0, 0, 50), "1"))
	other := tableOf("PDT", "BSM", rowOf(square(0, 0, 50), "1"))
	dir := writeLayers(t, pbf, line, old, near, other)
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(dir, "base.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("absent: [heritage]\ndesignated: {150123101: 20000}\nlayers: {red_line: {file: hongxian.shp, fields: {id: NR}}}\n")
	b, err := OpenBase(t.Context(), []string{dir}, BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	check := func(name string, b *Base) {
		t.Helper()
		m := b.Manifest()
		if !m.Absent[domain.Heritage] || len(m.Absent) != 1 || m.Designated["150123101"] != 20000 {
			t.Errorf("%s: %+v", name, m)
		}
		if u := b.Unsure(); len(u) != 2 || len(u[domain.LandUse]) != 1 || len(u[domain.UrbanBoundary]) != 1 || !strings.Contains(u[domain.LandUse][0], "DLTB_old") {
			t.Errorf("%s: unsure %v", name, u)
		}
		lines, err := b.Near(t.Context(), domain.RedLine, zone37, nil)
		if err != nil || len(lines) != 1 || lines[0].ID != "R1" {
			t.Errorf("%s: red line %+v, %v", name, lines, err)
		}
	}
	check("files", b)
	sources, _ := b.Sources()
	layers := map[domain.Role][]geo.Layer{}
	for _, s := range sources {
		notes, err := b.Notes(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		layers[s.Role] = append(layers[s.Role], &kept{s.Layer, notes})
	}
	check("loaded", NewBase("postgis", layers))

	write("ignore: ['*_old', 'CZKF*']\n")
	b2, err := OpenBase(t.Context(), []string{dir}, BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer b2.Close()
	if len(b2.Unsure()) != 0 {
		t.Errorf("ignored: %v", b2.Unsure())
	}
	for text, want := range map[string]string{
		"absent: [pbf]":                   "YJJBNTTB",
		"layers: {red_line: nowhere.shp}": "nowhere.shp",
		"layers: {red_line: {file: hongxian.shp, fields: {id: XX}}}": "XX",
	} {
		write(text)
		_, err := OpenBase(t.Context(), []string{dir}, BaseOptions{})
		if err == nil || !strings.Contains(err.Error(), "line 1") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	second := filepath.Join(dir, "BASE.yml")
	if err := os.WriteFile(second, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenBase(t.Context(), []string{dir}, BaseOptions{}); err == nil || !strings.Contains(err.Error(), "BASE.yml") {
		t.Errorf("one of two base.yaml counts in silence: %v", err)
	}
	if err := os.Remove(second); err != nil {
		t.Fatal(err)
	}
	// A file given by its own name has the base.yaml of its folder.
	write("absent: [heritage]\n")
	b3, err := OpenBase(t.Context(), []string{filepath.Join(dir, "YJJBNTTB.shp")}, BaseOptions{})
	if err != nil || !b3.Manifest().Absent[domain.Heritage] {
		t.Fatalf("alone: %v", err)
	}
	b3.Close()
}

// kept is a layer that is kept elsewhere with its notes.
type kept struct {
	geo.Layer
	notes map[string]string
}

func (k kept) Metadata(key string) (string, bool) {
	text, ok := k.notes[key]
	return text, ok
}

// Load is where the test says which load a layer came with.
func (k kept) Load() int { n, _ := strconv.Atoi(k.notes["load"]); return n }

// TestLaterDecree: what the last load says holds against the notes of layers
// that only earlier loads brought, whichever role comes first.
func TestLaterDecree(t *testing.T) {
	says := func(load, area string) []geo.Layer {
		return []geo.Layer{&kept{notes: map[string]string{"load": load, baseNote: `{"Designated":{"150123101":` + area + `}}`}}}
	}
	for name, layers := range map[string]map[domain.Role][]geo.Layer{
		"earlier role": {domain.PBF: says("2", "20000"), domain.WaterManagement: says("1", "90000")},
		"later role":   {domain.PBF: says("1", "90000"), domain.WaterManagement: says("2", "20000")},
	} {
		if got := loadStored(layers).manifest.Designated["150123101"]; got != 20000 {
			t.Errorf("%s: %v m² decreed", name, got)
		}
	}
}

// TestAbsentDesignation: what base.yaml said of a layer does not outlive it, whichever
// layer of its load keeps the note; what it said of others does.
func TestAbsentDesignation(t *testing.T) {
	note := `{"Designated":{"150123101":90000},"Absent":["heritage"],"Unsure":{"pbf":["JBNT2.shp"],"villages":["CJ.shp"]}}`
	for name, c := range map[string]struct {
		pbf      string
		decreed  float64
		doubtful int
	}{
		"of this load":     {"1", 90000, 2},
		"reloaded without": {"2", 0, 1},
	} {
		f := loadStored(map[domain.Role][]geo.Layer{
			domain.PBF:     {&kept{notes: map[string]string{"load": c.pbf}}},
			domain.LandUse: {&kept{notes: map[string]string{"load": "1", baseNote: note}}},
		})
		if got := f.manifest.Designated["150123101"]; got != c.decreed {
			t.Errorf("%s: %v m² decreed, want %v", name, got, c.decreed)
		}
		if !f.manifest.Absent[domain.Heritage] || len(f.unsure) != c.doubtful {
			t.Errorf("%s: absent %v, unsure %v", name, f.manifest.Absent, f.unsure)
		}
	}
}

func TestNearRole(t *testing.T) {
	for name, want := range map[string]domain.Role{
		"DLTB_old": domain.LandUse, "150123DLTB2019": domain.LandUse, "DLTBB": domain.LandUse, "LTB": domain.LandUse, "STBHX": domain.RedLine, "STBHHX补充": domain.RedLine,
		"CZKFJB": domain.UrbanBoundary, "XZQ2": domain.Townships, "XZ": domain.Townships, "PDT": "", "现状照片": "", "GDDB": "", "roads": "",
	} {
		if got := nearRole(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if slices.ContainsFunc(domain.BaseRoles(), func(r domain.Role) bool { return nearRole(r.Names()[0]) != r }) {
		t.Error("a role's own name is not nearest to it")
	}
}

// Whatever the text, a base.yaml is read or refused with a place and advice.
func FuzzBaseManifest(f *testing.F) {
	f.Add([]byte("absent: [heritage]\ndesignated: {150123101: 64800000}\nlayers: {red_line: {file: a.shp, fields: {id: BH}}}\nignore: ['old/*']\n"))
	f.Add([]byte("absent: &a [*a]\n"))
	f.Add([]byte("layers: {land_use: {file: DLTB.shp, classes: planning}}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := readBaseManifest("base.yaml", data)
		if err == nil {
			m.ignores("base.gpkg!DLTB")
			return
		}
		inputErr, ok := geo.AsInputError(err)
		if !ok || inputErr.File != "base.yaml" || inputErr.Message.IsZero() || inputErr.Advice.IsZero() {
			t.Fatalf("%T: %v", err, err)
		}
	})
}
