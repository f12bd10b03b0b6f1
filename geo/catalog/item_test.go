package catalog

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Every file of a package is of exactly one item.
func TestItems(t *testing.T) {
	dir := plan(t)
	for name, data := range map[string]string{
		"矢量/YJJBNTTC.sbn": "x", "矢量/YJJBNTTC.shp.xml": "<x/>", "project.qgz": "x",
		"永农调出.gdb/gdb": "abcd", "永农调出.gdb/a00000007.gdbtable": "", "old/tables/a00000009.gdbtable": "xy",
		"DLBG.zip": "PK", "旧.rar": "Rar!", "base.gdb.zip": "PK", "x.mdb": "", "TCTB.dbf": "",
		"BHTB.json": `{"geometryType":"esriGeometryPolygon","features":[{"geometry":{"rings":[]}}]}`,
		"TCTB.txt":  "点坐标\nJ1,1,4520370.000,37520105.000\nJ2,1,4520480.000,37520105.000\nJ3,1,4520480.000,37520215.000\n",
	} {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]Usage{
		"DLBG.gpkg": Read, "ZZQY.json": Read, "红线.geojson": Read, "调出.txt": Read, "矢量/YJJBNTTC.shp": Read,
		"矢量/YJJBNTTC.shx": Companion, "矢量/YJJBNTTC.dbf": Companion, "矢量/YJJBNTTC.prj": Companion, "矢量/YJJBNTTC.cpg": Companion,
		"矢量/YJJBNTTC.sbn": Companion, "矢量/YJJBNTTC.shp.xml": Companion, "project.qgz": Companion,
		"plan.yaml": Unclaimed, "docs/论证报告.pdf": Unclaimed, "说明.txt": Unclaimed, "report.json": Unread,
		"永农调出.gdb": Unread, "old/tables/a00000009.gdbtable": Unread, "DLBG.zip": Unread, "旧.rar": Unread, "base.gdb.zip": Unread, "x.mdb": Unread,
		"TCTB.dbf": Unread, "BHTB.json": Unread, "TCTB.txt": Unread,
	}
	for _, at := range []string{dir, zipOf(t, dir, ""), zipOf(t, dir, "方案/")} {
		c := opened(t, at)
		got := map[string]Usage{}
		var sum int64
		for _, i := range c.Items() {
			if _, twice := got[i.Name]; twice {
				t.Errorf("%s: %s is listed twice", at, i.Name)
			}
			got[i.Name] = i.Usage
			sum += i.Size
			if (i.Usage == Unread) == i.Why.IsZero() {
				t.Errorf("%s: %s: why is %q", at, i.Name, i.Why.EN)
			}
		}
		for name, usage := range want {
			if p, ok := got[name]; !ok || p != usage {
				t.Errorf("%s: %s is %d (listed: %v), want %d", at, name, p, ok, usage)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d items, want %d: %v", at, len(got), len(want), got)
		}
		var size int64
		for _, f := range c.Files {
			size += f.Size
		}
		if sum != size {
			t.Errorf("%s: the items have %d bytes, the files %d", at, sum, size)
		}
		for _, n := range c.Skipped {
			if strings.HasSuffix(n.File, "TCTB.txt") && !strings.Contains(n.Message.ZH, "第 2 行") {
				t.Errorf("the first line without a block is not named: %s", n.Message.ZH)
			}
		}
	}
}

func TestStem(t *testing.T) {
	for name, want := range map[string]string{
		"a/DLBG.zip": "DLBG", "永农调出.gdb": "永农调出", "x/base.GDB.zip": "base", "DLBG.shp.zip": "DLBG", "a.gpkg!照片": "照片", ".gdb": ".gdb", "README": "README",
	} {
		if got := (Item{Name: name}).Stem(); got != want && name != ".gdb" {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A geodatabase that is not whole is refused by name, and so is another archive.
func TestNamedAsWhatItIs(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) string {
		at := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return at
	}
	for at, want := range map[string]string{
		filepath.Dir(write("p.gdb/a00000001.gdbtable", "")):   "not whole",
		filepath.Dir(write("q.gdb/timestamps", "")):           "file geodatabase lacks the catalogue",
		filepath.Dir(write("renamed/a00000001.gdbtable", "")): "not whole",
		makeZip(t, entry{name: "a00000001.gdbtable"}):         "not whole",
		write("file.gdb", "x"):                                "a file geodatabase is a folder",
		write("link.sde", "x"):                                "enterprise geodatabase",
		write("a.rar", "Rar!\x1a\x07\x00"):                    "a RAR archive",
		write("b.zip", "Rar!\x1a\x07\x01\x00"):                "a RAR archive",
		write("c.zip", "7z\xbc\xaf\x27\x1c"):                  "a 7z archive",
		write("d.7z", "7z\xbc\xaf\x27\x1c"):                   "a 7z archive",
		write("e.mdb", "x"):                                   "personal geodatabase",
		write("f.gz", "\x1f\x8b\x08"):                         "a gzip archive",
	} {
		if f := refused(t, at, Options{}); !strings.Contains(f.Message.EN, want) {
			t.Errorf("%s: %v, want %q", at, f, want)
		}
	}
	c := opened(t, makeZip(t, entry{name: "方案/plan.gdb/a00000002.gdbtable"}, entry{name: "方案/plan.gdb/x.geojson"}))
	if len(c.Items()) != 1 || c.Items()[0].Name != "plan.gdb" || c.Items()[0].Usage != Unread || len(c.Layers) != 0 {
		t.Errorf("a lone geodatabase in a zip: %v", c.Items())
	}
}

// What is no regular file stops nobody, wherever it lies.
func TestPipes(t *testing.T) {
	for _, name := range []string{"矢量/YJJBNTTC.dbf", "矢量/YJJBNTTC.prj", "矢量/YJJBNTTC.cpg", "矢量/YJJBNTTC.shx", "矢量/YJJBNTTC.shp", "DLBG.gpkg", "ZZQY.json", "plan.yaml", "红线.geojson"} {
		dir := plan(t)
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.Remove(at); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(at, 0o600); err != nil {
			t.Skip("no pipes here: ", err)
		}
		done := make(chan string, 1)
		go func() {
			c, err := Open(context.Background(), dir, Options{})
			if err != nil {
				done <- err.Error()
				return
			}
			var told []string
			for _, n := range c.Skipped {
				told = append(told, n.File)
			}
			for _, l := range c.Layers { // the readers that open more only when asked
				if _, err := l.CRS(); err != nil {
					told = append(told, err.Error())
				}
				if _, err := l.Digest(context.Background()); err != nil {
					told = append(told, err.Error())
				}
			}
			_ = c.Close()
			done <- strings.Join(told, " ")
		}()
		select {
		case told := <-done:
			if !strings.Contains(told, filepath.Base(name)) {
				t.Errorf("%s: %q", name, told)
			}
		case <-time.After(2 * time.Minute):
			t.Fatalf("%s: no end", name)
		}
	}
}

func TestNamesThatSteer(t *testing.T) {
	dir := plan(t)
	for old, name := range map[string]string{"红线.geojson": "9\x1b[31m红\n::error::线.geojson", "调出.txt": "调\u202e出.txt"} {
		if err := os.Rename(filepath.Join(dir, old), filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	c := opened(t, dir)
	for _, l := range c.Layers {
		if strings.ContainsAny(l.File()+l.Name(), "\x1b\n\u202e") {
			t.Errorf("%q %q", l.File(), l.Name())
		}
	}
	if len(c.Layers) != 6 {
		t.Errorf("%d layers", len(c.Layers))
	}
}

// GeoJSON is told by its words in whatever encoding.
func TestEncodedGeoJSON(t *testing.T) {
	text := `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"BSM":"调出一"},"geometry":{"type":"Polygon","coordinates":[[[111,41],[111.1,41],[111.1,41.1],[111,41]]]}}]}`
	gbk, _ := simplifiedchinese.GBK.NewEncoder().String(text)
	little, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	bare, _ := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(text)
	for _, name := range []string{"a.json", "a.geojson"} {
		for _, data := range []string{text, gbk, little, bare} {
			c := opened(t, makeZip(t, entry{name: name, data: data}))
			if len(c.Layers) != 1 {
				t.Errorf("%s: %d layers of %.20q", name, len(c.Layers), data)
				continue
			}
			for f, err := range c.Layers[0].Rows(context.Background(), []string{"BSM"}) {
				if err != nil || !slices.Equal(f.Values, []string{"调出一"}) {
					t.Errorf("%s: %q, %v", name, f.Values, err)
				}
			}
			if told := len(c.Layers[0].Notices()) > 0; told != (data != text) {
				t.Errorf("%s %.20q: told %v", name, data, told)
			}
		}
	}
}
