package postgres

import (
	"os"
	"path/filepath"
	"testing"

	"landcheck/rules/sample"
)

// TestSameReportOfGeodatabase: a county that was loaded from a file geodatabase
// gives the report of the geodatabase itself, to the byte.
func TestSameReportOfGeodatabase(t *testing.T) {
	t.Parallel()
	county := "../../../../shared/data/filegdb/sample-base.gdb.zip"
	if _, err := os.Stat(county); err != nil {
		t.Skip("the third-party files are absent: ", county)
	}
	db, _ := migrated(t)
	s, err := Open(t.Context(), db, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	dir := t.TempDir()
	made, err := sample.New(sample.Options{})
	if err == nil {
		err = made.WritePlans(t.Context(), dir)
	}
	if err != nil {
		t.Fatal(err)
	}
	load(t, db, "150123", county)
	for _, name := range []string{"01-compliant.zip", "05-red-line-occupied.zip", "11-bad-data.zip"} {
		same(t, s, "150123", filepath.Join(dir, name), county)
	}
}
