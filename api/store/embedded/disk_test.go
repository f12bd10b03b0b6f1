package embedded

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/geo"
)

func opened(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestTwoServers: a directory is one server's; the other is told by whom it is
// used, and gets it once that one has ended.
func TestTwoServers(t *testing.T) {
	dir := t.TempDir()
	first := opened(t, dir)
	_, err := Open(dir, nil, Options{})
	if f, ok := geo.AsInputError(err); !ok || f.File != dir || !strings.Contains(f.Advice.EN, "--database") || f.Message.ZH == "" {
		t.Errorf("a second server: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	opened(t, dir)
}

// TestCutOff: what a crash left half-written is gone after the next start, and
// what was whole is there.
func TestCutOff(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	for _, what := range []string{"one", "two"} {
		if err := s.Record(t.Context(), store.Entry{Who: "张三", What: what}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	audit := filepath.Join(dir, auditFile)
	whole, err := os.ReadFile(audit)
	if err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(dir, plansDir, unfinished+"123")
	if err := os.Mkdir(half, 0o700); err != nil {
		t.Fatal(err)
	}
	for cut := 1; cut < 40; cut += 13 {
		if err := os.WriteFile(audit, append(bytes.Clone(whole), whole[:cut]...), 0o600); err != nil {
			t.Fatal(err)
		}
		s := opened(t, dir)
		got, err := s.Entries(t.Context(), store.Query{})
		if err != nil || len(got) != 2 || got[0].What != "two" {
			t.Errorf("%+v, %v", got, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if now, err := os.ReadFile(audit); err != nil || !bytes.Equal(now, whole) {
			t.Errorf("the trail is %q, %v", now, err)
		}
	}
	if _, err := os.Stat(half); !os.IsNotExist(err) {
		t.Errorf("half an upload is still there: %v", err)
	}
}

// TestReadyAgain: a server that could not write is ready once it can again,
// also where it was sent nothing to write meanwhile.
func TestReadyAgain(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	tokens := filepath.Join(dir, tokensFile)
	if err := os.Mkdir(tokens, 0o700); err != nil { // no file takes its place
		t.Fatal(err)
	}
	if err := s.AddToken(t.Context(), store.Token{ID: "a", Hash: "a"}); err == nil {
		t.Fatal("a directory was overwritten")
	}
	if err := os.Remove(tokens); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("it can write, and is not ready: %v", err)
	}
	checks := filepath.Join(dir, checksDir)
	if err := os.Rename(checks, checks+"-away"); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err == nil {
		t.Error("its directory is gone, and it is ready")
	}
	if err := os.Rename(checks+"-away", checks); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("its directory is back, and it is not ready: %v", err)
	}
	if left, err := os.ReadDir(checks); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

// TestDamaged: files that somebody else wrote are an input error that names them,
// never a panic and never forgotten.
func TestDamaged(t *testing.T) {
	for _, c := range []struct{ file, text string }{
		{tokensFile, "{"}, {tokensFile, `[{"id": 7}]`}, {tokensFile, `[{"id": "a", "newer": true}]`},
		{plansDir + "/abc/" + planFile, ""}, {plansDir + "/abc/" + planFile, `{"id": "other"}`}, {plansDir + "/abc/" + planFile, `{"id": "abc", "file": "../../x"}`},
		{plansDir + "/abc/" + planFile, `{"id": "abc", "file": "gone.zip"}`},
		{checksDir + "/abc/" + checkFile, "null"}, {checksDir + "/abc/" + checkFile, `{"id": "abc", "state": 3}`},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, filepath.FromSlash(c.file))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(dir, nil, Options{})
		if err == nil {
			s.Close()
		}
		if f, ok := geo.AsInputError(err); !ok || f.File != path || f.Advice.ZH == "" {
			t.Errorf("%s %s: %v", c.file, c.text, err)
		}
		os.Remove(path) // and the lock is free again
		os.RemoveAll(filepath.Join(dir, plansDir))
		os.RemoveAll(filepath.Join(dir, checksDir))
		opened(t, dir)
	}
}

// FuzzBackward: reading a trail from its end gives its whole lines, last first.
func FuzzBackward(f *testing.F) {
	f.Add([]byte("one\ntwo\nhalf"))
	f.Add([]byte("\n\n"))
	f.Add(append(bytes.Repeat([]byte("x"), chunk+5), '\n', 'y', '\n'))
	f.Fuzz(func(t *testing.T, text []byte) {
		lines := bytes.SplitAfter(text, []byte("\n"))
		lines = lines[:len(lines)-1] // what follows the last newline
		end := len(bytes.Join(lines, nil))
		i := len(lines)
		for line, err := range reverseLines(bytes.NewReader(text), int64(len(text))) {
			if i--; err != nil || i < 0 || !bytes.Equal(append(bytes.Clone(line.text), '\n'), lines[i]) || line.end != int64(end) {
				t.Fatalf("line %d is %q ending at %d, %v", i, line.text, line.end, err)
			}
			end -= len(lines[i])
		}
		if i != 0 {
			t.Errorf("%d lines were not read", i)
		}
	})
}
