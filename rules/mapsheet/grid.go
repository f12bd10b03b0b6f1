package mapsheet

import (
	"fmt"
	"math"
	"strconv"
)

// grid draws the lines of round coordinates, some 30 to 75 mm apart, and writes
// eastings and northings in km in the gap round the frame.
func (s *sheet) grid() {
	perMM := float64(s.scale) / 1000
	step := roundStep(75 * perMM)
	box := s.view.Frame
	for e := math.Ceil(box.Min[0]/step) * step; e <= box.Max[0]; e += step {
		x := frameX + (e-box.Min[0])/perMM
		s.line(x, frameY, x, frameY+frameHeight, gridColour, .1)
		label := kilometres(e, step)
		s.coordinate(x, frameY-1.2, 0, label)
		s.coordinate(x, frameY+frameHeight+3.7, 0, label)
	}
	for n := math.Ceil(box.Min[1]/step) * step; n <= box.Max[1]; n += step {
		y := frameY + (box.Max[1]-n)/perMM
		s.line(frameX, y, frameX+frameWidth, y, gridColour, .1)
		label := kilometres(n, step)
		s.coordinate(frameX-1.2, y, -90, label)
		s.coordinate(frameX+frameWidth+3.7, y, -90, label)
	}
}

// kilometres writes a coordinate in km with as many decimals as the step needs.
func kilometres(m, step float64) string {
	decimals := 0
	for x := step; x < 1000; x *= 10 {
		decimals++
	}
	return strconv.FormatFloat(m/1000, 'f', decimals, 64)
}

func (s *sheet) coordinate(x, y, turn float64, label string) {
	at := ""
	if turn != 0 {
		at = fmt.Sprintf(` transform="rotate(%g %s %s)"`, turn, mm(x), mm(y))
	}
	fmt.Fprintf(&s.b, `<text class="grid" x="%s" y="%s" font-size="2.7" text-anchor="middle"%s>%s</text>`+"\n", mm(x), mm(y), at, escaped(label))
}

// frame draws both frames of the map and closes the corners.
func (s *sheet) frame() {
	s.rect(frameX, frameY, frameWidth, frameHeight, "none", ink, .25)
	s.rect(frameX-frameGap, frameY-frameGap, frameWidth+2*frameGap, frameHeight+2*frameGap, "none", ink, .7)
}
