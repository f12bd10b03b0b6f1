package coordtxt

import (
	"math"
	"strconv"
	"strings"

	"landcheck/geo"
)

// parcelBlock is a heading with the points that follow it.
type parcelBlock struct {
	line     int // of the heading
	declared int // boundary points; -1 if not said
	id       string
	kind     string // 面, 线, 点
	heading  heading
	points   []point
}

// heading is the descriptive part, as text.
type heading struct {
	name, area, sheet, purpose, class, sort, before, after, remark string
}

// point is one line of a boundary.
type point struct {
	line  int
	label string
	ring  int
	north float64
	east  float64
}

// startParcel reads "points,hectares,id,name,面,sheet,purpose[,class[,sort,
// class name,grade before,grade after,remark]]", the closing @ taken off.
func (r *reader) startParcel(line string) error {
	parts := strings.Split(line, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	parts = rejoinName(parts)
	if len(parts) < 6 {
		return r.inputError(geo.Textf("地块标题只有 %d 项", "the heading of a parcel has only %d values", len(parts)), layoutAdvice)
	}
	at := func(i int) string {
		if i < len(parts) {
			return parts[i]
		}
		return ""
	}
	p := &parcelBlock{line: r.line, declared: -1, id: at(2), kind: at(4),
		heading: heading{name: at(3), sheet: at(5), purpose: at(6), class: at(7),
			sort: at(8), before: at(10), after: at(11), remark: at(12)}}
	if at(0) != "" {
		n, err := strconv.Atoi(at(0))
		if err != nil || n < 0 {
			return r.inputError(geo.Textf("界址点数 %.40q 不是整数", "the number of points, %.40q, is not a whole number", at(0)), layoutAdvice)
		}
		p.declared = n
	}
	if at(1) != "" {
		hectares, ok := number(at(1))
		if !ok {
			return r.inputError(geo.Textf("地块面积 %.40q 不是数字", "the area, %.40q, is not a number", at(1)), layoutAdvice)
		}
		// Four decimals of a hectare are whole m²; a few more survive.
		p.heading.area = strconv.FormatFloat(math.Round(hectares*1e8)/1e4, 'f', -1, 64)
	}
	r.block = p
	return nil
}

// rejoinName undoes a comma inside the name: the kind of shape comes fifth.
func rejoinName(parts []string) []string {
	for i := 5; i < len(parts); i++ {
		if k := parts[i]; parts[4] != "面" && parts[4] != "线" && parts[4] != "点" && (k == "面" || k == "线" || k == "点") {
			return append(append(parts[:3:3], strings.Join(parts[3:i], ",")), parts[i:]...)
		}
	}
	return parts
}

// pointLine reads "label,ring,north,east"; the label may be missing altogether.
func (r *reader) pointLine(line string) error {
	if r.block == nil {
		return r.inputError(geo.Text{ZH: "坐标出现在地块标题之前", EN: "a point comes before any heading"}, layoutAdvice)
	}
	parts := strings.Split(strings.TrimRight(strings.ReplaceAll(line, "，", ","), ", \t"), ",")
	if len(parts) == 3 {
		parts = append([]string{""}, parts...)
	}
	if len(parts) != 4 {
		return r.inputError(geo.Textf("坐标行有 %d 项，应为“点号,圈号,X,Y”", "a point has %d values; label,ring,X,Y are expected", len(parts)), layoutAdvice)
	}
	p := point{line: r.line, label: strings.TrimSpace(parts[0])}
	ring, err := strconv.Atoi(strings.TrimSpace(parts[1]))
	if err != nil || ring < 0 {
		return r.inputError(geo.Textf("圈号 %.40q 不是整数", "the ring number %.40q is not a whole number", parts[1]), layoutAdvice)
	}
	p.ring = ring
	var okN, okE bool
	p.north, okN = number(parts[2])
	p.east, okE = number(parts[3])
	if !okN || !okE {
		return r.inputError(geo.Textf("坐标 %.60q 不是数字", "the coordinates %.60q are not numbers", parts[2]+","+parts[3]), layoutAdvice)
	}
	if eastFirst(p.north, p.east) {
		return r.inputError(
			geo.Textf("坐标 %[1]s,%[2]s 是东坐标在前", "the coordinates %[1]s,%[2]s are east first", strings.TrimSpace(parts[2]), strings.TrimSpace(parts[3])),
			geo.Text{ZH: "此格式第三项为 X（北坐标），第四项为 Y（东坐标，含带号），请交换两列后重新导出",
				EN: "The third value is X (north) and the fourth Y (east, with the zone): swap the two columns and export again"})
	}
	if len(r.block.points) >= maxPoints {
		return r.inputErrorOf(geo.TooMany(geo.VerticesOfShape, maxPoints))
	}
	r.block.points = append(r.block.points, p)
	return nil
}

// values are parallel to fields.
func (p *parcelBlock) values() []string {
	h := p.heading
	return []string{p.id, h.name, h.area, h.purpose, h.class, h.class, h.sheet, h.sort, h.before, h.after, h.remark}
}
