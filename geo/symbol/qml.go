package symbol

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// Alias is what people are shown in place of a field's name.
type Alias struct{ Field, Shown string }

// QML is the style as QGIS 3 reads it, with the aliases of fields: before GDAL
// 3.7 QGIS has them from nowhere else.
func (s Style) QML(aliases []Alias) string {
	return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" +
		`<qgis version="3.22.0" styleCategories="Symbology|Fields">` + "\n" + s.Renderer() + Aliases(aliases) + "<layerGeometryType>2</layerGeometryType>\n</qgis>\n"
}

// Aliases are those of fields as an element of a layer in a QGIS project. QGIS
// goes by the names of fields.
func Aliases(aliases []Alias) string {
	var b strings.Builder
	b.WriteString("<aliases>\n")
	for i, a := range aliases {
		fmt.Fprintf(&b, `<alias index="%d" field="%s" name="%s"/>`+"\n", i+1, escaped(a.Field), escaped(a.Shown))
	}
	return b.String() + "</aliases>\n"
}

// Renderer is the style as an element of a layer in a QGIS project.
func (s Style) Renderer() string {
	var symbols strings.Builder
	for i, r := range s.Rules {
		fmt.Fprintf(&symbols, `<symbol type="fill" name="%d" alpha="1" clip_to_extent="1" force_rhr="0">%s</symbol>`+"\n", i, r.Symbol.qml(i))
	}
	if len(s.Rules) == 1 && s.Rules[0].Where == nil {
		return `<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">` + "\n" +
			"<symbols>\n" + symbols.String() + "</symbols>\n</renderer-v2>\n"
	}
	var rules strings.Builder
	for i, r := range s.Rules {
		filter := ""
		if r.Where != nil {
			filter = ` filter="` + escaped(r.expression()) + `"`
		}
		fmt.Fprintf(&rules, `<rule key="{%d}" symbol="%d" label="%s"%s/>`+"\n", i+1, i, escaped(r.Title), filter)
	}
	return `<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">` + "\n" +
		`<rules key="{0}">` + "\n" + rules.String() + "</rules>\n<symbols>\n" + symbols.String() + "</symbols>\n</renderer-v2>\n"
}

// expression is a rule's conditions as an expression of QGIS.
func (r Rule) expression() string {
	var all []string
	for _, c := range r.Where {
		var values []string
		for _, v := range c.Values {
			if !c.Number {
				v = "'" + strings.ReplaceAll(v, "'", "''") + "'"
			}
			values = append(values, v)
		}
		all = append(all, fmt.Sprintf(`"%s" IN (%s)`, strings.ReplaceAll(c.Field, `"`, `""`), strings.Join(values, ",")))
	}
	return strings.Join(all, " AND ")
}

// qml is the symbol as layers of QGIS: the hatch under the outline. i is its name.
func (s Symbol) qml(i int) string {
	if s.Hatch == NoHatch {
		return s.outline()
	}
	angle := "45"
	if s.Hatch == Falling {
		angle = "-45"
	}
	line := `<symbol type="line" name="@` + fmt.Sprint(i) + `@0" alpha="1" clip_to_extent="1" force_rhr="0">` +
		layer("SimpleLine", "", "line_color", s.Line.qgis(), "line_style", "solid", "line_width", number(hatchWidth*millimetres), "line_width_unit", "MM") + `</symbol>`
	return layer("LinePatternFill", line, "angle", angle, "distance", number(hatchSpace*millimetres), "distance_unit", "MM",
		"line_width", number(hatchWidth*millimetres), "line_width_unit", "MM", "color", s.Line.qgis()) + s.outline()
}

func (s Symbol) outline() string {
	fill, style := "solid", "solid"
	if s.Fill.None() || s.Hatch != NoHatch {
		fill = "no"
	}
	var dash []string
	for _, d := range s.Dash {
		dash = append(dash, number(d*millimetres))
	}
	if dash == nil {
		return layer("SimpleFill", "", "color", s.Fill.qgis(), "style", fill, "outline_color", s.Line.qgis(), "outline_style", style,
			"outline_width", number(s.Width*millimetres), "outline_width_unit", "MM", "joinstyle", "round")
	}
	// A SimpleFill has no dashes of its own: the outline is a line of its own.
	area := ""
	if fill == "solid" {
		area = layer("SimpleFill", "", "color", s.Fill.qgis(), "style", fill, "outline_style", "no")
	}
	return area + layer("SimpleLine", "", "line_color", s.Line.qgis(), "line_style", style, "line_width", number(s.Width*millimetres), "line_width_unit", "MM",
		"use_custom_dash", "1", "customdash", strings.Join(dash, ";"), "customdash_unit", "MM", "joinstyle", "round")
}

// layer is a layer of a symbol, with what is inside of it.
func layer(class, inside string, properties ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<layer class="%s" enabled="1" locked="0" pass="0">`, class)
	for i := 0; i < len(properties); i += 2 {
		fmt.Fprintf(&b, `<prop k="%s" v="%s"/>`, properties[i], properties[i+1])
	}
	return b.String() + inside + "</layer>"
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
