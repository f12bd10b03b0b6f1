package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestExpanded: a pattern is the files that it means, in their order; what means
// none, a flag and a name stay as they are.
func TestExpanded(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"方案 二.zip", "方案 一.zip", "说明.docx"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	args := []string{"check", at("方案*.zip"), at("没有*.zip"), "--base=" + at("*"), at("说明.docx"), "[", `\\?\D:\x`}
	want := []string{"check", at("方案 一.zip"), at("方案 二.zip"), at("没有*.zip"), "--base=" + at("*"), at("说明.docx"), "[", `\\?\D:\x`}
	if got := expanded(args); !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}
