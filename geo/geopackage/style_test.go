package geopackage

import (
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/geo/symbol"
)

// styled is a table with aliases, a title and two styles.
func styled(name, title string) *geo.Table {
	t := grid(name, 2)
	t.Title = title
	t.Fields[0].Alias, t.Fields[1].Alias, t.Fields[2].Alias = "标识码", "面积", "面积"
	t.Styles = []symbol.Style{symbol.Single("usual", symbol.Symbol{Line: symbol.Solid(0xff0000), Width: 1}),
		symbol.Single("other", symbol.Symbol{Line: symbol.Solid(0x0000ff), Width: 1})}
	return t
}

func TestStylesAndAliases(t *testing.T) {
	path := write(t, styled("DLTB", "地类图斑"), styled("B", "地类图斑"), styled("C", "DLTB"), grid("plain", 1))
	ask := func(sql string) string { return strings.TrimSpace(ogr(t, "sqlite3", path, sql)) }
	for sql, want := range map[string]string{
		// A title that two tables have, or that is another's name, is the first's alone.
		"SELECT group_concat(table_name || '=' || identifier, ' ') FROM gpkg_contents":                                                                                 "DLTB=地类图斑 B=B C=C plain=plain layer_styles=layer_styles",
		"SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'":                                                                                        "attributes",
		"SELECT group_concat(f_table_name || ' ' || styleName || ' ' || useAsDefault, ';') FROM layer_styles WHERE f_geometry_column = 'geom' AND f_table_schema = ''": "DLTB usual 1;DLTB other 0;B usual 1;B other 0;C usual 1;C other 0",
		// The name of a column is its alias too, but for one that another has.
		"SELECT group_concat(column_name || ' ' || coalesce(name, '-') || ' ' || title, ';') FROM (SELECT * FROM gpkg_data_columns WHERE table_name = 'DLTB' ORDER BY rowid)": "BSM 标识码 标识码;TBMJ 面积 面积;NF - 面积",
		"SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_schema'":                                                                                           "2",
		"PRAGMA integrity_check":   "ok",
		"PRAGMA foreign_key_check": "",
	} {
		if got := ask(sql); got != want {
			t.Errorf("%s: %s, want %s", sql, got, want)
		}
	}
	if got := ask("SELECT styleQML FROM layer_styles WHERE id = 1"); !strings.Contains(got, `field="NF" name="面积"`) || !strings.Contains(got, "255,0,0,255") {
		t.Errorf("the style says %s", got)
	}
	layers, notices, err := Open(t.Context(), path, "x.gpkg")
	if err != nil || len(layers) != 4 {
		t.Fatalf("%d layers, %v", len(layers), err)
	}
	for _, l := range layers {
		l.Close()
	}
	for _, n := range notices {
		if n.Severity != geo.Info {
			t.Errorf("the table of styles is %v", n.Message)
		}
	}
	if out := ogr(t, "ogrinfo", "-al", "-so", path); strings.Contains(out, "ERROR") || strings.Contains(out, "Warning") || !strings.Contains(out, "IDENTIFIER=地类图斑") {
		t.Errorf("ogrinfo: %s", out)
	}
}

// A table of the name would be taken for styles.
func TestNameOfStyles(t *testing.T) {
	if err := Write(t.Context(), t.TempDir()+"/x.gpkg", []*geo.Table{grid("Layer_Styles", 1)}); err == nil {
		t.Error("a layer named layer_styles is written")
	}
}

func TestNoStyles(t *testing.T) {
	path := write(t, grid("plain", 1))
	if out := ogr(t, "sqlite3", path, "SELECT count(*) FROM sqlite_master WHERE name IN ('layer_styles', 'gpkg_data_columns')"); strings.TrimSpace(out) != "0" {
		t.Errorf("a table without styles and aliases makes %s tables for them", out)
	}
}
