package api_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"mime"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/check"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/report/chromium"
	"landcheck/rules/sample"
)

// direct checks a plan without any service.
func direct(t testing.TB, data []byte) *check.Result {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plan.zip")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := plan.Open(t.Context(), path, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	base, err := plan.OpenBase(t.Context(), []string{baseDir(t)}, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, base.Close()) })
	book, err := check.Book("", p)
	if err != nil {
		t.Fatal(err)
	}
	r, err := check.Run(t.Context(), check.Request{Plan: p, Base: base, Book: book, Version: version})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// written is a result in a format.
func written(t testing.TB, r *check.Result, format, lang string) []byte {
	t.Helper()
	f, err := report.ByName(format)
	if err != nil {
		t.Fatal(err)
	}
	drawing, err := r.Drawing(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "report"+f.Endings[0])
	if err := report.WriteFile(t.Context(), path, report.Input{Report: r.Report, Ledger: r.Ledger, Drawing: drawing, Lang: lang}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSamples: each sample plan gets over HTTP the report that the same check
// gives without any service, to the byte; from PostGIS (a third of the plans,
// its own tests have more) all but where the base data came from.
func TestSamples(t *testing.T) {
	t.Parallel()
	wanted := map[string][]byte{}
	for _, p := range sample.Plans() {
		wanted[p.File] = written(t, direct(t, samplePlan(t, p.File)), "json", "")
	}
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		for i, p := range sample.Plans() {
			if (s.kind == "postgres" || testing.Short()) && i%3 != 0 {
				continue
			}
			k := s.checked(samplePlan(t, p.File))
			if k.Verdict != p.Verdict {
				t.Errorf("%s is %s, want %s", p.File, k.Verdict, p.Verdict)
			}
			got, want := s.get(k.Links["report"]).wants(200).body, wanted[p.File]
			if s.kind == "postgres" {
				got, want = withoutBase(t, got), withoutBase(t, want)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s: the report differs from that of the same check without the service", p.File)
			}
		}
	})
}

// withoutBase takes out where the base layers came from, which their digests
// tell too.
func withoutBase(t testing.TB, data []byte) []byte {
	t.Helper()
	var r map[string]any
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	if source := r["base"].(map[string]any)["source"]; source != "files" && source != "postgis" {
		t.Fatalf("base from %v", source)
	}
	delete(r["base"].(map[string]any), "source")
	out, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestReportFormats: every format comes by its name and by its media type, in
// both languages, as the writers write it.
func TestReportFormats(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{})
	data := samplePlan(t, badPlan)
	k := s.checked(data)
	r := direct(t, data)
	for _, c := range []struct {
		name, media, ending string
		valid               func([]byte) error
	}{
		{"json", "application/json", "", validJSON},
		{"html", "text/html", "", starts("<!DOCTYPE html>")},
		{"sarif", "application/sarif+json", ".sarif", validJSON},
		{"geojson", "application/geo+json", ".geojson", validJSON},
		{"junit", "application/xml", ".junit.xml", func(b []byte) error {
			return xml.Unmarshal(b, new(struct {
				XMLName xml.Name `xml:"testsuites"`
			}))
		}},
		{"markdown", "text/markdown", ".md", starts("#")},
		{"csv", "text/csv", ".csv", func(b []byte) error {
			_, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff")))).ReadAll()
			return err
		}},
		{"text", "text/plain", ".txt", starts("")},
		{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", starts("PK\x03\x04")},
		{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", starts("PK\x03\x04")},
		{"gpkg", "application/geopackage+sqlite3", ".gpkg", starts("SQLite format 3\x00")},
		{"pdf", "application/pdf", ".pdf", starts("%PDF-")},
	} {
		if _, err := chromium.Find(""); c.name == "pdf" && err != nil {
			continue
		}
		for _, lang := range []string{"zh", "en"} {
			byName := s.get(k.Links["report"] + "?f=" + c.name + "&lang=" + lang).wants(200)
			byType := s.get(k.Links["report"], with("Accept", c.media), with("Accept-Language", lang)).wants(200)
			media, options, err := mime.ParseMediaType(byName.header.Get("Content-Type"))
			if err != nil || media != c.media || strings.HasPrefix(media, "text/") && options["charset"] != "utf-8" {
				t.Errorf("%s is sent as %q", c.name, byName.header.Get("Content-Type"))
			}
			if err := c.valid(byName.body); err != nil || len(byName.body) < 100 {
				t.Errorf("%s: %d bytes, %v", c.name, len(byName.body), err)
			}
			_, names, _ := mime.ParseMediaType(byName.header.Get("Content-Disposition"))
			if names["filename"] != "" != (c.ending != "") || !strings.HasSuffix(names["filename"], c.ending) {
				t.Errorf("%s is to be saved as %q", c.name, names["filename"])
			}
			if byType.header.Get("Content-Disposition") != "" {
				t.Errorf("%s by its type is to be saved", c.name)
			}
			if c.name == "gpkg" || c.name == "xlsx" {
				continue // they hold a clock
			}
			if !bytes.Equal(byName.body, byType.body) {
				t.Errorf("%s: by name %d bytes, by type %d", c.name, len(byName.body), len(byType.body))
			}
			if want := written(t, r, c.name, lang); !bytes.Equal(byName.body, want) {
				t.Errorf("%s in %s: %d bytes, without the service %d", c.name, lang, len(byName.body), len(want))
			}
		}
	}
}

// TestNoBrowser: a service that cannot print says so, and what to do instead.
func TestNoBrowser(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{browser: filepath.Join(t.TempDir(), "none")})
	k := s.checked(samplePlan(t, badPlan))
	got := s.get(k.Links["report"] + "?f=pdf&lang=en").wants(503)
	if text := string(got.body); !strings.Contains(text, "cannot print PDF") || !strings.Contains(text, "print it in a browser") || strings.Contains(text, "/none") {
		t.Errorf("%s", text)
	}
}

func validJSON(b []byte) error {
	if !json.Valid(b) {
		return errors.New("no JSON")
	}
	return nil
}

func starts(with string) func([]byte) error {
	return func(b []byte) error {
		if !bytes.HasPrefix(b, []byte(with)) {
			return errors.New("starts otherwise")
		}
		return nil
	}
}

// TestReportAccept: the format that Accept likes best, as RFC 9110 weighs it.
func TestReportAccept(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{})
	k := s.checked(samplePlan(t, goodPlan))
	for accept, want := range map[string]string{
		"":    "application/json",
		"*/*": "application/json",
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "text/html",
		"application/json;q=0.2, text/csv;q=0.9":                          "text/csv",
		"text/*":                                                          "text/html",
		"text/html;q=0, text/*":                                           "text/markdown",
		"application/*;q=0.1, text/csv;q=0.2":                             "text/csv",
		"application/rtf, */*;q=0.1":                                      "application/json",
	} {
		a := s.get(k.Links["report"], with("Accept", accept)).wants(200)
		if media, _, _ := mime.ParseMediaType(a.header.Get("Content-Type")); media != want {
			t.Errorf("%q gives %s, want %s", accept, media, want)
		}
	}
	for _, accept := range []string{"application/rtf", "*/*;q=0", "nonsense"} {
		if p := s.get(k.Links["report"], with("Accept", accept)).problem(406, "not-acceptable"); !strings.Contains(p.Advice, "gpkg") {
			t.Errorf("%+v", p)
		}
	}
	if p := s.get(k.Links["report"]+"?f=odt&lang=en").problem(400, "bad-parameter"); p.Field != "f" || !strings.Contains(p.Advice, "xlsx") {
		t.Errorf("%+v", p)
	}
}

// TestReportCached: a report never changes, and a browser need not ask twice.
func TestReportCached(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{})
	k := s.checked(samplePlan(t, goodPlan))
	path := k.Links["report"] + "?f=html"
	a := s.get(path).wants(200)
	tag := a.header.Get("ETag")
	for _, have := range []string{tag, strings.TrimPrefix(tag, "W/"), `"x", ` + tag, "*"} {
		again := s.get(path, with("If-None-Match", have)).wants(304)
		if again.header.Get("ETag") != tag || len(again.body) != 0 {
			t.Errorf("%q: %v", have, again.header)
		}
	}
	s.get(path, with("If-None-Match", `"x"`)).wants(200)
	tags := map[string]string{}
	for _, p := range []string{"?f=html", "?f=html&lang=en", "?f=csv", ""} {
		a := s.get(k.Links["report"] + p).wants(200)
		if other, ok := tags[a.header.Get("ETag")]; ok {
			t.Errorf("%q and %q have one ETag", p, other)
		}
		tags[a.header.Get("ETag")] = p
		if c := a.header.Get("Cache-Control"); !strings.Contains(c, "immutable") || !strings.Contains(c, "private") {
			t.Errorf("Cache-Control: %s", c)
		}
		if v := strings.Join(a.header.Values("Vary"), ", "); !strings.Contains(v, "Accept") || !strings.Contains(v, "Authorization") {
			t.Errorf("Vary: %s", v)
		}
	}
	packed := s.get(path, with("Accept-Encoding", "gzip")).wants(200)
	plain, err := unpacked(packed.header, packed.body)
	if err != nil || packed.header.Get("Content-Encoding") != "gzip" || !bytes.Equal(plain, a.body) || len(packed.body) > len(a.body)/2 {
		t.Errorf("packed to %d of %d bytes: %v, %v", len(packed.body), len(a.body), packed.header, err)
	}
}
