package filegdb

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
)

// TestBroken: each of the broken geodatabases is refused, by the layer, the
// OBJECTID and the reason, and without memory for what it only declares; the one
// with a stale index is read whole.
func TestBroken(t *testing.T) {
	data, err := os.ReadFile(need(t, "broken/WANTED.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`OBJECTID (\d+)`)
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		file, want, _ := strings.Cut(line, "\t")
		t.Run(file, func(t *testing.T) {
			in := unpacked(t, "broken/"+file)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			n, err := readAll(t, in)
			runtime.ReadMemStats(&after)
			if took := after.TotalAlloc - before.TotalAlloc; took > 32<<20 {
				t.Errorf("%d bytes of memory", took)
			}
			if strings.HasPrefix(want, "read") {
				if err != nil || n != 27 {
					t.Errorf("%d records, %v", n, err)
				}
				return
			}
			f, ok := geo.AsInputError(err)
			if !ok {
				t.Fatalf("%d records, %v, want %s", n, err, want)
			}
			if m := names.FindStringSubmatch(want); m != nil && fmt.Sprint(f.Record) != m[1] {
				t.Errorf("record %d, want %s: %v", f.Record, want, err)
			}
			if f.Advice.IsZero() || f.Message.ZH == "" || !strings.HasPrefix(f.File, file) {
				t.Errorf("no advice, no Chinese or no file: %v", f.Text())
			}
			for about, word := range map[string]string{"field": "名称", "share": "4 and 6", "decompress": "ncompress", "declares 1000": "1000", "declares 3": " 3 ", "layer 图斑": "图斑"} {
				if text := f.Text(); strings.Contains(want, about) && !strings.Contains(text.EN, word) {
					t.Errorf("%q does not say %q", text.EN, word)
				}
			}
			told(t, in, f)
			t.Log(f.Text().ZH, "\n", f.Text().EN)
		})
	}
}

var fileNames = regexp.MustCompile(`\ba[0-9a-f]{8}\.gdbtablx?e?\b`)

// told holds the message of what is wrong with a geodatabase against its files: it
// names the geodatabase and the layer or table, a file that is there (or says
// that it is missing), what is wrong and what to do, in both languages.
func told(t testing.TB, in Folder, f *geo.InputError) {
	t.Helper()
	zh, en := f.Message.ZH, f.Message.EN
	missing := strings.Contains(en, "missing") || strings.Contains(en, "not in the folder")
	names := fileNames.FindAllString(en, -1)
	for _, name := range names {
		if _, there := in.Files[name]; !there && !missing || !strings.Contains(zh, name) {
			t.Errorf("%s is named, but is not there, or not in both languages: %s", name, f.Text())
		}
	}
	switch {
	case len(names) == 0 && strings.Contains(f.File, "!") && !strings.Contains(en, "GDB_SystemCatalog does not list it"):
		t.Errorf("no file is named: %s", f.Text())
	case !strings.HasPrefix(f.File, in.Shown) || strings.Contains(f.File, ".gdbtabl"):
		t.Errorf("the place is %q", f.File)
	case f.Advice.IsZero() || f.Advice.ZH == "" || f.Advice.EN == "" || zh == "" || strings.Contains(en+zh, "%!"):
		t.Errorf("no advice, or a message that is not whole: %s", f.Text())
	}
}

// TestBrokenAnywhere has a byte go wrong, or a file end short, anywhere in real
// geodatabases: what is refused says where and what to do.
func TestBrokenAnywhere(t *testing.T) {
	messages := map[string]int{}
	for _, name := range []string{"made/deleted.gdb.zip", "made/utf16.gdb.zip", "made/sparse-ids.gdb.zip", "gdal/curves.gdb", "gdal/testopenfilegdb92.gdb.zip", "gdal/Domains.gdb.zip"} {
		dir := copied(t, name)
		in, err := ReadFolder(dir, path.Base(name))
		if err != nil {
			t.Fatal(err)
		}
		tables := slices.DeleteFunc(slices.Sorted(maps.Keys(in.Files)), func(n string) bool { return !fileNames.MatchString(n) })
		rng := rand.New(rand.NewPCG(7, uint64(len(tables))))
		for range 150 {
			file := in.Files[tables[rng.IntN(len(tables))]]
			good, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			bad := slices.Clone(good)
			if at := rng.IntN(len(bad)); rng.IntN(8) == 0 {
				bad = bad[:at]
			} else if rng.IntN(3) == 0 { // the beginning says most
				bad[rng.IntN(min(100, len(bad)))] ^= byte(1 << rng.IntN(8))
			} else {
				bad[at] ^= byte(1 + rng.IntN(255))
			}
			if err := os.WriteFile(file, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			if f := refusal(t, in); f != nil {
				told(t, in, f)
				messages[regexp.MustCompile(`[-\d]+`).ReplaceAllString(f.Message.EN, "N")]++
			}
			if err := os.WriteFile(file, good, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, m := range slices.Sorted(maps.Keys(messages)) {
		t.Log(messages[m], m)
	}
	if len(messages) < 20 {
		t.Errorf("only %d different messages", len(messages))
	}
}

// refusal is what is said of a geodatabase that is read as a check does; nil if
// nothing is.
func refusal(t testing.TB, in Folder) *geo.InputError {
	layers, _, err := Open(t.Context(), in)
	for _, l := range layers {
		defer l.Close()
		if err == nil {
			_, err = l.CRS()
		}
		if err == nil {
			_, err = l.Digest(t.Context())
		}
		for _, e := range l.Near(t.Context(), nil, nil) {
			err = cmp.Or(err, e)
		}
	}
	if err == nil {
		return nil
	}
	f, ok := geo.AsInputError(err)
	if !ok {
		t.Fatalf("no input error: %v", err)
	}
	return f
}

// readAll reads all of a geodatabase as a check does: the digest, then the rows.
func readAll(t testing.TB, in Folder) (n int, err error) {
	layers, _, err := Open(t.Context(), in)
	if err != nil {
		return 0, err
	}
	for _, l := range layers {
		defer l.Close()
		if _, err := l.Digest(t.Context()); err != nil {
			return n, err
		}
		for range read(t, l) {
			n++
		}
	}
	return n, nil
}
