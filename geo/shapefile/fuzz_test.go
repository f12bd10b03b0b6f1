package shapefile

import (
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// FuzzShapes reads any .shp and .shx: features with closed, turned, finite
// rings, or an input error.
func FuzzShapes(f *testing.F) {
	for _, table := range []*geo.Table{squares(2), parcels()} {
		files := written(f, table)
		f.Add(files[".shp"], files[".shx"])
		f.Add(files[".shp"][:len(files[".shp"])-9], []byte(nil))
	}
	f.Fuzz(func(t *testing.T, shp, shx []byte) {
		l := &Layer{shown: "x.shp", shp: &inplace.File{Data: shp}}
		var index *inplace.File
		if len(shx) > 0 {
			index = &inplace.File{Data: shx}
		}
		if err := l.readRecords(index); err != nil {
			mustBeInputError(t, err)
			return
		}
		if most := len(shp) / (recordHeader + 4); l.records.len() > most {
			t.Fatalf("%d records in %d bytes", l.records.len(), len(shp))
		}
		for feature, err := range l.Near(t.Context(), nil, nil) {
			if err != nil {
				mustBeInputError(t, err)
				return
			}
			for _, polygon := range feature.Geometry {
				for _, ring := range polygon {
					if len(ring) < 4 || !ring.Closed() {
						t.Fatalf("record %d: ring %v", feature.Record, ring)
					}
				}
			}
		}
		for range l.Near(t.Context(), []orb.Bound{l.Bound()}, nil) {
		}
		l.Notices()
	})
}

// FuzzTable reads any .dbf with any .cpg.
func FuzzTable(f *testing.F) {
	files := written(f, parcels())
	f.Add(files[".dbf"], "GBK")
	f.Add(files[".dbf"], "")
	f.Add(files[".dbf"][:100], "UTF-8")
	f.Fuzz(func(t *testing.T, dbf []byte, cpg string) {
		var odd inplace.Issues
		table := &table{file: &inplace.File{Data: dbf}}
		if err := table.readHeader(); err != nil {
			mustBeInputError(t, err)
			return
		}
		table.settle(cpg, &odd)
		var names []string
		for _, c := range table.columns {
			names = append(names, c.Name)
		}
		read := table.reader(names, &odd)
		for i := range min(table.rows, 1000) {
			if got := read(i); len(got) != len(names) {
				t.Fatalf("%d values for %d columns", len(got), len(names))
			}
			table.deleted(i)
		}
	})
}

// FuzzPrj reads any .prj: a system, nothing, or an input error.
func FuzzPrj(f *testing.F) {
	f.Add([]byte(squares(1).CRS.WKT()))
	f.Add([]byte("\ufeffGEOGCS[\"x\"]"))
	f.Add([]byte{0xFF, 0xFE, 'G', 0, 'E', 0})
	f.Fuzz(func(t *testing.T, prj []byte) {
		if _, err := parsePrj(prj); err != nil {
			mustBeInputError(t, err)
		}
	})
}

func mustBeInputError(t *testing.T, err error) {
	t.Helper()
	if inputErr, ok := geo.AsInputError(err); !ok || inputErr.Message.IsZero() {
		t.Fatalf("not a fault: %v", err)
	}
}
