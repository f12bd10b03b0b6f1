package symbol

import (
	"fmt"
	"strings"
)

// SLD is the style of a layer as a Styled Layer Descriptor 1.1.0 (OGC 05-078r4)
// with Symbology Encoding 1.1.0 (05-077r4) and filters 1.1.0 (04-095).
func (s Style) SLD(layer string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" xmlns:se="http://www.opengis.net/se" xmlns:ogc="http://www.opengis.net/ogc" version="1.1.0">` + "\n")
	fmt.Fprintf(&b, "<NamedLayer>\n<se:Name>%s</se:Name>\n<UserStyle>\n<se:Name>%s</se:Name>\n<se:FeatureTypeStyle>\n", escaped(layer), escaped(s.Name))
	for _, r := range s.Rules {
		fmt.Fprintf(&b, "<se:Rule>\n<se:Name>%s</se:Name>\n%s%s</se:Rule>\n", escaped(r.Title), r.filter(), r.Symbol.sld())
	}
	b.WriteString("</se:FeatureTypeStyle>\n</UserStyle>\n</NamedLayer>\n</StyledLayerDescriptor>\n")
	return b.String()
}

// filter is a rule's conditions; an operator stands only over two and more.
func (r Rule) filter() string {
	var all []string
	for _, c := range r.Where {
		var some []string
		for _, v := range c.Values {
			some = append(some, fmt.Sprintf("<ogc:PropertyIsEqualTo><ogc:PropertyName>%s</ogc:PropertyName><ogc:Literal>%s</ogc:Literal></ogc:PropertyIsEqualTo>",
				escaped(c.Field), escaped(v)))
		}
		all = append(all, under("ogc:Or", some))
	}
	if all == nil {
		return ""
	}
	return "<ogc:Filter>" + under("ogc:And", all) + "</ogc:Filter>\n"
}

func under(operator string, operands []string) string {
	inside := strings.Join(operands, "")
	if len(operands) < 2 {
		return inside
	}
	return "<" + operator + ">" + inside + "</" + operator + ">"
}

// sld is the symbol, in pixels, which are what SLD counts in where it says nothing.
func (s Symbol) sld() string {
	fill := ""
	switch {
	case s.Hatch != NoHatch:
		angle := "45"
		if s.Hatch == Rising {
			angle = "-45" // turned clockwise
		}
		fill = "<se:Fill><se:GraphicFill><se:Graphic><se:Mark><se:WellKnownName>horline</se:WellKnownName><se:Stroke>" +
			parameters("stroke", s.Line.Hex(), "stroke-width", number(hatchWidth)) + "</se:Stroke></se:Mark><se:Size>" + number(hatchSpace) +
			"</se:Size><se:Rotation><ogc:Literal>" + angle + "</ogc:Literal></se:Rotation></se:Graphic></se:GraphicFill></se:Fill>"
	case !s.Fill.None():
		fill = "<se:Fill>" + parameters("fill", s.Fill.Hex(), "fill-opacity", number(s.Fill.Opacity)) + "</se:Fill>"
	}
	stroke := []string{"stroke", s.Line.Hex(), "stroke-opacity", number(s.Line.Opacity), "stroke-width", number(s.Width), "stroke-linejoin", "round"}
	if s.Dash != nil {
		var dash []string
		for _, d := range s.Dash {
			dash = append(dash, number(d))
		}
		stroke = append(stroke, "stroke-dasharray", strings.Join(dash, " "))
	}
	if s.Hatch == NoHatch {
		return "<se:PolygonSymbolizer>" + fill + "<se:Stroke>" + parameters(stroke...) + "</se:Stroke></se:PolygonSymbolizer>\n"
	}
	// A pattern and an outline are drawn apart, as QGIS writes and reads them.
	return "<se:PolygonSymbolizer>" + fill + "</se:PolygonSymbolizer>\n<se:PolygonSymbolizer><se:Stroke>" + parameters(stroke...) + "</se:Stroke></se:PolygonSymbolizer>\n"
}

func parameters(pairs ...string) string {
	var b strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&b, `<se:SvgParameter name="%s">%s</se:SvgParameter>`, pairs[i], pairs[i+1])
	}
	return b.String()
}
