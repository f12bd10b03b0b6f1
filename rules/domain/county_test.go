package domain

import (
	"strings"
	"testing"
	"unicode"
)

// TestCountyName: names are those of the standard, and every line of the table is read.
func TestCountyName(t *testing.T) {
	for code, want := range map[string]string{
		"150123": "呼和浩特市和林格尔县", "110101": "北京市东城区", "320102": "南京市玄武区", "429004": "湖北省仙桃市", "999999": "", "": "", "#": "",
	} {
		if got := CountyName(code); got != want {
			t.Errorf("%q is %q, want %q", code, got, want)
		}
	}
	lines := 0
	for line := range strings.Lines(countyTable) {
		if !strings.HasPrefix(line, "#") {
			lines++
		}
	}
	if lines != len(counties()) || lines < 2800 {
		t.Errorf("%d lines, %d counties", lines, len(counties()))
	}
	for code, name := range counties() {
		if len(code) != 6 || !strings.HasPrefix(code, strings.Trim(code, " ")) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
			t.Errorf("%q is %q", code, name)
		}
	}
}
