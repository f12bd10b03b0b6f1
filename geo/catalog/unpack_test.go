package catalog

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"landcheck/geo"
)

func TestZipRefused(t *testing.T) {
	zeros := strings.Repeat("\x00", 11<<20)
	for name, c := range map[string]struct {
		entries []entry
		options Options
		file    string
		want    string
	}{
		"up":               {[]entry{{name: "../a.txt"}}, Options{}, "!../a.txt", "leads out"},
		"up in the middle": {[]entry{{name: "a/../../b"}}, Options{}, "!a/../../b", "leads out"},
		"up by backslash":  {[]entry{{name: `a\..\..\b`}}, Options{}, "!a/../../b", "leads out"},
		"absolute":         {[]entry{{name: "/etc/passwd"}}, Options{}, "!/etc/passwd", "absolute"},
		"drive":            {[]entry{{name: `C:\a.txt`}}, Options{}, "!C:/a.txt", "absolute"},
		"control":          {[]entry{{name: "a\x01b"}}, Options{}, `!a\x01b`, "not valid"},
		"escape":           {[]entry{{name: "9\x1b[31mDLTC\n::error::x.shp"}}, Options{}, `!9\x1b[31mDLTC\n::error::x.shp`, "not valid"},
		"up behind a dot":  {[]entry{{name: "./../a"}}, Options{}, "!../a", "leads out"},
		"empty element":    {[]entry{{name: "a//b"}}, Options{}, "!a//b", "not valid"},
		"long":             {[]entry{{name: strings.Repeat("x", 300)}}, Options{}, "!" + strings.Repeat("x", 300), "not valid"},
		"deep":             {[]entry{{name: strings.Repeat("d/", 40) + "x"}}, Options{}, "!" + strings.Repeat("d/", 40) + "x", "too deep"},
		"link":             {[]entry{{name: "a.shp", data: "/etc/passwd", mode: fs.ModeSymlink | 0o777}}, Options{}, "!a.shp", "symbolic link"},
		"pipe":             {[]entry{{name: "a", mode: fs.ModeNamedPipe | 0o600}}, Options{}, "!a", "not a regular file"},
		"encrypted":        {[]entry{{name: "a", change: func(h *zip.FileHeader) { h.Flags |= 1 }}}, Options{}, "!a", "encrypted"},
		"same name":        {[]entry{{name: "x/a"}, {name: "x/a"}}, Options{}, "!x/a", "another entry has the same name"},
		"case":             {[]entry{{name: "b/a.shp"}, {name: "A.shp"}, {name: "a.SHP"}}, Options{}, "!a.SHP", "same name as A.shp"},
		"file and folder":  {[]entry{{name: "a"}, {name: "a/b"}}, Options{}, "!a/b", "a file and a folder share it"},
		"entries":          {[]entry{{name: "a"}, {name: "b"}, {name: "c"}}, Options{Entries: 2}, "", "more than 2 files"},
		"one too large":    {[]entry{{name: "a", data: "0123456789"}}, Options{EntryBytes: 9}, "!a", "more than 9 bytes"},
		"all too large":    {[]entry{{name: "a", data: "01234"}, {name: "b", data: "56789"}}, Options{UnpackedBytes: 9}, "", "more than 9 bytes"},
		"bomb":             {[]entry{{name: "a.dbf", data: zeros}}, Options{}, "!a.dbf", "zip bomb"},
	} {
		f := refused(t, makeZip(t, c.entries...), c.options)
		if f.File != "plan.zip"+c.file || !strings.Contains(f.Message.EN, c.want) {
			t.Errorf("%s: %v, want %q of %q", name, f, c.want, c.file)
		}
	}
}

// What the archive claims of an entry's size is checked while writing too.
func TestZipLies(t *testing.T) {
	sound, err := os.ReadFile(makeZip(t, entry{name: "a.txt", data: strings.Repeat("land", 1000)}))
	if err != nil {
		t.Fatal(err)
	}
	central := bytes.Index(sound, []byte("PK\x01\x02"))
	for name, c := range map[string]struct {
		change func([]byte) []byte
		want   string
	}{
		"claims 10 bytes":   {func(b []byte) []byte { copy(b[central+24:], []byte{10, 0, 0, 0}); return b }, "damaged"},
		"another checksum":  {func(b []byte) []byte { b[central+16] ^= 1; return b }, "checksum"},
		"unknown method":    {func(b []byte) []byte { b[central+10] = 99; return b }, "compression method"},
		"cut at the end":    {func(b []byte) []byte { return b[:len(b)-10] }, "not a whole zip"},
		"cut in the middle": {func(b []byte) []byte { return b[:central] }, "not a whole zip"},
		"flipped content":   {func(b []byte) []byte { b[40] ^= 0xff; return b }, "damaged"},
		"empty":             {func([]byte) []byte { return nil }, "not a whole zip"},
	} {
		path := filepath.Join(t.TempDir(), "plan.zip")
		if err := os.WriteFile(path, c.change(slices.Clone(sound)), 0o600); err != nil {
			t.Fatal(err)
		}
		if f := refused(t, path, Options{}); !strings.Contains(f.Message.EN, c.want) {
			t.Errorf("%s: %v, want %q", name, f, c.want)
		}
	}
}

// TestZipFirstDamage: entries are unpacked side by side, but what is said is
// said of the first that is damaged.
func TestZipFirstDamage(t *testing.T) {
	var entries []entry
	for i := range 60 {
		entries = append(entries, entry{name: fmt.Sprintf("%02d/a.txt", i), data: strings.Repeat("land", 1+i*i%7*5000)})
	}
	sound, err := os.ReadFile(makeZip(t, entries...))
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		path, first := filepath.Join(t.TempDir(), "plan.zip"), 5+rand.IntN(40)
		damaged, at := slices.Clone(sound), 0
		for i := range entries {
			at += bytes.Index(damaged[at:], []byte("PK\x01\x02")) + 4
			if i == first || i > first && rand.IntN(2) == 0 {
				damaged[at+12] ^= 1 // its checksum
			}
		}
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if f := refused(t, path, Options{}); f.File != "plan.zip!"+entries[first].name {
			t.Fatalf("%v, want %s", f, entries[first].name)
		}
	}
}

func TestZipNames(t *testing.T) {
	gbk := func(s string) string {
		b, err := simplifiedchinese.GBK.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	unflagged := func(h *zip.FileHeader) { h.NonUTF8 = true }
	for name, c := range map[string]struct {
		entries []entry
		want    []string
	}{
		"UTF-8":              {[]entry{{name: "地块.pdf"}}, []string{"地块.pdf"}},
		"UTF-8 without flag": {[]entry{{name: "地块.pdf", change: unflagged}}, []string{"地块.pdf"}},
		// 联通 in GBK passes for UTF-8; its neighbour tells.
		"GBK":               {[]entry{{name: gbk("联通.pdf"), change: unflagged}, {name: gbk("地块.pdf"), change: unflagged}}, []string{"地块.pdf", "联通.pdf"}},
		"mixed flags":       {[]entry{{name: gbk("地块.pdf"), change: unflagged}, {name: "图.pdf"}}, []string{"图.pdf", "地块.pdf"}},
		"backslashes":       {[]entry{{name: `方案\a\b.pdf`}, {name: `方案\c.pdf`}}, []string{"a/b.pdf", "c.pdf"}},
		"two folders":       {[]entry{{name: "a/b/x.pdf"}, {name: "a/b/y.pdf"}, {name: "a/"}}, []string{"x.pdf", "y.pdf"}},
		"dots":              {[]entry{{name: "./"}, {name: "./a.pdf"}, {name: "././b/./c.pdf"}}, []string{"a.pdf", "b/c.pdf"}},
		"dots and a folder": {[]entry{{name: "./p/"}, {name: "./p/a.pdf"}, {name: `.\p\b.pdf`}}, []string{"a.pdf", "b.pdf"}},
		"junk":              {[]entry{{name: "p/x.pdf"}, {name: "__MACOSX/p/._x.pdf"}, {name: "p/.DS_Store"}, {name: "p/._y.shp"}, {name: "Thumbs.db"}}, []string{"x.pdf"}},
	} {
		if got := fileNames(opened(t, makeZip(t, c.entries...))); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// The archives made for this project and those of Go's own tests.
func TestZipCorpus(t *testing.T) {
	dir := need(t, "zip")
	for name, want := range map[string]string{
		"ok_gbk_names_no_flag.zip": "地块范围X0",
		"ok_in_folder.zip":         "good",
		"ok_macos_junk.zip":        "good",
		"ok_upper_ext.zip":         "GOOD",
	} {
		c := opened(t, filepath.Join(dir, name))
		if len(c.Layers) != 1 || c.Layers[0].Name() != want || len(c.Notices) != 0 {
			t.Errorf("%s: %q, %v", name, layerFiles(c), c.Notices)
			continue
		}
		for f, err := range c.Layers[0].Near(context.Background(), nil, nil) {
			if err != nil || len(f.Geometry) == 0 {
				t.Errorf("%s: %v, %v", name, f, err)
			}
		}
	}
	for name, want := range map[string]string{
		"slip_relative.zip":             "plan.zip!../../../../tmp/zip_slip_proof.txt: leads out of the archive",
		"symlink_shp_to_etc_passwd.zip": "symbolic link",
		"dbf_record_count_4G.zip":       "good.dbf",
		"go/symlink.zip":                "symbolic link",
		"go/comment-truncated.zip":      "",
		"go/dupdir.zip":                 "a file and a folder share it",
	} {
		f := inputErrorOf(t, filepath.Join(dir, name))
		if want, ok := strings.CutPrefix(want, "plan.zip"); ok {
			if !strings.HasSuffix(f.File, strings.Split(want, ":")[0]) {
				t.Errorf("%s: %v", name, f)
			}
		} else if !strings.Contains(f.Error(), want) {
			t.Errorf("%s: %v, want %q", name, f, want)
		}
	}
	if _, err := os.Stat("/tmp/zip_slip_proof.txt"); err == nil {
		t.Error("an entry was written outside the sandbox")
	}
	for name, want := range map[string][]string{
		"zip/go/test.zip":                                 {"gophercolor16x16.png", "test.txt"},
		"zip/go/test-baddirsz.zip":                        {"gophercolor16x16.png", "test.txt"}, // Go forgives a wrong directory size
		"zip/go/test-prefix.zip":                          {"gophercolor16x16.png", "test.txt"},
		"zip/go/test-trailing-junk.zip":                   {"gophercolor16x16.png", "test.txt"},
		"zip/go/zip64.zip":                                {"README"},
		"zip/go/zip64-2.zip":                              {"README"},
		"zip/go/dd.zip":                                   {"filename"},
		"zip/go/subdir.zip":                               {"c"},
		"zip/go/unix.zip":                                 {"dir/bar", "hello", "readonly"},
		"zip/go/winxp.zip":                                {"dir/bar", "hello", "readonly"},
		"zip/go/utf8-osx.zip":                             {"世界"},
		"zip/go/utf8-winrar.zip":                          {"世界"},
		"zip/go/time-7zip.zip":                            {"test.txt"},
		"shapefile/pyshp/shapefiles/empty_zipfile.zip":    {"dummyfile.txt"},
		"shapefile/mapshaper/features/zip/zip-in-zip.zip": {"points.zip"},
		"shapefile/pyshp/shapefiles/REL.zip":              {"releaseArea20090407.cpg", "releaseArea20090407.dbf", "releaseArea20090407.prj", "releaseArea20090407.shp", "releaseArea20090407.shx"},
		"shapefile/mapshaper/features/zip/points.zip":     {"points.dbf", "points.prj", "points.shp", "points.shx"},
		"shapefile/pyshp/shapefiles/blockgroups.zip":      {"blockgroups.dbf", "blockgroups.sbn", "blockgroups.sbx", "blockgroups.shp", "blockgroups.shx"},
	} {
		if got := fileNames(opened(t, filepath.Join(shared, name))); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if c := opened(t, filepath.Join(shared, "shapefile/pyshp/shapefiles/blockgroups.zip")); len(c.Layers) != 1 || c.Layers[0].Len() != 663 {
		t.Errorf("blockgroups: %q", layerFiles(c))
	}
	if c := opened(t, filepath.Join(shared, "shapefile/mapshaper/features/zip/points.zip")); len(c.Layers) != 0 || len(c.Notices) != 1 {
		t.Errorf("a layer of points: %q, %v", layerFiles(c), c.Notices)
	}
}

// inputErrorOf opens a package and reads all its layers: somewhere there must be a
// input error.
func inputErrorOf(t *testing.T, path string) *geo.InputError {
	t.Helper()
	c, err := Open(context.Background(), path, options(t))
	if err == nil {
		defer c.Close()
		for _, l := range c.Layers {
			for _, e := range l.Near(context.Background(), nil, nil) {
				if e != nil {
					err = e
				}
			}
		}
	}
	f, ok := geo.AsInputError(err)
	if !ok {
		t.Errorf("%s: no fault: %v", path, err)
		return &geo.InputError{}
	}
	return f
}

// A vertex count of 2^31 ends in an input error when the record is read.
func TestZipLyingCounts(t *testing.T) {
	for _, name := range []string{"shp_numpoints_2G.zip", "dbf_record_count_4G.zip"} {
		if f := inputErrorOf(t, need(t, "zip", name)); !strings.HasPrefix(f.File, name+"!good.") {
			t.Errorf("%s: %v", name, f)
		}
	}
}

// FuzzZip: whatever the bytes, an input error or a catalog that stays inside.
func FuzzZip(f *testing.F) {
	for _, e := range [][]entry{{{name: "a.txt", data: "x"}}, {{name: "../a", data: "x"}}, {{name: "p/地块.geojson", data: "{}"}, {name: "__MACOSX/x"}}} {
		data, err := os.ReadFile(makeZip(f, e...))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		path := filepath.Join(dir, "x.zip")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := Open(context.Background(), path, Options{TempDir: dir, UnpackedBytes: 1 << 20})
		if err == nil {
			err = c.Close()
		}
		if _, ok := geo.AsInputError(err); err != nil && !ok {
			t.Fatalf("not a fault: %v", err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
			t.Fatalf("left behind: %v, %v", left, err)
		}
	})
}
