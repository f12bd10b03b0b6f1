package api_test

import (
	"bytes"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/rules/plan"
	"landcheck/rules/room"
	"landcheck/rules/roomreport"
	"landcheck/rules/rulebook"
)

// TestRoom: the service tells of a county what the command line does, in every
// format, to whoever sees its base layers, and records who looked.
func TestRoom(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{layers: store.Reviewer}, func(t *testing.T, s *service) {
		reviewer, clerk, stranger, admin := s.newToken(store.Reviewer, county), s.newToken(store.Submitter, county), s.newToken(store.Reviewer, "2201"), s.newToken(store.Admin, county)
		address := "/v1/counties/" + county + "/room"
		got := s.get(address, token(reviewer)).wants(200)
		if want := roomOfSample(t); !bytes.Equal(fromFiles(got.body), want) {
			t.Errorf("%d bytes from the service, %d by itself", len(got.body), len(want))
		}
		for _, f := range roomreport.Formats() {
			a := s.get(address+"?f="+f.Name+"&lang=en", token(reviewer)).wants(200)
			if kind := a.header.Get("Content-Type"); !strings.HasPrefix(kind, f.Media) || len(a.body) == 0 {
				t.Errorf("%s: %s, %d bytes", f.Name, kind, len(a.body))
			}
		}
		tag := got.header.Get("ETag")
		if a := s.get(address, token(reviewer), with("If-None-Match", tag)); a.status != http.StatusNotModified || tag == "" {
			t.Errorf("status %d of %s", a.status, tag)
		}
		var part roomreport.Document
		if s.get(address+"?township=150123101", token(reviewer)).wants(200).into(&part); len(part.Townships) != 1 || part.Townships[0].Code != "150123101" {
			t.Errorf("%+v", part.Townships)
		}
		s.get(address, token(clerk)).problem(403, "forbidden")
		s.get(address, token(stranger)).problem(404, "not-found")
		s.get("/v1/counties/150199/room", token(reviewer)).problem(404, "not-found")
		s.get(address+"?township=150199101", token(reviewer)).problem(404, "not-found")
		s.get(address+"?township=150123199", token(reviewer)).wants(422)
		s.get(address+"?f=pdf", token(reviewer)).wants(400)
		s.get(address+"?rank=1", token(reviewer)).wants(400)
		var trail struct {
			Items []struct{ What, Object string }
		}
		s.get("/v1/audit?limit=100", token(admin)).wants(200).into(&trail)
		if !slices.ContainsFunc(trail.Items, func(e struct{ What, Object string }) bool { return e.What == "room" && e.Object == county }) {
			t.Errorf("nobody is said to have looked: %v", trail.Items)
		}
	})
}

// fromFiles is an answer as if the base data had come from files.
func fromFiles(body []byte) []byte {
	return bytes.Replace(body, []byte(`"source": "postgis"`), []byte(`"source": "files"`), 1)
}

// roomOfSample is the room of the sample county, made without a service.
func roomOfSample(t *testing.T) []byte {
	t.Helper()
	base, err := plan.OpenBase(t.Context(), []string{filepath.Join(sampleDir(t), "base")}, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer base.Close()
	book, err := rulebook.Load("nmg-2025")
	if err != nil {
		t.Fatal(err)
	}
	in, err := roomreport.Survey(t.Context(), room.Request{Base: base, Book: book}, version)
	if err != nil {
		t.Fatal(err)
	}
	format, err := roomreport.ByName("json")
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := format.Write(t.Context(), &text, in); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}
