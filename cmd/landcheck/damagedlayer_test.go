package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDamagedLayerBesides: a feature class that no rule needs and that cannot be
// read stops no check. Beside base data it is told; in a plan's package it is
// unread, until the plan says that it is not part of it.
func TestDamagedLayerBesides(t *testing.T) {
	broken := geodatabase(t, "broken/compressed-cdf.gdb.zip")
	dir, at := sampleDir(t), t.TempDir()
	plan, base := filepath.Join(dir, "plans", "01-compliant.zip"), filepath.Join(dir, "base")
	want, status := reportOf(t, plan, "--base", base)
	if status != 0 {
		t.Fatal(want)
	}
	beside := filepath.Join(at, "base")
	if err := os.CopyFS(beside, os.DirFS(base)); err != nil {
		t.Fatal(err)
	}
	unzipTo(t, broken, beside)
	got, status := reportOf(t, plan, "--base", beside)
	if notice := regexp.MustCompile(`图层 图斑 无法读取，未使用.*解压.*\n.*图斑 cannot be read and is not used.*Uncompress`); status != 0 || !notice.MatchString(got) {
		t.Errorf("base data, status %d: %s", status, got)
	}

	pack := filepath.Join(at, "plan")
	unzipTo(t, plan, pack)
	unzipTo(t, broken, pack)
	res := landcheck(t, "check", pack, "--base", base)
	if res.status != 3 || !regexp.MustCompile(`图斑.*压缩文件地理数据库`).MatchString(strings.ReplaceAll(res.stdout, "\n", " ")) {
		t.Errorf("a plan, status %d: %s%s", res.status, res.stdout, res.stderr)
	}
	manifest := filepath.Join(pack, "plan.yaml")
	text, err := os.ReadFile(manifest)
	if err == nil {
		err = os.WriteFile(manifest, append(text, "\nignore: ['*.gdb']\n"...), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if res := landcheck(t, "check", pack, "--base", base); res.status != 0 {
		t.Errorf("ignored, status %d: %s%s", res.status, res.stdout, res.stderr)
	}
}
