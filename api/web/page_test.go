package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/oidctest"
	"landcheck/api/store"
	"landcheck/api/store/embedded"
	"landcheck/api/web"
	"landcheck/rules/passport"
	"landcheck/rules/sample"
)

// strict says that what these tests need must be there: make test sets it.
var strict = os.Getenv("LANDCHECK_PAGE_TESTS") != ""

// need skips a test where Node, a browser or the built page is missing.
func need(t *testing.T) {
	t.Helper()
	sources(t)
	lack := func(what string) {
		if strict {
			t.Fatal(what)
		}
		t.Skip(what)
	}
	if !web.Built() {
		lack("the page is not built: run scripts/page.sh")
	}
	for _, program := range []string{"node", "chromium"} {
		if _, err := exec.LookPath(program); err != nil {
			lack(program + " is not installed: run scripts/install.sh test")
		}
	}
	if _, err := os.Stat("node_modules/playwright-core"); err != nil {
		lack("node_modules is not there: run scripts/page.sh")
	}
}

// service is a running one with the base data of one county, or none.
type service struct {
	*testing.T
	url  string
	stop func()
}

// serve starts a service over a data directory with a number of workers. Where
// a token is asked for it is set to a valid one; without, whoever
// is at this machine may come in.
func serve(t *testing.T, data, base string, workers int, token *string) *service {
	t.Helper()
	return serveWith(t, data, base, workers, token, api.Config{})
}

// serveWith is serve with what else the service has: an issuer to sign in at, a key.
func serveWith(t *testing.T, data, base string, workers int, token *string, c api.Config) *service {
	t.Helper()
	bases := map[string][]string{}
	if base != "" {
		bases["150123"] = []string{base}
	}
	st, err := embedded.Open(data, bases, embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if token != nil {
		admin, secret, err := api.NewToken("admin", store.Admin, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := st.AddToken(t.Context(), admin); err != nil {
			t.Fatal(err)
		}
		*token = secret
	}
	c.Store, c.Version, c.PlanRulebooks = st, "test", true
	server, err := api.New(c)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 2)
	go func() { ended <- server.Serve(ctx, l, time.Second) }()
	go func() {
		if workers == 0 {
			ended <- nil
			return
		}
		ended <- st.Work(ctx, workers, time.Second, server.Run)
	}()
	s := &service{T: t, url: "http://" + l.Addr().String()}
	stopped := false
	s.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := errors.Join(<-ended, <-ended, st.Close()); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(s.stop)
	return s
}

// check uploads a plan, checks it and gives the check's id.
func (s *service) check(path string) string {
	s.Helper()
	file, err := os.Open(path)
	if err != nil {
		s.Fatal(err)
	}
	defer file.Close()
	plan := s.ask("POST", "/v1/plans", file)
	check := s.ask("POST", "/v1/plans/"+plan["id"].(string)+"/checks", nil)
	for check["state"] == "queued" || check["state"] == "running" {
		time.Sleep(200 * time.Millisecond)
		check = s.ask("GET", "/v1/checks/"+check["id"].(string), nil)
	}
	if check["state"] != "done" {
		s.Fatalf("%v", check)
	}
	return check["id"].(string)
}

func (s *service) ask(method, path string, body io.Reader) (out map[string]any) {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), method, s.url+path, body)
	if err != nil {
		s.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/zip")
	if body == nil {
		r.Header.Del("Content-Type")
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(&out); err != nil || answer.StatusCode >= 300 {
		s.Fatalf("%s: %d %v %v", path, answer.StatusCode, out, err)
	}
	return out
}

// node runs a file of test/ against the service. Screenshots stay in
// test-output.
func (s *service) node(name string, settings ...string) {
	s.Helper()
	shots, err := filepath.Abs("test-output")
	if err != nil {
		s.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(s.Context(), 15*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, "node", "--test-reporter=spec", "test/"+name+".mjs")
	c.Env = append(os.Environ(), append(settings, "PAGE_URL="+s.url, "PAGE_SHOTS="+shots)...)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) } // the browser goes with it
	c.WaitDelay = 10 * time.Second
	out, err := c.CombinedOutput()
	if err != nil {
		s.Fatalf("%s: %v\n%s", name, err, out)
	}
	s.Logf("%s", out)
	if !strings.Contains(string(out), "fail 0") || strings.Contains(string(out), "pass 0") {
		s.Fatalf("%s ran no tests:\n%s", name, out)
	}
}

// TestPage is a reviewer's day in a real browser, in both languages; with
// -short one upload in one language.
func TestPage(t *testing.T) {
	need(t)
	dir := t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{}); err != nil {
		t.Fatal(err)
	}
	plans, base := filepath.Join(dir, "plans"), filepath.Join(dir, "base")
	loose := filepath.Join(dir, "loose")
	unpack(t, filepath.Join(plans, "05-red-line-occupied.zip"), loose)
	t.Run("words and figures", func(t *testing.T) { serve(t, filepath.Join(dir, "none"), base, 1, nil).node("area") })
	t.Run("base data", func(t *testing.T) {
		packed := filepath.Join(dir, "底图.zip")
		pack(t, base, packed)
		for _, lang := range []string{"zh", "en"} {
			serve(t, filepath.Join(dir, "nothing "+lang), "", 0, nil).node("base", "PAGE_LANG="+lang, "PAGE_BASE="+packed, "PAGE_PLANS="+plans)
		}
	})
	t.Run("room", func(t *testing.T) { serve(t, filepath.Join(dir, "room"), base, 0, nil).node("room") })
	t.Run("waiting", func(t *testing.T) {
		serve(t, filepath.Join(dir, "idle"), base, 0, nil).node("waiting", "PAGE_PLANS="+plans)
	})
	if testing.Short() {
		return
	}
	t.Run("keys", func(t *testing.T) {
		serve(t, filepath.Join(dir, "keys"), base, 1, nil).node("keys", "PAGE_PLANS="+plans)
	})
	t.Run("views", func(t *testing.T) {
		serve(t, filepath.Join(dir, "views"), base, 1, nil).node("views", "PAGE_PLANS="+plans)
	})
	t.Run("incomplete", func(t *testing.T) {
		poor, whole := filepath.Join(dir, "poor"), filepath.Join(dir, "whole", "某镇方案")
		without(t, base, poor, "CZKFBJ", "STBHHX")
		extract(t, filepath.Join(plans, "01-compliant.zip"), whole, func(name string) string { return name })
		serve(t, filepath.Join(dir, "incomplete"), poor, 1, nil).node("incomplete", "PAGE_PLANS="+plans, "PAGE_WHOLE="+whole)
	})
	t.Run("suggestion", func(t *testing.T) {
		serve(t, filepath.Join(dir, "suggestion"), base, 1, nil).node("suggestion", "PAGE_PLAN="+filepath.Join(plans, "08-compensation-short.zip"))
	})
	t.Run("journey", func(t *testing.T) {
		serve(t, filepath.Join(dir, "data"), base, 1, nil).node("journey", "PAGE_PLANS="+plans, "PAGE_LOOSE="+loose)
	})
	t.Run("package", func(t *testing.T) { makesPackage(t, plans, base) })
	t.Run("deleting", func(t *testing.T) {
		serve(t, filepath.Join(dir, "deleting"), base, 0, nil).node("deleting", "PAGE_PLAN="+filepath.Join(plans, "01-compliant.zip"))
	})
	t.Run("verify", func(t *testing.T) { verifies(t, dir, base, plans) })
	t.Run("blocked", func(t *testing.T) {
		data := filepath.Join(dir, "blocked")
		id := blocked(t, data, base, filepath.Join(plans, "01-compliant.zip"))
		serve(t, data, base, 0, nil).node("blocked", "PAGE_BLOCKED="+id)
	})
	t.Run("manual", func(t *testing.T) { serve(t, filepath.Join(dir, "manual"), base, 0, nil).node("manual") })
	t.Run("first token", func(t *testing.T) { serve(t, filepath.Join(dir, "open"), base, 0, nil).node("firsttoken") })
	t.Run("access", func(t *testing.T) {
		var token string
		s := serve(t, filepath.Join(dir, "locked"), base, 1, &token)
		s.node("access", "PAGE_TOKEN="+token)
	})
	t.Run("review", func(t *testing.T) {
		var token string
		s := serve(t, filepath.Join(dir, "review"), base, 1, &token)
		s.node("review", "PAGE_TOKEN="+token, "PAGE_PLANS="+plans)
	})
	t.Run("ledger", func(t *testing.T) {
		var token string
		s := serve(t, filepath.Join(dir, "ledger"), base, 1, &token)
		s.node("ledger", "PAGE_TOKEN="+token, "PAGE_PLANS="+plans)
	})
	t.Run("together", func(t *testing.T) {
		serve(t, filepath.Join(dir, "together"), base, 1, nil).node("together", "PAGE_PLANS="+plans)
	})
	t.Run("projects", func(t *testing.T) {
		second := filepath.Join(dir, "second-version.zip")
		secondVersion(t, filepath.Join(plans, "01-compliant.zip"), second, "150123-2026-01", "150123-2026-02")
		serve(t, filepath.Join(dir, "projects"), base, 1, nil).node("projects", "PAGE_PLANS="+plans, "PAGE_SECOND="+second)
	})
	t.Run("sign-in", func(t *testing.T) {
		bureau := oidctest.New(t)
		issuer, err := api.NewIssuer(t.Context(), api.OIDC{Issuer: bureau.URL, Audience: oidctest.Audience, Client: oidctest.Client, Secret: oidctest.Secret})
		if err != nil {
			t.Fatal(err)
		}
		serveWith(t, filepath.Join(dir, "bureau"), base, 0, nil, api.Config{Issuer: issuer}).node("signin", "PAGE_ISSUER="+bureau.URL)
	})
}

// secondVersion writes a package whose manifest says another project code.
func secondVersion(t *testing.T, from, to, was, code string) {
	t.Helper()
	in, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err == nil {
			err = r.Close()
		}
		if filepath.Base(f.Name) == "plan.yaml" {
			data = bytes.Replace(data, []byte(was), []byte(code), 1)
		}
		w, failed := out.Create(f.Name)
		if err := errors.Join(err, failed); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(out.Close(), os.WriteFile(to, b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// verifies: reports and passports of a service with a key are held against each
// other on the page.
func verifies(t *testing.T, dir, base, plans string) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	key, err := passport.ReadPrivateKey(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	if err != nil {
		t.Fatal(err)
	}
	serveWith(t, filepath.Join(dir, "signing"), base, 1, nil, api.Config{Key: key}).node("verify", "PAGE_PLAN="+filepath.Join(plans, "02-over-five-percent.zip"))
}

// makesPackage: from a folder of layers and papers without plan.yaml the form
// makes the package that the sample comes with: both are reported the same.
func makesPackage(t *testing.T, plans, base string) {
	dir := t.TempDir()
	whole, folder, kept := filepath.Join(dir, "whole", "某镇方案"), filepath.Join(dir, "folder", "示例镇方案"), filepath.Join(dir, "kept")
	own := filepath.Join(plans, "01-compliant.zip")
	extract(t, own, whole, func(name string) string { return name })
	extract(t, own, folder, func(name string) string { return name })
	if err := errors.Join(os.Remove(filepath.Join(folder, "plan.yaml")), os.MkdirAll(kept, 0o755)); err != nil {
		t.Fatal(err)
	}
	s := serve(t, filepath.Join(dir, "data"), base, 1, nil)
	s.node("package", "PAGE_PLANS="+plans, "PAGE_WHOLE="+whole, "PAGE_FOLDER="+folder, "PAGE_KEPT="+kept)
	want := s.report(own)
	for _, name := range []string{"zh-1366", "en-1366", "zh-390", "en-390"} {
		got, own := strings.Split(s.report(filepath.Join(kept, name+".zip")), "\n"), strings.Split(want, "\n")
		for i := range min(len(got), len(own)) {
			if got[i] != own[i] {
				t.Errorf("%s: line %d of the report on the form's package is\n%s\nof that on the sample's own\n%s", name, i+1, got[i], own[i])
				break
			}
		}
		if len(got) != len(own) {
			t.Errorf("%s: the report on the form's package has %d lines, that on the sample's own %d", name, len(got), len(own))
		}
	}
	for _, name := range []string{"odd", "named"} {
		if got := s.report(filepath.Join(kept, name+".zip")); !strings.Contains(got, `"verdict": "compliant"`) {
			t.Errorf("%s: %.400s", name, got)
		}
	}
}

var packageName = regexp.MustCompile(`[^" ]*\.zip!`)

// report is the JSON report of a package, without the package's digest and name.
func (s *service) report(path string) string {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), "GET", s.url+"/v1/checks/"+s.check(path)+"/report?f=json", nil)
	if err != nil {
		s.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		s.Fatalf("%s: %d %v", path, answer.StatusCode, err)
	}
	var plan struct{ Plan struct{ Digest string } }
	if err := json.Unmarshal(data, &plan); err != nil || plan.Plan.Digest == "" {
		s.Fatalf("%s: %v %.200s", path, err, data)
	}
	return packageName.ReplaceAllString(strings.ReplaceAll(string(data), plan.Plan.Digest, ""), "")
}

// blocked is the id of a plan whose check ended its process as often as it was
// tried.
func blocked(t *testing.T, data, base, path string) (id string) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	s := serve(t, data, base, 0, nil)
	id = s.ask("POST", "/v1/plans", file)["id"].(string)
	s.ask("POST", "/v1/plans/"+id+"/checks", nil)
	s.stop()
	st, err := embedded.Open(data, map[string][]string{"150123": {base}}, embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	left := store.MaxCrashes
	err = st.Work(ctx, 1, time.Second, func(context.Context, store.Task) (store.Outcome, error) {
		if left--; left == 0 {
			cancel()
		}
		return store.Outcome{}, store.ErrCrashed
	})
	if err := errors.Join(err, st.Close()); err != nil {
		t.Fatal(err)
	}
	return id
}

// TestPageAtScale: ten thousand findings in a county of a hundred thousand
// parcels, on a server that has read none of it yet.
func TestPageAtScale(t *testing.T) {
	if testing.Short() {
		t.Skip("a county of a hundred thousand parcels takes a minute")
	}
	need(t)
	dir := t.TempDir()
	base, data := filepath.Join(dir, "base"), filepath.Join(dir, "data")
	county, err := sample.New(sample.Options{Parcels: 100_000, VerticesPerParcel: 12})
	if err != nil {
		t.Fatal(err)
	}
	if err := county.WriteBase(t.Context(), base); err != nil {
		t.Fatal(err)
	}
	s := serve(t, data, base, 1, nil)
	var checks []string
	for name, changes := range map[string]int{"few.zip": 150, "many.zip": 34_000} {
		path := filepath.Join(dir, name)
		if err := county.WriteBulk(t.Context(), path, sample.Bulk{Changes: changes}); err != nil {
			t.Fatal(err)
		}
		id := s.check(path)
		if changes < 1000 {
			checks = append([]string{id}, checks...)
		} else {
			checks = append(checks, id)
		}
	}
	s.stop()
	serve(t, data, base, 1, nil).node("scale", "PAGE_CHECKS="+strings.Join(checks, " "))
}

// without copies a directory of base data, but for some layers.
func without(t *testing.T, from, to string, layers ...string) {
	t.Helper()
	entries, err := os.ReadDir(from)
	if err := errors.Join(err, os.MkdirAll(to, 0o755)); err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if slices.Contains(layers, strings.TrimSuffix(e.Name(), filepath.Ext(e.Name()))) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err := errors.Join(err, os.WriteFile(filepath.Join(to, e.Name()), data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

// pack makes a zip of the files of a directory.
func pack(t *testing.T, dir, path string) {
	t.Helper()
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(out)
	if err := errors.Join(z.AddFS(os.DirFS(dir)), z.Close(), out.Close()); err != nil {
		t.Fatal(err)
	}
}

// unpack puts the files of a zip side by side, as they are dropped on the page.
func unpack(t *testing.T, path, dir string) {
	t.Helper()
	extract(t, path, dir, filepath.Base)
}

// extract writes the files of a zip under the names that it is told.
func extract(t *testing.T, path, dir string, as func(name string) string) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		to := filepath.Join(dir, filepath.FromSlash(as(f.Name)))
		if err := errors.Join(err, in.Close(), os.MkdirAll(filepath.Dir(to), 0o755), os.WriteFile(to, data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}
