package main

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/rules/deliver"
)

// TestExport: the command as it is typed, for a folder and for a zip; what was
// written is said, with its figures.
func TestExport(t *testing.T) {
	base, plan := filepath.Join(sampleDir(t), "base"), filepath.Join(sampleDir(t), "plans", "01-compliant.zip")
	dir := t.TempDir()
	for kind, want := range map[deliver.Kind][]string{
		deliver.PBFUpdate:       {"18343359.18", "269164.16", "287169.57", "18361364.59", "YJJBNTTB.shp", "永久基本农田更新.gpkg", "永久基本农田更新.xlsx"},
		deliver.CroplandBalance: {"81590.14", "22709.04", "58881.10", "新增耕地_9项.txt", "新增耕地_13项.txt"},
		deliver.Linkage:         {"81021.32", "14082.60", "66938.72", "34938.72", "拆旧地块.shp", "建新地块.shp"},
		deliver.LandTrade:       {"49938.72", "15000.00", "流转指标地块.shp"},
	} {
		out, packed := filepath.Join(dir, "new", string(kind)), filepath.Join(dir, string(kind)+".zip")
		res := landcheck(t, "export", plan, "--base", base, "--to", string(kind), "-o", out)
		if res.status != 0 {
			t.Fatal(kind, res)
		}
		for _, w := range want {
			if !strings.Contains(res.stdout, w) {
				t.Errorf("%s: %q is not said in\n%s", kind, w, res.stdout)
			}
		}
		if res := landcheck(t, "export", plan, "--base", base, "--to", string(kind), "-o", packed, "--jobs", "1"); res.status != 0 {
			t.Fatal(kind, res)
		}
		sameFiles(t, out, packed)
	}
}

// sameFiles: the same plan gives the same bytes, in a folder and in a zip, at any
// --jobs.
func sameFiles(t *testing.T, dir, archive string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) != len(entries) {
		t.Errorf("%d files in %s, %d in %s", len(entries), dir, len(z.File), archive)
	}
	for _, e := range entries {
		a, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		f, err := z.Open(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(f); err != nil || !slices.Equal(a, b) {
			t.Errorf("%s differs from that in the archive (%d and %d bytes) %v", e.Name(), len(a), len(b), err)
		}
	}
}

// TestExportInEnglish: messages, headings and the workbook are in the language that
// is asked for.
func TestExportInEnglish(t *testing.T) {
	base, plan := filepath.Join(sampleDir(t), "base"), filepath.Join(sampleDir(t), "plans", "01-compliant.zip")
	res := landcheck(t, "export", plan, "--base", base, "--to", "linkage", "-o", filepath.Join(t.TempDir(), "out"), "--lang", "en")
	if res.status != 0 || !strings.Contains(res.stdout, "released net: 66938.72 m²") || strings.Contains(res.stdout, "净腾退") {
		t.Error(res)
	}
}

// TestExportRefuses: what is not allowed, and what cannot be carried out, is said
// with its status, and nothing is written.
func TestExportRefuses(t *testing.T) {
	plans, base := filepath.Join(sampleDir(t), "plans"), filepath.Join(sampleDir(t), "base")
	good := filepath.Join(plans, "01-compliant.zip")
	dir := t.TempDir()
	full := filepath.Join(dir, "full")
	if err := os.MkdirAll(filepath.Join(full, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	for _, x := range []struct {
		status int
		says   string
		args   []string
	}{
		{exitViolations, "pbf-township-cap", []string{filepath.Join(plans, "02-over-five-percent.zip"), "--base", base, "--to", "pbf-update", "-o", out}},
		{exitViolations, "--draft", []string{filepath.Join(plans, "02-over-five-percent.zip"), "--base", base, "--to", "pbf-update", "-o", out}},
		{exitViolations, "24600.95", []string{good, "--base", base, "--to", "red-line-update", "-o", out}},
		{exitViolations, "没有剩余", []string{good, "--base", base, "--to", "cropland-balance", "--own-needs", "58881.10", "-o", out}},
		{exitBadInput, "--to", []string{good, "--base", base, "-o", out}},
		{exitBadInput, "pbf-update", []string{good, "--base", base, "--to", "pbf", "-o", out}},
		{exitBadInput, "-o", []string{good, "--base", base, "--to", "pbf-update"}},
		{exitBadInput, "--base", []string{good, "--to", "pbf-update", "-o", out}},
		{exitBadInput, "一个方案包", []string{"--base", base, "--to", "pbf-update", "-o", out}},
		{exitBadInput, "是输入", []string{good, "--base", base, "--to", "pbf-update", "-o", good}},
		{exitBadInput, "是输入", []string{good, "--base", base, "--to", "pbf-update", "-o", filepath.Join(base, "out")}},
		{exitBadInput, "不是空的", []string{good, "--base", base, "--to", "pbf-update", "-o", full}},
		{exitBadInput, ".zip", []string{good, "--base", base, "--to", "pbf-update", "-o", filepath.Join(dir, "out.shp")}},
		{exitBadInput, "cropland-balance", []string{good, "--base", base, "--to", "linkage", "--own-needs", "1", "-o", out}},
		{exitBadInput, "平方米", []string{good, "--base", base, "--to", "cropland-balance", "--own-needs", "1亩", "-o", out}},
		{exitBadInput, "2026-11-30", []string{good, "--base", base, "--to", "linkage", "--dated", "30.11.2026", "-o", out}},
		{exitBadInput, "none.zip", []string{filepath.Join(dir, "none.zip"), "--base", base, "--to", "linkage", "-o", out}},
	} {
		if res := landcheck(t, append([]string{"export"}, x.args...)...); res.status != x.status || !strings.Contains(res.stderr, x.says) || res.stdout != "" {
			t.Errorf("%v: %d %s, want %d %q", x.args, res.status, res.stderr, x.status, x.says)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestExportDraft: with --draft everything is written, and every file says so.
func TestExportDraft(t *testing.T) {
	base := filepath.Join(sampleDir(t), "base")
	out := filepath.Join(t.TempDir(), "out")
	res := landcheck(t, "export", filepath.Join(sampleDir(t), "plans", "02-over-five-percent.zip"), "--base", base, "--to", "pbf-update", "--draft", "-o", out)
	if res.status != 0 {
		t.Fatal(res)
	}
	entries, err := os.ReadDir(out)
	if err != nil || len(entries) < 12 {
		t.Fatal(entries, err)
	}
	for _, e := range entries {
		if !strings.Contains(e.Name(), "草案") {
			t.Errorf("%s does not say that it is a draft", e.Name())
		}
	}
}
