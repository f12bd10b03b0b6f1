package geopackage

import "testing"

func TestFileURI(t *testing.T) {
	for path, want := range map[string]string{
		"/data/a b?.gpkg":       "file:///data/a%20b%3F.gpkg",
		"C:/方案/a#1.gpkg":        "file:///C:/%E6%96%B9%E6%A1%88/a%231.gpkg",
		"//server/share/a.gpkg": "file:////server/share/a.gpkg",
	} {
		if got := fileURI(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
