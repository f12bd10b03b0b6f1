package coordtxt

import (
	"math"
	"strconv"
	"strings"

	"landcheck/geo"
)

// span is the range of the eastings.
type span struct {
	low, high float64
	any       bool
}

func (s *span) add(v float64) {
	if !s.any {
		s.low, s.high, s.any = v, v, true
		return
	}
	s.low, s.high = min(s.low, v), max(s.high, v)
}

// eastFirst recognises swapped columns: China's northings run from 0.3 to 6
// million metres, eastings are below a million or, with the zone, above 13.
func eastFirst(first, second float64) bool {
	easting := first >= 13e6 && first < 46e6 || first >= 1e5 && first < 1e6
	northing := second >= 1e6 && second <= 6.5e6
	return easting && northing
}

// settleCRS makes a system of the attribute block and the eastings; whatever
// contradicts itself is refused.
func (r *reader) settleCRS() error {
	if err := r.checkDatum(); err != nil {
		return err
	}
	if unit := r.head["计量单位"]; unit != "" && !strings.EqualFold(unit, "m") && !strings.HasPrefix(unit, "米") {
		return r.inputError(geo.Textf("计量单位是 %.20q，只支持米", "the unit is %.20q; only metres are supported", unit),
			geo.Text{ZH: "请导出以米为单位的高斯-克吕格坐标", EN: "Export Gauss-Krüger coordinates in metres"})
	}
	if name := r.head["投影类型"]; name != "" && !strings.Contains(name, "高斯") && !strings.Contains(strings.ToLower(name), "gauss") {
		return r.inputError(geo.Textf("投影类型是 %.40q，只支持高斯-克吕格", "the projection is %.40q; only Gauss-Krüger is supported", name),
			geo.Text{ZH: "请导出以米为单位的高斯-克吕格坐标", EN: "Export Gauss-Krüger coordinates in metres"})
	}
	zone, err := r.whole("带号")
	if err != nil {
		return err
	}
	width, err := r.whole("几度分带")
	if err != nil || !r.east.any {
		return err
	}
	prefix := int(math.Floor(r.east.low / 1e6))
	if prefix != int(math.Floor(r.east.high/1e6)) {
		return r.zoneInputError(geo.Textf("东坐标从 %.0f 到 %.0f，跨越不同带号", "eastings run from %.0f to %.0f, over several zone numbers", r.east.low, r.east.high))
	}
	plain := prefix == 0
	switch {
	case plain:
	case zone == 0:
		zone = prefix
	case zone != prefix:
		return r.zoneInputError(geo.Textf("文件声明带号 %[1]d，坐标的带号是 %[2]d", "zone %[1]d is declared but the coordinates carry zone %[2]d", zone, prefix))
	}
	six, three := zone >= 13 && zone <= 23, zone >= 25 && zone <= 45
	switch {
	case zone == 0:
		r.note(0, geo.Text{ZH: "没有带号，无法确定中央子午线", EN: "there is no zone number, so the central meridian is not known"})
		return nil
	case !six && !three:
		return r.zoneInputError(geo.Textf("带号 %d 不在 13-23（6 度带）或 25-45（3 度带）之内", "zone %d is neither 13-23 (6°) nor 25-45 (3°)", zone))
	case width != 0 && (width == 6) != six, width != 0 && (width == 3) != three:
		return r.zoneInputError(geo.Textf("带号 %[1]d 与 %[2]d 度分带不符", "zone %[1]d is not one of a %[2]d° division", zone, width))
	}
	// EPSG numbers the zones in order, with the zone in the easting or without.
	code := 4513 + zone - 25
	switch {
	case three && plain:
		code = 4534 + zone - 25
	case six && plain:
		code = 4502 + zone - 13
	case six:
		code = 4491 + zone - 13
	}
	r.table.CRS, err = geo.FromEPSG(code)
	return err
}

// checkDatum refuses what is named and is not CGCS2000.
func (r *reader) checkDatum() error {
	name := r.head["坐标系"]
	code := 0
	switch {
	case name == "":
		r.note(0, geo.Text{ZH: "没有写坐标系，按 2000 国家大地坐标系读取", EN: "no coordinate system is named; CGCS2000 is assumed"})
		return nil
	case strings.Contains(name, "2000"):
		return nil
	case strings.Contains(name, "80"), strings.Contains(name, "西安"):
		code = 4610
	case strings.Contains(name, "54"), strings.Contains(name, "北京"):
		code = 4214
	}
	if _, err := geo.FromEPSG(code); code != 0 {
		if f, ok := geo.AsInputError(err); ok {
			f.File, f.Field = r.shown, "坐标系"
			return f
		}
	}
	return r.inputError(geo.Textf("坐标系 %.40q 不是 2000 国家大地坐标系", "the coordinate system %.40q is not CGCS2000", name),
		geo.Text{ZH: "请转换为 2000 国家大地坐标系后再提交", EN: "Convert the data to CGCS2000 first"})
}

// whole reads a small number such as "37", "37带" or "3度"; 0 if not said.
func (r *reader) whole(key string) (int, error) {
	text := strings.TrimRight(r.head[key], "带度号° ")
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		f := r.zoneInputError(geo.Textf("%.20q 不是整数", "%.20q is not a whole number", text))
		f.Field = key
		return 0, f
	}
	return n, nil
}

func (r *reader) zoneInputError(problem geo.Text) *geo.InputError {
	return r.inputError(problem, geo.Text{
		ZH: "请核对 [属性描述] 中的“带号”“几度分带”与坐标",
		EN: "Check 带号 and 几度分带 in [属性描述] against the coordinates"})
}
