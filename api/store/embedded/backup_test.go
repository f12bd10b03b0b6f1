package embedded

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
)

// add adds a plan whose package and results tell its id.
func add(t testing.TB, s *Store, id string) error {
	path := filepath.Join(t.TempDir(), "upload")
	if err := os.WriteFile(path, []byte("package of "+id), 0o600); err != nil {
		return err
	}
	_, _, err := s.AddPlan(t.Context(), store.Plan{ID: id, Digest: "sha256:" + id, File: id + ".zip", Size: int64(len("package of " + id)), County: "150123"}, path,
		store.Entry{What: "upload", Object: id})
	return err
}

func leaves(_ context.Context, task store.Task) (store.Outcome, error) {
	for _, name := range []string{"report.json", "tiles/findings.mvt"} {
		path := filepath.Join(task.Dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return store.Outcome{}, err
		}
		if err := os.WriteFile(path, []byte(name+" of "+task.Check.Plan), 0o600); err != nil {
			return store.Outcome{}, err
		}
	}
	return store.Outcome{Verdict: "compliant"}, nil
}

// TestBackupUnderLoad: backups that are taken while plans come and go, checks
// run and the audit trail rotates are each whole: what is in one is served as it
// was, a check has its plan and its results or waits, the trail has no gap, and
// what had been accepted before it began and was not deleted is in it.
func TestBackupUnderLoad(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s := opened(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	fail := func(err error) {
		if err != nil && !errors.Is(err, store.ErrNotFound) && !errors.Is(err, store.ErrFinished) && ctx.Err() == nil {
			t.Error(err)
		}
	}
	group.Go(func() { fail(s.Work(ctx, 2, 0, leaves)) })
	for n := range 3 {
		group.Go(func() {
			for i := 0; ctx.Err() == nil && i < 400; i++ {
				id := fmt.Sprintf("p%d-%d", n, i%7) // some come again
				fail(add(t, s, id))
				c, _, err := s.AddCheck(ctx, store.Check{Plan: id}, store.Key{Caller: "token:1", Value: fmt.Sprint(n, i), Request: "r"})
				if fail(err); err == nil && i%5 == 0 {
					_, err := s.Cancel(ctx, c.ID)
					fail(err)
				}
				if i%3 == 0 {
					fail(s.DeletePlan(ctx, id, store.Entry{What: "delete"}))
				}
				if i%10 == 0 {
					s.audit.mutex.Lock()
					if s.audit.size > 0 {
						fail(s.audit.rotate())
					}
					s.audit.mutex.Unlock()
					fail(s.AddToken(ctx, store.Token{ID: fmt.Sprint(n, "-", i), Hash: fmt.Sprint("hash ", n, i), Role: store.Admin}))
				}
			}
		})
	}
	for round := range 8 {
		steady := fmt.Sprint("steady-", round) // accepted, and never deleted
		if err := add(t, s, steady); err != nil {
			t.Fatal(err)
		}
		c, _, err := s.AddCheck(ctx, store.Check{Plan: steady}, store.Key{})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.IntN(20)) * time.Millisecond) // another moment of the check
		var saved bytes.Buffer
		m, err := Backup(t.Context(), dir, t.TempDir(), &saved)
		if err != nil {
			t.Fatal(err)
		}
		restored(t, saved.Bytes(), m, steady, c.ID)
	}
	cancel()
	group.Wait()
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// restored looks at a backup as the next service would.
func restored(t *testing.T, saved []byte, m Manifest, plan, check string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "restored")
	got, err := Restore(t.Context(), bytes.NewReader(saved), int64(len(saved)), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range got.Files {
		text, err := os.ReadFile(filepath.Join(dir, f.Name))
		if sum := sha256.Sum256(text); err != nil || hex.EncodeToString(sum[:]) != f.SHA256 || int64(len(text)) != f.Size {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	s := opened(t, dir)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var group sync.WaitGroup
	group.Go(func() { _ = s.Work(ctx, 2, 0, leaves) })
	plans, err := s.ListPlans(ctx, store.Query{})
	if err != nil || len(plans) != m.Plans {
		t.Errorf("%d plans, the manifest says %d, %v", len(plans), m.Plans, err)
	}
	for _, p := range plans {
		path, _, err := s.Package(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := os.ReadFile(path); string(text) != "package of "+p.ID {
			t.Errorf("package of %s: %q, %v", p.ID, text, err)
		}
	}
	checks, err := s.ListChecks(ctx, store.Query{})
	if err != nil || len(checks) != m.Checks {
		t.Errorf("%d checks, the manifest says %d, %v", len(checks), m.Checks, err)
	}
	for _, c := range checks {
		if _, err := s.Plan(ctx, c.Plan); err != nil {
			t.Errorf("check %s has no plan: %v", c.ID, err)
		}
		news, err := s.Watch(ctx, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		for c = range news {
		}
		for _, name := range []string{"report.json", "tiles/findings.mvt"} {
			a, err := s.Artifact(ctx, c.ID, name)
			if c.State == store.Cancelled {
				continue
			}
			if err != nil {
				t.Errorf("%s of %+v: %v", name, c, err)
				continue
			}
			if text, err := io.ReadAll(a); string(text) != name+" of "+c.Plan {
				t.Errorf("%s of %s: %q, %v", name, c.ID, text, err)
			}
			a.Close()
		}
	}
	if _, err := s.Plan(ctx, plan); err != nil {
		t.Errorf("a plan that was accepted before is missing: %v", err)
	}
	if _, err := s.Check(ctx, check); err != nil {
		t.Errorf("a check that was accepted before is missing: %v", err)
	}
	entries, err := s.Entries(ctx, store.Query{})
	if err != nil {
		t.Error(err)
	}
	uploads := map[string]bool{}
	for i, e := range entries {
		uploads[e.Object] = uploads[e.Object] || e.What == "upload"
		if i > 0 && e.ID >= entries[i-1].ID {
			t.Errorf("entry %s comes after %s", entries[i-1].ID, e.ID)
		}
	}
	for _, p := range plans {
		if !uploads[p.ID] {
			t.Errorf("the trail does not know of %s", p.ID)
		}
	}
	cancel()
	group.Wait()
}

// archive is a backup of one's own making.
func archive(t *testing.T, manifest any, entries ...tar.Header) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	text, ok := manifest.(string)
	if !ok {
		b, err := json.Marshal(manifest)
		if err != nil {
			t.Fatal(err)
		}
		text = string(b)
	}
	write := func(h tar.Header, text string) {
		if h.Typeflag == 0 {
			h.Size = int64(len(text))
		}
		h.Mode = 0o600
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if h.Size > 0 {
			if _, err := io.WriteString(w, text); err != nil {
				t.Fatal(err)
			}
		}
	}
	write(tar.Header{Name: manifestName}, text)
	for _, h := range entries {
		write(h, "[]")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestHostileBackup: what is no backup of ours, or more than it says, is refused
// in words, nothing of it is written outside, and the directory stays as it was.
func TestHostileBackup(t *testing.T) {
	sum := sha256.Sum256([]byte("[]"))
	file := func(name string, size int64) SavedFile {
		return SavedFile{name, size, hex.EncodeToString(sum[:])}
	}
	listing := func(files ...SavedFile) Manifest { return Manifest{Format: 1, Files: files} }
	entry := func(name string) tar.Header { return tar.Header{Name: name} }
	token := file(tokensFile, 2)
	wrong := token
	wrong.SHA256 = strings.Repeat("0", 64)
	valid := archive(t, listing(token), entry(tokensFile))
	cases := map[string][]byte{
		"nothing":             nil,
		"no archive":          []byte("PK\x03\x04 a zip or whatever"),
		"no manifest":         archive(t, "", entry(tokensFile)),
		"another format":      archive(t, Manifest{Format: 2}),
		"a newer manifest":    archive(t, `{"format": 1, "secrets": []}`),
		"an unlisted file":    archive(t, listing(), entry(tokensFile)),
		"a file more":         archive(t, listing(token), entry(tokensFile), entry("plans/a/plan.json")),
		"a file less":         archive(t, listing(token)),
		"another size":        archive(t, listing(file(tokensFile, 3)), entry(tokensFile)),
		"another content":     archive(t, listing(wrong), entry(tokensFile)),
		"a link":              archive(t, listing(token), tar.Header{Name: tokensFile, Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}),
		"a hard link":         archive(t, listing(token), tar.Header{Name: tokensFile, Typeflag: tar.TypeLink, Linkname: "/etc/passwd"}),
		"a device":            archive(t, listing(token), tar.Header{Name: tokensFile, Typeflag: tar.TypeChar}),
		"a FIFO":              archive(t, listing(token), tar.Header{Name: tokensFile, Typeflag: tar.TypeFifo}),
		"a directory":         archive(t, listing(token), tar.Header{Name: "plans/", Typeflag: tar.TypeDir}),
		"more than disks":     archive(t, listing(file(tokensFile, 1<<62))),
		"sizes that overflow": archive(t, listing(file(tokensFile, 1<<62), file(auditFile, 1<<62))),
		"a negative size":     archive(t, listing(file(tokensFile, -1))),
		"cut short":           valid[:len(valid)/2],
	}
	for _, name := range []string{"../escaped", "/etc/escaped", "plans/../../escaped", "plans/a/../../../escaped", `plans\a\b`, "plans/a/b/c", "plans/.a/plan.json",
		"checks/a/.run/report.json", "checks/a/files/../../../../escaped", "checks/a/files", "lock", "restoring", "cache/x", "audit-../x.jsonl", "plans//plan.json", "plans/a/.hidden", ""} {
		cases["name "+name] = archive(t, listing(file(name, 2)), entry(name))
	}
	for name, text := range cases {
		where := t.TempDir()
		for _, there := range []bool{false, true} {
			dir := filepath.Join(where, "data")
			if there {
				if err := os.Mkdir(dir, 0o700); err != nil {
					t.Fatal(err)
				}
			}
			_, err := Restore(t.Context(), bytes.NewReader(text), int64(len(text)), dir)
			if f, ok := geo.AsInputError(err); !ok || f.Message.ZH == "" || f.Advice.EN == "" {
				t.Errorf("%s: %v", name, err)
			}
			left, _ := filepath.Glob(filepath.Join(dir, "*"))
			hidden, _ := filepath.Glob(filepath.Join(dir, ".*"))
			if _, err := os.Stat(dir); (err == nil) != there || len(left)+len(hidden) > 0 {
				t.Errorf("%s: the directory is there: %v, holding %q %q", name, err, left, hidden)
			}
			os.RemoveAll(dir)
		}
		if left, _ := filepath.Glob(filepath.Join(where, "*")); len(left) > 0 {
			t.Errorf("%s: wrote %q", name, left)
		}
	}
	if _, err := Restore(t.Context(), bytes.NewReader(valid), int64(len(valid)), filepath.Join(t.TempDir(), "data")); err != nil {
		t.Errorf("the same that is as it should be: %v", err)
	}
}

// TestRestoreRefuses: a directory that holds something is not touched, one of
// which a restore was interrupted serves nobody.
func TestRestoreRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Restore(t.Context(), bytes.NewReader(nil), 0, dir)
	if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Message.EN, "not empty") {
		t.Errorf("a directory in use: %v", err)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "mine.txt")); string(text) != "mine" {
		t.Errorf("it now holds %q", text)
	}
	if err := os.WriteFile(filepath.Join(dir, restoring), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Open(dir, nil, Options{})
	if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Message.EN, "did not end") {
		t.Errorf("half restored: %v", err)
	}
	if _, err := Backup(t.Context(), t.TempDir(), t.TempDir(), io.Discard); err == nil {
		t.Error("a directory that is no store's is saved")
	}
}

func FuzzRestore(f *testing.F) {
	f.Add([]byte("manifest"))
	f.Fuzz(func(t *testing.T, text []byte) {
		dir := filepath.Join(t.TempDir(), "data")
		if _, err := Restore(t.Context(), bytes.NewReader(text), int64(len(text)), dir); err != nil {
			if _, ok := geo.AsInputError(err); !ok {
				t.Errorf("%v", err)
			}
			if exists(dir) {
				t.Error("something is left")
			}
		}
	})
}
