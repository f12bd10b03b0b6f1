package api_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"mime/multipart"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/store"
)

// zipOf packs files of a directory, those whose names begin so.
func zipOf(t testing.TB, dir string, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		wanted := len(names) == 0
		for _, n := range names {
			wanted = wanted || strings.HasPrefix(d.Name(), n+".")
		}
		if !wanted {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		w, err := z.Create("底图/" + d.Name())
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// loaded waits for the end of a load.
func (s *service) loaded(a *answer, who ...call) (l store.Load) {
	s.Helper()
	a.wants(202)
	at := a.header.Get("Location")
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if s.get(at, who...).wants(200).into(&l); l.State.Ended() {
			return l
		}
	}
	s.Fatalf("load %+v does not end", l)
	return l
}

// TestLoads: base data is uploaded as a version, compared by whoever has to, put to
// use, and an earlier one put to use again; each with its entry in the trail.
func TestLoads(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{bare: true}, func(t *testing.T, s *service) {
		admin, clerk, elsewhere := token(s.newToken(store.Admin, "15")), token(s.newToken(store.Submitter, "150123")), token(s.newToken(store.Admin, "32"))
		at := "/v1/counties/" + county
		send := func(data []byte, query string, who call) *answer {
			t.Helper()
			return s.do("POST", at+"/datasets"+query, sending("application/zip", data), who)
		}
		is := func(version int, versions string) {
			t.Helper()
			var page struct{ Items []store.County }
			s.get("/v1/counties", clerk).wants(200).into(&page)
			if len(page.Items) != 1 || page.Items[0].Version != version || fmt.Sprint(page.Items[0].Versions) != versions {
				t.Errorf("%+v, want version %d of %s", page.Items, version, versions)
			}
		}
		part := zipOf(t, baseDir(t), "XZQ", "DLTB")
		send(part, "", clerk).problem(403, "forbidden")
		send(part, "", elsewhere).problem(404, "not-found")
		send(part, "?current=perhaps", admin).problem(400, "bad-parameter")
		s.do("POST", at+"/datasets", sending("text/plain", part), admin).problem(415, "unsupported-media-type")
		s.do("POST", "/v1/counties/15/datasets", sending("application/zip", part), admin).problem(404, "not-found")

		l := s.loaded(send(part, "?current=false&name=%E6%96%B0.zip", admin), admin)
		if l.State != store.Done || l.Version != 1 || l.File != "新.zip" || fmt.Sprint(l.Missing) != "[pbf red_line urban_boundary]" {
			t.Fatalf("%+v %+v", l, l.Problem)
		}
		is(1, "[1]") // the first is current
		s.get("/v1/loads/"+l.ID, clerk).problem(403, "forbidden")
		s.get("/v1/loads/"+l.ID, elsewhere).problem(404, "not-found")
		s.do("DELETE", "/v1/loads/"+l.ID, elsewhere).problem(404, "not-found")
		s.do("DELETE", "/v1/loads/"+l.ID, clerk).problem(403, "forbidden")
		s.do("DELETE", "/v1/loads/"+l.ID, admin).problem(409, "conflict")
		s.get("/v1/loads/nobody", admin).problem(404, "not-found")

		l = s.loaded(send(zipOf(t, baseDir(t)), "?current=false", admin), admin)
		if l.State != store.Done || l.Version != 2 || len(l.Missing) > 0 {
			t.Fatalf("%+v %+v", l, l.Problem)
		}
		is(1, "[1 2]")
		current := func(body string, who call) *answer { return s.do("PUT", at+"/current", sendingJSON(body), who) }
		current(`{"version":2}`, clerk).problem(403, "forbidden")
		current(`{"version":2}`, elsewhere).problem(404, "not-found")
		current(`{"version":3}`, admin).problem(422, "bad-body")
		current(`{"version":1.5}`, admin).problem(422, "bad-body")
		s.do("PUT", at+"/current", sending("text/plain", []byte("2")), admin).problem(415, "unsupported-media-type")
		var c store.County
		current(`{"version":2}`, admin).wants(200).into(&c)
		if c.Version != 2 || len(c.Bound) != 4 {
			t.Errorf("%+v", c)
		}
		is(2, "[1 2]")
		if k := s.checked(samplePlan(t, goodPlan), clerk); k.Verdict != "compliant" || k.BaseVersion != 2 {
			t.Errorf("%+v", k)
		}
		current(`{"version":1}`, admin).wants(200)
		is(1, "[1 2]")

		// Files of a folder, as a page sends them.
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		for _, end := range []string{"shp", "shx", "dbf", "prj", "cpg"} {
			data, err := os.ReadFile(filepath.Join(baseDir(t), "STBHHX."+end))
			if err != nil {
				continue // not every layer has all of them
			}
			p, err := w.CreateFormFile("file", "底图/STBHHX."+end)
			if err == nil {
				_, err = p.Write(data)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		w.Close()
		l = s.loaded(s.do("POST", at+"/datasets", sending(w.FormDataContentType(), form.Bytes()), admin), admin)
		if l.State != store.Done || l.Version != 3 || fmt.Sprint(l.Missing) != "[pbf urban_boundary]" {
			t.Fatalf("%+v %+v", l, l.Problem)
		}
		is(3, "[1 2 3]")

		// One load of a county at a time, and one package at a time.
		held, err := s.store.AddLoad(t.Context(), store.Load{County: county, File: "x.zip", Size: 1, By: "somebody"})
		if err != nil {
			t.Fatal(err)
		}
		send(part, "", admin).problem(409, "conflict")
		s.do("DELETE", "/v1/loads/"+held.ID, admin).wants(200).into(&l)
		if l.State != store.Cancelled {
			t.Errorf("%+v", l)
		}
		form.Reset()
		w = multipart.NewWriter(&form)
		for _, name := range []string{"a.zip", "b.zip"} {
			if p, err := w.CreateFormFile("file", name); err != nil {
				t.Fatal(err)
			} else if _, err := p.Write(part); err != nil {
				t.Fatal(err)
			}
		}
		w.Close()
		s.do("POST", at+"/datasets", sending(w.FormDataContentType(), form.Bytes()), admin).problem(422, "bad-input")

		// What is no base data, or another county's, is told and leaves nothing.
		for _, bad := range [][]byte{[]byte("no zip"), zipOf(t, baseOf(t, "150124"), "XZQ"), samplePlan(t, goodPlan)} {
			l := s.loaded(send(bad, "", admin), admin)
			if l.State != store.Failed || l.Problem == nil || !l.Problem.Fault || l.Problem.Detail.IsZero() || l.Problem.Advice.IsZero() {
				t.Errorf("%+v %+v", l, l.Problem)
			}
		}
		is(3, "[1 2 3]")
		var list struct{ Items []store.Load }
		s.get(at+"/loads", admin).wants(200).into(&list)
		if len(list.Items) != 7 || list.Items[0].State != store.Failed || list.Items[6].Version != 1 {
			t.Errorf("%+v", list.Items)
		}
		s.get(at+"/loads", clerk).problem(403, "forbidden")
		s.get(at+"/loads", elsewhere).problem(404, "not-found")
		trail := map[string]int{}
		for _, e := range pages[store.Entry](s, "/v1/audit?limit=500", admin) {
			if e.County == county {
				trail[e.What]++
			}
		}
		if trail["base-upload"] != 6 || trail["base-version"] != 3 || trail["base-current"] != 2 {
			t.Errorf("%v", trail)
		}
	})
}

// TestLoadLimits: base data is held to the length of uploads and to the county's room.
func TestLoadLimits(t *testing.T) {
	t.Parallel()
	part := zipOf(t, baseDir(t), "XZQ")
	s := serve(t, "embedded", setup{bare: true, quota: store.Quota{county: int64(len(part)) + 1}, limits: api.Limits{Upload: int64(len(part)) + 1}})
	at := "/v1/counties/" + county + "/datasets"
	s.do("POST", at, sending("application/zip", zipOf(t, baseDir(t)))).problem(413, "too-large")
	if l := s.loaded(s.do("POST", at, sending("application/zip", part))); l.State != store.Done {
		t.Fatalf("%+v %+v", l, l.Problem)
	}
	s.do("POST", at, sending("application/zip", part)).problem(507, "quota")
}
