package shapefile

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"landcheck/geo"
)

// TestCellsAreRows holds values as bytes against values as strings, over
// tables of any bytes.
func TestCellsAreRows(t *testing.T) {
	table := &geo.Table{Fields: []geo.Field{
		{Name: "DLBM", Type: geo.TextField, Width: 9}, {Name: "MJ", Type: geo.NumberField, Width: 9, Decimals: 2}, {Name: "RQ", Type: geo.DateField, Width: 8}}}
	shape := squares(1).Rows[0].Geometry
	for range 20 {
		table.Rows = append(table.Rows, geo.Feature{Geometry: shape, Values: []string{"", "", ""}})
	}
	files := written(t, table)
	whole := files[".dbf"]
	start := len(whole) - 1 - 20*27
	rapid.Check(t, func(rt *rapid.T) {
		data := append([]byte(nil), whole...)
		for i := range 20 {
			row := data[start+27*i:][:27]
			row[0] = rapid.SampledFrom([]byte{' ', deletedFlag}).Draw(rt, "flag")
			for _, part := range [][]byte{row[1:10], row[10:19], row[19:27]} {
				copy(part, rapid.OneOf(
					rapid.Map(rapid.SliceOfN(rapid.Byte(), len(part), len(part)), func(b []byte) string { return string(b) }),
					rapid.SampledFrom([]string{"  12.50  ", "旱地", "\t1,5    ", "+1.5\x00xyz", "*********", "nan      ", "150123101", " -7.25 \n ", "1e5      "}),
				).Draw(rt, "value"))
			}
		}
		files[".dbf"] = data
		l, err := Open(put(t, files), "")
		if err != nil {
			rt.Fatal(err)
		}
		defer l.Close()
		columns := []string{"mj", "DLBM", "none", "RQ"}
		var want, got []string
		for f, err := range l.Rows(t.Context(), columns) {
			if err != nil {
				rt.Fatal(err)
			}
			want = append(want, fmt.Sprintf("%d %q", f.Record, f.Values))
		}
		err = l.Cells(t.Context(), columns, func(record int, values [][]byte) error {
			var all []string
			for _, v := range values {
				all = append(all, string(v))
			}
			got = append(got, fmt.Sprintf("%d %q", record, all))
			return nil
		})
		if err != nil || !reflect.DeepEqual(got, want) {
			rt.Fatalf("%v\n%v\nwant\n%v", err, got, want)
		}
	})
}

// BenchmarkCells reads the two columns of BenchmarkRows.
func BenchmarkCells(b *testing.B) {
	l := openBench(b)
	for b.Loop() {
		if err := l.Cells(b.Context(), []string{"DLMC", "TBMJ"}, func(int, [][]byte) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	perSecond(b, "rows")
}
