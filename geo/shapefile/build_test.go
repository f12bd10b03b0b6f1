package shapefile

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// put writes the files of a layer, by ending, and returns the path of its .shp.
func put(t testing.TB, files map[string][]byte) string {
	t.Helper()
	stem := filepath.Join(t.TempDir(), "DLTB")
	for ext, data := range files {
		if err := os.WriteFile(stem+ext, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return stem + ".shp"
}

// written is a table as Write puts it on disk, to be damaged.
func written(t testing.TB, table *geo.Table) map[string][]byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "DLTB.shp")
	if err := Write(t.Context(), path, table, GBK); err != nil {
		t.Fatal(err)
	}
	files := make(map[string][]byte)
	for _, ext := range []string{".shp", ".shx", ".dbf", ".prj", ".cpg"} {
		if data, err := os.ReadFile(path[:len(path)-4] + ext); err == nil {
			files[ext] = data
		}
	}
	return files
}

// squares is a table of n parcels of 10 m side, 20 m apart, with one field.
func squares(n int) *geo.Table {
	table := &geo.Table{
		Name:   "DLTB",
		CRS:    geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000},
		Fields: []geo.Field{{Name: "DLBM", Type: geo.TextField, Width: 5}},
	}
	for i := range n {
		table.Rows = append(table.Rows, geo.Feature{
			Geometry: orb.MultiPolygon{{square(37500000+20*float64(i), 4500000, 10)}},
			Values:   []string{"010" + string(rune('1'+i%3))},
		})
	}
	return table
}

func square(x, y, side float64) orb.Ring {
	return orb.Ring{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}
}

// squareRecord is the size of a record of squares.
const squareRecord = recordHeader + polyHeader + 4 + 5*16

func be(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }
func le(v uint32) []byte { return binary.LittleEndian.AppendUint32(nil, v) }

// readAll opens a layer, reads it whole and closes it.
func readAll(t testing.TB, path string, columns ...string) ([]geo.Feature, []geo.Notice, error) {
	t.Helper()
	l, err := Open(path, "")
	if err != nil {
		return nil, nil, err
	}
	defer l.Close()
	var features []geo.Feature
	for f, err := range l.Near(t.Context(), nil, columns) {
		if err != nil {
			return features, l.Notices(), err
		}
		features = append(features, f)
	}
	if len(features) != l.Len() {
		t.Errorf("%d features, Len is %d", len(features), l.Len())
	}
	return features, l.Notices(), nil
}
