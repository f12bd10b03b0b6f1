package postgres

import (
	"os"
	"path/filepath"
	"testing"
)

// TestSameReportOfGeodatabase: a county that was loaded from a file geodatabase
// gives the report of the geodatabase itself, to the byte.
func TestSameReportOfGeodatabase(t *testing.T) {
	t.Parallel()
	county := "../../../../shared/data/filegdb/sample-base.gdb.zip"
	if _, err := os.Stat(county); err != nil {
		t.Skip("the third-party files are absent: ", county)
	}
	s, made := sampled(t)
	dir := t.TempDir()
	if err := made.WritePlans(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	load(t, s.db, "150123", county)
	for _, name := range []string{"01-compliant.zip", "05-red-line-occupied.zip", "11-bad-data.zip"} {
		same(t, s, "150123", filepath.Join(dir, name), county)
	}
}
