package api_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"landcheck/api"
	"landcheck/rules/sample"
)

// BenchmarkPaging asks for pages of a large check, 40 000 changes in a county
// of 60 000 parcels, whose report has 95 MB. Cold is the first request after
// the service began, which reads the whole result (7 s on two busy cores); the
// others find it in memory: a page of faces, or of findings with detail=list,
// takes 2 to 7 ms wherever it is. The hundred worst findings with their
// outlines are as long as that takes to write, 27 MB and 0.6 s.
func BenchmarkPaging(b *testing.B) {
	dir := b.TempDir()
	c, err := sample.New(sample.Options{Parcels: 60_000, VerticesPerParcel: 16})
	if err != nil {
		b.Fatal(err)
	}
	if err := c.WriteBase(b.Context(), filepath.Join(dir, "base")); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(dir, "plan.zip")
	if err := c.WriteBulk(b.Context(), path, sample.Bulk{Changes: 40_000}); err != nil {
		b.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	s := serve(b, "embedded", setup{base: filepath.Join(dir, "base"), noSpeak: true})
	p := s.upload(data)
	var k checkAnswer
	s.order(p, "", with("Prefer", "wait=60")).into(&k)
	for !k.State.Ended() {
		k = s.check(k.ID)
	}
	report := s.get(k.Links["report"]).wants(200)
	b.Logf("%s: %d faces, %d findings, report of %d MB", k.Verdict, k.Faces, k.Findings, len(report.body)>>20)
	findings, faces := pages[listedFinding](s, k.Links["findings"]+"?limit=1000"), pages[faceRow](s, k.Links["ledger"]+"?limit=1000")
	box := faces[len(faces)/2].BBox
	for _, c := range []struct{ name, path string }{
		{"findings/first", k.Links["findings"]},
		{"findings/list", k.Links["findings"] + "?detail=list"},
		{"findings/middle", k.Links["findings"] + "?after=" + findings[len(findings)/2].ID},
		{"findings/last", k.Links["findings"] + "?after=" + findings[len(findings)-2].ID},
		{"findings/none-match", k.Links["findings"] + "?bbox=0,0,1,1"},
		{"ledger/first", k.Links["ledger"]},
		{"ledger/last", k.Links["ledger"] + "?after=" + strconv.Itoa(faces[len(faces)-2].ID)},
		{"ledger/bbox", k.Links["ledger"] + "?bbox=" + fmt.Sprintf("%v,%v,%v,%v", box[0], box[1], box[2], box[3])},
		{"finding", k.Links["findings"] + "/" + findings[len(findings)/2].ID},
		{"check", k.Links["self"]},
		{"report/json", k.Links["report"]},
		{"report/304", k.Links["report"]},
	} {
		b.Run(c.name, func(b *testing.B) {
			var calls []call
			want := 200
			if c.name == "report/304" {
				calls, want = append(calls, with("If-None-Match", report.header.Get("ETag"))), 304
			}
			for b.Loop() {
				s.get(c.path, calls...).wants(want)
			}
		})
	}
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			fresh, err := api.New(api.Config{Store: s.store, Version: version})
			if err != nil {
				b.Fatal(err)
			}
			answer := httptest.NewRecorder()
			fresh.Handler().ServeHTTP(answer, httptest.NewRequest("GET", "http://localhost"+k.Links["findings"], nil))
			if answer.Code != 200 {
				b.Fatal(answer.Body)
			}
		}
	})
}
