package template

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// look is how a layer is drawn, as on the page (api/web/src/map/styles.ts).
type look struct {
	line  string // r,g,b,a
	width float64
	fill  string // r,g,b,a; "" none
	hatch bool   // lines in place of a fill
}

var looks = map[domain.Role]look{
	domain.ProjectArea:   {line: "22,32,44,255", width: 2.4},
	domain.PBFOut:        {line: "181,72,15,255", width: 1.4, hatch: true},
	domain.PBFIn:         {line: "20,113,58,255", width: 1.4, hatch: true},
	domain.LandUseChange: {line: "125,95,52,255", width: 0.8, fill: "226,207,174,255"},
	domain.UrbanChange:   {line: "45,83,173,255", width: 1.6, fill: "90,127,214,77"},
	domain.RedChange:     {line: "138,31,92,255", width: 1.6, fill: "190,80,150,64"},
}

// projectFile is a QGIS project of the layers in the GeoPackage, the project area
// on top, drawn as the page draws them.
func projectFile(o Options, tables []*geo.Table) ([]byte, error) {
	var tree, layers, order strings.Builder
	for i, t := range tables {
		role := roles()[i]
		id, title := strings.ToLower(t.Name)+"_landcheck", escaped(role.TitleWithName().In(o.Lang))
		source := escaped("./" + containerName + "|layername=" + t.Name)
		fmt.Fprintf(&tree, `<layer-tree-layer id="%s" name="%s" providerKey="ogr" source="%s" checked="Qt::Checked" expanded="1"/>`+"\n", id, title, source)
		fmt.Fprintf(&order, `<layer id="%s"/>`+"\n", id)
		layers.WriteString(mapLayer(id, title, source, t, looks[role]))
	}
	text := `<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis projectname="landcheck" version="3.22.0">
<title>landcheck</title>
<projectCrs>` + system(o.CRS) + `</projectCrs>
<layer-tree-group>
<custom-order enabled="0"/>
` + tree.String() + `</layer-tree-group>
<projectlayers>
` + layers.String() + `</projectlayers>
<layerorder>
` + order.String() + `</layerorder>
<properties><Paths><Absolute type="bool">false</Absolute></Paths></properties>
</qgis>
`
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create("plan.qgs")
	if err != nil {
		return nil, err
	}
	if _, err := w.Write([]byte(text)); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func mapLayer(id, title, source string, t *geo.Table, l look) string {
	var aliases strings.Builder
	for i, f := range t.Fields {
		fmt.Fprintf(&aliases, `<alias index="%d" field="%s" name="%s"/>`+"\n", i+1, escaped(f.Name), escaped(f.Alias))
	}
	return `<maplayer type="vector" geometry="Polygon" hasScaleBasedVisibilityFlag="0">
<id>` + id + `</id>
<datasource>` + source + `</datasource>
<layername>` + title + `</layername>
<srs>` + system(t.CRS) + `</srs>
<provider encoding="UTF-8">ogr</provider>
<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">
<symbols><symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">` + symbol(l) + `</symbol></symbols>
</renderer-v2>
<aliases>
` + aliases.String() + `</aliases>
</maplayer>
`
}

// symbol is an outline over a fill or over lines.
func symbol(l look) string {
	props := func(class string, pairs ...string) string {
		var b strings.Builder
		fmt.Fprintf(&b, `<layer class="%s" enabled="1" locked="0" pass="0">`, class)
		for i := 0; i < len(pairs); i += 2 {
			fmt.Fprintf(&b, `<prop k="%s" v="%s"/>`, pairs[i], pairs[i+1])
		}
		b.WriteString("</layer>")
		return b.String()
	}
	style, fill := "no", "0,0,0,0"
	switch {
	case l.hatch:
		style, fill = "f_diagonal", l.line
	case l.fill != "":
		style, fill = "solid", l.fill
	}
	return props("SimpleFill", "color", fill, "style", style, "outline_color", l.line, "outline_style", "solid",
		"outline_width", fmt.Sprintf("%g", l.width*0.26), "outline_width_unit", "MM") // a pixel of a screen
}

// system is a coordinate system as QGIS names it.
func system(crs geo.CRS) string {
	geographic := "false"
	if crs.Kind == geo.Geographic {
		geographic = "true"
	}
	return fmt.Sprintf(`<spatialrefsys><wkt>%s</wkt><authid>EPSG:%d</authid><geographicflag>%s</geographicflag></spatialrefsys>`, escaped(crs.WKT()), crs.EPSG(), geographic)
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
