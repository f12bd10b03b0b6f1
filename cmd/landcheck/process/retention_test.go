package process

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"landcheck/geo/postgis/pgtest"
)

// TestPruneDirectory: prune says what goes by county and removes it; beside the
// running service it says what to do instead; the service prunes by itself.
func TestPruneDirectory(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	serve := func(flags ...string) *process {
		return start(t, append([]string{"serve", "--base", base(t), "--data", data, "--listen", "127.0.0.1:0"}, flags...)...)
	}
	first := serve()
	at := first.upload(plan(t, "01-compliant"))
	first.until(first.order(at, "30").ID, "done")
	prune := func(status int, flags ...string) result {
		return done(t, status, append([]string{"prune", "--data", data, "--lang", "en"}, flags...)...)
	}
	if r := prune(2, "--keep", "1ms"); !strings.Contains(r.stderr, "serve --keep") {
		t.Errorf("beside the service: %s", r.stderr)
	}
	first.signal(syscall.SIGTERM)
	first.wait(patience)
	for _, wrong := range [][]string{{}, {"--keep", "3 years"}, {"--keep", "-1d"}, {"--keep", "0d"}, {"--keep", "1d", "--keep-versions", "3"}, {"--keep", "99999999d"}} {
		prune(2, wrong...)
	}
	done(t, 2, "prune", "--data", filepath.Join(t.TempDir(), "typo"), "--keep", "1d")
	if r := prune(0, "--keep", "1095d"); strings.Contains(r.stdout, "150123") {
		t.Errorf("what is young went: %s", r.stdout)
	}
	if r := prune(0, "--keep", "1ms", "--dry-run"); !strings.Contains(r.stdout, "150123  1      1") || !strings.Contains(r.stdout, "nothing was removed") {
		t.Errorf("a dry run says %s", r.stdout)
	}
	second := serve()
	second.get(at)
	second.signal(syscall.SIGTERM)
	second.wait(patience)
	if r := prune(0, "--keep", "1ms"); !strings.Contains(r.stdout, "150123  1      1") {
		t.Errorf("prune says %s", r.stdout)
	}
	third := serve()
	if a := third.ask("GET", at, nil); a.status != 404 {
		t.Errorf("after it was pruned: %d %s", a.status, a.body)
	}
	if trail := string(third.get("/v1/audit")); !strings.Contains(trail, `"what":"prune"`) || !strings.Contains(trail, "--keep 1ms") {
		t.Errorf("the audit trail: %s", trail)
	}
	third.upload(plan(t, "01-compliant"))
	third.signal(syscall.SIGTERM)
	third.wait(patience)
	fourth := serve("--keep", "1ms", "--quota", "1=1KiB")
	if !happens(func() bool { return fourth.ask("GET", at, nil).status == 404 }) {
		t.Error("the service does not prune")
	}
	text, err := os.ReadFile(plan(t, "01-compliant"))
	if err != nil {
		t.Fatal(err)
	}
	if a := fourth.ask("POST", "/v1/plans", text, "Content-Type", "application/zip"); a.status != 507 {
		t.Errorf("beyond the quota: %d %s", a.status, a.body)
	}
	for _, wrong := range []string{"15=", "=1GiB", "x=1GiB", "-1", "0", "1503=many"} {
		done(t, 2, "serve", "--data", data, "--quota", wrong)
	}
}

// TestPruneDatabase: beside running services old versions of base data go with
// their tables; what is in use stays, reports stay as they were.
func TestPruneDatabase(t *testing.T) {
	t.Parallel()
	at := loaded(t)
	server := start(t, "serve", "--database", at, "--listen", "127.0.0.1:0")
	first := server.until(server.order(server.upload(plan(t, "02-over-five-percent")), "30").ID, "done")
	report := server.report(first)
	for range 3 {
		done(t, 0, "load", base(t), "--to", at)
	}
	const size = "select sum(pg_total_relation_size(inhrelid))::text from pg_inherits where inhparent = 'base.feature'::regclass"
	before := text(t, at, size)
	dry := done(t, 0, "prune", "--database", at, "--keep-versions", "2", "--dry-run", "--lang", "en").stdout
	if !strings.Contains(dry, "1,2") || text(t, at, size) != before {
		t.Errorf("a dry run says %s", dry)
	}
	if out := done(t, 0, "prune", "--database", at, "--keep-versions", "2", "--lang", "en").stdout; !strings.Contains(out, "1,2") {
		t.Errorf("prune says %s", out)
	}
	t.Logf("pg_total_relation_size of base.feature: %s, then %s bytes", before, text(t, at, size))
	if n := text(t, at, "select count(distinct version)::text from base.dataset where dropped_at is null"); n != "2" {
		t.Errorf("%s versions are left", n)
	}
	if got := server.report(first); got != report {
		t.Error("the report of a version that was dropped has changed")
	}
	plans := "/v1/plans/" + strings.Split(server.upload(plan(t, "02-over-five-percent")), "/")[3]
	if a := server.ask("POST", plans+"/checks", []byte(`{"base_version": 1}`), "Content-Type", "application/json", "Accept-Language", "en"); a.status != 422 || !strings.Contains(string(a.body), "3 4") {
		t.Errorf("a check against a version that was dropped: %d %s", a.status, a.body)
	}
	if c := server.order(plans, "30"); c.Verdict != "violations" || c.BaseVersion != 4 {
		t.Errorf("a check after it: %+v", c)
	}
	if out := done(t, 0, "prune", "--database", at, "--keep", "1ms", "--lang", "en").stdout; !strings.Contains(out, "150123  1      2") {
		t.Errorf("prune says %s", out)
	}
	if n := text(t, at, "select (select count(*) from service.plan_part) + (select count(*) from service.artifact_part) || ''"); n != "0" {
		t.Errorf("%s rows are left", n)
	}
}

// TestBackup: what is saved while the service works is served by another, byte
// by byte; checks that were under way are made there.
func TestBackup(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	serve := func(data string) *process {
		return start(t, "serve", "--base", base(t), "--data", data, "--listen", "127.0.0.1:0", "--workers", "1")
	}
	first := serve(data)
	at := first.upload(plan(t, "02-over-five-percent"))
	finished := first.until(first.order(at, "30").ID, "done")
	want := first.report(finished)
	var group sync.WaitGroup
	var under []string
	for range 5 {
		under = append(under, first.order(at, "0").ID)
	}
	group.Go(func() { // others go on
		for _, name := range []string{"01-compliant", "05-red-line-occupied"} {
			first.order(first.upload(plan(t, name)), "0")
		}
	})
	file := filepath.Join(dir, "saved.tar.gz")
	if out := done(t, 0, "backup", file, "--data", data, "--lang", "en").stdout; !strings.Contains(out, "saved in") {
		t.Errorf("backup says %s", out)
	}
	group.Wait()
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup is anybody's to read: %v, %v", info, err)
	}
	for _, wrong := range [][]string{{"backup", file, "--data", data}, {"backup", filepath.Join(dir, "x.zip"), "--data", data}, {"backup", filepath.Join(data, "x.tar"), "--data", data},
		{"backup", filepath.Join(dir, "y.tar"), "--data", dir}, {"backup"}, {"restore", file}, {"restore", file, "--data", data}, {"restore", filepath.Join(dir, "none"), "--data", filepath.Join(dir, "n")}} {
		done(t, 2, wrong...)
	}
	restored := filepath.Join(dir, "restored")
	if out := done(t, 0, "restore", file, "--data", restored, "--lang", "en").stdout; !strings.Contains(out, "restored into") {
		t.Errorf("restore says %s", out)
	}
	second := serve(restored)
	if got := second.report(finished); got != want {
		t.Error("the restored report is another one")
	}
	for _, id := range under {
		if got := second.report(second.until(id, "done")); got != want {
			t.Errorf("check %s has another report", id)
		}
	}
	text, err := os.ReadFile(plan(t, "02-over-five-percent"))
	if err != nil {
		t.Fatal(err)
	}
	if got := second.get(at + "/package"); !bytes.Equal(got, text) {
		t.Error("the restored package is another one")
	}
	var trail struct{ Items []struct{ What string } }
	if err := json.Unmarshal(second.get("/v1/audit"), &trail); err != nil || len(trail.Items) < 7 {
		t.Errorf("the restored audit trail: %+v, %v", trail, err)
	}
}

// TestDump: a database that pg_dump saved and pg_restore made anew serves as
// it did.
func TestDump(t *testing.T) {
	t.Parallel()
	from, to := loaded(t), postgres.Database(t)
	server := start(t, "serve", "--database", from, "--listen", "127.0.0.1:0")
	at := server.upload(plan(t, "02-over-five-percent"))
	c := server.until(server.order(at, "30").ID, "done")
	want := server.report(c)
	file := filepath.Join(t.TempDir(), "landcheck.dump")
	tool := func(name string, args ...string) {
		t.Helper()
		if out, err := exec.Command(pgtest.Tool(t, name), args...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
	}
	tool("pg_dump", "--format=custom", "--no-owner", "--file="+file, from)
	tool("pg_restore", "--no-owner", "--exit-on-error", "--dbname="+to, file)
	restored := start(t, "serve", "--database", to, "--listen", "127.0.0.1:0")
	if restored.report(c) != want {
		t.Error("the restored report is another one")
	}
	again := restored.until(restored.order(at, "30").ID, "done")
	was, err := url.Parse(from)
	if err != nil {
		t.Fatal(err)
	}
	is, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.ReplaceAll(restored.report(again), is.Path, was.Path); got != want {
		t.Errorf("a check there gives %d bytes, here %d", len(got), len(want))
	}
}
