package process

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// without is the sample's base less one layer.
func without(t testing.TB, layers ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "base")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, f := range must[[]string](t)(filepath.Glob(filepath.Join(base(t), "*"))) {
		if name := filepath.Base(f); !slices.Contains(layers, strings.TrimSuffix(name, filepath.Ext(name))) {
			if err := os.Link(f, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// TestReload: a new version is loaded while checks run; none of them fails,
// and each report is that of the version which it names, whole.
func TestReload(t *testing.T) {
	t.Parallel()
	url := migrated(t)
	if text := done(t, 0, "load", without(t, "FHLD"), "--to", url, "--lang", "en").stdout; !strings.Contains(text, "version 1 of the base data of 150123 is in use") {
		t.Errorf("load says: %s", text)
	}
	path := plan(t, "01-compliant")
	server := start(t, "serve", "--database", url, "--listen", "127.0.0.1:0")
	uploaded := server.upload(path)
	const newest = 4
	want := map[int]string{1: landcheck(t, "check", path, "--base", without(t, "FHLD"), "--format", "json").stdout}
	for v := 2; v <= newest; v++ {
		want[v] = landcheck(t, "check", path, "--base", base(t), "--format", "json").stdout
	}
	if want[1] == want[2] {
		t.Fatal("the layer makes no difference")
	}
	var loadedNow atomic.Bool
	var seen [newest + 1]atomic.Int64
	var callers sync.WaitGroup
	for range 2 {
		callers.Go(func() {
			for end := false; !end; {
				end = loadedNow.Load() // one more after it
				c := server.order(uploaded, "60")
				if v := c.BaseVersion; v < 1 || v > newest || fromFiles(server.report(c)) != want[v] {
					t.Errorf("check %+v has another report than its version gives", c)
					return
				}
				seen[c.BaseVersion].Add(1)
				if end && c.BaseVersion != newest {
					t.Errorf("after the load version %d serves", c.BaseVersion)
				}
			}
		})
	}
	for seen[1].Load() == 0 && !t.Failed() {
		time.Sleep(20 * time.Millisecond)
	}
	for range newest - 1 {
		done(t, 0, "load", base(t), "--to", url, "--county", "150123")
	}
	loadedNow.Store(true)
	callers.Wait()
	t.Logf("checks by version: %d %d %d %d", seen[1].Load(), seen[2].Load(), seen[3].Load(), seen[4].Load())
	old := server.ask("POST", uploaded+"/checks", []byte(`{"base_version": 1}`), "Content-Type", "application/json", "Prefer", "wait=60").check(t)
	if fromFiles(server.report(old)) != want[1] {
		t.Error("the version before cannot be asked for any more")
	}
}

// TestLoadInterrupted: Ctrl-C and SIGKILL leave the version before serving,
// and nothing behind.
func TestLoadInterrupted(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	const tables = "select string_agg(relname, ' ' order by relname) from pg_class where relnamespace = 'base'::regnamespace"
	before := text(t, url, tables)
	for signal, status := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 130, syscall.SIGKILL: -1} {
		letGo := hold(t, url, "base.feature") // the load is in its transaction
		cmd := command(t, "load", base(t), "--to", url, "--lang", "en")
		p := &process{t: t, cmd: cmd, ended: make(chan struct{})}
		cmd.Stdout, cmd.Stderr = &p.stdout, &p.stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		go func() { _ = cmd.Wait(); close(p.ended) }()
		t.Cleanup(func() { _ = cmd.Process.Kill() })
		held(t, url)
		p.signal(signal)
		if got := p.wait(patience); got != status { // the table is still held
			t.Errorf("%v: status %d\n%s", signal, got, p.stderr.String())
		}
		if signal != syscall.SIGKILL && !strings.Contains(p.stderr.String(), "version before") {
			t.Errorf("%v: says %q", signal, p.stderr.String())
		}
		letGo()
		if out := p.stdout.String(); out != "" {
			t.Errorf("%v: says %s", signal, out)
		}
	}
	if !happens(func() bool { return text(t, url, tables) == before }) { // a killed load's connection is noticed by and by
		t.Errorf("tables before: %s\nafter: %s", before, text(t, url, tables))
	}
	if n := text(t, url, "select max(version)::text from base.dataset"); n != "1" {
		t.Errorf("version %s serves", n)
	}
	done(t, 0, "check", plan(t, "01-compliant"), "--base", url)
	if out := done(t, 0, "load", base(t), "--to", url, "--lang", "en").stdout; !strings.Contains(out, "version 2") {
		t.Errorf("the load after it: %s", out)
	}
}

// TestLoadShowsProgress: on a terminal a bar with rows, bytes and the time
// left; anywhere else nothing but the summary.
func TestLoadShowsProgress(t *testing.T) {
	t.Parallel()
	url := migrated(t)
	if quiet := done(t, 0, "load", base(t), "--to", url); quiet.stderr != "" {
		t.Errorf("off a terminal it shows %q", quiet.stderr)
	}
	letGo := hold(t, url, "base.feature") // the load is in its transaction
	screen := terminal(t)
	cmd := command(t, "load", base(t), "--to", url, "--lang", "en")
	cmd.Stderr = screen.tty
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	held(t, url)
	if !happens(func() bool { return strings.Contains(screen.text.String(), "/ 6315") }) {
		t.Errorf("there is no bar: %q", screen.text.String())
	}
	letGo()
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	shown := screen.read()
	for _, want := range []string{"loading", "/ 6315", "left", "B"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the bar lacks %q: %s", want, strconv.Quote(shown))
		}
	}
}

// TestLoadSummary: what came, what of it is of no use, what is still missing;
// a load of some layers leaves the others as they were.
func TestLoadSummary(t *testing.T) {
	t.Parallel()
	url := migrated(t)
	odd := without(t, "STBHHX")
	path := filepath.Join(odd, "DLTB.shp")
	shp := must[[]byte](t)(os.ReadFile(path))
	if err := os.Remove(path); err != nil { // a link to the sample's
		t.Fatal(err)
	}
	for at := 100; at < len(shp); at += 8 + 2*int(binary.BigEndian.Uint32(shp[at+4:])) {
		if record := binary.BigEndian.Uint32(shp[at:]); record == 5 || record == 9 {
			binary.LittleEndian.PutUint32(shp[at+8:], 0) // a null shape
		}
	}
	if err := os.WriteFile(path, shp, 0o600); err != nil {
		t.Fatal(err)
	}
	out := done(t, 0, "load", odd, "--to", url, "--lang", "en").stdout
	for _, want := range []string{
		"DLTB", "4092", "EPSG:4525", "sha256:", "2 records: 5, 9", "core layers still missing: red_line",
		"version 1 of the base data of 150123 is in use: 6314 rows, 2 of them without a shape",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the summary lacks %q: %s", want, out)
		}
	}
	if n := text(t, url, "select count(*) || ' ' || count(*) filter (where geom is null or st_isempty(geom)) from base.feature"); n != "6314 2" {
		t.Errorf("PostGIS counts rows and rows without a shape as %s", n)
	}
	done(t, 3, "check", plan(t, "01-compliant"), "--base", url)
	out = done(t, 0, "load", filepath.Join(base(t), "STBHHX.shp"), "--to", url, "--county", "150123", "--lang", "en").stdout
	if !strings.Contains(out, "version 2 of the base data of 150123 is in use: 1 rows") || strings.Contains(out, "missing") || strings.Contains(out, "DLTB") {
		t.Errorf("a load of one layer says %s", out)
	}
	done(t, 0, "check", plan(t, "01-compliant"), "--base", url)
	done(t, 3, "check", plan(t, "01-compliant"), "--base", url+"&version=1")
}

// TestStatementsGoWithTheirLayer: areas that base.yaml decrees hold while the
// basic farmland stays that they were decreed of. Once it is loaded anew without
// them, they no longer stand in for the sum of the layer, and the load says so.
func TestStatementsGoWithTheirLayer(t *testing.T) {
	t.Parallel()
	url := migrated(t)
	stated := t.TempDir()
	if err := os.CopyFS(stated, os.DirFS(base(t))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(stated, "base.yaml"), []byte("designated: {150123101: 64800000}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	load := func(paths ...string) string {
		return done(t, 0, append([]string{"load", "--to", url, "--county", "150123", "--lang", "en"}, paths...)...).stdout
	}
	layer := func(name string) []string { // a copy of its own: what lies beside a layer says something of it
		dir := t.TempDir()
		for _, path := range must[[]string](t)(filepath.Glob(filepath.Join(base(t), name+".*"))) {
			if err := os.WriteFile(filepath.Join(dir, filepath.Base(path)), must[[]byte](t)(os.ReadFile(path)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return []string{dir}
	}
	report := func() string {
		return landcheck(t, "check", plan(t, "02-over-five-percent"), "--base", url, "--format", "json").stdout
	}
	load(stated)
	if !strings.Contains(report(), "64800000") {
		t.Fatal("the decreed area is not in the report")
	}
	if out := load(layer("STBHHX")...); strings.Contains(out, "no longer count") {
		t.Errorf("another layer makes the decree void:\n%s", out)
	}
	if !strings.Contains(report(), "64800000") {
		t.Error("the decreed area went with a load of another layer")
	}
	if out := load(layer("YJJBNTTB")...); !strings.Contains(out, "no longer count: 150123101") {
		t.Errorf("the load does not say what it made void:\n%s", out)
	}
	if strings.Contains(report(), "64800000") {
		t.Error("the decree of the farmland before still counts")
	}
}

// TestRoomFromDatabase: what there is to move is the same from files, from a
// database and from services over them, to the byte but for its source.
func TestRoomFromDatabase(t *testing.T) {
	url := loaded(t)
	files := done(t, 0, "room", "--base", base(t), "--format", "json")
	stored := done(t, 0, "room", "--base", url+"&county=150123", "--format", "json")
	if fromFiles(stored.stdout) != files.stdout || !strings.Contains(files.stdout, `"candidates_in"`) {
		t.Errorf("%d bytes from files, %d from the database", len(files.stdout), len(stored.stdout))
	}
	for want, args := range map[string][]string{files.stdout: {"--base", base(t)}, stored.stdout: {"--database", url}} {
		service := start(t, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
		if got := string(service.get("/v1/counties/150123/room?lang=zh")); got != want {
			t.Errorf("%v: %d bytes from the service, %d by itself", args, len(got), len(want))
		}
	}
}
