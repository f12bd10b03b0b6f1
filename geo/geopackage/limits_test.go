package geopackage

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"strings"
	"testing"

	"landcheck/geo"
)

// TestLongText: a long value is refused by its field and record, and is not
// read to say so.
func TestLongText(t *testing.T) {
	path := write(t, grid("DLTB", 3))
	alter(t, path, noTriggers, `UPDATE "DLTB" SET "BSM" = printf('%.*c', 50331648, 'A') WHERE fid = 2`)
	layers, _, err := Open(t.Context(), path, "x.gpkg")
	if err != nil {
		t.Fatal(err)
	}
	defer layers[0].Close()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, err = range layers[0].Rows(t.Context(), []string{"BSM"}) {
		if err != nil {
			break
		}
	}
	runtime.ReadMemStats(&after)
	f, ok := geo.AsInputError(err)
	if !ok || f.File != "x.gpkg!DLTB" || f.Field != "BSM" || f.Record != 2 || !strings.Contains(f.Message.EN, "50331648") {
		t.Errorf("%v", err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 8<<20 {
		t.Errorf("%d bytes were allocated", used)
	}
}

// TestLongNames: names and definitions of the catalogue have a limit, too.
func TestLongNames(t *testing.T) {
	for name, change := range map[string]string{
		"a table":      `INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (printf('%.*c', 20000000, 'T'), 'features', 'q')`,
		"a definition": `UPDATE gpkg_spatial_ref_sys SET organization = 'X', definition = printf('%.*c', 20000000, 'T')`,
	} {
		path := write(t, grid("DLTB", 3))
		alter(t, path, change)
		layers, _, err := Open(t.Context(), path, "x.gpkg")
		if err == nil {
			_, err = layers[0].CRS()
		}
		if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Message.EN, "too long") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestManyRings: a shape that claims more rings than land has is refused before
// there is room for them.
func TestManyRings(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("GP\x00\x01\x00\x00\x00\x00\x01\x03\x00\x00\x00")
	n := uint32(geo.MaxRings + 1)
	binary.Write(&b, binary.LittleEndian, n)
	b.Write(make([]byte, 4*n))
	_, err := decodeBlob(b.Bytes())
	if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Message.EN, "rings") {
		t.Errorf("%v", err)
	}
}
