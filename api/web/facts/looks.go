package main

import (
	"fmt"
	"strings"

	"landcheck/geo/symbol"
	"landcheck/rules/domain"
)

// looks are how layers are drawn, for map, legend and charts.
func (s *source) looks() {
	s.WriteString("\n/** How a layer is drawn; widths and dashes in pixels. */\n" +
		"export interface Look { line: string; width: number; fill?: string; hatch?: 'rising' | 'falling'; dash?: number[] }\n" +
		"\n/** The looks of layers (rules/domain, Look). */\nexport const layerLooks: Record<string, Look> = {\n")
	for _, l := range domain.Looks() {
		fmt.Fprintf(s, "  %s: %s,\n", l.Layer, look(l.Symbol))
	}
	s.WriteString("};\n\n/** [fill, line] of a group of land classes. */\nexport const groupColours: Record<string, [string, string]> = {\n")
	for _, group := range domain.ClassGroups() {
		l := domain.ClassGroupLook(group)
		fmt.Fprintf(s, "  %s: [%s, %s],\n", group, quoted(l.Fill.Hex()), quoted(l.Line.Hex()))
	}
	fmt.Fprintf(s, "};\n\n/** How much of the fill covers what is under land that changes. */\nexport const changedOpacity = %v;\n", domain.ClassGroupLook("").Fill.Opacity)
	s.WriteString("\n/** The looks of findings by status. */\nexport const statusLooks: Record<string, Look> = {\n")
	for _, status := range domain.DrawnStatuses() {
		fmt.Fprintf(s, "  %s: %s,\n", status, look(domain.StatusLook(status)))
	}
	s.WriteString("};\n")
}

func look(y symbol.Symbol) string {
	parts := []string{"line: " + quoted(y.Line.CSS()), fmt.Sprintf("width: %v", y.Width)}
	if !y.Fill.None() {
		parts = append(parts, "fill: "+quoted(y.Fill.CSS()))
	}
	switch y.Hatch {
	case symbol.Rising:
		parts = append(parts, "hatch: 'rising'")
	case symbol.Falling:
		parts = append(parts, "hatch: 'falling'")
	}
	if y.Dash != nil {
		parts = append(parts, "dash: "+strings.ReplaceAll(fmt.Sprint(y.Dash), " ", ", "))
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}
