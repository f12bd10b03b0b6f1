package geo_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"landcheck/geo"
)

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"":                            "",
		"DLBG 地类变更（1）.shp":            "DLBG 地类变更（1）.shp",
		"a\x1b[31mb\x07":              `a\x1b[31mb\x07`,
		"DLTC\n::error::pwn.shp":      `DLTC\n::error::pwn.shp`,
		"\r\t\x7f\u009b":              `\r\t\x7f\x9b`,
		"YJJBNTTC\u202efdp.shp":       `YJJBNTTC\u202efdp.shp`,
		"a\u200bb\u2028c\ufeff\u00ad": `a\u200bb\u2028c\ufeff\xad`,
		"\xd3\xc0x":                   `\xd3\xc0x`,
		"a\ufffdb":                    "a\ufffdb",
	} {
		if got := geo.Printable(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestMessagesCarryNoControlCharacters(t *testing.T) {
	name := "9\x1b]0;x\x07\nDLTC\u202e.shp"
	f := &geo.InputError{File: name, Field: name, Record: 1, Message: geo.Textf("名称 %s", "the name %s", name), Advice: geo.Textf("%v", "%v", []string{name})}
	for _, s := range []string{f.Text().ZH, f.Text().EN, f.Error()} {
		if strings.ContainsAny(s, "\x1b\x07\n\u202e") {
			t.Errorf("%q", s)
		}
	}
}

func FuzzPrintable(f *testing.F) {
	f.Add("a\x1b\u202e\xff")
	f.Fuzz(func(t *testing.T, s string) {
		p := geo.Printable(s)
		if !utf8.ValidString(p) || geo.Printable(p) != p {
			t.Errorf("%q: %q", s, p)
		}
		for _, r := range p {
			if r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0x202e {
				t.Errorf("%q: %q", s, p)
			}
		}
	})
}
