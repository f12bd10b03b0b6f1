package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/roomreport"
)

// roomDocument runs room and reads its JSON.
func roomDocument(t *testing.T, args ...string) roomreport.Document {
	t.Helper()
	res := landcheck(t, append([]string{"room", "--format", "json", "--base", filepath.Join(sampleDir(t), "base")}, args...)...)
	var d roomreport.Document
	if res.status != 0 || res.stderr != "" || json.Unmarshal([]byte(res.stdout), &d) != nil || d.Schema != roomreport.Schema {
		t.Fatalf("status %d, %s\n%.200s", res.status, res.stderr, res.stdout)
	}
	return d
}

// TestRoom: what a bureau asks before any plan, on the screen and in files.
func TestRoom(t *testing.T) {
	dir := t.TempDir()
	prior := filepath.Join(dir, "prior.yaml")
	put(t, prior, "prior:\n  - {project: P, township: \"150123101\", pbf_out_m2: 120000, pbf_in_m2: 121000}\n")
	files := []string{}
	for _, name := range []string{"r.xlsx", "r.gpkg", "r.geojson", "r.json", "r.txt"} {
		files = append(files, "-o", filepath.Join(dir, name))
	}
	base := filepath.Join(sampleDir(t), "base")
	for lang, words := range map[string][]string{"zh": {"还可调出", "示例镇", "此前调出", "调出候选", "补划候选", "质量等别"}, "en": {"Left", "Moved", "Candidates out", "Candidates in", "quality grade"}} {
		res := landcheck(t, append([]string{"room", "--base", base, "--prior", prior, "--lang", lang}, files...)...)
		if res.status != 0 || res.stderr != "" {
			t.Fatalf("status %d, %s", res.status, res.stderr)
		}
		for _, word := range words {
			if !strings.Contains(res.stdout, word) {
				t.Errorf("%s: no %q in\n%s", lang, word, res.stdout)
			}
		}
	}
	whole, after := roomDocument(t), roomDocument(t, "--prior", prior)
	for i, s := range after.Townships {
		moved := 0.0
		if s.Code == "150123101" {
			moved = 120000
		}
		if s.Moved != moved || *whole.Townships[i].LeftM2-*s.LeftM2 != moved || s.Designated != whole.Townships[i].Designated {
			t.Errorf("%+v, before %+v", s, whole.Townships[i])
		}
	}
	saved, err := os.ReadFile(filepath.Join(dir, "r.json"))
	if err != nil || !strings.Contains(string(saved), `"landcheck-room/1"`) {
		t.Errorf("r.json: %v", err)
	}
	// plan.yaml of a plan serves as it is.
	put(t, prior, "format: 1\nproject: {code: X, county: \"150123\"}\nprior:\n  - {township: \"150123101\", pbf_out_m2: 1}\n")
	if d := roomDocument(t, "--prior", prior, "--township", "150123101"); len(d.Townships) != 1 || d.Townships[0].Moved != 1 {
		t.Errorf("%+v", d.Townships)
	}
}

// TestRoomInAnArea: candidates of the area that a plan's own layer draws.
func TestRoomInAnArea(t *testing.T) {
	dir := unpacked(t)
	whole, part := roomDocument(t), roomDocument(t, "--project", filepath.Join(dir, "ZZQY.shp"))
	if len(part.In) == 0 || len(part.In) >= len(whole.In) || *part.Total.LeftM2 != *whole.Total.LeftM2 {
		t.Errorf("%d of %d candidates in, %v of %v m² left", len(part.In), len(whole.In), *part.Total.LeftM2, *whole.Total.LeftM2)
	}
}

// TestRoomByAnotherRulebook: its limit is told and counts, or that it has none.
func TestRoomByAnotherRulebook(t *testing.T) {
	book := filepath.Join(t.TempDir(), "ours.yaml")
	put(t, book, "id: ours\ntitle: {zh: 本市, en: ours}\nsource: {zh: 本市, en: ours}\nextends: nmg-2025\nrules:\n  - {id: pbf-township-cap, ratio: {limit: 0.03}}\n")
	five, three, none := roomDocument(t), roomDocument(t, "--rulebook", book), roomDocument(t, "--rulebook", "cn-2019-pilot")
	if *five.Limit != 0.05 || *three.Limit != 0.03 || *three.Townships[0].LeftM2 >= *five.Townships[0].LeftM2 {
		t.Errorf("%v: %v; %v: %v", *five.Limit, *five.Townships[0].LeftM2, *three.Limit, *three.Townships[0].LeftM2)
	}
	if none.Limit != nil || none.Townships[0].LeftM2 != nil || none.Townships[0].Note == nil {
		t.Errorf("%+v", none.Townships[0])
	}
}

// TestRoomRefuses: what cannot be asked ends with 2 and what to do, and nothing is
// written.
func TestRoomRefuses(t *testing.T) {
	dir := t.TempDir()
	base := filepath.Join(sampleDir(t), "base")
	wrong, empty := filepath.Join(dir, "wrong.yaml"), filepath.Join(dir, "empty.yaml")
	put(t, wrong, "prior:\n  - {township: \"150123101\", pbf_out: 1}\n")
	put(t, empty, "project: {code: X}\n")
	for _, x := range []struct {
		says string
		args []string
	}{
		{"room takes base data", nil},
		{`no argument "plan.zip"`, []string{"plan.zip", "--base", base}},
		{"pbf_out_m2", []string{"--base", base, "--prior", wrong}},
		{"has no prior", []string{"--base", base, "--prior", empty}},
		{"no such file", []string{"--base", base, "--prior", filepath.Join(dir, "nowhere.yaml")}},
		{"150123101", []string{"--base", base, "--township", "150124101"}},
		{"no administrative code", []string{"--base", base, "--township", "一镇"}},
		{"no output format", []string{"--base", base, "--format", "pdf"}},
		{"use -o", []string{"--base", base, "--format", "gpkg"}},
		{"ending", []string{"--base", base, "-o", filepath.Join(dir, "r.pdf")}},
		{"is an input", []string{"--base", base, "-o", filepath.Join(base, "DLTB.shp.json"), "--prior", filepath.Join(base, "DLTB.shp.json")}},
		{"the same file", []string{"--base", base, "-o", filepath.Join(dir, "r.json"), "-o", filepath.Join(dir, ".", "r.json")}},
		{"not supported", []string{"--base", base, "--project", wrong}},
		{"?county=", []string{"--base", "postgres://127.0.0.1:1/none"}},
		{"cannot be below 0", []string{"--base", base, "--jobs", "-1"}},
	} {
		res := landcheck(t, append([]string{"room", "--lang", "en"}, x.args...)...)
		if res.status != exitBadInput || res.stdout != "" || !strings.Contains(res.stderr, x.says) {
			t.Errorf("%v: status %d, %q", x.args, res.status, res.stderr)
		}
	}
	if found, _ := filepath.Glob(filepath.Join(dir, "r.*")); len(found) > 0 {
		t.Errorf("written: %v", found)
	}
	// A program that reads JSON is told in JSON.
	res := landcheck(t, "room", "--base", dir, "--format", "json", "--lang", "en")
	if res.status != exitBadInput || !strings.Contains(res.stdout, `"landcheck-error/1"`) {
		t.Errorf("status %d, %s", res.status, res.stdout)
	}
}
