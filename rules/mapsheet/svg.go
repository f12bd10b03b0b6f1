package mapsheet

import (
	"bytes"
	"fmt"
	"html"
	"math"
	"strconv"

	"landcheck/geo"
	"landcheck/geo/svgpath"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

const (
	ink        = "#1a1a1a"
	gridColour = "#7d8a99"
)

// sheet is a drawing in the making.
type sheet struct {
	kind  Kind
	in    Input
	view  svgpath.View
	scale int
	b     bytes.Buffer
}

// newSheet begins a sheet: paper, names, and the map's frame to draw in.
func newSheet(k Kind, in Input) (*sheet, error) {
	land, err := extentOf(in)
	if err != nil {
		return nil, err
	}
	s := &sheet{kind: k, in: in, scale: scaleFor(land)}
	s.view = viewOf(land, s.scale)
	lang := "zh-CN"
	if in.Lang == "en" {
		lang = "en"
	}
	fmt.Fprintf(&s.b, `<svg xmlns="http://www.w3.org/2000/svg" width="%dmm" height="%dmm" viewBox="0 0 %d %d" lang="%s" font-family="%s" fill="%s">`+"\n",
		paperWidth, paperHeight, paperWidth, paperHeight, lang, fonts, ink)
	name := in.Report.Plan.Name
	fmt.Fprintf(&s.b, "<title>%s</title>\n", escaped(name+" "+k.Title().In(in.Lang)))
	edge := math.Min(7, math.Max(1.5, 7*30_000/float64(s.scale))) // parcels' edges must not hide a whole county's fills
	s.b.WriteString("<style>.grid{fill:#44505c}.land path{stroke:#5b5b52;stroke-width:" + mm(edge) + ";stroke-linejoin:round}.halo{paint-order:stroke;stroke:#fff;stroke-width:.8;stroke-linejoin:round}</style>\n")
	fmt.Fprintf(&s.b, `<defs><clipPath id="frame"><rect width="%d" height="%d"/></clipPath><path id="outline" d="%s"/><clipPath id="project"><use href="#outline"/></clipPath>`+hatches+"</defs>\n",
		frameWidth*unitsPerMM, frameHeight*unitsPerMM, s.projectPath())
	s.rect(0, 0, paperWidth, paperHeight, "#fff", "", 0)
	s.rect(border, border, paperWidth-2*border, paperHeight-2*border, "none", ink, .3)
	s.text(paperWidth/2, nameLine, fit(name, 5.2, paperWidth-40), "middle", name, "")
	s.text(paperWidth/2, titleLine, 8, "middle", k.Title().In(in.Lang), `font-weight="700" letter-spacing="1"`)
	return s, nil
}

// hatches are fills of lines for PBF that goes and comes, in the map's units.
const hatches = `<pattern id="out" width="140" height="140" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="140" height="140" fill="#fff"/><path d="M0 0V140" stroke="#c2410c" stroke-width="60"/></pattern>` +
	`<pattern id="in" width="140" height="140" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="140" height="140" fill="#fff"/><path d="M0 0V140" stroke="#0f6b35" stroke-width="60"/></pattern>`

// projectPath is the outline of the project area.
func (s *sheet) projectPath() string {
	p := s.view.Path()
	for _, f := range s.in.Ledger.Plan.Project {
		p.Draw(f.Geometry)
	}
	return p.Data()
}

// beginMap opens a group of the map's units, cut to the frame.
func (s *sheet) beginMap() {
	fmt.Fprintf(&s.b, `<g transform="translate(%d %d) scale(%g)"><g clip-path="url(#frame)">`+"\n", frameX, frameY, 1./unitsPerMM)
}

func (s *sheet) endMap() { s.b.WriteString("</g></g>\n") }

// fill draws shapes as one path; nothing where none is in the frame.
func (s *sheet) fill(style string, shapes []orb.MultiPolygon) {
	p := s.view.Path()
	for _, mp := range shapes {
		p.Draw(mp)
	}
	if d := p.Data(); d != "" {
		fmt.Fprintf(&s.b, `<path %s d="%s"/>`+"\n", style, d)
	}
}

// boundaries draws townships under names and the project area's outline.
func (s *sheet) boundaries() {
	s.fill(`fill="none" stroke="#555" stroke-width="25" stroke-dasharray="200 60 30 60"`, shapesOf(s.in.Land.Townships))
	s.b.WriteString(`<use href="#outline" fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="110"/><use href="#outline" fill="none" stroke="#b00020" stroke-width="60"/>` + "\n")
}

func shapesOf(parcels []plan.Parcel) []orb.MultiPolygon {
	all := make([]orb.MultiPolygon, len(parcels))
	for i := range parcels {
		all[i] = parcels[i].Geometry
	}
	return all
}

func (s *sheet) rect(x, y, w, h float64, fill, stroke string, width float64) {
	line := ""
	if stroke != "" {
		line = fmt.Sprintf(` stroke="%s" stroke-width="%s"`, stroke, mm(width))
	}
	fmt.Fprintf(&s.b, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"%s/>`+"\n", mm(x), mm(y), mm(w), mm(h), fill, line)
}

func (s *sheet) line(x1, y1, x2, y2 float64, stroke string, width float64) {
	fmt.Fprintf(&s.b, `<path d="M%s %sL%s %s" stroke="%s" stroke-width="%s"/>`+"\n", mm(x1), mm(y1), mm(x2), mm(y2), stroke, mm(width))
}

// text writes a line; size is its height in mm, anchor start, middle or end.
func (s *sheet) text(x, y, size float64, anchor, words, more string) {
	if more != "" {
		more = " " + more
	}
	fmt.Fprintf(&s.b, `<text x="%s" y="%s" font-size="%s" text-anchor="%s"%s>%s</text>`+"\n", mm(x), mm(y), mm(size), anchor, more, escaped(words))
}

// mm writes a length to 0.01 mm.
func mm(x float64) string {
	s := strconv.FormatFloat(x, 'f', 2, 64)
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s
}

// widthOf is about how wide words are at a size: a Chinese letter is as wide as
// high, another a little more than half.
func widthOf(words string, size float64) float64 {
	w := 0.0
	for _, r := range words {
		if r < 0x2e80 {
			w += .56
		} else {
			w++
		}
	}
	return w * size
}

// fit is the size at which words fit a width, at most that given.
func fit(words string, size, width float64) float64 {
	if w := widthOf(words, size); w > width {
		return size * width / w
	}
	return size
}

func escaped(s string) string { return html.EscapeString(geo.Printable(s)) }
