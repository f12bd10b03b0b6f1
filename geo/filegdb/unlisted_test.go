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

// TestUnlisted: a table of polygons that is no layer by the catalogue is told as
// one that is not read, by a warning: it lost its place among the items, or is
// there as a table without shapes, or the catalogue is older than the file.
func TestUnlisted(t *testing.T) {
	in := unpacked(t, "made/deleted.gdb.zip")
	if told, layers := warnings(t, in); len(told) != 0 || layers != 1 {
		t.Fatal(told, layers)
	}
	items, err := os.ReadFile(in.Files["a00000004.gdbtable"])
	if err != nil {
		t.Fatal(err)
	}
	class := []byte("\x09\x78\x73\x70\x2c\x85\x03\x4a\x9e\x22\x2c\xec\xea\x5b\x9b\xfa") // of a feature class, as it is stored
	if !bytes.Contains(items, class) {
		t.Fatal("no item is a feature class")
	}
	as := func(kind []byte) map[string]string {
		changed := filepath.Join(t.TempDir(), "a00000004.gdbtable")
		if err := os.WriteFile(changed, bytes.ReplaceAll(items, class, kind), 0o600); err != nil {
			t.Fatal(err)
		}
		return map[string]string{"a00000004.gdbtable": changed}
	}
	for name, c := range map[string]struct {
		files  map[string]string
		layers int
		want   string
	}{
		"of no known kind":     {as(bytes.Repeat([]byte{1}, len(class))), 0, "!图斑"},
		"as a plain table":     {as([]byte("\x3b\xbc\x06\xcd\x9d\x78\x51\x4c\xaa\xfa\xa4\x67\x91\x2b\x89\x65")), 0, "!图斑"},
		"not in the catalogue": {map[string]string{"a0000001f.gdbtable": in.Files["a00000009.gdbtable"], "a0000001f.gdbtablx": in.Files["a00000009.gdbtablx"]}, 1, "!a0000001f.gdbtable"},
	} {
		files := maps.Clone(in.Files)
		maps.Copy(files, c.files)
		told, layers := warnings(t, Folder{Shown: "x.gdb", Files: files})
		if layers != c.layers || len(told) != 1 || told[0].File != "x.gdb"+c.want || !strings.Contains(told[0].Message.EN, "not registered") {
			t.Errorf("%s: %d layers, %+v, want %s", name, layers, told, c.want)
		}
	}
}

// warnings are those about a geodatabase, with the number of its layers.
func warnings(t *testing.T, in Folder) (told []geo.Notice, layers int) {
	all, skipped, err := Open(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		l.Close()
	}
	for _, n := range skipped {
		if n.Severity == geo.Warning {
			told = append(told, n)
		}
	}
	return told, len(all)
}

// TestDistinct: two layers of one name are refused, whatever of that name lies
// between them.
func TestDistinct(t *testing.T) {
	other := geo.Text{ZH: "是 Topology", EN: "a Topology"}
	for want, list := range map[bool][]entry{
		true:  {{name: "DLTB"}, {name: "DLTB", other: other}, {name: "dltb"}},
		false: {{name: "DLTB", other: other}, {name: "DLTB"}, {name: "DLTb", other: other}, {name: "XZQ"}},
	} {
		if err := distinct(list); (err != nil) != want {
			t.Errorf("%v: %v", list, err)
		}
	}
}
