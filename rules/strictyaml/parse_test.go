package strictyaml

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"landcheck/geo"
)

const mega = 1 << 20

// all is what is wrong with a text that should be a mapping of a, b and list.
func all(t testing.TB, text string, o Options) geo.InputErrors {
	t.Helper()
	if o.MaxBytes == 0 {
		o.MaxBytes = mega
	}
	d, err := Parse("f.yaml", []byte(text), o)
	if err == nil {
		err = d.Err(readSample(d.Root()))
	}
	if err == nil {
		return nil
	}
	faults, ok := err.(geo.InputErrors)
	if !ok || len(faults) == 0 {
		t.Fatalf("%q: %T %v", text, err, err)
	}
	return faults
}

func readSample(n Node) error {
	value := func(n Node) error {
		if n.List() {
			return n.Items(func(n Node) error { _, err := n.Text(); return err })
		}
		_, err := n.Text()
		return err
	}
	return n.Fields(Field{Name: "a", Read: value}, Field{Name: "规划", Read: value},
		Field{Name: "number", Read: func(n Node) error { _, err := n.Number(); return err }},
		Field{Name: "inner", Read: func(n Node) error {
			return n.Fields(Field{Name: "code", Read: value, Required: true}, Field{Name: "name", Read: value, Required: true})
		}})
}

// Every kind of slip has its line, column and words.
func TestSlips(t *testing.T) {
	for text, want := range map[string]string{
		"a: 1\n规划: [x, y]\nnumber: -0.5\ninner: {code: 1, name: 2}\n": "",
		"":                             "",
		"# nothing\n":                  "",
		"---\na: 1\n...\n":             "",
		"\ufeffa: 1\r\nnumbr: ":        `2:1 unknown key "numbr"|Did you mean "number"?`,
		"a: 1\rb: 2\rc: 3":             "2:1 unknown key|3:1 unknown key",
		"a: 1\na: 2\nb: 3\n":           `2:1 key "a" stands twice, first on line 1|3:1 unknown key "b"`,
		"inner: {code: 1}\n":           `1:8 missing keys: name|Add name: …`,
		"inner: {code: '', name: ~}\n": "1:8 missing keys: code, name",
		"inner: {code：1, name: 2}\n":   `1:9 unknown key "code：1"|half-width`,
		"inner: {cod: 1}\n":            `1:8 missing keys: name|1:9 unknown key "cod"`,
		"inner: [1]\n":                 "1:8 expected a mapping",
		"inner: code：1\n":              "1:8 expected a mapping (key: value), found \"code：1\"|half-width",
		"number: 0x10\n":               `1:9 expected a number, found "0x10"`,
		"number: .inf\n":               "1:9 expected a number",
		"number: [1]\n":                "1:9 expected a number, found a list",
		"a: {b: 1}\n":                  "1:4 expected text, found a mapping",
		"- a\n":                        "1:1 expected a mapping (key: value), found a list",
		"? [a]\n: b\n":                 "1:3 a key must be text",
		"a: &x 1\n规划: *x\n":            "1:4 this file takes no YAML anchors|2:5 this file takes no YAML anchors",
		"<<: {a: 1}\n":                 `1:1 unknown key "<<"`,
		"a: 1\n---\nnumber: 2\n":       "2:1 the file holds more than one YAML document",
		"a: " + strings.Repeat("[", 40) + strings.Repeat("]", 40): "1:36 nested too deeply",

		"a: 1\ninner: {code: 1\nnumber: 2\n":       "2:8 YAML syntax error: a brace is not closed",
		"a: 1\ninner: {code: 1\n":                  "2:8 YAML syntax error: a brace is not closed",
		"inner: {code: 1\n  name: 2}\nnumber: 3\n": "2:7 YAML syntax error: a brace is not closed, or a comma is missing; the { at line 1, column 8 is still open",
		"inner: {code: 1 name: 2}\n":               "1:21 YAML syntax error: a brace is not closed, or a comma is missing; the { at line 1, column 8",
		"规划: [1, 2\nnumber: 3\n":                   "1:5 YAML syntax error: a bracket is not closed",
		"a: [\n\n":                                 "1:5 YAML syntax error: a value is missing here",
		"a: ][\n":                                  "1:4 YAML syntax error: a value is missing here",
		"inner:\n\tcode: 1\n":                      "2:1 YAML syntax error: a tab is used for indentation|spaces",
		"inner:\n  code: 1\n\tname: 1\n":           "3:1 YAML syntax error: a tab is used for indentation",
		"inner:\n  code: 1\n name: 2\n":            "3:2 YAML syntax error: a key of the same level was expected here; the level began at line 1, column 1",
		"a: 1\nnumber\ninner: {}\n":                "2:1 YAML syntax error: the line has no colon",
		"a: 1\nnumber：2\ninner: {}\n":              "2:1 YAML syntax error: the line has no colon|full-width \"：\"",
		"number\n  - {x: 1}\n":                     "1:1 YAML syntax error: the line has no colon",
		"a: [1]\ninner\n\n  code: 1\n":             "2:1 YAML syntax error: the line has no colon",
		"a: b: c\n":                                "1:5 YAML syntax error: there cannot be another colon here",
		"规划: 'x\nnumber: 1\n":                      "1:5 YAML syntax error: a quote is not closed",
		`a: "C:\data"` + "\n":                      "1:7 YAML syntax error: the \\ within double quotes|Write paths with /",
		"a: *.shp\n":                               "1:4 YAML syntax error: the anchor that * refers to does not exist|quotes",
		"a: @x\n":                                  "1:4 YAML syntax error: a value cannot begin with this character|quotes",
		"{a: 1}\nnumber: 1\n":                      "2:1 YAML syntax error: the content has ended here",
		"a: {b: 1}}\n":                             "1:10 YAML syntax error: a key of the same level",
		"a: 1\n---\nb: [\n":                        "3:5 YAML syntax error",
		"a: \x01\n":                                "1:4 the control character U+0001",
		"a: x\n规\x00: 1\n":                         "2:2 the control character U+0000",
		"a: x\n规划 \xff\xff\xff\n":                  "2:4 the text is not UTF-8 here",
	} {
		faults := all(t, text, Options{})
		var got []string
		for _, f := range faults {
			got = append(got, fmt.Sprintf("%d:%d %s. %s", f.Record, f.Column, f.Message.EN, f.Advice.EN))
			if f.File != "f.yaml" || f.Message.ZH == "" || f.Message.ZH == f.Message.EN || f.Advice.ZH == "" || f.Advice.EN == "" {
				t.Errorf("%q: %+v", text, f)
			}
		}
		rest := strings.Join(got, "\n")
		if want == "" && rest != "" {
			t.Errorf("%q: %s", text, rest)
		}
		for _, w := range strings.Split(want, "|") {
			_, after, ok := strings.Cut(rest, w)
			if !ok {
				t.Errorf("%q:\n%s\nno %q", text, strings.Join(got, "\n"), w)
				break
			}
			rest = after
		}
	}
}

// Text that is not UTF-8 is told by the name of what it is.
func TestEncodings(t *testing.T) {
	const text = "a: 规划\n规划: 一二三四\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	wide := func(first ...byte) string {
		out := first
		for _, u := range utf16.Encode([]rune(text)) {
			out = append(out, byte(u), byte(u>>8))
		}
		return string(out)
	}
	for name, data := range map[string]string{"GBK": gbk, "UTF-16": wide(0xff, 0xfe), "UTF-16,": wide()} {
		faults := all(t, data, Options{})
		if len(faults) != 1 || !strings.Contains(faults[0].Message.EN, strings.TrimSuffix(name, ",")) || !strings.Contains(faults[0].Advice.ZH, "UTF-8") {
			t.Errorf("%s: %v", name, faults)
		}
	}
	if faults := all(t, "\ufeff"+text, Options{}); faults != nil {
		t.Errorf("with a mark: %v", faults)
	}
}

// Small files that would grow, and large ones, are refused; aliases where they
// may stand are followed.
func TestLimits(t *testing.T) {
	if f := all(t, strings.Repeat("#", 200), Options{MaxBytes: 100}); !strings.Contains(f[0].Message.EN, "100 bytes") {
		t.Errorf("%v", f)
	}
	if f := all(t, "a: &x [1, 2]\n规划: *x\n", Options{Aliases: true}); f != nil {
		t.Errorf("an alias: %v", f)
	}
	many := "a: &x [" + strings.Repeat("1,", 300_000) + "]\n规划: *x\n"
	if f := all(t, many, Options{Aliases: true}); len(f) != 1 || !strings.Contains(f[0].Message.EN, "500000 values") {
		t.Errorf("named twice: %v", f)
	}
	if f := all(t, "a: &x [*x]\n", Options{Aliases: true}); len(f) != 1 || f[0].Record != 1 {
		t.Errorf("of itself: %v", f)
	}
	if f := all(t, strings.Repeat("x: 1\n", 5000), Options{}); len(f) != geo.MaxInputErrors {
		t.Errorf("%d faults", len(f))
	}
	if f := all(t, "inner: {"+strings.Repeat("x: 1, ", 100_000)+"}", Options{}); len(f) != geo.MaxInputErrors {
		t.Errorf("%d faults of one line", len(f))
	}
}

// Whatever the bytes, a file is read or refused at a place that it has, in words
// of both languages, and soon.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"a: 1\n规划: {code: [1, 2], x: 'y\n", "a: &x [*x]\n", "inner:\n\tcode: \"\\q\n", "\ufeffa\r\nb: |\n  c\n", "\xff\xfea\x00", "a: 1\n--- x\n", "{a: 1, 规划: }\n", "%YAML 9\n"} {
		f.Add([]byte(text), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, aliases bool) {
		begun := time.Now()
		faults := all(t, string(data), Options{Aliases: aliases})
		if took := time.Since(begun); took > time.Minute {
			t.Fatalf("%d bytes took %v", len(data), took)
		}
		lines := newSource("", string(data)).lines
		for _, f := range faults {
			if f.Message.ZH == "" || f.Message.EN == "" || f.Advice.ZH == "" || f.Advice.EN == "" {
				t.Fatalf("no words: %+v", f)
			}
			if f.Record == 0 { // the file as a whole
				continue
			}
			if f.Record > len(lines) || f.Column < 1 || f.Column > len([]rune(lines[f.Record-1]))+1 || strings.Count(f.Excerpt, "\n") != 1 {
				t.Fatalf("no such place: %+v", f)
			}
		}
	})
}
