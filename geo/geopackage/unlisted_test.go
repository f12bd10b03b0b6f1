package geopackage

import (
	"strings"
	"testing"

	"landcheck/geo"
)

// TestUnlisted: a table of shapes that the catalogue does not list, or lists as
// something else, is told; tables without shapes are not.
func TestUnlisted(t *testing.T) {
	for name, c := range map[string]struct {
		change []string
		table  string // that is told with a warning, "" for none
	}{
		"as it is":          {nil, ""},
		"a list":            {[]string{"CREATE TABLE notes (id INTEGER, text TEXT)", "INSERT INTO notes VALUES (1, 'GP')"}, ""},
		"a picture":         {[]string{"CREATE TABLE photo (id INTEGER, data BLOB)", "INSERT INTO photo VALUES (1, X'FFD8')"}, ""},
		"a copy":            {[]string{"CREATE TABLE DLTB_copy AS SELECT * FROM DLTB"}, "DLTB_copy"},
		"listed otherwise":  {[]string{"CREATE TABLE DLTB_2 AS SELECT * FROM DLTB", "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('DLTB_2', 'attributes', 'b')"}, "DLTB_2"},
		"listed as nothing": {[]string{"CREATE TABLE DLTB_3 AS SELECT * FROM DLTB", "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('DLTB_3', 'features', 'c')"}, "DLTB_3"},
	} {
		path := write(t, grid("DLTB", 3))
		alter(t, path, c.change...)
		layers, skipped, err := Open(t.Context(), path, "x.gpkg")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, l := range layers {
			l.Close()
		}
		told := ""
		for _, n := range skipped {
			if n.Severity == geo.Warning {
				told += strings.TrimPrefix(n.File, "x.gpkg!")
			}
		}
		if told != c.table {
			t.Errorf("%s: told of %q, want %q", name, told, c.table)
		}
	}
}
