package coordtxt

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb/planar"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"landcheck/geo"
)

var zone37 = geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000}

const block = `[属性描述]
格式版本号=1.01
数据产生单位=示例县自然资源局
数据产生日期=2025-06-15
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=37
精度=0.001
转换参数=,,,,,,
[地块坐标]
`

// sample is a square of 100 m with a square hole of 20 m.
const sample = `10,0.9600,DK001,补划地块1,面,K49G001002,补划永久基本农田,0102,@
J1,1,4563000.000,37540000.000
J2,1,4563000.000,37540100.000
J3,1,4562900.000,37540100.000
J4,1,4562900.000,37540000.000
J1,1,4563000.000,37540000.000
J5,2,4562960.000,37540040.000
J6,2,4562940.000,37540040.000
J7,2,4562940.000,37540060.000
J8,2,4562960.000,37540060.000
J5,2,4562960.000,37540040.000
`

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

func gbk(t testing.TB, s string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// load reads data that must be sound.
func load(t testing.TB, data []byte) (geo.Layer, []geo.Feature) {
	t.Helper()
	l, err := read(t.Context(), data, "勘界", "勘界.txt")
	if err != nil {
		t.Fatal(err)
	}
	return l, rowsOf(t, l)
}

func rowsOf(t testing.TB, l geo.Layer) (rows []geo.Feature) {
	t.Helper()
	for f, err := range l.Near(context.Background(), nil, []string{"BSM", "MC", "MJ", "YT", "DLBM", "BGHDLBM", "ZLDB"}) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, f)
	}
	return rows
}

func TestEncodings(t *testing.T) {
	text := crlf(block + sample)
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"GBK":                 gbk(t, text),
		"UTF-8":               []byte(text),
		"UTF-8 with BOM":      []byte("\ufeff" + text),
		"UTF-16":              utf16,
		"LF":                  []byte(block + sample),
		"extended block":      gbk(t, crlf("[扩展信息]\n项目=x\n"+block+sample)),
		"end-of-file mark":    gbk(t, text+"\x1a"),
		"full-width at signs": []byte(strings.ReplaceAll(text, "@", "＠")),
	} {
		if !Looks(data[:min(len(data), 2048)]) {
			t.Errorf("%s: not recognised", name)
		}
		l, rows := load(t, data)
		want := []string{"DK001", "补划地块1", "9600", "补划永久基本农田", "0102", "0102", ""}
		if len(rows) != 1 || !slices.Equal(rows[0].Values, want) || rows[0].Record != 1 {
			t.Fatalf("%s: %+v", name, rows)
		}
		// 100² − 20², by the definition of the sample.
		if a := planar.Area(rows[0].Geometry); len(rows[0].Geometry) != 1 || len(rows[0].Geometry[0]) != 2 || a != 9600 {
			t.Errorf("%s: area %v of %v", name, a, rows[0].Geometry)
		}
		if crs, err := l.CRS(); crs != zone37 || err != nil || len(l.Notices()) != 0 {
			t.Errorf("%s: %v, %v, %v", name, crs, err, l.Notices())
		}
	}
}

func TestHeadings(t *testing.T) {
	points := sample[strings.Index(sample, "\n")+1:]
	for name, c := range map[string]struct {
		heading string
		want    []string
	}{
		"seven values": {"10,0.96,D1,名,面,图,用途,,@", []string{"D1", "名", "9600", "用途", "", "", ""}},
		"six values":   {"10,0.96,D1,名,面,图,@", []string{"D1", "名", "9600", "", "", "", ""}},
		"thirteen values": {"10,0.9600,D1,名,面,图,用途,0103,提质改造,旱地,12,9,备注,@",
			[]string{"D1", "名", "9600", "用途", "0103", "0103", "9"}},
		"a comma in the name":  {"10,0.12345678,D1,甲,乙,面,图,用途,0103,@", []string{"D1", "甲,乙", "1234.5678", "用途", "0103", "0103", ""}},
		"blanks, nothing said": {" , , D1 ,,, ,,,@", []string{"D1", "", "", "", "", "", ""}},
		"closing not counted":  {"8,0.96,D1,名,面,图,用途,,@", []string{"D1", "名", "9600", "用途", "", "", ""}},
	} {
		l, rows := load(t, []byte(block+c.heading+"\n"+points))
		if len(rows) != 1 || !slices.Equal(rows[0].Values, c.want) || len(l.Notices()) != 0 {
			t.Errorf("%s: %q, %v", name, rows[0].Values, l.Notices())
		}
	}
}

func TestRings(t *testing.T) {
	head := func(n int) string { return fmt.Sprintf("%d,1,D1,名,面,图,用途,,@\n", n) }
	// ring writes a square without its closing point.
	ring := func(label, number int, x, y, side float64) (s string) {
		for i, p := range [][2]float64{{x, y + side}, {x + side, y + side}, {x + side, y}, {x, y}} {
			s += fmt.Sprintf("J%d,%d,%.3f,%.3f\n", label+i, number, p[1]+4.5e6, p[0]+37540000)
		}
		return s
	}
	closed := func(label, number int, x, y, side float64) string {
		s := ring(label, number, x, y, side)
		return s + s[:strings.Index(s, "\n")+1]
	}
	for name, c := range map[string]struct {
		text  string
		parts []int // rings of each part
		area  float64
		said  string
	}{
		"second ring beside":      {head(10) + closed(1, 1, 0, 0, 10) + closed(5, 2, 50, 0, 10), []int{1, 1}, 200, ""},
		"second ring inside":      {head(10) + closed(1, 1, 0, 0, 10) + closed(5, 2, 2, 2, 2), []int{2}, 96, ""},
		"hole before its ring":    {head(10) + closed(1, 1, 2, 2, 2) + closed(5, 2, 0, 0, 10), []int{2}, 96, ""},
		"island in a hole":        {head(15) + closed(1, 1, 0, 0, 10) + closed(5, 2, 1, 1, 8) + closed(9, 3, 3, 3, 2), []int{2, 1}, 40, ""},
		"hole touching inside":    {head(10) + closed(1, 1, 0, 0, 10) + closed(5, 2, 0, 4, 2), []int{2}, 96, ""},
		"parts touching":          {head(10) + closed(1, 1, 0, 0, 10) + closed(5, 2, 10, 4, 2), []int{1, 1}, 104, ""},
		"one number for all":      {head(10) + closed(1, 1, 0, 0, 10) + closed(5, 1, 50, 0, 10), []int{1, 1}, 200, ""},
		"open":                    {head(4) + ring(1, 1, 0, 0, 10), []int{1}, 100, "ring 1 of parcel D1 is open"},
		"two open":                {head(8) + ring(1, 1, 0, 0, 10) + ring(5, 2, 50, 0, 10), []int{1, 1}, 200, "ring 2 of parcel D1 is open"},
		"wrong count":             {head(7) + closed(1, 1, 0, 0, 10), []int{1}, 100, "declares 7 points and has 5"},
		"X written twice":         {head(5) + ring(1, 1, 0, 0, 10) + "J1,1,4500010.000,4500010.000\n", []int{1}, 100, "X written twice"},
		"a repeated point":        {head(6) + ring(1, 1, 0, 0, 10) + "J4,1,4500000,37540000\nJ1,1,4500010,37540000\n", []int{1}, 100, ""},
		"no labels":               {head(5) + strings.NewReplacer("J1,", "", "J2,", "", "J3,", "", "J4,", "").Replace(closed(1, 1, 0, 0, 10)), []int{1}, 100, ""},
		"labels without J":        {head(5) + strings.ReplaceAll(closed(1, 1, 0, 0, 10), "J", ""), []int{1}, 100, ""},
		"full-width comma, blank": {head(5) + strings.ReplaceAll(closed(1, 1, 0, 0, 10), ",", "， "), []int{1}, 100, ""},
		"two points":              {head(2) + "J1,1,4500000,37540000\nJ2,1,4500010,37540000\n", nil, 0, "fewer than three points"},
		"no points":               {head(0), nil, 0, "parcel D1 has no shape"},
	} {
		l, rows := load(t, []byte(block+c.text))
		var parts []int
		for _, p := range rows[0].Geometry {
			parts = append(parts, len(p))
		}
		if a := planar.Area(rows[0].Geometry); !slices.Equal(parts, c.parts) || math.Abs(a-c.area) > 1e-9 {
			t.Errorf("%s: parts %v of %v m², want %v of %v", name, parts, a, c.parts, c.area)
		}
		said := ""
		for _, n := range l.Notices() {
			said += n.Message.EN + "\n"
		}
		if (c.said == "") != (said == "") || !strings.Contains(said, c.said) {
			t.Errorf("%s: notices %q, want %q", name, said, c.said)
		}
	}
	l, rows := load(t, []byte(block+"2,1,D1,名,线,图,用途,,@\nJ1,1,4500000,37540000\nJ2,1,4500010,37540000\n"+sample))
	if len(rows) != 1 || rows[0].Values[0] != "DK001" || len(l.Notices()) != 1 || l.Notices()[0].Record != 13 {
		t.Errorf("a line among areas: %v, %v", rows, l.Notices())
	}
}

func TestZones(t *testing.T) {
	in := func(changes ...string) string { return strings.NewReplacer(changes...).Replace(block + sample) }
	for name, c := range map[string]struct {
		text string
		want geo.CRS
	}{
		"as declared":       {in(), zone37},
		"nothing declared":  {in("带号=37", "带号=", "几度分带=3", "几度分带="), zone37},
		"in words":          {in("带号=37", "带号=37带", "几度分带=3", "几度分带 = 3度"), zone37},
		"no zone in Y":      {in(",37540", ",540"), geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 500000}},
		"metres in full":    {in("计量单位=米", "计量单位=米（m）"), zone37},
		"six degrees":       {in("带号=37", "带号=19", "几度分带=3", "几度分带=6", ",37540", ",19540"), geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 19500000}},
		"six, no zone in Y": {in("带号=37", "带号=20", "几度分带=3", "几度分带=", ",37540", ",540"), geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 117, FalseEasting: 500000}},
		"nothing at all":    {in("带号=37", "", ",37540", ",540"), geo.CRS{}},
	} {
		l, _ := load(t, []byte(c.text))
		if crs, err := l.CRS(); crs != c.want || err != nil {
			t.Errorf("%s: %v, %v, want %v", name, crs, err, c.want)
		}
	}
}

func TestRefused(t *testing.T) {
	in := func(changes ...string) string { return strings.NewReplacer(changes...).Replace(block + sample) }
	for name, c := range map[string]struct {
		text string
		line int
		want string
	}{
		"no parcels":             {"[属性描述]\n带号=37\n", 0, "no [地块坐标] section"},
		"empty":                  {"", 0, "no [地块坐标] section"},
		"a point first":          {block + "J1,1,4563000,37540000\n", 13, "before any heading"},
		"short heading":          {block + "1,2,@\n", 13, "only 2 values"},
		"count in words":         {block + "十,1,a,b,面,c,d,e,@\n", 13, "not a whole number"},
		"area in words":          {block + "10,大,a,b,面,c,d,e,@\n", 13, "not a number"},
		"two values":             {in("J3,1,4562900.000,37540100.000", "J3,1"), 16, "2 values"},
		"five values":            {in("J3,1,", "J3,1,9,"), 16, "5 values"},
		"ring in words":          {in("J3,1,", "J3,一,"), 16, "ring number"},
		"coordinate in words":    {in("J3,1,4562900.000", "J3,1,456x"), 16, "are not numbers"},
		"NaN":                    {in("J3,1,4562900.000", "J3,1,NaN"), 16, "are not numbers"},
		"infinite":               {in("J3,1,4562900.000", "J3,1,1e999"), 16, "are not numbers"},
		"east first":             {in("J1,1,4563000.000,37540000.000", "J1,1,37540000.000,4563000.000"), 14, "east first"},
		"east first, no zone":    {in("J1,1,4563000.000,37540000.000", "J1,1,540000.000,4563000.000"), 14, "east first"},
		"closing point elsewise": {in("J4,1,4562900.000,37540000.000\nJ1,1,4563000.000,37540000.000", "J4,1,4562900.000,37540000.000\nJ1,1,4563001.000,37540000.000"), 18, "other coordinates"},
		"Xi'an 80":               {in("2000国家", "1980西安"), 0, "Xi'an 80"},
		"Beijing 54":             {in("2000国家大地坐标系", "1954北京坐标系"), 0, "Beijing 54"},
		"kilometres":             {in("计量单位=米", "计量单位=千米"), 0, "only metres"},
		"Mercator":               {in("投影类型=高斯克吕格", "投影类型=墨卡托"), 0, "only Gauss-Krüger"},
		"a local system":         {in("2000国家大地坐标系", "地方独立坐标系"), 0, "is not CGCS2000"},
		"feet":                   {in("单位=米", "单位=英尺"), 0, "only metres"},
		"another zone":           {in("带号=37", "带号=38"), 0, "zone 38 is declared but the coordinates carry zone 37"},
		"zone and width":         {in("几度分带=3", "几度分带=6"), 0, "not one of a 6° division"},
		"zone 24":                {in("带号=37", "带号=", ",37540", ",24540"), 0, "neither 13-23"},
		"zone in words":          {in("带号=37", "带号=三七"), 0, "not a whole number"},
		"two zones":              {in("J7,2,4562940.000,37540060", "J7,2,4562940.000,38540060"), 0, "several zone numbers"},
	} {
		_, err := read(t.Context(), []byte(c.text), "x", "x.txt")
		f, ok := geo.AsInputError(err)
		if !ok || f.Record != c.line || !strings.Contains(f.Message.EN, c.want) || f.File != "x.txt" || f.Advice.IsZero() {
			t.Errorf("%s: %v, want line %d, %q", name, err, c.line, c.want)
		}
	}
}

// FuzzRead: a layer of closed rings or an input error, whatever the bytes.
func FuzzRead(f *testing.F) {
	f.Add([]byte(block + sample))
	f.Add(gbk(f, crlf(block+sample)))
	f.Add([]byte("[地块坐标]\n,,,,,,@\n,1,1,1\n,1,2,1\n,1,1,2\n1,1,1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := read(t.Context(), data, "x", "x.txt")
		if err != nil {
			if _, ok := geo.AsInputError(err); !ok {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		for _, row := range rowsOf(t, l) {
			for _, p := range row.Geometry {
				for _, r := range p {
					if len(r) < 4 || !r.Closed() {
						t.Fatalf("ring %v", r)
					}
				}
			}
		}
	})
}
