package mapsheet

import (
	"fmt"

	"landcheck/geo"
	"landcheck/rules/wording"
)

// finish draws what lies over the map and round it, and ends the sheet.
func (s *sheet) finish(l legend) []byte {
	s.grid()
	s.labels()
	s.frame()
	s.north()
	s.drawLegend(l)
	s.underneath(l)
	s.signOff()
	s.b.WriteString("</svg>\n")
	return s.b.Bytes()
}

// north points along the grid's northing: up.
func (s *sheet) north() {
	fmt.Fprintf(&s.b, `<g transform="translate(%d %d)"><rect x="-7" y="-11" width="14" height="21" fill="#fff" fill-opacity=".85"/>`+
		`<path d="M0 -9L3.6 5L0 2.4Z"/><path d="M0 -9L-3.6 5L0 2.4Z" fill="#fff" stroke="%s" stroke-width=".25"/>`+
		`<text y="8.8" font-size="3.6" text-anchor="middle" font-weight="700">%s</text></g>`+"\n", frameX+frameWidth-11, frameY+14, ink, geo.Text{ZH: "北", EN: "N"}.In(s.in.Lang))
}

// underneath is the scale and what a reader of the map has to know.
func (s *sheet) underneath(l legend) {
	s.text(frameX-frameGap, underMap+3.2, 5, "start", "1:"+grouped(s.scale), `font-weight="700"`)
	s.scaleBar(frameX+42, underMap+1.6)
	notes := []geo.Text{
		geo.Textf("%s；方里网坐标单位为千米", "%s; coordinates of the grid in km", systemOf(s.in.Ledger.CRS)),
		{ZH: "面积为椭球面积，与核查报告一致；小于 0.3 毫米的图斑按 0.3 毫米绘出", EN: "areas are ellipsoidal and those of the report; parcels below 0.3 mm are drawn 0.3 mm large"},
	}
	if s.kind == PBFBefore || s.kind == PBFAfter {
		notes[1] = geo.Text{ZH: "面积为扣除田坎的净面积，与核查报告一致；整治区域以外只绘方案的调出和补划", EN: "areas are net of ridges and those of the report; outside the project area only what the plan moves is drawn"}
	}
	if !l.source.IsZero() {
		notes = append(notes, l.source)
	}
	for i, n := range notes {
		s.text(frameX+frameWidth+frameGap, underMap+float64(float64(i)*4)+1.4, 2.8, "end", n.In(s.in.Lang), `fill="#444"`)
	}
}

// systemOf names the coordinate system, and the code of it.
func systemOf(crs geo.CRS) geo.Text {
	if code := crs.EPSG(); code != 0 {
		return geo.Textf("2000国家大地坐标系，高斯-克吕格投影，中央经线 %g°（EPSG:%d）", "CGCS2000, Gauss-Krüger, central meridian %g° (EPSG:%d)", crs.CentralMeridian, code)
	}
	return geo.Textf("2000国家大地坐标系，高斯-克吕格投影，中央经线 %g°", "CGCS2000, Gauss-Krüger, central meridian %g°", crs.CentralMeridian)
}

// signOff is the block to be filled in and signed.
func (s *sheet) signOff() {
	p := s.in.Report.Plan
	rows := []struct {
		head geo.Text
		says string
	}{
		{geo.Text{ZH: "方案编号", EN: "plan"}, p.Code},
		{geo.Text{ZH: "方案摘要", EN: "digest"}, wording.ShortDigest(p.Digest)},
		{geo.Text{ZH: "比例尺", EN: "scale"}, "1:" + grouped(s.scale)},
		{geo.Text{ZH: "编制单位", EN: "drawn by"}, ""},
		{geo.Text{ZH: "审核", EN: "approved by"}, ""},
		{geo.Text{ZH: "日期", EN: "date"}, s.in.Dated},
	}
	const head = 24
	h := float64(signHeight) / float64(len(rows))
	for i, r := range rows {
		y := signY + float64(float64(i)*h)
		s.rect(columnX, y, head, h, "#f4f4f0", ink, .15)
		s.rect(columnX+head, y, columnWidth-head, h, "#fff", ink, .15)
		s.text(columnX+2, y+float64(h*.62), 3.4, "start", r.head.In(s.in.Lang), "")
		s.text(columnX+head+2, y+float64(h*.62), fit(r.says, 3.4, columnWidth-head-4), "start", r.says, "")
	}
	s.text(columnX+columnWidth, signY+signHeight+4, 2.4, "end", "landcheck "+s.in.Report.Engine.Version, `fill="#777"`)
}
