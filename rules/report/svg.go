package report

import (
	"fmt"
	"html"
	"math"
	"strings"

	"landcheck/geo"
	"landcheck/geo/portable"

	"github.com/mattn/go-runewidth"
	"github.com/paulmach/orb"
)

// mapNumbers is how many findings carry a number on the map; all are outlined.
const mapNumbers = 200

// legendEntry is one line under the map.
type legendEntry struct {
	Class string // CSS class of its swatch
	Title geo.Text
	Count int
}

// drawMap draws the map as SVG, with its legend; "" when there is nothing to
// draw. numbers gives the findings that the page lists, by id; numbered, those
// that got their number on the map.
func drawMap(d *Drawing, numbers map[string]int) (svg string, legend []legendEntry, numbered map[string]bool) {
	numbered = map[string]bool{}
	if d == nil {
		return "", nil, numbered
	}
	c, ok := newViewport(d)
	if !ok {
		return "", nil, numbered
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="map" viewBox="0 0 %d %d" role="img" aria-labelledby="map-title">`, viewportWidth, c.height)
	b.WriteString(hatches)
	fmt.Fprintf(&b, `<clipPath id="frame"><rect width="%d" height="%d"/></clipPath><g clip-path="url(#frame)">`, viewportWidth, c.height)
	b.WriteString(`<g transform="scale(.1)">`)
	var over strings.Builder
	for i, l := range d.Layers {
		class := layerClass(l.Role)
		legend = append(legend, legendEntry{class, l.Title, len(l.Features)})
		p := c.Path()
		for _, f := range l.Features {
			p.Draw(f.Geometry)
		}
		if p.Data() != "" {
			fmt.Fprintf(&b, `<path class="%s" d="%s"/>`, class, p.Data())
			if l.Role == "red_line" || l.Role == "urban_boundary" || l.Role == "project_area" {
				fmt.Fprintf(&over, `<path class="%s line" d="%s"/>`, class, p.Data())
			}
		}
		if i+1 == len(d.Layers) || d.Layers[i+1].Role == findingRole {
			b.WriteString(over.String()) // boundaries show through what is drawn on them
			over.Reset()
		}
	}
	b.WriteString(`</g>`)
	var taken []orb.Point
	for _, l := range d.Layers {
		if l.Role == "townships" || l.Role == "villages" {
			taken = append(taken, townshipLabels(&b, c, l)...)
		}
	}
	for _, l := range d.Layers {
		if l.Role == findingRole {
			findingNumbers(&b, c, l, numbers, numbered, taken)
		}
	}
	b.WriteString(`</g>`)
	scaleBar(&b, c)
	north(&b)
	b.WriteString(`</svg>`)
	return b.String(), legend, numbered
}

// hatches tell PBF out from PBF in without colour.
const hatches = `<defs><pattern id="h-out" width="70" height="70" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="70" height="70" fill="#e8743b" fill-opacity=".28"/><path d="M0 0V70" stroke="#b5480f" stroke-width="26"/></pattern>` +
	`<pattern id="h-in" width="70" height="70" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="70" height="70" fill="#2f9e5b" fill-opacity=".28"/><path d="M0 0V70" stroke="#14713a" stroke-width="26"/></pattern></defs>`

// layerClass is the CSS class that draws a role; unknown roles look plain.
func layerClass(role string) string {
	role = strings.ReplaceAll(role, ":", "-")
	for _, known := range []string{"townships", "villages", "urban_boundary", "red_line", "project_area", "pbf", "pbf_out", "pbf_in",
		"urban_boundary_added", "urban_boundary_removed", "red_line_added", "red_line_removed", findingRole,
		"use-cropland", "use-construction", "use-forest", "use-grassland", "use-wetland", "use-ecological", "use-agricultural", "use-unused"} {
		if role == known {
			return "m-" + role
		}
	}
	return "m-other"
}

// townshipLabels writes the names of a layer; taken is where they stand, a point
// for each character.
func townshipLabels(b *strings.Builder, c viewport, l DrawLayer) (taken []orb.Point) {
	const letter = 16 // px, of a Chinese character
	for _, f := range l.Features {
		at, ok := c.middle(f.Geometry)
		if !ok || f.Label == "" {
			continue
		}
		name := labelText(f.Label)
		half := float64(runewidth.StringWidth(name)) * letter / 4
		x := math.Min(math.Max(at[0], 50), viewportWidth-50)
		y := math.Min(math.Max(at[1], 24), float64(c.height)-40)
		fmt.Fprintf(b, `<text class="m-name" x="%.0f" y="%.0f">%s</text>`, x, y, html.EscapeString(name))
		for dx := -half; dx <= half; dx += letter {
			taken = append(taken, orb.Point{x + dx, y - letter/3})
		}
	}
	return taken
}

// labelText keeps a name short enough for a map.
func labelText(s string) string {
	if r := []rune(clean(s)); len(r) > 18 {
		return string(r[:17]) + "…"
	}
	return clean(s)
}

// findingNumbers puts a numbered disc on each finding; discs step aside for
// one another and for what is taken.
func findingNumbers(b *strings.Builder, c viewport, l DrawLayer, numbers map[string]int, numbered map[string]bool, taken []orb.Point) {
	for i, f := range l.Features {
		n, listed := numbers[f.ID]
		at, ok := c.middle(f.Geometry)
		if !ok || !listed || i >= mapNumbers {
			continue
		}
		spot := freeSpot(at, taken)
		taken, numbered[f.ID] = append(taken, spot), true
		if spot != at {
			fmt.Fprintf(b, `<path class="m-lead" d="M%.1f %.1fL%.1f %.1f"/>`, at[0], at[1], spot[0], spot[1])
		}
		fmt.Fprintf(b, `<a href="#f-%s"><circle class="m-disc" cx="%.1f" cy="%.1f" r="10"/><text class="m-num" x="%.1f" y="%.1f">%d</text></a>`,
			html.EscapeString(slug(f.ID)), spot[0], spot[1], spot[0], spot[1]+3.8, n)
	}
}

func freeSpot(at orb.Point, taken []orb.Point) orb.Point {
	const apart = 21
	for ring := range 5 {
		for turn := range 8 {
			angle := float64(turn) * math.Pi / 4
			r := float64(float64(ring) * apart)
			spot := orb.Point{at[0] + float64(r*portable.Cos(angle)), at[1] - float64(r*portable.Sin(angle))}
			free := true
			for _, t := range taken {
				if portable.Hypot(t[0]-spot[0], t[1]-spot[1]) < apart {
					free = false
					break
				}
			}
			if free {
				return spot
			}
			if ring == 0 {
				break
			}
		}
	}
	return at
}

// scaleBar draws a round length of at most a quarter of the width.
func scaleBar(b *strings.Builder, c viewport) {
	pxPerMetre := c.Scale / 10
	most := viewportWidth / 4 / pxPerMetre
	length := portable.PowerOfTen(most)
	for _, k := range []float64{5, 2} {
		if length*k <= most {
			length *= k
			break
		}
	}
	label := fmt.Sprintf("%g m", length)
	if length >= 1000 {
		label = fmt.Sprintf("%g km", length/1000)
	}
	w, y := float64(length*pxPerMetre), c.height-18
	fmt.Fprintf(b, `<g class="m-scale"><rect class="m-plate" x="12" y="%d" width="%.1f" height="32" rx="3"/>`, y-18, w+42)
	fmt.Fprintf(b, `<rect x="20" y="%d" width="%.1f" height="5" fill="#1c2530"/><rect x="%.1f" y="%d" width="%.1f" height="5" fill="#fff" stroke="#1c2530"/>`, y, w/2, 20+float64(w/2), y, w/2)
	fmt.Fprintf(b, `<text x="20" y="%d">0</text><text x="%.1f" y="%d">%s</text></g>`, y-4, 20+w, y-4, label)
}

func north(b *strings.Builder) {
	fmt.Fprintf(b, `<g class="m-north" transform="translate(%d 34)"><circle class="m-plate" r="24" cy="2"/><path d="M0-18L7 8L0 3Z"/><path d="M0-18L-7 8L0 3Z" fill="#fff" stroke="#1c2530"/><text y="21">N</text></g>`, viewportWidth-36)
}

// slug keeps an id fit for an anchor whatever a report brought.
func slug(id string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			return r
		}
		return '-'
	}, id)
}
