package catalog

import (
	"archive/zip"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
)

// geodatabaseFiles are the files of a third-party geodatabase.
func geodatabaseFiles(t testing.TB, name string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(need(t, "filegdb", name))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	files := map[string]string{}
	err = fs.WalkDir(z, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(z, name)
		files[path.Base(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func folderOf(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestGeodatabase: a geodatabase is read wherever it lies, by itself, zipped in
// whatever wrapping, beside other files, and is one item with all its files.
func TestGeodatabase(t *testing.T) {
	tables := geodatabaseFiles(t, "made/offset4.gdb.zip")
	dir := t.TempDir()
	folderOf(t, filepath.Join(dir, "county.gdb"), tables)
	folderOf(t, filepath.Join(dir, "base", "底图.GDB"), tables)
	folderOf(t, filepath.Join(dir, "base"), map[string]string{"说明.txt": "x", "plan.yaml": "format: 1\n"})
	folderOf(t, filepath.Join(dir, "旧 数据"), tables)
	folderOf(t, filepath.Join(dir, "旧 数据"), map[string]string{"plan.yaml": "format: 1\n"})
	digests := map[string]string{}
	for _, c := range []struct{ at, file, item, beside string }{
		{filepath.Join(dir, "county.gdb"), "county.gdb!DLTB", "county.gdb", ""},
		{zipOf(t, filepath.Join(dir, "county.gdb"), "county.gdb/"), "plan.zip!county.gdb!DLTB", "county.gdb", ""},
		{zipOf(t, filepath.Join(dir, "county.gdb"), "a/b/"), "plan.zip!b!DLTB", "b", ""},
		{zipOf(t, filepath.Join(dir, "county.gdb"), ""), "plan.zip!DLTB", "plan.gdb", ""},
		{filepath.Join(dir, "base"), "base/底图.GDB!DLTB", "底图.GDB", "plan.yaml 说明.txt"},
		{zipOf(t, filepath.Join(dir, "base"), "x/"), "plan.zip!底图.GDB!DLTB", "底图.GDB", "plan.yaml 说明.txt"},
		{filepath.Join(dir, "旧 数据"), "旧 数据!DLTB", "旧 数据.gdb", "plan.yaml"},
	} {
		o := opened(t, c.at)
		if files := layerFiles(o); !slices.Contains(files, c.file) || len(files) != 2 {
			t.Errorf("%s: layers %v, want %s", c.at, files, c.file)
		}
		var beside []string
		found := false
		for _, i := range o.Items() {
			if i.Name == c.item {
				found = i.Usage == Read && i.Size > 100_000
				continue
			}
			beside = append(beside, i.Name)
		}
		if !found || strings.Join(beside, " ") != c.beside {
			t.Errorf("%s: items %v", c.at, o.Items())
		}
		if c.item == "county.gdb" {
			digests[digest(t, o)] = c.at
		}
	}
	if len(digests) != 1 {
		t.Errorf("the folder and the zip of it have different digests: %v", digests)
	}
}

// What of a geodatabase is no layer of polygons is told, each by itself; a lock
// is told and leaves nothing out.
func TestGeodatabaseItems(t *testing.T) {
	tables := geodatabaseFiles(t, "gdal/testopenfilegdb.gdb.zip")
	tables["_gdb.HOST.1.2.sw.lock"] = ""
	dir := filepath.Join(t.TempDir(), "x")
	folderOf(t, filepath.Join(dir, "x.gdb"), tables)
	c := opened(t, dir)
	usages := map[string]Usage{}
	for _, i := range c.Items() {
		usages[i.Name] = i.Usage
	}
	for name, want := range map[string]Usage{"x.gdb": Read, "x.gdb!point": NoShapes, "x.gdb!multilinestring": NoShapes, "x.gdb!none": NoShapes, "x.gdb!multipatch": NoShapes} {
		if usage, ok := usages[name]; !ok || usage != want {
			t.Errorf("%s is %d (listed: %v), want %d", name, usage, ok, want)
		}
	}
	locks := 0
	for _, n := range c.Notices {
		if strings.Contains(n.Message.EN, "lock of an edit session") && n.File == "x/x.gdb" {
			locks++
		}
	}
	for _, n := range c.Skipped {
		if strings.Contains(n.Message.EN, "lock") {
			t.Error("a lock leaves something out")
		}
	}
	if locks != 1 {
		t.Errorf("%d locks told", locks)
	}
}

// A layer of a geodatabase that cannot be read is listed, and refuses by name
// whatever needs it; the others are read.
func TestBrokenGeodatabase(t *testing.T) {
	for name, want := range map[string]string{
		"compressed-cdf.gdb.zip": "Uncompress", "layer-table-missing.gdb.zip": "!图斑", "two-slots-one-row.gdb.zip": "4 and 6", "tablx-missing.gdb.zip": "gdbtablx is missing",
	} {
		c := opened(t, need(t, "filegdb", "broken", name))
		if len(c.Layers) != 1 {
			t.Fatalf("%s: %v", name, layerFiles(c))
		}
		_, damage := c.Layers[0].CRS()
		f, ok := geo.AsInputError(damage)
		if !ok || f != geo.Damage(c.Layers[0]) || !strings.Contains(f.Text().EN, want) || !strings.HasPrefix(f.File, name) {
			t.Errorf("%s: %v, want %q", name, damage, want)
		}
	}
	if f := refused(t, need(t, "filegdb", "broken", "no-gdb-items.gdb.zip"), Options{}); !strings.Contains(f.File, "no-gdb-items.gdb.zip") {
		t.Errorf("a catalogue that cannot be read: %v", f)
	}
}
