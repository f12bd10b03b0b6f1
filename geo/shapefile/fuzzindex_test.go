package shapefile

import (
	"landcheck/geo/inplace"

	"testing"
)

// FuzzIndex reads a sound .shp with any .shx: the index may be believed or not,
// but the records are those of the .shp, none lost and none twice.
func FuzzIndex(f *testing.F) {
	files := written(f, squares(3))
	f.Add(files[".shx"])
	f.Add(files[".shx"][:116])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, shx []byte) {
		plain := &Layer{shown: "x.shp", shp: &inplace.File{Data: files[".shp"]}}
		if err := plain.readRecords(nil); err != nil {
			t.Fatal(err)
		}
		l := &Layer{shown: "x.shp", shp: &inplace.File{Data: files[".shp"]}}
		if err := l.readRecords(&inplace.File{Data: shx}); err != nil {
			t.Fatalf("a sound .shp is refused for its .shx: %v", err)
		}
		seen := map[int64]bool{}
		for i := range l.records.len() {
			seen[l.records.offset(i)] = true
		}
		if len(seen) != l.records.len() {
			t.Fatalf("%d records, %d of them different", l.records.len(), len(seen))
		}
		for i := range plain.records.len() {
			delete(seen, plain.records.offset(i))
		}
		if len(seen) > 0 {
			t.Fatalf("records at %v are none of the .shp", seen)
		}
	})
}

// FuzzCpg: any .cpg names an encoding or none, and the same one with other
// blanks and letters; text decodes by it.
func FuzzCpg(f *testing.F) {
	for _, name := range []string{"UTF-8", "GBK", "ANSI 936", "OEM", "cp1252\r\n", "\xef\xbb\xbfBig5", ""} {
		f.Add([]byte(name), []byte("\xb5\xd8\xc0\xe0"))
	}
	f.Fuzz(func(t *testing.T, cpg, text []byte) {
		c, ok := codeNamed(string(cpg))
		again, okAgain := codeNamed(" " + string(cpg) + "\r\n")
		if ok != okAgain || c != again {
			t.Fatalf("%q: %v %v, with blanks %v %v", cpg, c, ok, again, okAgain)
		}
		c.decoder().text(text)
	})
}
