package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

func through(chunks ...string) string {
	var out bytes.Buffer
	v := &escapingWriter{w: &out}
	for _, c := range chunks {
		if n, err := v.Write([]byte(c)); n != len(c) || err != nil {
			return err.Error()
		}
	}
	return out.String()
}

func TestVisible(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"方案 plan\n\tnext\r\n", "方案 plan\n\tnext\r\n"},
		{"a\x1b[31mb\x07\x00", `a\x1b[31mb\x07\x00`},
		{"over\rwritten", `over\x0dwritten`},
		{"c1 \u009b31m", `c1 \x9b31m`},
		{"x\u202ey\u2028", `x\u202ey\u2028`},
		{"a\u200bb\u00ad\ufeff\U000e0041", `a\u200bb\xad\ufeff\ue0041`},
		{"x\n::error::no\n  ##[error]no ::fine", "x\n\\::error::no\n  \\##[error]no ::fine"},
		{"::error::at once", `\::error::at once`},
		{"\xff\xfe", `\xff\xfe`},
	} {
		if got := through(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
		var bytewise []string
		for i := range len(c.text) {
			bytewise = append(bytewise, c.text[i:i+1])
		}
		if got := through(bytewise...); c.want == c.text && !strings.Contains(c.text, "\r") && got != c.want {
			t.Errorf("%q byte by byte: %q", c.text, got)
		}
	}
}

func FuzzVisible(f *testing.F) {
	f.Add("x\n::error::\x1b", 3)
	f.Fuzz(func(t *testing.T, s string, at int) {
		at = max(0, min(at, len(s)))
		got := through(s[:at], s[at:]) + through(s)
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\x1b\x07\x00\u009b\u202e") {
			t.Errorf("%q: %q", s, got)
		}
		for _, line := range strings.Split(through(s), "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "::") {
				t.Errorf("%q: line %q", s, line)
			}
		}
	})
}

// TestNamesAreShownNotSent: what a user typed comes back harmless.
func TestNamesAreShownNotSent(t *testing.T) {
	for _, args := range [][]string{
		{"check", "no\x1b[2J\x07\n::error::plan", "--base", "x"},
		{"no\x1bsuch"},
		{"diff", "a\n::error::", "b"},
		{"explain", "::error::\x1b"},
	} {
		res := landcheck(t, args...)
		all := res.stdout + res.stderr
		if res.status != exitBadInput || strings.ContainsAny(all, "\x1b\x07") || strings.Contains("\n"+all, "\n::") {
			t.Errorf("%q: status %d, %q", args, res.status, all)
		}
	}
}
