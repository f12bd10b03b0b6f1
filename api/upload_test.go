package api_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/geo/geopackage"
	"landcheck/rules/plan"
)

// entry is a file of a package made by hand.
type entry struct {
	name, body string
	change     func(*zip.FileHeader)
}

func zipped(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.change != nil {
			e.change(h)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, e.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// contents is the files of a package.
func contents(t testing.TB, data []byte) []entry {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out []entry
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		out = append(out, entry{name: f.Name, body: string(body)})
	}
	return out
}

// replaced is a package with another plan.yaml, "" for none.
func replaced(t testing.TB, data []byte, manifest string) []byte {
	t.Helper()
	files := slices.DeleteFunc(contents(t, data), func(e entry) bool { return strings.HasSuffix(e.name, "plan.yaml") })
	if manifest != "" {
		files = append(files, entry{name: "plan.yaml", body: manifest})
	}
	return zipped(t, files...)
}

func form(t testing.TB, files ...entry) call {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range files {
		part, err := w.CreateFormFile("file", f.name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(part, f.body)
	}
	w.Close()
	return sending(w.FormDataContentType(), b.Bytes())
}

// TestUpload: a package is kept once, listed, shown and given back as it came.
func TestUpload(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		data := samplePlan(t, goodPlan)
		a := s.do("POST", "/v1/plans?name=方案.zip", sending("application/zip", data)).wants(201)
		var p planAnswer
		a.into(&p)
		if a.header.Get("Location") != "/v1/plans/"+p.ID || p.County != county || p.Size != int64(len(data)) ||
			p.File != "方案.zip" || p.Stage != "proposal" || p.By != "local" || time.Since(p.Created) > time.Minute {
			t.Errorf("%+v", p)
		}
		again := s.do("POST", "/v1/plans?name=同一个.zip", sending("application/zip", data)).wants(200)
		if !bytes.Equal(again.body, a.body) {
			t.Errorf("the same bytes are another plan: %s, then %s", a.body, again.body)
		}
		if got := s.get("/v1/plans/" + p.ID).wants(200); !bytes.Equal(got.body, a.body) {
			t.Errorf("shown as %s, kept as %s", got.body, a.body)
		}
		other := s.upload(samplePlan(t, badPlan))
		var ids []string
		for _, p := range pages[planAnswer](s, "/v1/plans?limit=1") {
			ids = append(ids, p.ID)
		}
		if want := []string{other.ID, p.ID}; !slices.Equal(ids, want) {
			t.Errorf("the list is %v, want %v", ids, want)
		}
		if all := pages[planAnswer](s, "/v1/plans?county=150124"); len(all) != 0 {
			t.Errorf("another county has %v", all)
		}

		got := s.get(p.Links["package"]).wants(200)
		_, names, err := mime.ParseMediaType(got.header.Get("Content-Disposition"))
		if !bytes.Equal(got.body, data) || got.header.Get("Content-Type") != "application/zip" || names["filename"] != "方案.zip" {
			t.Errorf("%d bytes, %v, %v %v", len(got.body), got.header, names, err)
		}
		tag := got.header.Get("ETag")
		s.get(p.Links["package"], with("If-None-Match", tag)).wants(304)
		if part := s.get(p.Links["package"], with("Range", "bytes=10-19")).wants(206); !bytes.Equal(part.body, data[10:20]) {
			t.Errorf("part is %q", part.body)
		}
		s.get(p.Links["package"], with("Range", "bytes=999999999-")).problem(416, "bad-parameter")
		s.get(p.Links["package"], with("If-Match", `"other"`)).wants(200)
	})
}

// TestUploadForm: a form holds one package, or the loose files of one as
// somebody drags them onto a page; in whatever order, they are the same plan.
func TestUploadForm(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{})
	data := samplePlan(t, badPlan)
	whole := s.upload(data)
	var viaForm planAnswer
	s.do("POST", "/v1/plans", form(t, entry{name: badPlan, body: string(data)})).wants(200).into(&viaForm)
	if viaForm.ID != whole.ID {
		t.Errorf("as a form it is %s, as a body %s", viaForm.ID, whole.ID)
	}

	var loose []entry
	for _, e := range contents(t, data) {
		if !strings.Contains(e.name, "/") { // what lies in folders: TestUploadFolder
			loose = append(loose, e)
		}
	}
	var first, second planAnswer
	s.do("POST", "/v1/plans?name=拖来的文件", form(t, loose...)).wants(201).into(&first)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(loose), func(i, j int) { loose[i], loose[j] = loose[j], loose[i] })
	s.do("POST", "/v1/plans", form(t, loose...)).wants(200).into(&second)
	if first.ID != second.ID || first.File != "拖来的文件.zip" {
		t.Errorf("%+v, then %+v", first, second)
	}
	if k := s.checked(data); k.Verdict != "violations" {
		t.Errorf("the zip is %s", k.Verdict)
	}
	var k checkAnswer
	s.do("POST", first.Links["checks"], with("Prefer", "wait=60")).wants(200).into(&k)
	if k.Verdict != "violations" {
		t.Errorf("its loose files are %s", k.Verdict)
	}

	for name, bad := range map[string]call{
		"no file":  form(t),
		"broken":   sending("multipart/form-data; boundary=x", []byte("--x\r\nno")),
		"no bound": sending("multipart/form-data", []byte("x")),
		"a field":  sending("multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=\"county\"\r\n\r\n150123\r\n--x--\r\n")),
		"too many": form(t, many(1001)...),
		"nothing":  form(t, entry{name: "a.zip"}),
	} {
		t.Run(name, func(t *testing.T) {
			if p := s.do("POST", "/v1/plans", bad).problem(400, "bad-body"); p.Advice == "" {
				t.Errorf("%+v gives no advice", p)
			}
		})
	}
	s.do("POST", "/v1/plans", form(t, entry{name: "a.shp", body: "x"}, entry{name: "a.shp", body: "y"})).problem(422, "bad-input")
	s.do("POST", "/v1/plans", form(t, entry{name: "readme.md", body: "no layer"})).problem(422, "bad-input")
}

// TestUploadRefused: what is no package, too large or hostile is refused with
// the place and what to do, and nothing of it stays.
func TestUploadRefused(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	good := samplePlan(t, goodPlan)
	limits := api.Limits{Upload: 1 << 20, Plan: plan.Limits{Features: 2000, Vertices: 200_000,
		Container: catalog.Options{Entries: 80, UnpackedBytes: 32 << 20, EntryBytes: 24 << 20, Ratio: 100}}}
	s := serve(t, "embedded", setup{limits: limits, also: "150999"})
	zeros := strings.Repeat("\x00", 20<<20)
	for _, c := range []struct {
		name, query, kind string
		body              []byte
		status            int
		problem           string
		says              string // in English
	}{
		{name: "no type", body: good, status: 415, problem: "unsupported-media-type", says: "Content-Type: application/zip"},
		{name: "text", kind: "text/plain", body: good, status: 415, problem: "unsupported-media-type", says: "multipart/form-data"},
		{name: "empty", kind: "application/zip", status: 400, problem: "bad-body", says: "empty"},
		{name: "no zip", kind: "application/zip", body: []byte("hello"), status: 422, problem: "bad-input", says: "not a whole zip"},
		{name: "half a zip", kind: "application/zip", body: good[:len(good)/2], status: 422, problem: "bad-input", says: "not a whole zip"},
		{name: "no database", kind: "application/geopackage+sqlite3", body: good, status: 422, problem: "bad-input", says: "plan.gpkg"},
		{name: "nothing in it", kind: "application/zip", body: zipped(t), status: 422, problem: "bad-input", says: "project area"},
		{name: "too long", kind: "application/zip", body: make([]byte, 1<<20+1), status: 413, problem: "too-large", says: "1048576 bytes"},
		{name: "bomb", kind: "application/zip", body: zipped(t, entry{name: "a.dbf", body: zeros}), status: 422, problem: "bad-input", says: "zip bomb"},
		{name: "an entry too large", kind: "application/zip", body: zipped(t, entry{name: "a.dbf", body: zeros + zeros[:5<<20]}), status: 422, problem: "bad-input", says: "a.dbf"},
		{name: "too many entries", kind: "application/zip", body: zipped(t, many(81)...), status: 422, problem: "bad-input", says: "80"},
		{name: "out of the folder", kind: "application/zip", body: zipped(t, entry{name: "../../etc/cron.d/x", body: "x"}), status: 422, problem: "bad-input", says: "hostile"},
		{name: "absolute", kind: "application/zip", body: zipped(t, entry{name: "/etc/passwd", body: "x"}), status: 422, problem: "bad-input", says: "hostile"},
		{name: "link", kind: "application/zip", body: zipped(t, entry{name: "a", body: "/etc/passwd", change: func(h *zip.FileHeader) { h.SetMode(os.ModeSymlink | 0o777) }}), status: 422, problem: "bad-input", says: "symbolic link"},
		{name: "twice", kind: "application/zip", body: zipped(t, entry{name: "a"}, entry{name: "a"}), status: 422, problem: "bad-input", says: "same name"},
		{name: "a manifest of NULs", kind: "application/zip", body: replaced(t, good, "format: 1\nproject: {name: \"a\\0b\", county: \"150123\"}\n"), status: 422, problem: "bad-input", says: "plan.yaml"},
		{name: "an unknown key", kind: "application/zip", body: replaced(t, good, "format: 1\ncolour: red\n"), status: 422, problem: "bad-input", says: "colour"},
		{name: "no county, two to choose from", kind: "application/zip", body: replaced(t, good, ""), status: 422, problem: "bad-input", says: "county"},
		{name: "two counties", query: "?county=150999", kind: "application/zip", body: good, status: 400, problem: "bad-parameter", says: "150123, not 150999"},
		{name: "half a county", query: "?county=1501", kind: "application/zip", body: good, status: 400, problem: "bad-parameter", says: "6-digit"},
		{name: "unknown parameter", query: "?colour=red", kind: "application/zip", body: good, status: 400, problem: "bad-parameter", says: "county, name, lang"},
	} {
		t.Run(c.name, func(t *testing.T) {
			calls := []call{with("Accept-Language", "en"), sending(c.kind, c.body)}
			if c.kind == "" {
				calls = append(calls, func(r *http.Request) { r.Header.Del("Content-Type") })
			}
			p := s.do("POST", "/v1/plans"+c.query, calls...).problem(c.status, c.problem)
			if said := fmt.Sprint(p.File, p.Field, p.Detail, p.Advice); !strings.Contains(said, c.says) || p.Advice == "" {
				t.Errorf("says %+v", p)
			}
			if strings.Contains(p.File, temp) || strings.Contains(p.Detail, temp) {
				t.Errorf("tells where the service keeps its files: %+v", p)
			}
		})
	}
	t.Run("too long, unannounced", func(t *testing.T) {
		p := s.do("POST", "/v1/plans", sending("application/zip", make([]byte, 1<<20+1)), func(r *http.Request) { r.ContentLength = -1 })
		p.problem(413, "too-large")
	})
	t.Run("limits of a plan", func(t *testing.T) {
		s := serve(t, "embedded", setup{limits: api.Limits{Plan: plan.Limits{Features: 3}}})
		p := s.do("POST", "/v1/plans?lang=en", sending("application/zip", good)).problem(422, "bad-input")
		if !strings.Contains(p.Detail, "more than 3 features") || p.File == "" || p.Record == 0 {
			t.Errorf("%+v", p)
		}
	})
	t.Run("by its own county", func(t *testing.T) {
		if p := s.upload(replaced(t, good, ""), func(r *http.Request) { r.URL.RawQuery = "county=150123" }); p.County != county {
			t.Errorf("%+v", p)
		}
	})
	if n := len(pages[planAnswer](s, "/v1/plans")); n != 1 {
		t.Errorf("%d plans were kept, one was good", n)
	}
	left, err := filepath.Glob(filepath.Join(temp, "landcheck-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func many(n int) []entry {
	var out []entry
	for i := range n {
		out = append(out, entry{name: fmt.Sprint(i, ".txt"), body: "x"})
	}
	return out
}

// TestUploadSlow: a body that stalls is given up with a problem; one that
// breaks off leaves nothing.
func TestUploadSlow(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	s := serve(t, "embedded", setup{limits: api.Limits{Transfer: time.Second, Timeout: time.Second, Wait: 100 * time.Millisecond}})
	admin := s.newToken(store.Admin, "")
	path := filepath.Join(t.TempDir(), goodPlan)
	err := os.WriteFile(path, samplePlan(t, goodPlan), 0o600)
	p, _, added := s.store.AddPlan(t.Context(), store.Plan{ID: "p", Digest: "sha256:1", File: goodPlan, County: county}, path)
	if err := errors.Join(err, added); err != nil {
		t.Fatal(err)
	}
	for path, kind := range map[string]string{"/v1/plans": "application/zip", "/v1/plans/" + p.ID + "/checks": "application/json", "/v1/tokens": "application/json", "/v1/findings/p/x/comments": "application/json", "/v1/checks/x/decision": "application/json", "/v1/verify": "multipart/form-data; boundary=x"} {
		s.stalled(path, kind, admin).problem(408, "timeout")
	}
	s.stalledBy("PATCH", "/v1/findings/p/x", "application/json", admin).problem(408, "timeout")
	r := s.request("POST", "/v1/plans", sending("application/zip", samplePlan(t, goodPlan)), token(admin))
	r.Body = io.NopCloser(io.MultiReader(io.LimitReader(r.Body, 1000), broken{}))
	if _, err := s.client.Do(r); err == nil {
		t.Error("an upload that breaks off succeeds")
	}
	s.stop()
	left, err := filepath.Glob(filepath.Join(temp, "landcheck-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

// TestUploadGeoPackage: one .gpkg is a package too.
func TestUploadGeoPackage(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{})
	data, err := os.ReadFile(geoPackage(t))
	if err != nil {
		t.Fatal(err)
	}
	var p planAnswer
	s.do("POST", "/v1/plans?county=150123&name=方案", sending("application/geopackage+sqlite3", data)).wants(201).into(&p)
	if p.File != "方案.gpkg" {
		t.Errorf("%+v", p)
	}
	got := s.get(p.Links["package"]).wants(200)
	if !bytes.Equal(got.body, data) {
		t.Errorf("%d bytes came back of %d", len(got.body), len(data))
	}
	s.get(p.Links["package"], with("Range", "bytes=0-3")).wants(206)
}

// geoPackage is a plan of the sample with its layers in a GeoPackage.
func geoPackage(t testing.TB) string {
	t.Helper()
	c, err := catalog.Open(t.Context(), filepath.Join(sampleDir(t), "plans", goodPlan), catalog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { closed(t, c.Close()) }()
	var tables []*geo.Table
	for _, l := range c.Layers {
		crs, err := l.CRS()
		if err != nil {
			t.Fatal(err)
		}
		table := &geo.Table{Name: l.Name(), CRS: crs, Fields: l.Fields()}
		var columns []string
		for _, f := range table.Fields {
			columns = append(columns, f.Name)
		}
		for f, err := range l.Near(t.Context(), nil, columns) {
			if err != nil {
				t.Fatal(err)
			}
			table.Rows = append(table.Rows, f)
		}
		tables = append(tables, table)
	}
	path := filepath.Join(t.TempDir(), "plan.gpkg")
	if err := geopackage.Write(t.Context(), path, tables); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestFormCutOff: a form that ends before its last line is refused wherever it
// ends: between two of its files as well, where what came looks like a plan
// that has no more.
func TestFormCutOff(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{idle: true})
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range contents(t, samplePlan(t, goodPlan)) {
		part, err := w.CreateFormFile("file", filepath.Base(f.name))
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(part, f.body)
	}
	w.Close()
	whole, line := b.Bytes(), []byte("--"+w.Boundary())
	last := bytes.LastIndex(whole, []byte("\r\n"+string(line)+"--"))
	for _, end := range []int{0, 1, len(line), len(line) + 2, len(line) + 20, last - 1, last, last + 2, last + 2 + len(line)} {
		s.do("POST", "/v1/plans", sending(w.FormDataContentType(), whole[:end])).problem(400, "bad-body")
	}
	second := len(line) + bytes.Index(whole[len(line):], line)
	for _, more := range []int{0, len(line), len(line) + 2, len(line) + 10, len(line) + 60} {
		s.do("POST", "/v1/plans", sending(w.FormDataContentType(), whole[:second+more])).problem(400, "bad-body")
	}
	for _, end := range []int{len(whole) - 2, len(whole)} { // the last line need not be ended
		a := s.do("POST", "/v1/plans", sending(w.FormDataContentType(), whole[:end]))
		if a.status != 201 && a.status != 200 {
			t.Errorf("whole: %d %s", a.status, a.body)
		}
	}
}

// TestUploadFolder: a dropped folder keeps its paths, so that papers are where
// plan.yaml says; in the folder or without it, and with what systems leave there.
func TestUploadFolder(t *testing.T) {
	s := serve(t, "embedded", setup{})
	var files []entry
	for _, e := range contents(t, samplePlan(t, goodPlan)) {
		files = append(files, entry{name: "某镇方案/" + e.name, body: e.body})
	}
	files = append(files, entry{name: "某镇方案/.DS_Store", body: "x"}, entry{name: "某镇方案/docs/Thumbs.db", body: "x"})
	var p planAnswer
	s.do("POST", "/v1/plans?name=某镇方案", form(t, files...)).wants(201).into(&p)
	var k checkAnswer
	s.do("POST", p.Links["checks"], with("Prefer", "wait=60")).wants(200).into(&k)
	if k.Verdict != "compliant" {
		t.Errorf("a compliant plan, dropped as its folder, is %s", k.Verdict)
	}
}

// TestUploadForeign: what is no land data is told by what it is.
func TestUploadForeign(t *testing.T) {
	s := serve(t, "embedded", setup{})
	for name, c := range map[string]struct {
		files []entry
		says  string
	}{
		"rar":          {[]entry{{name: "方案.rar", body: "Rar!\x1a\x07\x00 and so on"}}, "RAR"},
		"picture":      {[]entry{{name: "现场.jpg", body: "\xff\xd8\xff"}}, ".jpg"},
		"several zips": {[]entry{{name: "a.zip", body: "PK"}, {name: "b.zip", body: "PK"}}, "压缩包"},
		"papers":       {[]entry{{name: "a.pdf", body: "%PDF"}, {name: "b.docx", body: "PK"}}, "都不是图层"},
	} {
		t.Run(name, func(t *testing.T) {
			p := s.do("POST", "/v1/plans", with("Accept-Language", "zh"), form(t, c.files...)).problem(422, "bad-input")
			if !strings.Contains(p.Detail, c.says) || strings.Contains(p.Detail, "整治区域") || p.Advice == "" {
				t.Errorf("%+v", p)
			}
		})
	}
}
