package template

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"landcheck/geo"
	"landcheck/geo/symbol"
	"landcheck/rules/domain"
)

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
		layers.WriteString(mapLayer(id, title, source, t, lookOf(role)))
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

// lookOf is how the page draws a role; what adds and takes away in one layer looks
// as what adds.
func lookOf(role domain.Role) symbol.Symbol {
	switch role {
	case domain.UrbanChange:
		role = domain.UrbanAdded
	case domain.RedChange:
		role = domain.RedAdded
	}
	return domain.LookOf(string(role))
}

func mapLayer(id, title, source string, t *geo.Table, look symbol.Symbol) string {
	var aliases []symbol.Alias
	for _, f := range t.Fields {
		aliases = append(aliases, symbol.Alias{Field: f.Name, Shown: f.Alias})
	}
	return `<maplayer type="vector" geometry="Polygon" hasScaleBasedVisibilityFlag="0">
<id>` + id + `</id>
<datasource>` + source + `</datasource>
<layername>` + title + `</layername>
<srs>` + system(t.CRS) + `</srs>
<provider encoding="UTF-8">ogr</provider>
` + symbol.Single("", look).Renderer() + symbol.Aliases(aliases) + `</maplayer>
`
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
