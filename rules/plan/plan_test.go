package plan

import (
	"context"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// zone37 is EPSG:4525, the 3° zone of 111°E with its number in the easting.
var zone37 = geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000}

// square is a square of the given side whose lower left corner lies so many
// metres from a place in zone 37.
func square(east, north, side float64) orb.MultiPolygon {
	x, y := 37540000+east, 4562900+north
	return orb.MultiPolygon{{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}}
}

// tableOf is a layer of text columns; "MJ:N" is a number column.
func tableOf(name string, columns string, rows ...geo.Feature) *geo.Table {
	t := &geo.Table{Name: name, CRS: zone37}
	for _, c := range strings.Fields(columns) {
		f := geo.Field{Name: c, Type: geo.TextField, Width: 20}
		if n, ok := strings.CutSuffix(c, ":N"); ok {
			f.Name, f.Type = n, geo.NumberField
		}
		t.Fields = append(t.Fields, f)
	}
	for i := range rows {
		if rows[i].Record == 0 {
			rows[i].Record = i + 1
		}
	}
	t.Rows = rows
	return t
}

func rowOf(mp orb.MultiPolygon, values ...string) geo.Feature {
	return geo.Feature{Geometry: mp, Values: values}
}

func layerOf(t *geo.Table) geo.Layer { return geo.NewMemory(t, "plan/"+t.Name+".shp", "", nil) }

// pack is a plan package of layers in memory.
func pack(files map[string]string, tables ...*geo.Table) contents {
	c := contents{
		path:    "plan",
		notices: func() []geo.Notice { return nil },
		readFile: func(name string) ([]byte, error) {
			if text, ok := files[name]; ok {
				return []byte(text), nil
			}
			return nil, fs.ErrNotExist
		},
		size:       func(name string) (int64, bool) { text, ok := files[name]; return int64(len(text)), ok },
		isLayer:    func(string) bool { return false },
		digest:     func(context.Context) (string, error) { return "sha256:test", nil },
		fileDigest: func(_ context.Context, name string) (string, error) { return "sha256:" + name, nil },
	}
	for _, t := range tables {
		c.layers = append(c.layers, layerOf(t))
		c.files = append(c.files, t.Name+".shp")
	}
	c.files = slices.Sorted(slices.Values(append(c.files, slices.Collect(maps.Keys(files))...)))
	c.entry = func(name string) string { return "plan/" + name }
	return c
}

func area() *geo.Table { return tableOf("ZZQY", "BSM", rowOf(square(0, 0, 1000), "P")) }

func read(t *testing.T, c contents) *Plan {
	t.Helper()
	p, err := readPlan(context.Background(), c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func refused(t *testing.T, c contents, o Options, parts ...string) {
	t.Helper()
	_, err := readPlan(context.Background(), c, o)
	f, ok := geo.AsInputError(err)
	if !ok {
		t.Fatalf("%v is no fault", err)
	}
	for _, part := range parts {
		if !strings.Contains(f.Text().EN, part) {
			t.Errorf("%q lacks %q", f.Text().EN, part)
		}
	}
	if f.Message.ZH == "" || f.Advice.ZH == "" {
		t.Errorf("no Chinese in %q", f.Text().EN)
	}
}

func issues(p *Plan, check string) []Issue {
	return slices.DeleteFunc(slices.Clone(p.Issues), func(f Issue) bool { return f.Check != check })
}

func TestChangeFields(t *testing.T) {
	p := read(t, pack(nil, area(),
		tableOf("1501232025YJJBNTBH", "BSM BGHDLBM NF SJNF YSRQ DCRQ MJ SCMJ:N SCFF SCRQ ZLDB GDPDJB KCXS TBXHDM YT XMBH",
			rowOf(square(0, 0, 100), "A1", "0103", "2025", "2019", "2025-06-15", "20240101", "9999.60", "9999.61", "rtk", "2025/6/1", "9", "2", "0.0812", "hdgd", "NMZZ", "X-1"),
			rowOf(square(200, 0, 100), "", "", "", "2024", "", "20240101", "", "", "", "", "", "", "", "", "", ""),
		)))
	if len(p.Issues) != 0 {
		t.Errorf("flaws %+v", p.Issues)
	}
	if len(p.Changes) != 2 || len(p.Project) != 1 {
		t.Fatalf("%d changes, %d areas", len(p.Changes), len(p.Project))
	}
	want := Change{
		Exists: true, Year: 2025, Date: "20250615",
		Feature:      Feature{Role: domain.PBFIn, File: "plan/1501232025YJJBNTBH.shp", Record: 1, ID: "A1"},
		Declared:     Number{9999.60, true},
		Surveyed:     Number{9999.61, true},
		SurveyMethod: "RTK", SurveyDate: "20250601", Purpose: "NMZZ", SubProject: "X-1",
	}
	want.Traits = Traits{Class: "0103", Ridge: Number{0.0812, true}, Slope: 2, Grade: 9, Refinement: "HDGD"}
	got := p.Changes[0]
	if !orb.Equal(got.Geometry, square(0, 0, 100)) {
		t.Errorf("geometry %v", got.Geometry)
	}
	got.Geometry = nil
	if !sameChange(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	bare := p.Changes[1]
	bare.Geometry = nil
	if !sameChange(bare, Change{Exists: true, Year: 2024,
		Feature: Feature{Role: domain.PBFIn, File: want.File, Record: 2, ID: "2"}}) {
		t.Errorf("absent values read as %+v", bare)
	}
	if p.CRS != zone37 || p.Native != zone37 || p.Stage != domain.Proposal || p.Digest != "sha256:test" {
		t.Errorf("plan %v %v %v %v", p.CRS, p.Native, p.Stage, p.Digest)
	}
}

// sameChange compares all but geometry.
func sameChange(a, b Change) bool {
	x, y := a.Feature, b.Feature
	sameFeature := x.Role == y.Role && x.File == y.File && x.Record == y.Record && x.ID == y.ID && x.Traits == y.Traits
	return sameFeature && a.Exists == b.Exists && a.Year == b.Year && a.Date == b.Date && a.Declared == b.Declared &&
		a.Surveyed == b.Surveyed && a.SurveyMethod == b.SurveyMethod && a.SurveyDate == b.SurveyDate &&
		a.Purpose == b.Purpose && a.SubProject == b.SubProject
}

// Every bad value is named, with its field, and reads as unknown.
func TestBadValues(t *testing.T) {
	for _, c := range []struct{ column, value, check string }{
		{"BGHDLBM", "0105", checkCodes}, {"BGHDLBM", "013", checkCodes}, {"BGHDLBM", "", checkFields},
		{"BGHDLBM:N", "201", checkCodes},
		{"NF", "25", checkFields}, {"NF", "二〇二五", checkFields}, {"YSRQ", "20250230", checkFields},
		{"MJ", "-1", checkFields}, {"MJ", "0.96公顷", checkFields}, {"SCMJ", "****", checkFields}, {"SCRQ", "yesterday", checkFields},
		{"SCFF", "GPS", checkCodes}, {"ZLDB", "16", checkCodes}, {"ZLDB", "0", checkCodes}, {"GDPDJB", "6", checkCodes},
		{"GDPDJB", "2.5", checkCodes}, {"KCXS", "1", checkFields}, {"KCXS", "12.5%", checkFields},
		{"TBXHDM", "HDG", checkCodes}, {"YT", "NMZ", checkCodes},
	} {
		columns, values := "BSM "+c.column, []string{"A", c.value}
		if !strings.HasPrefix(c.column, "BGHDLBM") {
			columns, values = columns+" BGHDLBM", append(values, "0103")
		}
		p := read(t, pack(nil, area(), tableOf("DLBG", columns, rowOf(square(0, 0, 100), values...))))
		name, _, _ := strings.Cut(c.column, ":")
		if len(p.Issues) != 1 {
			t.Errorf("%s=%q: flaws %+v", c.column, c.value, p.Issues)
			continue
		}
		f := p.Issues[0]
		if f.Check != c.check || f.Field != name || f.Record != 1 || f.ID != "A" || f.File != "plan/DLBG.shp" || f.Role != domain.LandUseChange {
			t.Errorf("%s=%q: flaw %+v", c.column, c.value, f)
		}
		if f.Message.ZH == "" || f.Message.EN == "" || f.Remedy.ZH == "" || f.Remedy.EN == "" {
			t.Errorf("%s=%q: message %+v %+v", c.column, c.value, f.Message, f.Remedy)
		}
		got := p.Changes[0]
		if got.Year != 0 || got.Date != "" || got.Declared.Known || got.Surveyed.Known || got.Traits.Slope != 0 || got.Traits.Grade != 0 || got.Traits.Ridge.Known {
			t.Errorf("%s=%q: read as %+v", c.column, c.value, got)
		}
		if _, known := domain.Lookup(got.Traits.Class); known && name == "BGHDLBM" {
			t.Errorf("%s=%q: read as class %s", c.column, c.value, got.Traits.Class)
		}
	}
}

// Desktop GIS write 0 for null into number columns of a Shapefile.
func TestZeroInNumberColumnIsNull(t *testing.T) {
	p := read(t, pack(nil, area(), tableOf("YJJBNTTC", "BSM NF:N ZLDB:N GDPDJB:N DCRQ:N MJ:N SCMJ:N",
		rowOf(square(0, 0, 100), "A", "0", "0", "0.0", "0", "0.00", "0.00"))))
	if len(p.Issues) != 0 {
		t.Errorf("flaws %+v", p.Issues)
	}
	if c := p.Changes[0]; c.Declared.Known || c.Surveyed.Known {
		t.Errorf("declared %v, surveyed %v: no land has 0 m²", c.Declared, c.Surveyed)
	}
}

func TestFreeTextPurpose(t *testing.T) {
	p := read(t, pack(nil, area(), tableOf("YJJBNTBH", "BSM YT", rowOf(square(0, 0, 100), "A", "补划永久基本农田"))))
	if len(p.Issues) != 0 || p.Changes[0].Purpose != "补划永久基本农田" {
		t.Errorf("purpose %q, flaws %+v", p.Changes[0].Purpose, p.Issues)
	}
}

func TestLayersOfTwoKinds(t *testing.T) {
	p := read(t, pack(nil, area(),
		tableOf("JBNTHRHC", "HRHCTBBH HRHCLXDM:N YSRQ DCRQ",
			rowOf(square(0, 0, 10), "I", "1", "20250101", "20240101"),
			rowOf(square(20, 0, 10), "O", "2.0", "20250101", "20240101"),
			rowOf(square(40, 0, 10), "K", "0", "", ""),
			rowOf(square(60, 0, 10), "X", "7", "", "")),
		tableOf("CZKFBJTZ", "BSM TZLX", rowOf(square(0, 0, 10), "a", "1"), rowOf(square(20, 0, 10), "b", "2"), rowOf(square(40, 0, 10), "c", "")),
		tableOf("STBHHXTZ", "BSM TZLX", rowOf(square(0, 0, 10), "d", "2")),
	))
	var got []string
	for _, c := range p.Changes {
		got = append(got, string(c.Role)+" "+c.ID+" "+c.Date)
	}
	want := []string{"pbf_out O 20240101", "pbf_in I 20250101", "urban_boundary_added a ", "urban_boundary_removed b ", "red_line_removed d "}
	if !slices.Equal(got, want) {
		t.Errorf("changes %q", got)
	}
	bad := issues(p, checkCodes)
	if len(bad) != 2 || bad[0].ID != "c" || bad[0].Field != "TZLX" || bad[1].ID != "X" || bad[1].Field != "HRHCLXDM" {
		t.Errorf("flaws %+v", bad)
	}
	if len(p.Layers) != 4 || p.Layers[0].Role != domain.ProjectArea || p.Layers[1].Role != domain.PBFChange || p.Layers[1].Features != 4 {
		t.Errorf("layers %+v", p.Layers)
	}
}

func TestIDs(t *testing.T) {
	p := read(t, pack(nil, area(),
		tableOf("YJJBNTTC", "BSM TBBH", rowOf(square(0, 0, 10), "A", "t"), rowOf(square(20, 0, 10), "", "t2"),
			rowOf(square(40, 0, 10), "", ""), rowOf(square(60, 0, 10), "A", "")),
		tableOf("TCTB", "BSM", rowOf(square(80, 0, 10), "A")), // joined, and first by name
	))
	var got []string
	for _, c := range p.Changes {
		got = append(got, c.ID)
	}
	if !slices.Equal(got, []string{"A", "A@YJJBNTTC", "t2", "3", "A@YJJBNTTC#4"}) {
		t.Errorf("ids %q", got)
	}
	dup := issues(p, checkUniqueID)
	if len(dup) != 1 || dup[0].Record != 4 || dup[0].Field != "BSM" || !strings.Contains(dup[0].Message.EN, "record 1") {
		t.Errorf("flaws %+v", dup)
	}
}

func TestGeometryIssues(t *testing.T) {
	x, y := 37540000.0, 4562900.0
	bowtie := orb.MultiPolygon{{{{x, y}, {x + 100, y + 100}, {x + 100, y}, {x, y + 100}, {x, y}}}}
	line := orb.MultiPolygon{{{{x, y}, {x + 100, y}, {x + 50, y}, {x, y}}}}
	p := read(t, pack(nil, area(), tableOf("YJJBNTTC", "BSM",
		rowOf(bowtie, "bow"), rowOf(nil, "null"), rowOf(line, "line"), rowOf(square(0, 0, 10), "good"))))
	found := issues(p, checkGeometry)
	if len(found) != 3 || len(p.Issues) != 3 {
		t.Fatalf("flaws %+v", p.Issues)
	}
	if found[0].ID != "bow" || found[0].Place == nil || *found[0].Place != (orb.Point{x + 50, y + 50}) {
		t.Errorf("bow-tie %+v at %v", found[0], found[0].Place)
	}
	var got []string
	for _, c := range p.Changes {
		got = append(got, c.ID)
	}
	if !slices.Equal(got, []string{"bow", "good"}) {
		t.Errorf("changes %q", got)
	}
	if _, bad := geo.NewKernel().Validate(p.Changes[0].Geometry); bad {
		t.Error("the bow-tie is not repaired")
	}
}

func noticed(p *Plan, file, words string) bool {
	return slices.ContainsFunc(p.Notices, func(n geo.Notice) bool {
		return n.File == file && strings.Contains(n.Message.EN, words)
	})
}

func TestSystems(t *testing.T) {
	noPrj := area()
	noPrj.CRS = geo.CRS{}
	out := tableOf("YJJBNTTC", "BSM", rowOf(square(0, 0, 10), "A"))
	p := read(t, pack(nil, noPrj, out))
	if f := issues(p, checkCRS); len(f) != 0 || p.CRS != zone37 || !noticed(p, "plan/ZZQY.shp", "no .prj") {
		t.Errorf("guessed: %+v, %v, %+v", f, p.CRS, p.Notices)
	}

	degrees := tableOf("YJJBNTTC", "BSM", rowOf(orb.MultiPolygon{{{{111.48, 41.2}, {111.481, 41.2}, {111.481, 41.201}, {111.48, 41.201}, {111.48, 41.2}}}}, "A"))
	degrees.CRS = geo.CRS{Kind: geo.Geographic}
	p = read(t, pack(nil, area(), degrees))
	if f := issues(p, checkCRS); len(f) != 0 || !noticed(p, "plan/YJJBNTTC.shp", "converted") {
		t.Errorf("degrees beside metres: %+v, %+v", f, p.Notices)
	}
	// 0.48° east of the meridian at 41.2°N is 0.48·111320·cos 41.2° ≈ 40.2 km.
	if at := p.Changes[0].Geometry[0][0][0]; at[0] < 37540100 || at[0] > 37540400 || at[1] < 4562000 || at[1] > 4564000 {
		t.Errorf("reprojected to %v", at)
	}

	zone38 := tableOf("YJJBNTTC", "BSM", rowOf(orb.MultiPolygon{{{{38289000, 4566000}, {38289100, 4566000}, {38289100, 4566100}, {38289000, 4566000}}}}, "A"))
	zone38.CRS = geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 114, FalseEasting: 38500000}
	if f := issues(read(t, pack(nil, area(), zone38)), checkCRS); len(f) != 1 || f[0].File != "plan/YJJBNTTC.shp" {
		t.Errorf("two zones in one plan: %+v", f)
	}

	six := func() *geo.Table {
		return &geo.Table{Name: "ZZQY", Fields: out.Fields, Rows: []geo.Feature{{Record: 1, Values: []string{"P"},
			Geometry: orb.MultiPolygon{{{{540000, 4562900}, {541000, 4562900}, {541000, 4563900}, {540000, 4562900}}}}}}}
	}
	refused(t, pack(nil, six(), out), Options{}, "plan/ZZQY.shp", "six digits", "Say the coordinate system")
	p, err := readPlan(context.Background(), pack(nil, six(), out), Options{CRS: geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 500000}})
	if err != nil || p.CRS.FalseEasting != 500000 || p.Changes[0].Geometry[0][0][0] != (orb.Point{540000, 4562900}) {
		t.Errorf("given: %v %+v", err, p)
	}
	if _, err := readPlan(context.Background(), pack(map[string]string{"plan.yaml": "crs: 4546"}, six(), out), Options{}); err != nil {
		t.Errorf("crs of the manifest: %v", err)
	}

	wrong := area()
	wrong.CRS = geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 114, FalseEasting: 38500000}
	refused(t, pack(nil, wrong, out), Options{}, "plan/ZZQY.shp", "do not fit", "EPSG:4526")
}

func TestPackagesThatCannotBeJudged(t *testing.T) {
	out := tableOf("YJJBNTTC", "BSM", rowOf(square(0, 0, 10), "A"))
	refused(t, pack(nil, out), Options{}, "project area", "ZZQY", "plan/YJJBNTTC.shp")
	refused(t, pack(nil, area()), Options{}, "no layer of changes", "pbf_out (YJJBNTTC")
	refused(t, pack(nil, tableOf("ZZQY", "BSM", rowOf(nil, "x")), out), Options{}, "no usable shape")
	refused(t, pack(nil, area(), tableOf("DLBG", "BSM DLBM", rowOf(square(0, 0, 10), "A", "0103"))), Options{},
		"plan/DLBG.shp", "BGHDLBM", "BSM, DLBM", "fields: {class: COLUMN}")
	refused(t, pack(nil, area(), tableOf("JBNTHRHC", "BSM", rowOf(square(0, 0, 10), "A"))), Options{}, "HRHCLXDM")
	refused(t, pack(nil, area(), out), Options{Stage: "anual"}, "Did you mean \"annual\"")
	refused(t, pack(map[string]string{"方案/plan.yaml": "", "readme.txt": ""}, area(), out), Options{}, "方案/plan.yaml", "not at the top", "one plan")
	refused(t, pack(map[string]string{"plan.yaml": "", "plan.yml": ""}, area(), out), Options{}, "plan.yaml", "plan.yml as well")
	refused(t, pack(map[string]string{"plan.yaml": "layers: {pbf_out: {file: x.shp}}"}, area(), out), Options{}, "line 1", `"x.shp"`, "plan/YJJBNTTC.shp")
	refused(t, pack(map[string]string{"plan.yaml": "layers: {pbf_out: {fields: {year: NIAN}}}"}, area(), out), Options{}, "line 1", `"NIAN"`, "Its fields are BSM")
}

// A layer of changes without features changes nothing, and is said.
func TestEmptyLayerIsSaid(t *testing.T) {
	p := read(t, pack(nil, area(), tableOf("YJJBNTTC", "BSM"), tableOf("DLBG", "BSM BGHDLBM", rowOf(square(0, 0, 10), "A", "0102"))))
	if len(p.Notices) != 1 || p.Notices[0].File != "plan/YJJBNTTC.shp" || p.Notices[0].Severity != geo.Warning {
		t.Errorf("notices %+v", p.Notices)
	}
}

func TestManifestRulesLayers(t *testing.T) {
	files := map[string]string{
		"plan.yaml": "project: {name: 示例, county: 150123, stage: acceptance}\n" +
			"layers: {pbf_out: {file: 调出地块.shp, fields: {id: DKBH, year: NIANFEN}}, land_use_change: {fields: {class: HOU}}}\n" +
			"justifications: [{rule: pbf-urban-kept, reason: x, document: docs/a.pdf}, {rule: pbf-township-cap, reason: y, document: docs/gone.pdf}, {rule: pbf-location, reason: z, document: docs/empty.pdf}]\n" +
			"documents: [{kind: opinon, from: 水利, file: docs/a.pdf}, {kind: opinion, from: 林草, file: docs/b.pdf}]\n",
		"docs/a.pdf": "%PDF", "docs/empty.pdf": "",
	}
	p := read(t, pack(files, area(),
		tableOf("调出地块", "DKBH NIANFEN NF", rowOf(square(0, 0, 10), "D1", "2026", "2020")),
		tableOf("YJJBNTTC", "BSM", rowOf(square(0, 0, 10), "A")),
		tableOf("DLBG", "BSM HOU", rowOf(square(0, 0, 10), "B", "0103")),
		tableOf("DLTB", "BSM"), tableOf("YJJBNTBHH", "BSM"),
	))
	if len(p.Changes) != 2 || p.Changes[0].ID != "D1" || p.Changes[0].Year != 2026 || p.Changes[1].Traits.Class != "0103" {
		t.Errorf("changes %+v", p.Changes)
	}
	if p.Name != "示例" || p.County != "150123" || p.Stage != domain.Acceptance {
		t.Errorf("plan %q %q %q", p.Name, p.County, p.Stage)
	}
	if !p.Justifications[0].Present || p.Justifications[1].Present || p.Justifications[2].Present || !p.Documents[0].Present || p.Documents[1].Present {
		t.Errorf("present: %+v %+v", p.Justifications, p.Documents)
	}
	var text strings.Builder
	for _, n := range p.Notices {
		text.WriteString(n.File + ": " + n.Message.EN + "\n")
	}
	for _, u := range p.Unread {
		text.WriteString(u.File + ": " + u.Why.EN + "\n")
	}
	for _, part := range []string{
		"YJJBNTTC.shp: plan.yaml names another file for pbf_out, and this layer is not read",
		"DLTB.shp: layer DLTB is a base layer and is not read",
		"YJJBNTBHH.shp: layer name YJJBNTBHH is not known, so the layer is not read; is it YJJBNTBH?",
		`line 3: the file "docs/gone.pdf" is not in the package`, `line 3: the file "docs/empty.pdf" is empty`, `line 4: the file "docs/b.pdf"`,
		`kind "opinon"; is it opinion (`,
	} {
		if !strings.Contains(text.String(), part) {
			t.Errorf("no notice %q in\n%s", part, text.String())
		}
	}
	p, err := readPlan(context.Background(), pack(files, area(),
		tableOf("调出地块", "DKBH NIANFEN", rowOf(square(0, 0, 10), "D1", "2026")), tableOf("DLBG", "BSM HOU", rowOf(square(0, 0, 10), "B", "0103"))), Options{Stage: domain.Annual})
	if err != nil || p.Stage != domain.Annual {
		t.Errorf("stage of the command line: %v, %v", p, err)
	}
}

// The order in which layers and records come changes nothing but record numbers.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "features")
		rows := make([]geo.Feature, n)
		for i := range rows {
			id := string(rune('a' + i))
			class := rapid.SampledFrom([]string{"0103", "0105", ""}).Draw(t, "class")
			rows[i] = geo.Feature{Record: i + 1, Geometry: square(float64(20*i), 0, 10), Values: []string{id, class}}
		}
		tables := []*geo.Table{area(), tableOf("DLBG", "BSM BGHDLBM", slices.Clone(rows)...),
			tableOf("YJJBNTTC", "BSM BGHDLBM", slices.Clone(rows)...), tableOf("TCTB", "BSM BGHDLBM", slices.Clone(rows)...)}
		want := outline(t, pack(nil, tables...))
		shuffled := rapid.Permutation(tables).Draw(t, "layers")
		if got := outline(t, pack(nil, shuffled...)); !slices.Equal(got, want) {
			t.Fatalf("\n got %q\nwant %q", got, want)
		}
		mixed := rapid.Permutation(rows).Draw(t, "records") // record numbers stay with their features
		tables[1] = tableOf("DLBG", "BSM BGHDLBM", mixed...)
		if got := outline(t, pack(nil, tables...)); !slices.Equal(got, want) {
			t.Fatalf("\n got %q\nwant %q", got, want)
		}
	})
}

func outline(t *rapid.T, c contents) []string {
	p, err := readPlan(context.Background(), c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, ch := range p.Changes {
		out = append(out, string(ch.Role)+ch.File+ch.ID+ch.Traits.Class)
	}
	for _, f := range p.Issues {
		out = append(out, f.Check+f.File+f.ID+f.Field+f.Message.EN)
	}
	for _, l := range p.Layers {
		out = append(out, l.File)
	}
	return out
}
