package symbol

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestColour(t *testing.T) {
	for _, c := range []struct {
		colour         Colour
		css, hex, qgis string
	}{
		{Solid(0xb5480f), "#b5480f", "#b5480f", "181,72,15,255"},
		{Solid(0x00000a).Fade(.45), "rgba(0,0,10,0.45)", "#00000a", "0,0,10,115"},
		{Colour{}, "rgba(0,0,0,0)", "#000000", "0,0,0,0"},
	} {
		if c.colour.CSS() != c.css || c.colour.Hex() != c.hex || c.colour.qgis() != c.qgis {
			t.Errorf("%v is %s, %s, %s", c.colour, c.colour.CSS(), c.colour.Hex(), c.colour.qgis())
		}
	}
}

// every is a style with all that a style may have, and names that would break
// out of XML and of expressions.
func every() Style {
	line := Solid(0x112233)
	return Style{Name: `a "<b>" & 'c'`, Rules: []Rule{
		{Title: "<hatched>", Where: []Condition{{Field: `f"g`, Values: []string{"it's", "x]]>"}}, {Field: "n", Number: true, Values: []string{"1"}}},
			Symbol: Symbol{Line: line, Width: 1.4, Hatch: Rising}},
		{Title: "dashed", Where: []Condition{{Field: "n", Number: true, Values: []string{"2", "3"}}}, Symbol: Symbol{Line: line, Width: 1, Dash: []float64{8, 3}, Fill: line.Fade(.5)}},
		{Title: "outlined", Symbol: Symbol{Line: line, Width: 2}},
	}}
}

func TestWellFormed(t *testing.T) {
	for _, s := range []Style{every(), Single("one", Symbol{Line: Solid(1), Hatch: Falling})} {
		for _, text := range []string{s.QML([]Alias{{`a"<`, "别名&"}}), s.SLD(`l<a>"`)} {
			d := xml.NewDecoder(strings.NewReader(text))
			for {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%v in\n%s", err, text)
				}
			}
		}
	}
}

func TestExpression(t *testing.T) {
	if got, want := every().Rules[0].expression(), `"f""g" IN ('it''s','x]]>') AND "n" IN (1)`; got != want {
		t.Errorf("the expression is %s, want %s", got, want)
	}
	if got := every().Rules[2].filter(); got != "" {
		t.Errorf("a rule for every feature has the filter %s", got)
	}
	// An operator of one operand is no filter (OGC 04-095, 10.2).
	one := Rule{Where: []Condition{{Field: "s", Values: []string{"v"}}}}
	if got := one.filter(); strings.Contains(got, "ogc:Or") || strings.Contains(got, "ogc:And") {
		t.Errorf("one condition is written %s", got)
	}
}
