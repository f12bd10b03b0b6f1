package papercode

import (
	"fmt"
	"image"
	"image/color"
	"strings"

	qr "github.com/piglig/go-qr"
)

// MaxText is the most that a symbol holds, in bytes of UTF-8: beyond it a phone
// could not tell its modules on paper.
const MaxText = 640

// quiet is the blank border that ISO/IEC 18004 asks for, in modules.
const quiet = 4

// Symbol is a QR code (ISO/IEC 18004).
type Symbol struct{ code *qr.QrCode }

const (
	utf8Designator        = 26 // of UTF-8 among the extended channel interpretations
	leastVersion, largest = 1, 40
	anyMask               = -1
)

// NewSymbol is the QR code of a text, which it says to be UTF-8, with error
// correction M or better: 15 % of it may be lost. The same text gives the same
// symbol. The error is a text longer than MaxText.
func NewSymbol(text string) (*Symbol, error) {
	if len(text) > MaxText {
		return nil, fmt.Errorf("papercode: a text of %d bytes, more than %d", len(text), MaxText)
	}
	charset, err := qr.MakeEci(utf8Designator)
	if err != nil {
		return nil, err
	}
	data, err := qr.MakeBytes([]byte(text))
	if err != nil {
		return nil, err
	}
	code, err := qr.EncodeSegments([]*qr.QrSegment{charset, data}, qr.Medium, leastVersion, largest, anyMask, true)
	if err != nil {
		return nil, err
	}
	return &Symbol{code}, nil
}

// Modules is the length of a side with the quiet border.
func (s *Symbol) Modules() int { return s.code.Size() + 2*quiet }

// Pixels is the length of a side on a screen, on which a module is three wide.
func (s *Symbol) Pixels() int { return 3 * s.Modules() }

// Dark tells the colour of a module, counted with the quiet border.
func (s *Symbol) Dark(x, y int) bool { return s.code.Module(x-quiet, y-quiet) }

// SVGPath is the outline of the dark modules, for a path in a viewBox of
// Modules × Modules; runs of a row are one rectangle.
func (s *Symbol) SVGPath() string {
	var b strings.Builder
	for y := range s.Modules() {
		for x := 0; x < s.Modules(); x++ {
			from := x
			for s.Dark(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
			}
		}
	}
	return b.String()
}

// Image is the symbol in black and white, a module as so many pixels square.
func (s *Symbol) Image(scale int) image.Image {
	side := s.Modules() * scale
	picture := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		for x := range side {
			if s.Dark(x/scale, y/scale) {
				picture.SetColorIndex(x, y, 1)
			}
		}
	}
	return picture
}
