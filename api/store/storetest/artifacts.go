package storetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"landcheck/api/store"
)

func artifactTests() []test {
	return []test{
		{name: "read back", run: artifactsBack},
		{name: "no way out", run: artifactsConfined},
		{name: "seek", run: artifactsSeek},
	}
}

// artifact compares a file that a run left.
func (r *fixture) artifact(id, name, want string) {
	r.Helper()
	a, err := r.Artifact(r.Context(), id, name)
	if err != nil {
		r.Errorf("artifact %q: %v", name, err)
		return
	}
	defer a.Close()
	got, err := io.ReadAll(a)
	if err != nil || string(got) != want || a.Size() != int64(len(want)) {
		r.Errorf("artifact %q holds %d bytes of %d, %v", name, len(got), len(want), err)
	}
}

// leaving is a run that leaves files.
func leaving(files map[string]string) store.Run {
	return func(_ context.Context, t store.Task) (store.Outcome, error) {
		for name, text := range files {
			path := filepath.Join(t.Dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				return store.Outcome{}, err
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				return store.Outcome{}, err
			}
		}
		return store.Outcome{}, nil
	}
}

// random bytes, the same every time.
func random(n int) string {
	b := make([]byte, n)
	g := rand.NewChaCha8([32]byte{1})
	g.Read(b)
	return string(b)
}

func artifactsBack(r *fixture) {
	files := map[string]string{
		"report.json": `{"verdict":"compliant"}`, "empty": "", "图/地图.json": "地图", "deep/er/still": "x",
		"exact": random(2 << 20), "large.bin": random(3<<20 + 17), "-rf": "odd", "a b'c;d": "odd too",
	}
	c := r.check(r.plan("150123", "a"))
	for name := range files {
		_, err := r.Artifact(r.Context(), c.ID, name) // not yet
		r.is(err, store.ErrNotFound)
	}
	stop := r.work(1, 0, leaving(files))
	r.ended(c.ID)
	var all sync.WaitGroup
	for range 4 {
		for name, text := range files {
			all.Go(func() { r.artifact(c.ID, name, text) })
		}
	}
	all.Wait()
	stop()
	r.reopen()
	for name, text := range files {
		r.artifact(c.ID, name, text)
	}
}

// artifactsConfined: no name, and no link that a run left, leads elsewhere.
func artifactsConfined(r *fixture) {
	secret := filepath.Join(r.TempDir(), "secret")
	r.must(os.WriteFile(secret, []byte("secret"), 0o600))
	c := r.check(r.plan("150123", "a"))
	r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		return store.Outcome{}, errors.Join(
			os.Symlink(secret, filepath.Join(t.Dir, "link")),
			os.Symlink(filepath.Dir(secret), filepath.Join(t.Dir, "dir")),
			os.Mkdir(filepath.Join(t.Dir, "sub"), 0o700),
			os.WriteFile(filepath.Join(t.Dir, "sub", "x"), []byte("x"), 0o600))
	})
	if got := r.ended(c.ID); got.State != store.Done {
		r.Fatalf("check %+v", got)
	}
	for _, name := range []string{
		"", ".", "..", "/", "sub", "sub/", "nothing", "../check.json", "../../plans", "sub/../../check.json", "/etc/passwd", secret,
		"link", "dir/secret", "x\x00y", "sub/x\x00", `..\check.json`, strings.Repeat("a", 5000), strings.Repeat("a", 600), "sub/x/x", "\xff\xfe",
	} {
		a, err := r.Artifact(r.Context(), c.ID, name)
		if err == nil {
			text, _ := io.ReadAll(a)
			a.Close()
			r.Errorf("%q opens %q", name, text)
		} else if !errors.Is(err, store.ErrNotFound) {
			r.Errorf("%q: %v", name, err)
		}
	}
	_, err := r.Artifact(r.Context(), "../"+c.ID, "sub/x")
	r.is(err, store.ErrNotFound)
	r.artifact(c.ID, "sub/x", "x")
}

// artifactsSeek: parts of a file, as a browser asks for them.
func artifactsSeek(r *fixture) {
	want := random(2<<20 + 100)
	c := r.check(r.plan("150123", "a"))
	r.work(1, 0, leaving(map[string]string{"f": want}))
	r.ended(c.ID)
	a, err := r.Artifact(r.Context(), c.ID, "f")
	r.must(err)
	defer a.Close()
	g := rand.New(rand.NewPCG(1, 2))
	memory := bytes.NewReader([]byte(want))
	for range 200 {
		whence := g.IntN(3)
		offset := g.Int64N(int64(len(want))+1000) - []int64{0, int64(len(want)) / 2, int64(len(want))}[whence]
		at, err := memory.Seek(offset, whence)
		got, gotErr := a.Seek(offset, whence)
		if (err == nil) != (gotErr == nil) || err == nil && got != at {
			r.Fatalf("seek %d, %d: %d, %v; want %d, %v", offset, whence, got, gotErr, at, err)
		}
		n := g.IntN(5000)
		if g.IntN(10) == 0 {
			n = 1 << 21
		}
		p, q := make([]byte, n), make([]byte, n)
		m, err := io.ReadFull(memory, p)
		k, gotErr := io.ReadFull(a, q)
		if m != k || err != gotErr || !bytes.Equal(p[:m], q[:k]) {
			r.Fatalf("at %d: %d bytes, %v; want %d, %v", at, k, gotErr, m, err)
		}
	}
}
