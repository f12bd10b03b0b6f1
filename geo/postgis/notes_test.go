package postgis

import (
	"maps"
	"testing"

	"landcheck/geo"
)

// TestNotes: what a load says of a layer its readers are told, until another
// load; of layers that nothing was said of they are told nothing.
func TestNotes(t *testing.T) {
	db := fresh(t)
	noted := source("pbf", parcels(30, "a"))
	noted.Notes = map[string]string{"sum": `{"150123101":"12,5"}`, "other": ""}
	version := loadInto(t, db, noted, source("land_use", parcels(30, "b")))
	told := func(version int, role string) map[string]string {
		t.Helper()
		n, ok := layers(t, db, version)[role].(geo.MetadataReader)
		if !ok {
			t.Fatal("a layer of a database cannot be asked")
		}
		got := map[string]string{}
		for _, key := range []string{"sum", "other", "none"} {
			if text, ok := n.Metadata(key); ok {
				got[key] = text
			}
		}
		return got
	}
	if got := told(version, "pbf"); !maps.Equal(got, noted.Notes) {
		t.Errorf("told %v, want %v", got, noted.Notes)
	}
	if got := told(version, "land_use"); len(got) > 0 {
		t.Errorf("told %v of a layer without notes", got)
	}
	if got := told(loadInto(t, db, source("pbf", parcels(31, "c"))), "pbf"); len(got) > 0 {
		t.Errorf("told %v of the layer before", got)
	}
}
