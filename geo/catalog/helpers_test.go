package catalog

import (
	"archive/zip"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/geojson"
	"landcheck/geo/geopackage"
	"landcheck/geo/shapefile"
)

const shared = "../../../shared/data"

// need skips a test whose third-party files are absent.
func need(t testing.TB, elements ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{shared}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the third-party files are absent: ", path)
	}
	return path
}

func table(name string, crs geo.CRS, x, y, side float64) *geo.Table {
	return &geo.Table{Name: name, CRS: crs, Fields: []geo.Field{{Name: "BSM", Type: geo.TextField, Width: 18}},
		Rows: []geo.Feature{{Record: 1, Values: []string{"1"},
			Geometry: orb.MultiPolygon{{orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + side, y + side}}.ToRing()}}}}}
}

const coordinates = "[属性描述]\r\n坐标系=2000国家大地坐标系\r\n带号=37\r\n[地块坐标]\r\n5,1,D1,名,面,图,用途,,@\r\n" +
	"J1,1,4563000,37540000\r\nJ2,1,4563000,37540100\r\nJ3,1,4562900,37540100\r\nJ4,1,4562900,37540000\r\nJ1,1,4563000,37540000\r\n"

// plan makes a directory with a layer of each kind and files that are none.
func plan(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "plan")
	zone37 := geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000}
	degrees := geo.CRS{Kind: geo.Geographic}
	ctx := context.Background()
	for _, d := range []string{"docs", "矢量"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{
		geopackage.Write(ctx, filepath.Join(dir, "DLBG.gpkg"), []*geo.Table{table("B", zone37, 37540000, 4563000, 9), table("A", zone37, 37540000, 4563000, 9)}),
		geojson.Write(ctx, filepath.Join(dir, "红线.geojson"), table("x", degrees, 111, 41, .1)),
		geojson.Write(ctx, filepath.Join(dir, "ZZQY.json"), table("x", degrees, 111, 41, .1)),
		shapefile.Write(ctx, filepath.Join(dir, "矢量", "YJJBNTTC.shp"), table("YJJBNTTC", zone37, 37540000, 4563000, 9), shapefile.GBK),
		os.WriteFile(filepath.Join(dir, "调出.txt"), []byte(coordinates), 0o600),
		os.WriteFile(filepath.Join(dir, "说明.txt"), []byte("只是说明"), 0o600),
		os.WriteFile(filepath.Join(dir, "report.json"), []byte(`{"schema":"landcheck-report/1"}`), 0o600),
		os.WriteFile(filepath.Join(dir, "plan.yaml"), []byte("format: 1\n"), 0o600),
		os.WriteFile(filepath.Join(dir, "docs", "论证报告.pdf"), []byte("%PDF"), 0o600),
		os.WriteFile(filepath.Join(dir, "Thumbs.db"), []byte("x"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// entry is one member of a zip made for a test.
type entry struct {
	name   string
	data   string
	mode   fs.FileMode
	change func(*zip.FileHeader)
}

func makeZip(t testing.TB, entries ...entry) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plan.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.mode != 0 {
			h.SetMode(e.mode)
		}
		if e.change != nil {
			e.change(h)
		}
		w, err := z.CreateHeader(h)
		if err == nil && !strings.HasSuffix(e.name, "/") {
			_, err = w.Write([]byte(e.data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// zipOf packs a directory under a folder name; "" for none.
func zipOf(t testing.TB, dir, folder string) string {
	t.Helper()
	var entries []entry
	err := filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, at)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(at)
		entries = append(entries, entry{name: folder + filepath.ToSlash(rel), data: string(data)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return makeZip(t, entries...)
}

// options unpack below a directory that the test can look into.
func options(t testing.TB) Options { return Options{TempDir: t.TempDir()} }

// opened opens a package that must be sound.
func opened(t testing.TB, path string) *Catalog {
	t.Helper()
	c, err := Open(context.Background(), path, options(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// refused opens a package that must be refused, and checks that nothing is
// left of what was unpacked.
func refused(t testing.TB, path string, o Options) *geo.InputError {
	t.Helper()
	o.TempDir = t.TempDir()
	c, err := Open(context.Background(), path, o)
	if err == nil {
		c.Close()
		t.Errorf("%s: opened", path)
		return &geo.InputError{}
	}
	if left, err := os.ReadDir(o.TempDir); err != nil || len(left) != 0 {
		t.Errorf("%s: left behind %v, %v", path, left, err)
	}
	f, ok := geo.AsInputError(err)
	if !ok {
		t.Fatalf("%s: not a fault: %v", path, err)
	}
	if f.Advice.IsZero() || f.Message.ZH == "" {
		t.Errorf("%s: no advice or no Chinese: %v", path, err)
	}
	return f
}

func layerFiles(c *Catalog) (files []string) {
	for _, l := range c.Layers {
		files = append(files, l.File())
	}
	return files
}

func fileNames(c *Catalog) (names []string) {
	for _, f := range c.Files {
		names = append(names, f.Name)
	}
	return names
}

func digest(t testing.TB, c *Catalog) string {
	t.Helper()
	d, err := c.Digest(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return d
}
