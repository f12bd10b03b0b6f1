package catalog

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A directory, its zip, and the zip with a folder round it are one package.
func TestWrappings(t *testing.T) {
	dir := plan(t)
	inner := []string{"DLBG.gpkg!A", "DLBG.gpkg!B", "ZZQY.json", "矢量/YJJBNTTC.shp", "红线.geojson", "调出.txt"}
	want := map[string]string{dir: "plan/", zipOf(t, dir, ""): "plan.zip!", zipOf(t, dir, "方案/"): "plan.zip!", filepath.Dir(dir): filepath.Base(filepath.Dir(dir)) + "/"}
	if exe, err := exec.LookPath("zip"); err == nil {
		made := filepath.Join(t.TempDir(), "plan.zip")
		cmd := exec.Command(exe, "-qr", made, "plan")
		cmd.Dir = filepath.Dir(dir)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
		want[made] = "plan.zip!"
	}
	digests := map[string]bool{}
	for path, prefix := range want {
		c := opened(t, path)
		var files []string
		for _, f := range inner {
			files = append(files, prefix+f)
		}
		if got := layerFiles(c); !slices.Equal(got, files) {
			t.Errorf("%s: layers %q, want %q", path, got, files)
		}
		for _, l := range c.Layers {
			n := 0
			for _, err := range l.Near(context.Background(), nil, nil) {
				if err != nil {
					t.Error(err)
				}
				n++
			}
			if n != 1 {
				t.Errorf("%s: %d rows", l.File(), n)
			}
		}
		digests[digest(t, c)] = true
		if !c.Has("docs/论证报告.pdf") || !c.Has(`DOCS\论证报告.PDF`) || c.Has("../plan.yaml") || c.Has("Thumbs.db") || c.Has("docs") {
			t.Errorf("%s: Has is wrong for one of %q", path, fileNames(c))
		}
		if data, err := c.ReadFile("plan.yaml", 100); err != nil || string(data) != "format: 1\n" {
			t.Errorf("%s: %q, %v", path, data, err)
		}
		if _, err := c.ReadFile("plan.yaml", 9); err == nil || !strings.Contains(err.Error(), "more than 9 bytes") {
			t.Errorf("%s: a file larger than allowed: %v", path, err)
		}
		if _, err := c.ReadFile("../../etc/passwd", 9); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: a file outside: %v", path, err)
		}
		if len(c.Notices) != 0 {
			t.Errorf("%s: %v", path, c.Notices)
		}
	}
	if len(digests) != 1 {
		t.Errorf("%d digests of one package", len(digests))
	}
	before := digest(t, opened(t, dir))
	if err := os.WriteFile(filepath.Join(dir, "docs", "论证报告.pdf"), []byte("%PDf"), 0o600); err != nil {
		t.Fatal(err)
	}
	if digest(t, opened(t, dir)) == before {
		t.Error("a changed document leaves the digest as it was")
	}
}

func TestCloseRemovesWhatWasUnpacked(t *testing.T) {
	o := options(t)
	c, err := Open(context.Background(), zipOf(t, plan(t), ""), o)
	if err != nil {
		t.Fatal(err)
	}
	during, errA := os.ReadDir(o.TempDir)
	closeErr := c.Close()
	after, errB := os.ReadDir(o.TempDir)
	if len(during) != 1 || len(after) != 0 || closeErr != nil || errA != nil || errB != nil {
		t.Errorf("sandboxes: %v, then %v; %v", during, after, closeErr)
	}
	if err := c.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, path := range []string{zipOf(t, plan(t), ""), plan(t)} {
		if _, err := Open(ctx, path, o); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
	if left, err := os.ReadDir(o.TempDir); err != nil || len(left) != 0 {
		t.Errorf("cancelled, and left %v", left)
	}
}

func TestSingleFiles(t *testing.T) {
	dir := plan(t)
	for name, want := range map[string][]string{
		"DLBG.gpkg":       {"DLBG.gpkg!A", "DLBG.gpkg!B"},
		"红线.geojson":      {"红线.geojson"},
		"ZZQY.json":       {"ZZQY.json"},
		"调出.txt":          {"调出.txt"},
		"矢量/YJJBNTTC.shp": {"YJJBNTTC.shp"},
	} {
		c := opened(t, filepath.Join(dir, name))
		if got := layerFiles(c); !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	c := opened(t, filepath.Join(dir, "矢量/YJJBNTTC.shp"))
	if names := fileNames(c); !slices.Contains(names, "YJJBNTTC.dbf") || !slices.Contains(names, "YJJBNTTC.shx") || slices.Contains(names, "DLBG.gpkg") {
		t.Errorf("files of a Shapefile: %q", names)
	}
	for name, want := range map[string]string{
		"plan.yaml":   "not supported",
		"report.json": "outermost object",
		"说明.txt":      "no [地块坐标] section",
		"absent":      "cannot be opened",
	} {
		if f := refused(t, filepath.Join(dir, name), Options{}); !strings.Contains(f.Message.EN, want) || f.File != name {
			t.Errorf("%s: %v", name, f)
		}
	}
}

func TestDirectory(t *testing.T) {
	dir := plan(t)
	for name, target := range map[string]string{"inside.txt": "调出.txt", "loop": "."} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	c := opened(t, dir)
	if !slices.Contains(layerFiles(c), "plan/inside.txt") || len(c.Notices) != 1 || c.Notices[0].File != "plan/loop" {
		t.Errorf("links inside: %q, %v", layerFiles(c), c.Notices)
	}
	for name, target := range map[string]string{"passwd.shp": "/etc/passwd", "up": "..", "nowhere": "gone", "sibling": "../plan2"} {
		dir := plan(t)
		if err := errors.Join(os.Mkdir(dir+"2", 0o700), os.Symlink(target, filepath.Join(dir, name))); err != nil {
			t.Fatal(err)
		}
		if f := refused(t, dir, Options{}); f.File != "plan/"+name || !strings.Contains(f.Message.EN, "leads outside") {
			t.Errorf("%s: %v", name, f)
		}
	}
	conflict := plan(t)
	if err := os.WriteFile(filepath.Join(conflict, "dlbg.GPKG"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if f := refused(t, conflict, Options{}); f.File != "plan/dlbg.GPKG" || !strings.Contains(f.Message.EN, "same name as DLBG.gpkg") {
		t.Errorf("names that differ by case: %v", f)
	}
	if f := refused(t, plan(t), Options{Entries: 5}); !strings.Contains(f.Message.EN, "more than 5 files") {
		t.Errorf("too many files: %v", f)
	}
}

func TestNoLayers(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.DBF", "a.shx", "inner.zip", "x.gdb/a00000009.gdbtable", "x.gdb/a00000002.gdbtable", "x.gdb/timestamps", "base.mdb"} {
		path := filepath.Join(dir, "p", name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	c := opened(t, filepath.Join(dir, "p"))
	var got []string
	for _, n := range c.Notices {
		got = append(got, n.File+": "+n.Message.EN)
	}
	want := []string{"p/x.gdb: the folder of a file geodatabase lacks the catalogue a00000001.gdbtable: it is not whole, and not read; give the whole .gdb folder",
		"p/a.DBF: there is no a.shp beside it, so it is no layer", "p/a.shx: there is no a.shp beside it, so it is no layer",
		"p/base.mdb: a personal geodatabase (.mdb) is not read; export it in ArcGIS to a file geodatabase (.gdb) or to Shapefiles",
		"p/inner.zip: an archive inside the package is not unpacked and its contents are not read; unpack it into the package"}
	if !slices.Equal(got, want) || len(c.Layers) != 0 {
		t.Errorf("notices:\n%s", strings.Join(got, "\n"))
	}
}

// One bad layer closes the others and refuses the package.
func TestBadLayer(t *testing.T) {
	dir := plan(t)
	if err := os.WriteFile(filepath.Join(dir, "矢量", "bad.geojson"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if f := refused(t, zipOf(t, dir, "x/"), Options{}); f.File != "plan.zip!矢量/bad.geojson" {
		t.Errorf("%v", f)
	}
}
