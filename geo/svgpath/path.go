package svgpath

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"
)

// Path is the data of one SVG path in the making.
type Path struct {
	view  View
	data  strings.Builder
	small map[[2]int]bool // where a square stands for what is too small
}

// Path begins a path.
func (v View) Path() *Path { return &Path{view: v, small: map[[2]int]bool{}} }

// Data is the attribute d, "" where nothing is in the frame.
func (p *Path) Data() string { return p.data.String() }

// Draw adds polygons. Outer rings turn one way and holes the other, so that the
// rule of SVG for filling (nonzero) leaves holes open and joins what overlaps.
func (p *Path) Draw(mp orb.MultiPolygon) {
	for _, poly := range p.view.InFrame(mp) {
		for i, ring := range poly {
			p.ring(ring, i == 0)
		}
	}
}

func (p *Path) ring(ring orb.Ring, outer bool) {
	if len(ring) < 4 {
		return
	}
	px := make(orb.Ring, len(ring))
	for i, v := range ring {
		px[i] = p.view.Point(v)
	}
	if turn := px.Orientation(); turn == orb.CW == outer {
		px.Reverse()
	}
	b, least := px.Bound(), float64(p.view.Smallest)
	if b.Max[0]-b.Min[0] < least && b.Max[1]-b.Min[1] < least {
		if outer {
			p.isSmall(b.Center())
		}
		return
	}
	px = simplify.DouglasPeucker(p.view.Detail).Ring(px)
	x, y, n := 0, 0, 0
	for i := 0; i+1 < len(px); i++ {
		nx, ny := int(math.Round(px[i][0])), int(math.Round(px[i][1]))
		switch {
		case n == 0:
			p.data.WriteString("M" + strconv.Itoa(nx))
			p.num(ny)
		case nx == x && ny == y:
			continue
		default:
			if n == 1 {
				p.data.WriteByte('l')
				p.data.WriteString(strconv.Itoa(nx - x))
			} else {
				p.num(nx - x)
			}
			p.num(ny - y)
		}
		x, y, n = nx, ny, n+1
	}
	if n > 0 {
		p.data.WriteByte('z')
	}
}

// num writes a number after another; a minus sign parts them well enough.
func (p *Path) num(n int) {
	if n >= 0 {
		p.data.WriteByte(' ')
	}
	p.data.WriteString(strconv.Itoa(n))
}

// isSmall draws a square in place of what is too small to be seen, once where
// there are several.
func (p *Path) isSmall(at orb.Point) {
	n := p.view.Smallest
	k := [2]int{int(math.Floor(at[0] / float64(n))), int(math.Floor(at[1] / float64(n)))}
	if p.small[k] {
		return
	}
	p.small[k] = true
	// It turns as outer rings do.
	fmt.Fprintf(&p.data, "M%d %dh%dv%dh-%dz", k[0]*n, k[1]*n, n, n, n)
}
