package chromium

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"landcheck/geo"
)

func browser(t *testing.T) string {
	t.Helper()
	path, err := Find("")
	if err != nil {
		t.Skipf("no browser: %v", err)
	}
	return path
}

const page = `<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><title>报告</title><style>@page{size:A4}</style><h1>报告</h1><p>调出 418,227.92 m²<table><tr><th>a<th>b<tr><td>1<td>2</table><script>document.write('<p>'+1/3)</script>`

// Two runs give the same bytes, whose day is the caller's, and nothing is left
// behind.
func TestPDF(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	p := Page{HTML: []byte(page), Program: browser(t), Day: "2026-11-30"}
	first, err := PDF(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(1100 * time.Millisecond) // another second of the clock
	second, err := PDF(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("two runs differ")
	}
	if n := bytes.Count(first, []byte("(D:20261130000000+00'00')")); n != 2 {
		t.Errorf("the day stands %d times", n)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// The page can ask nobody for anything, by name or by address.
func TestNoNetwork(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}))
	defer server.Close()
	byName := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	curious := `<script>fetch('` + server.URL + `/a')</script><img src="` + server.URL + `/b"><iframe src="` + byName + `/c"></iframe><link rel=stylesheet href="` + byName + `/d"><p>asked`
	if _, err := PDF(t.Context(), Page{HTML: []byte(curious), Program: browser(t)}); err != nil {
		t.Fatal(err)
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("it asked %d times", n)
	}
}

// A browser ends with whoever gave up, with all that it started.
func TestCancelled(t *testing.T) {
	dir := t.TempDir()
	slow := script(t, dir, "sleep 60 & echo $! > "+dir+"/pid; sleep 60")
	ctx, cancel := context.WithTimeout(t.Context(), 700*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := PDF(ctx, Page{Program: slow}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(start); took > 2500*time.Millisecond {
		t.Errorf("took %v", took)
	}
	pid, err := os.ReadFile(filepath.Join(dir, "pid"))
	if err != nil {
		t.Skip("it had not begun")
	}
	for range 50 {
		if state, err := os.ReadFile("/proc/" + strings.TrimSpace(string(pid)) + "/stat"); err != nil || strings.Contains(string(state), ") Z ") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("what it started still runs")
}

func script(t *testing.T, dir, body string) string {
	t.Helper()
	path := filepath.Join(dir, "browser")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// A browser that prints nothing, or something else, is told of in its own words.
func TestFailures(t *testing.T) {
	for body, want := range map[string]string{
		"echo 'x' >&2; echo '[1:1:FATAL:zygote.cc(1)] No usable sandbox!' >&2; echo trace >&2; exit 1": "No usable sandbox!",
		"exit 0": "no PDF",
		`for a; do case "$a" in --print-to-pdf=*) echo hello > "${a#*=}";; esac; done`: "no PDF",
	} {
		_, err := PDF(t.Context(), Page{Program: script(t, t.TempDir(), body)})
		if e, ok := geo.AsInputError(err); !ok || !strings.Contains(e.Message.EN, want) || e.Advice.ZH == "" {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// Secrets of the process are none of the browser's business.
func TestEnvironment(t *testing.T) {
	t.Setenv("LANDCHECK_DATABASE", "postgres://user:secret@host/x")
	for _, s := range environment("/d") {
		if strings.Contains(s, "secret") {
			t.Error(s)
		}
	}
}

func TestFind(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Find(""); err == nil {
		t.Log("a browser stands where systems keep it")
	} else if e, ok := geo.AsInputError(err); !ok || !strings.Contains(e.Advice.EN, "LANDCHECK_CHROMIUM") || !strings.Contains(e.Advice.ZH, "apt-get install chromium") {
		t.Errorf("%v", err)
	}
	if _, err := Find("no-such-browser"); err == nil {
		t.Error("found what is not there")
	}
	named := script(t, t.TempDir(), "exit 0")
	if got, err := Find(named); err != nil || got != named {
		t.Errorf("%s, %v", got, err)
	}
}

// The day takes the clock's place and names are numbered anew, in their order,
// without moving a byte after them.
func TestSettled(t *testing.T) {
	pdf := []byte("%PDF-1.4 /CreationDate (D:20261201123115+00'00')\n/ModDate (D:20261201123115-05'00')>> /ID (node00000309) /ID (node00000307) [(node00000307) (node00000309)] (D:1)")
	got := settled(pdf, "")
	want := "%PDF-1.4 /CreationDate (D:20000101000000+00'00')\n/ModDate (D:20000101000000+00'00')>> /ID (node00000002) /ID (node00000001) [(node00000001) (node00000002)] (D:1)"
	if len(got) != len(pdf) || string(got) != want {
		t.Errorf("%s", got)
	}
}
