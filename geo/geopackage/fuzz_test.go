package geopackage

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// FuzzFile reads a GeoPackage of which some bytes were changed, and its end cut
// off: features with closed rings, or an input error, within seconds. Changes are an
// offset of four bytes, a length and so many bytes.
func FuzzFile(f *testing.F) {
	data, err := os.ReadFile(write(f, grid("DLTB", 4)))
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{}, 0)
	f.Add([]byte{0, 0, 0, 18, 2, 2, 2}, 0)           // says that there is a log
	f.Add([]byte{0, 0, 16, 0, 4, 5, 0, 0, 0}, 0)     // another kind of page
	f.Add([]byte{0, 0, 0, 100, 3, 0x0d, 0, 0}, 4096) // of the catalogue, and cut
	f.Add([]byte{0, 0, 0, 16, 2, 2, 0}, 0)           // pages of another size
	f.Add([]byte{0, 0, 48, 3, 2, 0xff, 0xff}, 0)     // more cells than a page has
	f.Fuzz(func(t *testing.T, changes []byte, cut int) {
		file := bytes.Clone(data[:len(data)-min(max(cut, 0), len(data))])
		for len(changes) > 5 && len(file) > 0 {
			at, n := int(binary.BigEndian.Uint32(changes))%len(file), int(changes[4])
			n = copy(file[at:], changes[5:min(5+n, len(changes))])
			changes = changes[5+n:]
			if n == 0 {
				break
			}
		}
		path := filepath.Join(t.TempDir(), "x.gpkg")
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		readAll(ctx, t, path)
		if ctx.Err() != nil {
			t.Fatal("no end in two minutes")
		}
	})
}

// readAll reads every layer in every way.
func readAll(ctx context.Context, t *testing.T, path string) {
	layers, _, err := Open(ctx, path, "x.gpkg")
	mustBeInputError(t, err)
	for _, l := range layers {
		defer l.Close()
		if _, err := l.CRS(); err != nil {
			mustBeInputError(t, err)
		}
		for _, boxes := range [][]orb.Bound{nil, {l.Bound()}} {
			for feature, err := range l.Near(ctx, boxes, []string{"BSM", "TBMJ"}) {
				mustBeInputError(t, err)
				for _, polygon := range feature.Geometry {
					for _, ring := range polygon {
						if len(ring) < 4 || !ring.Closed() {
							t.Fatalf("record %d: ring %v", feature.Record, ring)
						}
					}
				}
			}
		}
		for _, err := range l.Rows(ctx, []string{"NF"}) {
			mustBeInputError(t, err)
		}
		l.Notices()
	}
}

func mustBeInputError(t *testing.T, err error) {
	if err == nil {
		return
	}
	if f, ok := geo.AsInputError(err); !ok || f.File == "" || f.Advice.IsZero() {
		t.Fatalf("%T: %v", err, err)
	}
}
