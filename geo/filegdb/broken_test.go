package filegdb

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
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
	files := regexp.MustCompile(`\ba[0-9a-f]{8}\.\w+`)
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
			if name := files.FindString(f.Message.ZH); strings.Contains(f.File, ".gdbtabl") || name == "" && f.Record == 0 && strings.Contains(f.File, "!图斑") {
				t.Errorf("no file of the folder is named: %s", f.Text().EN)
			}
			t.Log(f.Text().ZH)
		})
	}
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
