package faults

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// killed runs the program and kills it at a random moment. It tells whether
// that was before its end, which must be a good one.
func killed(t *testing.T, r *rand.Rand, most time.Duration, args ...string) bool {
	t.Helper()
	var out bytes.Buffer
	cmd := command(t, t.TempDir(), args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(moment(r, most))
	_ = cmd.Process.Signal(syscall.SIGKILL)
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code > 0 {
		t.Errorf("landcheck %q ends with %d\n%s", args, code, &out)
	}
	return !cmd.ProcessState.Success()
}

// lasts is how long something takes on this machine as it is now, and so where in
// it a random moment can be.
func lasts(f func()) time.Duration {
	begun := time.Now()
	f()
	return time.Since(begun)
}

// contents are the files of a data directory, but for what means nothing.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "reserve" { // room for deletions, made anew at the next start
			return filepath.SkipDir
		}
		if err != nil || d.IsDir() || d.Name() == "lock" {
			return err
		}
		text, err := os.ReadFile(path)
		all[strings.TrimPrefix(path, dir)] = digest(text)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// stocked is a service on a directory with checks that have ended; it is stopped.
func stocked(t *testing.T, r *rand.Rand, data string, plans int) *traffic {
	t.Helper()
	p := directory(t, data)
	p.ready()
	w := newTraffic(t, p, r)
	for len(w.plans) < plans {
		w.begin()
	}
	w.kept()
	p.stop()
	return w
}

// TestBackupKilled: a backup that is killed beside a service at work leaves no
// file under its name or a whole one, and the next one is whole.
func TestBackupKilled(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	r, p := newRandom(t), directory(t, data)
	p.ready()
	w := newTraffic(t, p, r)
	w.begin()
	first := filepath.Join(dir, "first.tar.gz")
	n, span := 0, lasts(func() { done(t, 0, "backup", first, "--data", data) })
	for range times() {
		file, to := filepath.Join(dir, "saved.tar.gz"), filepath.Join(dir, "restored")
		before := maps.Clone(w.plans)
		w.while(func() {
			if killed(t, r, span, "backup", file, "--data", data) {
				n++
			}
		})
		if _, err := os.Lstat(file); err != nil {
			done(t, 0, "backup", file, "--data", data)
		}
		done(t, 0, "restore", file, "--data", to)
		for id := range before {
			if _, err := os.Stat(filepath.Join(to, "plans", id, "plan.json")); err != nil {
				t.Errorf("not in the backup: %v", err)
			}
		}
		if err := os.RemoveAll(to); err != nil {
			t.Fatal(err)
		}
		remove(t, file)
	}
	t.Logf("%d of %d backups were killed", n, times())
	done(t, 0, "backup", filepath.Join(dir, "last.tar"), "--data", data)
	w.kept()
	undisturbed(t, p, data)
}

// TestRestoreKilled: a restore that is killed leaves a directory that no command
// takes, or a whole one; the same command again makes it whole.
func TestRestoreKilled(t *testing.T) {
	dir := t.TempDir()
	r, data, file := newRandom(t), filepath.Join(dir, "data"), filepath.Join(dir, "saved.tar")
	w := stocked(t, r, data, 6)
	done(t, 0, "backup", file, "--data", data)
	to := filepath.Join(dir, "restored")
	span := lasts(func() { done(t, 0, "restore", file, "--data", to) })
	whole, n, half := contents(t, to), 0, 0
	for i := range 2 * times() {
		was := half
		if err := os.RemoveAll(to); err != nil {
			t.Fatal(err)
		}
		if i%2 == 0 { // it may be there, and empty
			if err := os.Mkdir(to, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if killed(t, r, span, "restore", file, "--data", to) {
			n++
		}
		if _, err := os.Stat(filepath.Join(to, "restoring")); err == nil {
			half++
			for _, args := range [][]string{{"serve", "--base", base(t), "--listen", "127.0.0.1:0"}, {"backup", filepath.Join(dir, "half.tar")}, {"prune", "--keep", "1ms"}} {
				if said := done(t, 2, append(args, "--data", to)...); !strings.Contains(said, "did not end") {
					t.Errorf("%s of half a directory: %s", args[0], said)
				}
			}
		}
		if _, err := os.Stat(filepath.Join(to, "plans")); half > was || err != nil { // else it was done
			done(t, 0, "restore", file, "--data", to)
		}
		if got := contents(t, to); !maps.Equal(got, whole) {
			t.Errorf("%d files, want %d", len(got), len(whole))
		}
	}
	t.Logf("%d restores were killed, %d half done", n, half)
	w.server.args[4] = to
	w.server.start()
	w.server.ready()
	w.kept()
	undisturbed(t, w.server, to)
}

// TestPruneKilled: of a prune that is killed each plan is there with its check and
// report, or is gone with them and recorded; the next one does the rest.
func TestPruneKilled(t *testing.T) {
	dir := t.TempDir()
	r, data, file := newRandom(t), filepath.Join(dir, "data"), filepath.Join(dir, "saved.tar")
	w := stocked(t, r, data, 6)
	done(t, 0, "backup", file, "--data", data)
	span := lasts(func() { done(t, 0, "prune", "--keep", "1ms", "--data", data) })
	n, some := 0, 0
	for range times() {
		if err := os.RemoveAll(data); err != nil {
			t.Fatal(err)
		}
		done(t, 0, "restore", file, "--data", data)
		if killed(t, r, span, "prune", "--keep", "1ms", "--data", data) {
			n++
		}
		w.server.start()
		w.server.ready()
		if gone := w.pruned(); gone > 0 && gone < len(w.asked) {
			some++
		}
		w.server.stop()
		done(t, 0, "prune", "--keep", "1ms", "--data", data)
		w.server.start()
		w.server.ready()
		if gone := w.pruned(); gone != len(w.asked) {
			t.Errorf("%d of %d plans were removed", gone, len(w.asked))
		}
		undisturbed(t, w.server, data)
	}
	t.Logf("%d of %d prunes were killed, %d between plans", n, times(), some)
}

// pruned counts the plans that are gone, and holds that each is, or is not, as
// a whole.
func (w *traffic) pruned() (gone int) {
	w.t.Helper()
	trail := w.trail()
	for _, a := range w.asked {
		want := http.StatusOK
		if status, _ := w.server.ask("GET", "/v1/plans/"+a.plan); status == http.StatusNotFound {
			gone++
			want = http.StatusNotFound
		}
		for _, path := range []string{"/v1/plans/" + a.plan, "/v1/plans/" + a.plan + "/package", "/v1/checks/" + a.id, "/v1/checks/" + a.id + "/report", "/v1/checks/" + a.id + "/ledger"} {
			if status, text := w.server.ask("GET", path); status != want {
				w.t.Errorf("%s: %d, want %d: %.300s", path, status, want, text)
			}
		}
		if entries := trail["prune "+a.plan]; (entries == 1) != (want == http.StatusNotFound) || entries > 1 {
			w.t.Errorf("plan %s, which is answered %d, is pruned %d times in the trail", a.plan, want, entries)
		}
	}
	return gone
}

// ask makes a request whose answer may be any.
func (p *process) ask(method, path string) (int, string) {
	p.t.Helper()
	a := must[*http.Response](p.t)(http.DefaultClient.Do(must[*http.Request](p.t)(http.NewRequest(method, p.url+path, nil))))
	defer a.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(a.Body); err != nil {
		p.t.Fatal(err)
	}
	if a.StatusCode >= 500 && (a.StatusCode != http.StatusServiceUnavailable || a.Header.Get("Retry-After") == "") || a.StatusCode >= 400 && !json.Valid(text.Bytes()) {
		p.t.Errorf("%s %s: %d %v %s", method, path, a.StatusCode, a.Header, &text)
	}
	return a.StatusCode, text.String()
}
