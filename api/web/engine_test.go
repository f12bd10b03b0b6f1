package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/sample"
	"landcheck/rules/template"
)

// page is what the page's own code makes of names, packages and manifests.
type page struct {
	Roles    []domain.Role
	Accounts []struct {
		Unread, Lost, Closed []string
		Layers               []struct {
			Path    string
			Role    domain.Role
			Columns []string
		}
		Files int
	}
	Manifests []string
}

type (
	dropped struct {
		Path string `json:"path"`
		Data []byte `json:"data"`
	}
	formProject struct {
		Code   string `json:"code"`
		Name   string `json:"name"`
		County string `json:"county"`
		Stage  string `json:"stage"`
		Year   string `json:"year"`
	}
	formDocument struct {
		Kinds   []string `json:"kinds"`
		Village string   `json:"village,omitempty"`
		From    string   `json:"from,omitempty"`
		Agrees  string   `json:"agrees,omitempty"`
		File    string   `json:"file"`
	}
	formLayer struct {
		Role   string            `json:"role"`
		File   string            `json:"file"`
		Fields map[string]string `json:"fields"`
	}
	formManifest struct {
		Project   formProject       `json:"project"`
		Rulebook  string            `json:"rulebook"`
		Layers    []formLayer       `json:"layers"`
		Ignore    []string          `json:"ignore"`
		Documents []formDocument    `json:"documents"`
		Quota     map[string]string `json:"quota"`
	}
)

// askPage runs test/engine.mjs.
func askPage(t *testing.T, names []string, packages [][]dropped, manifests []formManifest) (out page) {
	t.Helper()
	need(t)
	in, err := json.Marshal(map[string]any{"names": names, "packages": packages, "manifests": manifests})
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), "node", "test/engine.mjs")
	c.Stdin = bytes.NewReader(in)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	answer, err := c.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	if err := json.Unmarshal(answer, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func pick[E any](r *rand.Rand, all []E) E { return all[r.IntN(len(all))] }

// TestRolesAreTheEngines: the page knows a layer by its name as rules/plan does,
// whatever is put around the name.
func TestRolesAreTheEngines(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var known []string
	for _, role := range slices.Concat(domain.PlanRoles(), domain.BaseRoles()) {
		known = append(known, role.Names()...)
	}
	before := []string{"", "150123", "1501232025", "copy of ", "Copy of_", "复件 ", "副本 (2) ", "(1)", "2025-", "旧", "　", " ", "x", "\t", "\u00a0", "拷贝"}
	after := []string{"", "_1", "-2", "(1)", " (1)", "（一）", " - 副本", "_副本", "的副本", " copy", "COPY2", " part 2", "第二部分", "第3批", "1", "[2]", "【 3 】", " 2", "_old", "．", "...", "\u00a0", "_1_副本 (2)", "–3", "_", "图斑"}
	full := strings.NewReplacer("D", "Ｄ", "L", "ｌ", "Z", "Ｚ", "T", "ｔ", "1", "１")
	var names []string
	for _, n := range known {
		for _, b := range before {
			for _, a := range after {
				name := b + n + a
				switch r.IntN(6) {
				case 0:
					name = strings.ToLower(name)
				case 1:
					name = full.Replace(name)
				case 2:
					name = pick(r, before) + name + pick(r, after)
				}
				names = append(names, name)
			}
		}
	}
	got := askPage(t, names, nil, nil)
	found := 0
	for i, name := range names {
		want := plan.RoleOf(name, domain.PlanRoles())
		if want != "" {
			found++
		}
		if got.Roles[i] != want {
			t.Errorf("%q is %q to the page, %q to the engine", name, got.Roles[i], want)
		}
	}
	if found < len(names)/10 || found == len(names) {
		t.Errorf("%d of %d names are known: the test tells nothing", found, len(names))
	}
}

// TestAccountIsTheEngines: what the page tells as unread before a file is sent is
// what the engine tells as unread, and what refuses a plan is told as that.
func TestAccountIsTheEngines(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	shp := unpackedLayer(t, "ZZQY")
	stems := []string{"YJJBNTTC", "tctb_1", "DLTB", "拿出来的地", "DLBG", "意见", "总图", "说明", "补划 (2)", "现场", "扫描.v2", "调出.bak"}
	ends := []string{".pdf", ".docx", ".jpg", ".xlsx", ".txt", ".md", ".xml", ".qgz", ".lyr", ".prj", ".cpg", ".dbf", ".sbn", ".mdb", ".dwg", ".vct", ".zip", ".rar", ".json", ".csv",
		".gml", ".unknown", "", ".tfw", ".tif", ".lock", ".pdf.zip", ".shp.xml", ".ovr", ".et", ".001", ".kml"}
	bodies := map[string]string{".json": `{"a": 1}`, ".txt": "说明文字，不是坐标\n"}
	var packages [][]dropped
	for range 150 {
		have := map[string]bool{}
		var files []dropped
		add := func(path string, data []byte) {
			if key := strings.ToLower(path); !have[key] {
				have[key] = true
				files = append(files, dropped{path, data})
			}
		}
		for end, data := range shp {
			add("ZZQY"+end, data)
			add("DRTB"+end, data) // a plan without changes is refused
		}
		folder := pick(r, []string{"", "图层/", "docs/旧/"})
		if r.IntN(2) == 0 {
			stem := pick(r, stems[:4])
			for end, data := range shp {
				add(folder+stem+end, data)
			}
		}
		for range 1 + r.IntN(6) {
			end := pick(r, ends)
			body := "x"
			if b, ok := bodies[end]; ok {
				body = b
			}
			add(pick(r, []string{"", "docs/", folder})+pick(r, stems)+end, []byte(body))
		}
		if r.IntN(3) == 0 { // in a folder, a letter or more beside it
			for i := range files {
				files[i].Path = "方案/" + files[i].Path
			}
			add(pick(r, []string{"来函.pdf", "来函.unknown", "说明.docx", "图层", "旧版.zip", "其他.gml", "附件/来函.pdf", "plan.yml"}), []byte("format: 1\n"))
		}
		packages = append(packages, files)
	}
	got := askPage(t, nil, packages, nil)
	lost, unread := 0, 0
	for i, files := range packages {
		dir := t.TempDir()
		for _, f := range files {
			path := filepath.Join(dir, filepath.FromSlash(f.Path))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		page := got.Accounts[i]
		var names []string
		for _, f := range files {
			names = append(names, f.Path)
		}
		if page.Files != len(files) {
			t.Errorf("%q: %d files of %d have a place", names, page.Files, len(files))
		}
		p, err := plan.Open(t.Context(), dir, plan.Options{})
		if (err != nil) != (len(page.Lost) > 0) {
			t.Errorf("%q: the page finds %q lost, the engine says %v", names, page.Lost, err)
		}
		lost += len(page.Lost)
		if err != nil {
			continue
		}
		var want []string
		for _, u := range p.Unread {
			want = append(want, u.File)
		}
		slices.Sort(want)
		slices.Sort(page.Unread)
		unread += len(want)
		if !slices.Equal(want, page.Unread) {
			t.Errorf("%q: unread to the page %q, to the engine %q", names, page.Unread, want)
		}
	}
	if lost < 10 || unread < 10 {
		t.Errorf("%d files are lost and %d unread: the test tells nothing", lost, unread)
	}
}

// TestContainersAreTheEngines: the page finds in geodatabases and GeoPackages the
// layers, roles and columns that the engine finds.
func TestContainersAreTheEngines(t *testing.T) {
	need(t)
	dirs := []string{}
	add := func() string {
		dirs = append(dirs, t.TempDir())
		return dirs[len(dirs)-1]
	}
	if err := template.Write(t.Context(), add(), template.Options{County: "150123", CRS: geo.CRS{Kind: geo.Geographic}, Lang: "zh"}); err != nil {
		t.Fatal(err)
	}
	zips, err := filepath.Glob("../../../shared/data/filegdb/**/*.gdb.zip")
	if err != nil {
		t.Fatal(err)
	}
	samples, err := filepath.Glob("../../../shared/data/filegdb/*.gdb.zip")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(samples, zips...) {
		if strings.Contains(path, "/broken/") {
			continue
		}
		extract(t, path, add(), func(name string) string { return name })
	}
	var packages [][]dropped
	for _, dir := range dirs {
		var files []dropped
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			name, _ := filepath.Rel(dir, path)
			files = append(files, dropped{filepath.ToSlash(name), data})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, files)
	}
	compared := 0
	for i, page := range askPage(t, nil, packages, nil).Accounts {
		c, err := catalog.Open(t.Context(), dirs[i], catalog.Options{})
		if err != nil {
			t.Errorf("%s: %v", dirs[i], err)
			continue
		}
		found := map[string][]string{}
		for _, l := range page.Layers {
			found[strings.TrimSuffix(l.Path, ".shp")] = l.Columns
		}
		for _, l := range c.Layers {
			if geo.Damage(l) != nil {
				continue
			}
			name := strings.TrimSuffix(strings.ReplaceAll(strings.TrimPrefix(l.File(), c.Entry("")), "!", "/"), ".shp")
			columns, there := found[strings.TrimPrefix(name, "/")]
			if !there {
				t.Errorf("%s: the page does not find %s; it has %v, and cannot open %v", packages[i][0].Path, name, page.Layers, page.Closed)
				continue
			}
			if strings.Contains(name, ".gdb/") || strings.Contains(name, ".gpkg/") {
				compared++
				for _, f := range l.Fields() {
					if !slices.Contains(columns, f.Name) {
						t.Errorf("%s: %s has %s, the page finds %q", packages[i][0].Path, name, f.Name, columns)
					}
				}
			}
			delete(found, strings.TrimPrefix(name, "/"))
		}
		for name := range found {
			t.Errorf("%s: the page finds %s, the engine does not", packages[i][0].Path, name)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d layers of %d packages", compared, len(dirs))
}

// unpackedLayer are the files of a layer of the sample, by ending.
func unpackedLayer(t *testing.T, name string) map[string][]byte {
	t.Helper()
	dir := samplePlan(t)
	files := map[string][]byte{}
	for _, end := range []string{".shp", ".shx", ".dbf", ".prj", ".cpg"} {
		data, err := os.ReadFile(filepath.Join(dir, name+end))
		if err != nil {
			t.Fatal(err)
		}
		files[end] = data
	}
	return files
}

// samplePlan is a directory with the files of a compliant plan side by side.
func samplePlan(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := sample.Write(context.Background(), dir, sample.Options{}); err != nil {
		t.Fatal(err)
	}
	unpack(t, filepath.Join(dir, "plans", "01-compliant.zip"), filepath.Join(dir, "loose"))
	return filepath.Join(dir, "loose")
}

// TestManifestIsRead: what the form says is what the engine reads from the
// plan.yaml that the page writes, whatever letters are in it.
func TestManifestIsRead(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 9))
	letters := []rune("a1中区 \"'\\:#{}[],&*!|>%@`-?~=\n\t\u0085\u00a0\u2028\ufeff\u007f\ufffd😀é／")
	text := func(most int, without string) string {
		var b strings.Builder
		b.WriteString("镇")
		for range r.IntN(most) {
			if c := pick(r, letters); !strings.ContainsRune(without, c) {
				b.WriteRune(c)
			}
		}
		return b.String() + "x"
	}
	kinds := domain.DocumentKinds()
	var forms []formManifest
	for range 200 {
		m := formManifest{Project: formProject{Code: text(8, ""), Name: text(20, ""), County: "150123", Stage: string(pick(r, domain.Stages())), Year: "2026"},
			Layers: []formLayer{}, Ignore: []string{}, Documents: []formDocument{}, Quota: map[string]string{"rural_housing_m2": fmt.Sprint(r.IntN(9000)), "destination_county": "150124"}}
		if r.IntN(2) == 0 {
			m.Layers = append(m.Layers, formLayer{Role: "project_area", File: "ZZQY.shp", Fields: map[string]string{"id": "BSM"}})
		}
		for range r.IntN(4) {
			d := formDocument{Kinds: []string{pick(r, kinds)}, Village: "150123101201", From: text(6, ""), Agrees: pick(r, []string{"", "with-conditions", "no"}), File: "docs/" + text(10, "\\:") + ".pdf"}
			if two := pick(r, kinds); two != d.Kinds[0] {
				d.Kinds = append(d.Kinds, two)
			}
			m.Documents = append(m.Documents, d)
		}
		forms = append(forms, m)
	}
	dir := t.TempDir()
	for end, data := range unpackedLayer(t, "ZZQY") {
		for _, name := range []string{"ZZQY", "DRTB"} { // a plan without changes is refused
			if err := os.WriteFile(filepath.Join(dir, name+end), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	agreement := map[string]plan.Agreement{"with-conditions": plan.WithConditions, "no": plan.Disagrees}
	for i, yaml := range askPage(t, nil, nil, forms).Manifests {
		m := forms[i]
		if err := os.WriteFile(filepath.Join(dir, "plan.yaml"), []byte(yaml), 0o644); err != nil {
			t.Fatal(err)
		}
		p, err := plan.Open(t.Context(), dir, plan.Options{})
		if err != nil {
			t.Errorf("%v\n%s", err, yaml)
			continue
		}
		if p.Code != m.Project.Code || p.Name != m.Project.Name || p.County != m.Project.County || string(p.Stage) != m.Project.Stage || p.Year != 2026 ||
			fmt.Sprint(p.Quota.RuralHousing) != m.Quota["rural_housing_m2"] || p.Quota.DestinationCounty != "150124" {
			t.Errorf("%+v is read as %q %q %s %s %d %+v from\n%s", m, p.Code, p.Name, p.County, p.Stage, p.Year, p.Quota, yaml)
		}
		var documents []plan.Document
		for _, d := range m.Documents {
			for _, k := range d.Kinds {
				documents = append(documents, plan.Document{Kind: k, Village: d.Village, From: d.From, Agrees: agreement[d.Agrees], File: d.File})
			}
		}
		if len(documents) != len(p.Documents) {
			t.Errorf("%d papers are read of %d from\n%s", len(p.Documents), len(documents), yaml)
			continue
		}
		for i, want := range documents {
			if got := p.Documents[i]; got.Kind != want.Kind || got.Village != want.Village || got.From != want.From || got.Agrees != want.Agrees || got.File != want.File {
				t.Errorf("%+v is read as %+v from\n%s", want, got, yaml)
			}
		}
	}
}
