package filegdb

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/geo"
)

// TestUnlisted: a table of polygons that lost its place among the items is told
// as one that is not read, by a warning.
func TestUnlisted(t *testing.T) {
	in := unpacked(t, "made/deleted.gdb.zip")
	layers, skipped, err := Open(t.Context(), in)
	if err != nil || len(layers) != 1 {
		t.Fatal(layers, err)
	}
	layers[0].Close()
	for _, n := range skipped {
		if n.Severity != geo.Info {
			t.Errorf("%+v", n)
		}
	}
	items, err := os.ReadFile(in.Files["a00000004.gdbtable"])
	if err != nil {
		t.Fatal(err)
	}
	class := []byte{0x09, 0x78, 0x73, 0x70, 0x2c, 0x85, 0x03, 0x4a, 0x9e, 0x22} // of a feature class, as it is stored
	if !bytes.Contains(items, class) {
		t.Fatal("no item is a feature class")
	}
	changed := filepath.Join(t.TempDir(), "a00000004.gdbtable")
	if err := os.WriteFile(changed, bytes.ReplaceAll(items, class, bytes.Repeat([]byte{1}, len(class))), 0o600); err != nil {
		t.Fatal(err)
	}
	files := maps.Clone(in.Files)
	files["a00000004.gdbtable"] = changed
	layers, skipped, err = Open(t.Context(), Folder{Shown: "x.gdb", Files: files})
	if err != nil || len(layers) != 0 {
		t.Fatal(layers, err)
	}
	told := 0
	for _, n := range skipped {
		if n.Severity == geo.Warning && n.File == "x.gdb!图斑" && strings.Contains(n.Message.EN, "not registered") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("%+v", skipped)
	}
}
