package coordtxt

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/outfile"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Meta is what the attribute block says beside the coordinate system.
type Meta struct {
	Producer string // 数据产生单位
	Date     string // 数据产生日期, YYYY-MM-DD
	Variant  Variant
}

// Variant is which values the heading of a parcel has; systems take one or the other.
type Variant int

// The variants in use.
const (
	Survey      Variant = iota // 9 values, the @ counted: 勘测定界
	Improvement                // 13 values and @: 图斑类型, 地类, grades before and after and 备注 too, as for 新增 and 提质改造
)

// Write makes a file of parcels: GBK, CRLF, metres with 3 decimals, areas in
// hectares with 4, each ring clockwise (holes counter-clockwise) from its
// north-west corner and closed. The table must be in a national Gauss-Krüger
// zone. Columns: BSM (else TBBH), MC, MJ in m² (required), YT, BGHDLBM (else
// DLBM), TFH, and for Improvement TBLX, DLMC, ZLDBQ, ZLDB, BZ. The file appears
// whole or not at all.
func Write(ctx context.Context, path string, meta Meta, t *geo.Table) error {
	text, err := encode(ctx, meta, t)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := outfile.Write(path, text, outfile.Public); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func encode(ctx context.Context, meta Meta, t *geo.Table) ([]byte, error) {
	zone, width, err := zoneOf(t.CRS)
	if err != nil {
		return nil, err
	}
	// The easting is written with the zone number, whether it has it or not.
	shift := float64(float64(zone)*1e6) + 500_000 - t.CRS.FalseEasting
	var b strings.Builder
	fmt.Fprintf(&b, "[属性描述]\r\n格式版本号=1.01\r\n数据产生单位=%s\r\n数据产生日期=%s\r\n坐标系=2000国家大地坐标系\r\n几度分带=%d\r\n"+
		"投影类型=高斯克吕格\r\n计量单位=米\r\n带号=%d\r\n精度=0.001\r\n转换参数=,,,,,,\r\n[地块坐标]\r\n", plain(meta.Producer), plain(meta.Date), width, zone)
	get := columns(t)
	for _, row := range t.Rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		lines, points, err := pointLines(row, shift)
		if err != nil {
			return nil, err
		}
		m2, ok := number(get(row, "MJ"))
		if !ok {
			return nil, &geo.InputError{Record: row.Record, Field: "MJ",
				Message: geo.Text{ZH: "缺少面积", EN: "the area is missing"},
				Advice:  geo.Text{ZH: "请填写面积（平方米）", EN: "Give the area in m²"}}
		}
		fmt.Fprintf(&b, "%d,%.4f,%s,%s,面,%s,%s,%s,", points, math.Round(m2)/1e4,
			get(row, "BSM", "TBBH"), get(row, "MC"), get(row, "TFH"), get(row, "YT"), get(row, "BGHDLBM", "DLBM"))
		if meta.Variant == Improvement {
			fmt.Fprintf(&b, "%s,%s,%s,%s,%s,", get(row, "TBLX"), get(row, "DLMC"), get(row, "ZLDBQ"), get(row, "ZLDB"), get(row, "BZ"))
		}
		fmt.Fprintf(&b, "@\r\n%s", lines)
	}
	out, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(b.String()))
	if err != nil {
		return nil, &geo.InputError{Err: err,
			Message: geo.Text{ZH: "文字含有 GBK 之外的字符", EN: "the text has characters outside GBK"},
			Advice:  geo.Text{ZH: "请改用 GBK 内的字", EN: "Use characters of GBK"}}
	}
	return out, nil
}

// zoneOf finds the national zone of a system.
func zoneOf(c geo.CRS) (zone, width int, err error) {
	code := c.EPSG()
	switch {
	case code >= 4513 && code <= 4533:
		return code - 4513 + 25, 3, nil
	case code >= 4534 && code <= 4554:
		return code - 4534 + 25, 3, nil
	case code >= 4491 && code <= 4501:
		return code - 4491 + 13, 6, nil
	}
	return 0, 0, &geo.InputError{
		Message: geo.Textf("坐标系 %s 不是国家 3 度或 6 度带", "%s is not one of the national 3° or 6° zones", c.String()),
		Advice:  geo.Text{ZH: "请先转换到国家标准分带", EN: "Reproject to a national zone first"}}
}

// columns gives a getter: the first of the named columns that has a value.
func columns(t *geo.Table) func(row geo.Feature, names ...string) string {
	return func(row geo.Feature, names ...string) string {
		for _, n := range names {
			if i := geo.FieldIndex(t.Fields, n); i >= 0 && i < len(row.Values) && row.Values[i] != "" {
				return plain(row.Values[i])
			}
		}
		return ""
	}
}

// plain keeps text from breaking the line it stands in.
func plain(s string) string {
	return strings.NewReplacer(",", "，", "@", "＠", "\r", " ", "\n", " ").Replace(strings.TrimSpace(s))
}

// pointLines writes the boundary and counts its points, closing ones included.
func pointLines(row geo.Feature, shift float64) (string, int, error) {
	var b strings.Builder
	points, label, number := 0, 0, 0
	for _, polygon := range row.Geometry {
		for i, ring := range polygon {
			corners := cornersOf(ring, shift, i == 0)
			if len(corners) < 3 {
				if i == 0 {
					return "", 0, &geo.InputError{Record: row.Record,
						Message: geo.Text{ZH: "图形在毫米精度下没有面积", EN: "the shape has no area at a precision of a millimetre"},
						Advice:  geo.Text{ZH: "请删除该细碎图斑", EN: "Remove the sliver"}}
				}
				continue
			}
			number++
			for k := range len(corners) + 1 {
				c := corners[k%len(corners)]
				fmt.Fprintf(&b, "J%d,%d,%s,%s\r\n", label+1+k%len(corners), number, metres(c[1]), metres(c[0]))
			}
			label += len(corners)
			points += len(corners) + 1
		}
	}
	return b.String(), points, nil
}

func metres(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

// cornersOf rounds a ring to millimetres, drops the closing and repeated
// points, turns it and starts it in the north-west.
func cornersOf(ring orb.Ring, shift float64, clockwise bool) []orb.Point {
	var corners []orb.Point
	for _, p := range ring {
		c := orb.Point{math.Round((p[0]+shift)*1000) / 1000, math.Round(p[1]*1000) / 1000}
		if len(corners) == 0 || corners[len(corners)-1] != c {
			corners = append(corners, c)
		}
	}
	for len(corners) > 1 && corners[0] == corners[len(corners)-1] {
		corners = corners[:len(corners)-1]
	}
	if len(corners) < 3 {
		return nil
	}
	if (planar.Area(orb.Ring(append(slices.Clone(corners), corners[0]))) < 0) != clockwise {
		slices.Reverse(corners)
	}
	start := 0
	for i, c := range corners {
		if c[1]-c[0] > corners[start][1]-corners[start][0] {
			start = i
		}
	}
	return append(slices.Clone(corners[start:]), corners[:start]...)
}
