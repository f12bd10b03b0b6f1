package papercode

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"math/big"
	"strings"
	"testing"
	"unicode/utf8"

	"landcheck/geo"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"pgregory.net/rapid"
)

// Another decoder reads what was written, of any length and in any script.
func TestDecoded(t *testing.T) {
	texts := []string{"a", "核验码 7K3M-Q2XA-9F4D", strings.Repeat("土默特左旗全域土地综合整治", 16), strings.Repeat("𠀀é\n", 80), strings.Repeat("x", MaxText)}
	for _, text := range texts {
		symbol, err := NewSymbol(text)
		if err != nil {
			t.Fatal(err)
		}
		for name, picture := range map[string]image.Image{"image": symbol.Image(4), "path": drawn(t, symbol, 4)} {
			if got := decoded(t, picture); got != text {
				t.Errorf("%s of %d bytes: %q", name, len(text), got)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[ -~一-龥\n]{1,200}`).Draw(t, "text")
		symbol, err := NewSymbol(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := decoded(t, symbol.Image(3)); got != text {
			t.Fatalf("%q", got)
		}
	})
}

func decoded(t interface{ Fatal(...any) }, picture image.Image) string {
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		t.Fatal(err)
	}
	return read.GetText()
}

// drawn fills the rectangles of a symbol's path.
func drawn(t *testing.T, s *Symbol, scale int) image.Image {
	t.Helper()
	side := s.Modules() * scale
	picture := image.NewGray(image.Rect(0, 0, side, side))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	for run := range strings.SplitSeq(strings.TrimSuffix(s.SVGPath(), "z"), "z") {
		var x, y, w, back int
		if n, err := fmt.Sscanf(run, "M%d %dh%dv1h-%d", &x, &y, &w, &back); n != 4 || err != nil || w != back {
			t.Fatalf("%q: %v", run, err)
		}
		for py := y * scale; py < (y+1)*scale; py++ {
			for px := x * scale; px < (x+w)*scale; px++ {
				picture.SetGray(px, py, color.Gray{})
			}
		}
	}
	return picture
}

func TestTooLong(t *testing.T) {
	if _, err := NewSymbol(strings.Repeat("x", MaxText+1)); err == nil {
		t.Error("it is made")
	}
}

// The code is the first 60 bits of the digest.
func TestOf(t *testing.T) {
	sum := sha256.Sum256([]byte("a report"))
	code := Of(sum)
	first, _ := new(big.Int).SetString(hex.EncodeToString(sum[:8]), 16)
	first.Rsh(first, 4)
	value := new(big.Int)
	for _, letter := range strings.ReplaceAll(code, "-", "") {
		value.Mul(value, big.NewInt(32)).Add(value, big.NewInt(int64(strings.IndexRune(alphabet, letter))))
	}
	if value.Cmp(first) != 0 || len(code) != 14 {
		t.Errorf("%s is %x, not %x", code, value, first)
	}
}

func TestParse(t *testing.T) {
	for _, typed := range []string{"7K3M-Q2XA-01F4", "7k3mq2xa01f4", " 7K3M Q2XA O1F4 ", "7k3m-q2xa-olf4", "7K3M－Q2XA－0IF4"} {
		if code, err := Parse(typed); code != "7K3M-Q2XA-01F4" {
			t.Errorf("%q: %q, %v", typed, code, err)
		}
	}
	for _, typed := range []string{"", "7K3M", "7K3M-Q2XA-01F", "7K3M-Q2XA-01F45", "7K3M-Q2XA-01FU", "核验码核验码", "7K3M-Q2XA-01F\x00"} {
		if _, err := Parse(typed); !isInputError(err) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func isInputError(err error) bool {
	_, ok := geo.AsInputError(err)
	return ok
}

// A scan is read back from its text, and every text fits into a symbol.
func TestScan(t *testing.T) {
	long := strings.Repeat("𠀀", 300)
	full := Scan{Title: "全域土地综合整治方案核查报告", Code: "7K3M-Q2XA-01F4", Plan: long, Verdict: strings.Repeat("违", 99),
		Report: "sha256:" + strings.Repeat("ab", 32), Sources: long, Algorithm: "SM2-SM3", Signature: make([]byte, 72)}
	for _, s := range []Scan{full, {Report: full.Report}} {
		for _, lang := range []string{"zh", "en"} {
			text := s.Text(lang)
			if _, err := NewSymbol(text); err != nil || !utf8.ValidString(text) {
				t.Errorf("%q: %v", text, err)
			}
			got, err := ParseScan(strings.ReplaceAll(text, "\n", "\r\n"))
			if err != nil || got.Report != s.Report || got.Algorithm != s.Algorithm || !bytes.Equal(got.Signature, s.Signature) {
				t.Errorf("%+v, %v", got, err)
			}
		}
	}
	for _, text := range []string{"", "报告", "https://example.org", "报告 x", "报告 sha256:ab\n签名 Ed25519 ???"} {
		if _, err := ParseScan(text); !isInputError(err) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzParseScan(f *testing.F) {
	f.Add("Report sha256:ab\nSignature Ed25519 AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := ParseScan(text); err != nil && !isInputError(err) || err == nil && !strings.HasPrefix(s.Report, "sha256:") {
			t.Errorf("%+v, %v", s, err)
		}
	})
}
