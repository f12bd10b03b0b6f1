package plan

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// damaged is a layer of which only the names can be read.
type damaged struct {
	geo.Layer
	alias string
	why   *geo.InputError
}

func (d damaged) Alias() string           { return d.alias }
func (d damaged) Damage() *geo.InputError { return d.why }
func (d damaged) CRS() (geo.CRS, error)   { return geo.CRS{}, d.why }
func (d damaged) Len() int                { return 0 }
func (d damaged) Bound() orb.Bound        { return geo.Bound(nil) }

func damagedOf(name, alias, file string) geo.Layer {
	return damaged{geo.NewMemory(&geo.Table{Name: name}, file+"!"+name, "", nil), alias,
		&geo.InputError{File: file + "!" + name, Record: 4, Message: geo.Text{ZH: "坏了", EN: "it is broken"}, Advice: geo.Text{ZH: "重导", EN: "Export it again"}}}
}

// TestDamagedLayerOfBase: in base data only a layer with a role, by name, alias
// or base.yaml, refuses; one whose name is near a role's leaves the role unsure.
func TestDamagedLayerOfBase(t *testing.T) {
	for _, c := range []struct {
		name, alias, manifest string
		refused, unsure       bool
	}{
		{"现状道路", "", "", false, false}, {"DLTB", "", "", true, false}, {"fc1", "地类图斑", "", true, false}, {"DLTB_1", "", "", true, false},
		{"DLTB_old", "", "", false, true}, {"图斑", "", "layers: {land_use: {file: 图斑}}", true, false}, {"DLTB_old", "", "ignore: [DLTB_old]", false, false},
	} {
		all := foundLayers{manifest: emptyManifest()}
		if c.manifest != "" {
			m, err := readBaseManifest("base.yaml", []byte(c.manifest))
			if err != nil {
				t.Fatal(err)
			}
			all.manifest = m
		}
		if err := all.find([]geo.Layer{damagedOf(c.name, c.alias, "x.gdb")}); err != nil {
			t.Fatal(err)
		}
		err := newBase("files", all.layers, &all, BaseOptions{}).inputError()
		if f, ok := geo.AsInputError(err); ok != c.refused || ok && f.Record != 4 {
			t.Errorf("%+v: %v", c, err)
		}
		if unsure := len(all.unsure[domain.LandUse]) == 1; unsure != c.unsure {
			t.Errorf("%+v: unsure %v", c, all.unsure)
		}
		if told := len(all.notices) == 1 && strings.Contains(all.notices[0].Message.EN, "record 4: it is broken. Export it again"); told != (!c.refused && c.manifest == "") {
			t.Errorf("%+v: %+v", c, all.notices)
		}
	}
}

// TestDamagedLayerOfPlan: in a plan it is unread; one with a role refuses, and so
// does any where something that the plan has to hold is missing.
func TestDamagedLayerOfPlan(t *testing.T) {
	change := tableOf("DLBG", "BSM BGHDLBM", rowOf(square(0, 0, 100), "A", "0103"))
	for _, c := range []struct {
		name, alias, manifest string
		tables                []*geo.Table
		want                  string
	}{
		{"现状道路", "", "", []*geo.Table{area(), change}, "unread"},
		{"现状道路", "", "ignore: [现状道路]", []*geo.Table{area(), change}, ""},
		{"YJJBNTTC", "", "", []*geo.Table{area(), change}, "refused"},
		{"fc1", "补划", "", []*geo.Table{area(), change}, "refused"},
		{"fc1", "", "layers: {pbf_in: {file: fc1}}", []*geo.Table{area(), change}, "refused"},
		{"现状道路", "", "", []*geo.Table{area()}, "refused"},
		{"现状道路", "", "", []*geo.Table{change}, "refused"},
		{"现状道路", "", "ignore: [现状道路]", []*geo.Table{area()}, "no layer of changes"},
	} {
		files := map[string]string{}
		if c.manifest != "" {
			files["plan.yaml"] = c.manifest
		}
		in := pack(files, c.tables...)
		in.files = append(in.files, "x.gdb/a00000001.gdbtable")
		in.layers = append(in.layers, damagedOf(c.name, c.alias, in.entry("x.gdb")))
		p, err := readPlan(context.Background(), in, Options{})
		got := ""
		f, ok := geo.AsInputError(err)
		switch {
		case ok && f.Record == 4:
			got = "refused"
		case ok:
			got = f.Message.EN
		case err != nil:
			t.Fatal(err)
		case len(p.Unread) == 1 && p.Unread[0].File == "x.gdb!"+c.name && strings.Contains(p.Unread[0].Why.EN, "record 4: it is broken. Export it again; if it is not part"):
			got = "unread"
		}
		if !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%+v: %q, want %q: %v", c, got, c.want, err)
		}
	}
}

// TestOnlyDamagedLayers: base data of which no layer can be read is refused by
// the layer, not by its missing names.
func TestOnlyDamagedLayers(t *testing.T) {
	found, err := filepath.Glob("../../../shared/data/filegdb/broken/compressed-cdf.gdb.zip")
	if err != nil || len(found) == 0 {
		t.Skip("the third-party files are absent")
	}
	for _, open := range []func() error{
		func() error { _, err := OpenBase(t.Context(), found, BaseOptions{}); return err },
		func() error { _, err := Open(t.Context(), found[0], Options{}); return err },
	} {
		err := open()
		if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Text().EN, "图斑") || !strings.Contains(f.Text().EN, "Uncompress") {
			t.Error(err)
		}
	}
}
