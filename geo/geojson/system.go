package geojson

import (
	"encoding/json"
	"strings"

	"landcheck/geo"
)

// system reads the "crs" member of GeoJSON 2008: null, or a name.
func (r *reader) system() error {
	var member *struct {
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	}
	t, err := r.dec.Token()
	if err != nil {
		return err
	}
	var text []byte
	if err := r.nested(t, &text); err != nil {
		return err
	}
	if err := json.Unmarshal(text, &member); err != nil {
		return inputError(geo.Text{ZH: "crs 成员无法识别", EN: "the crs member cannot be understood"})
	}
	r.said = true
	r.table.CRS = geo.CRS{}
	if member == nil {
		return nil
	}
	name := strings.TrimSpace(member.Properties.Name)
	upper := strings.ToUpper(name)
	if strings.HasSuffix(upper, ":CRS84") || upper == "EPSG:4326" || strings.HasPrefix(upper, "URN:OGC:DEF:CRS:EPSG:") && strings.HasSuffix(upper, ":4326") {
		// WGS 84 and CGCS2000 agree within centimetres to decimetres.
		r.table.CRS = geo.CRS{Kind: geo.Geographic}
		r.notices = append(r.notices, geo.Notice{Severity: geo.Info, File: r.shown,
			Message: geo.Text{ZH: "WGS 84 经纬度按 2000 国家大地坐标系读取", EN: "WGS 84 degrees are read as CGCS2000"}})
		return nil
	}
	crs, err := geo.ParseCRS(name)
	if err != nil {
		return err
	}
	r.table.CRS = crs
	return nil
}

// settleCRS checks degrees against the coordinates. RFC 7946 says degrees, but
// many exporters write metres without a word: then the file says nothing.
func (r *reader) settleCRS() error {
	if r.table.CRS.Kind != geo.Geographic || !r.points {
		return nil
	}
	b := r.box
	if b.Min[0] >= -180 && b.Max[0] <= 180 && b.Min[1] >= -90 && b.Max[1] <= 90 {
		return nil
	}
	if b.Min[0] >= -90 && b.Max[0] <= 90 && b.Min[1] >= -180 && b.Max[1] <= 180 {
		f := inputError(geo.Text{ZH: "坐标是纬度在前、经度在后", EN: "the coordinates are latitude first"})
		f.Advice = geo.Text{ZH: "GeoJSON 要求经度在前，请交换坐标次序后重新导出", EN: "GeoJSON is longitude first: swap the coordinates and export again"}
		return f
	}
	if r.said {
		if likely, ok := geo.LikelyCRS(r.table.CRS, b); ok {
			f := inputError(geo.Textf("声明为经纬度，但坐标超出经纬度范围，它们符合 %s", "degrees are declared, but the coordinates are no degrees; they fit %s", likely.Named()))
			f.Advice = geo.Textf("请将 crs 成员改为 urn:ogc:def:crs:EPSG::%[1]d，或按经纬度重新导出", "Name urn:ogc:def:crs:EPSG::%[1]d in the crs member, or export in degrees", likely.EPSG())
			return f
		}
		return inputError(geo.Text{ZH: "声明为经纬度，但坐标超出经纬度范围", EN: "degrees are declared, but the coordinates are no degrees"})
	}
	r.table.CRS = geo.CRS{}
	r.record = 0
	r.note(geo.Text{ZH: "坐标不是经纬度且文件未说明坐标系", EN: "the coordinates are no degrees and the file does not say what they are"})
	return nil
}
