package shapefile

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// TestValues reads one raw value of each kind.
func TestValues(t *testing.T) {
	le64 := func(v uint64) string { return string(binary.LittleEndian.AppendUint64(nil, v)) }
	cases := []struct {
		kind      byte
		raw, want string
	}{
		{'C', "0101 ", "0101"}, {'C', "  0101", "0101"}, {'C', "01\x00\x00\x00", "01"}, {'C', "01\x00old", "01"}, {'C', "   ", ""},
		{'N', "  12.50", "12.50"}, {'N', "12345678901234567.89", "12345678901234567.89"}, {'N', "*****", ""}, {'N', "     ", ""},
		{'N', "\x00\x00\x00", ""}, {'N', " 68,500", "68.500"}, {'N', "1,234.5", "1234.5"}, {'N', "1.234,5", "1234.5"},
		{'N', "1,234,567", "1234567"}, {'N', "-0", "-0"}, {'F', " 1.5e+03", "1.5e+03"}, {'N', "nan", ""}, {'N', "-1.#INF", ""},
		{'N', "1\xff", "1\ufffd"},
		{'D', "20250131", "20250131"}, {'D', "        ", ""}, {'D', "00000000", ""}, {'D', "\x00\x00\x00\x00\x00\x00\x00\x00", ""},
		{'L', "Y", "T"}, {'L', "t", "T"}, {'L', "N", "F"}, {'L', "?", ""}, {'L', " ", ""},
		{'I', "\xfe\xff\xff\xff", "-2"}, {'I', " 12", "12"}, {'+', "\x07\x00\x00\x00", "7"},
		{'O', le64(math.Float64bits(-2.5)), "-2.5"}, {'B', le64(math.Float64bits(1e21)), "1000000000000000000000"},
		{'O', le64(math.Float64bits(math.NaN())), ""}, {'O', "short", ""},
		{'Y', le64(uint64(12345)), "1.2345"}, {'Y', le64(1 << 63), "-922337203685477.5808"},
		{'@', le64(2460707), "20250131"}, {'@', le64(0), ""}, {'T', le64(uint64(math.MaxInt32)), ""}, // Julian day of 2025-01-31
		{'M', "0000000001", ""},
	}
	for _, c := range cases {
		var odd inplace.Issues
		cell := cell{column: &column{kind: c.kind, width: len(c.raw)}, code: inGBK.decoder()}
		if got := cell.value([]byte(c.raw), 1, &odd); got != c.want {
			t.Errorf("%c %q reads %q, want %q", c.kind, c.raw, got, c.want)
		}
		if got := cell.value([]byte(c.raw), 2, &odd); got != c.want {
			t.Errorf("%c %q reads %q the second time", c.kind, c.raw, got)
		}
	}
}

// TestCodeNamed reads .cpg files as they are found.
func TestCodeNamed(t *testing.T) {
	gbk := []string{"936", "GBK", "gbk\r\n", "GB2312", "gb18030", "GB-18030", "ANSI 936", "OEM", "OEM 936", "CP936", "cp-936", "windows-936", "\ufeffGBK", "EUC-CN", "54936"}
	for _, cpg := range gbk {
		if c, ok := codeNamed(cpg); !ok || c != inGBK {
			t.Errorf("%q is not read as GBK", cpg)
		}
	}
	for _, cpg := range []string{"UTF-8", "utf8", "UTF-8\n", "65001", "CP65001", "\ufeffUTF-8 "} {
		if c, ok := codeNamed(cpg); !ok || c != inUTF8 {
			t.Errorf("%q is not read as UTF-8", cpg)
		}
	}
	for _, cpg := range []string{"", "klingon", "SHIFT_JIS", "\x00"} {
		if _, ok := codeNamed(cpg); ok {
			t.Errorf("%q is taken for an encoding", cpg)
		}
	}
}

// TestEncodingOrder holds the order of README.md: .cpg, language byte 0x4D,
// valid UTF-8, else GB18030; names and values cut in mid-character included.
func TestEncodingOrder(t *testing.T) {
	gbk := func(s string) string { b, _ := simplifiedchinese.GB18030.NewEncoder().String(s); return b }
	cases := []struct {
		name, cpg   string
		language    byte
		field, text string // bytes on disk
		wantField   string
		wantText    string
	}{
		{"cpg GBK", "ANSI 936", 0, gbk("地类"), gbk("水浇地"), "地类", "水浇地"},
		{"cpg UTF-8", "UTF-8", 0, "地类", "水浇地", "地类", "水浇地"},
		{"cpg before language", "UTF-8", 0x4D, "地类", "水浇地", "地类", "水浇地"},
		{"language", "", 0x4D, gbk("地类"), gbk("水浇地"), "地类", "水浇地"},
		{"unknown cpg, language", "klingon", 0x4D, gbk("地类"), gbk("水浇地"), "地类", "水浇地"},
		{"western language is not believed", "", 0x57, gbk("地类"), gbk("水浇地"), "地类", "水浇地"},
		{"UTF-8 undeclared", "", 0, "DLMC", "水浇地", "DLMC", "水浇地"},
		{"GBK undeclared", "", 0, "DLMC", gbk("黑龙江省"), "DLMC", "黑龙江省"},
		{"four bytes of GB18030", "", 0, "DLMC", gbk("㐀地"), "DLMC", "㐀地"},
		{"UTF-8 name cut", "", 0, "地类名称"[:10], "旱", "地类名", "旱"},
		{"UTF-8 value cut", "", 0, "DLMC", "水浇地水浇地水"[:20], "DLMC", "水浇地水浇地"},
		{"GBK name cut", "", 0x4D, gbk("a地类名称码")[:10], gbk("旱地"), "a地类名称", "旱地"},
		{"GBK value cut", "GBK", 0, "DLMC", gbk("水浇地水浇地水浇地水") + gbk("地")[:1], "DLMC", "水浇地水浇地水浇地水"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			table := squares(1)
			table.Fields[0] = geo.Field{Name: "X", Type: geo.TextField, Width: 21}
			files := written(t, table)
			dbf := files[".dbf"]
			dbf[29] = c.language
			copy(dbf[32:43], c.field)
			row := dbf[len(dbf)-1-21 : len(dbf)-1]
			copy(row, c.text+"                     ")
			delete(files, ".cpg")
			if c.cpg != "" {
				files[".cpg"] = []byte(c.cpg)
			}
			l, err := Open(put(t, files), "")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			if got := l.Fields()[0].Name; got != c.wantField {
				t.Errorf("field %q, want %q", got, c.wantField)
			}
			for f, err := range l.Rows(t.Context(), []string{c.wantField}) {
				if err != nil || !slices.Equal(f.Values, []string{c.wantText}) {
					t.Errorf("value %q %v, want %q", f.Values, err, c.wantText)
				}
			}
		})
	}
}

// TestBadTextOfEveryRecord: that a text does not fit the encoding is said of
// every record that has it, so that what is said does not depend on which
// records were read one after the other.
func TestBadTextOfEveryRecord(t *testing.T) {
	cell := cell{column: &column{kind: 'C', width: 2}, code: inUTF8.decoder()}
	var odd inplace.Issues
	for i, raw := range []string{"ok", "\xff\xff", "\xff\xff", "ok", "ok", "\xff\xff"} {
		cell.value([]byte(raw), i+1, &odd)
	}
	list := odd.List(func(ext string) string { return ext })
	if len(list) != 1 || !slices.Equal(list[0].Records, []int{2, 3, 6}) {
		t.Errorf("said %+v", list)
	}
}
