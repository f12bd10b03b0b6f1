// Package symbol says how a layer of polygons is drawn, and writes it as QGIS
// reads it (QML) and as other programs do (OGC Styled Layer Descriptor 1.1 with
// Symbology Encoding 1.1).
//
//	symbol.go   colours, symbols, styles
//	qml.go      a QGIS style, and its renderer for a QGIS project
//	sld.go      a Styled Layer Descriptor
package symbol

import (
	"fmt"
	"math"
	"strconv"
)

// Colour is a colour of a screen; the zero Colour is none at all.
type Colour struct {
	RGB     uint32  // 0xRRGGBB
	Opacity float64 // 0 to 1
}

// Solid is a colour that nothing shines through.
func Solid(rgb uint32) Colour { return Colour{rgb, 1} }

// Fade is the colour with another opacity.
func (c Colour) Fade(opacity float64) Colour { return Colour{c.RGB, opacity} }

// None reports whether nothing is drawn.
func (c Colour) None() bool { return c.Opacity == 0 }

// Hex is the colour without its opacity: #rrggbb.
func (c Colour) Hex() string { return fmt.Sprintf("#%06x", c.RGB) }

// CSS is the colour as a style sheet has it.
func (c Colour) CSS() string {
	if c.Opacity == 1 {
		return c.Hex()
	}
	return fmt.Sprintf("rgba(%d,%d,%d,%s)", c.RGB>>16, c.RGB>>8&255, c.RGB&255, number(c.Opacity))
}

// qgis is the colour as QGIS has it: red, green, blue, opacity, 0 to 255.
func (c Colour) qgis() string {
	return fmt.Sprintf("%d,%d,%d,%.0f", c.RGB>>16, c.RGB>>8&255, c.RGB&255, math.Round(c.Opacity*255))
}

// Hatch is a fill of slanting lines in the colour of the outline.
type Hatch byte

// The hatches.
const (
	NoHatch Hatch = iota
	Rising        // from lower left to upper right
	Falling       // from upper left to lower right
)

// Symbol draws an area. Lengths are in pixels of a screen, 96 to the inch.
type Symbol struct {
	Line  Colour
	Width float64
	Dash  []float64 // line and gap in turn; nil for an unbroken line
	Fill  Colour
	Hatch Hatch // in place of Fill
}

const (
	hatchSpace  = 5.7 // between the lines of a hatch
	hatchWidth  = 1.2
	millimetres = 25.4 / 96 // of a pixel
)

// Condition holds for a feature whose field has one of the values.
type Condition struct {
	Field  string
	Number bool // of the field: its values are written without quotes
	Values []string
}

// Rule draws the features for which every condition holds.
type Rule struct {
	Title  string
	Where  []Condition // none: every feature
	Symbol Symbol
}

// Style draws a layer: each rule its features. What no rule is for is not drawn.
type Style struct {
	Name  string
	Rules []Rule
}

// Single is a style of one symbol for all features.
func Single(name string, s Symbol) Style { return Style{name, []Rule{{Title: name, Symbol: s}}} }

func number(x float64) string { return strconv.FormatFloat(math.Round(x*1e4)/1e4, 'f', -1, 64) }
