package process

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"landcheck/rules/sample"
)

// TestSameReport: whichever way a plan goes, the same report to the byte; only
// base.source tells a database from files.
func TestSameReport(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	directory := start(t, "serve", "--base", base(t), "--listen", "127.0.0.1:0")
	database := start(t, "serve", "--database", url, "--listen", "127.0.0.1:0")
	seen := map[string]bool{}
	for i, p := range sample.Plans() {
		t.Run(p.File, func(t *testing.T) {
			path := plan(t, strings.TrimSuffix(p.File, ".zip"))
			want := landcheck(t, "check", path, "--base", base(t), "--format", "json").stdout
			if got := directory.report(directory.order(directory.upload(path), "30")); got != want {
				t.Errorf("served from a directory: %d bytes, the command gives %d", len(got), len(want))
			}
			got := database.report(database.order(database.upload(path), "30"))
			if fromFiles(got) != want || !strings.Contains(got, `"source": "postgis"`) {
				t.Errorf("served from a database: %d bytes, the command gives %d", len(got), len(want))
			}
			if i%3 == 1 { // the second of them fails
				if command := landcheck(t, "check", path, "--base", url, "--format", "json").stdout; command != got {
					t.Errorf("the command from the database: %d bytes, the service %d", len(command), len(got))
				}
			}
			seen[p.Verdict] = true
		})
	}
	if len(seen) < 2 {
		t.Errorf("verdicts seen: %v", seen)
	}
}

// TestServeFromDirectory: one command, a plan, a verdict; after a restart all
// of it is still there.
func TestServeFromDirectory(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	args := []string{"serve", "--base", "150123=" + base(t), "--data", data, "--listen", "127.0.0.1:0", "--lang", "en"}
	first := start(t, args...)
	c := first.order(first.upload(plan(t, "02-over-five-percent")), "30")
	for _, want := range []string{"landcheck serves at http://127.0.0.1:", data, "150123", "only this machine"} {
		if !strings.Contains(first.stdout.String(), want) {
			t.Errorf("greets without %q: %s", want, first.stdout.String())
		}
	}
	report := first.report(c)
	if c.Verdict != "violations" || c.Attempt != 1 {
		t.Errorf("check %+v", c)
	}
	second := landcheck(t, args...)
	if second.status != 2 || !strings.Contains(second.stderr, "in use by another process") {
		t.Errorf("a second server on the same data: %+v", second)
	}
	first.signal(syscall.SIGTERM)
	if status := first.wait(patience); status != 0 {
		t.Fatalf("SIGTERM: status %d\n%s", status, first.stderr.String())
	}
	logged(t, first, "started", "request", "check done", "draining", "stopped")
	if report != start(t, args...).report(c) {
		t.Error("the report is another after a restart")
	}
}

// TestKilledServer: a server that dies with checks in its hands makes them
// after its next start, each once.
func TestKilledServer(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	args := []string{"serve", "--base", base(t), "--data", data, "--listen", "127.0.0.1:0", "--workers", "1"}
	path := plan(t, "02-over-five-percent")
	first := start(t, args...)
	at := first.upload(path)
	var ids []string
	for range 8 {
		ids = append(ids, first.order(at, "0").ID)
	}
	first.until(ids[0], "done")
	first.signal(syscall.SIGKILL)
	first.wait(patience)
	second := start(t, args...)
	want := landcheck(t, "check", path, "--base", base(t), "--format", "json").stdout
	interrupted := 0
	for _, id := range ids {
		c := second.until(id, "done")
		if second.report(c) != want {
			t.Errorf("check %+v has another report", c)
		}
		interrupted += c.Interrupted
	}
	if interrupted > 1 {
		t.Errorf("%d checks were begun twice, one at a time", interrupted)
	}
	if list := string(second.get("/v1/checks")); strings.Count(list, `"state":"done"`) != len(ids) {
		t.Errorf("checks after the restart: %s", list)
	}
}

// logged holds the log to be JSON, line by line, with these messages.
func logged(t *testing.T, p *process, want ...string) {
	t.Helper()
	seen := map[string]bool{}
	for line := range strings.Lines(p.stderr.String()) {
		var entry struct{ Time, Level, Msg string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil || entry.Time == "" || entry.Level == "" {
			t.Errorf("no line of a log: %q", line)
		}
		seen[entry.Msg] = true
	}
	for _, message := range want {
		if !seen[message] {
			t.Errorf("the log lacks %q: %s", message, p.stderr.String())
		}
	}
}

// TestSettings: flag before environment before file, as for every command.
func TestSettings(t *testing.T) {
	t.Parallel()
	config := filepath.Join(t.TempDir(), "serve.conf")
	text := "# what the service takes\nbase 150123=" + base(t) + "\nmax-upload 1KiB\nlisten 127.0.0.1:0\nlog-level error\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	small := start(t, "serve", "--config", config)
	whole := must[[]byte](t)(os.ReadFile(plan(t, "01-compliant")))
	refused := small.ask("POST", "/v1/plans", whole, "Content-Type", "application/zip")
	if refused.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a limit from a file: %d %s", refused.status, refused.body)
	}
	if small.stderr.String() != "" {
		t.Errorf("log level error: %s", small.stderr.String())
	}
	if bare := start(t, "serve", "--listen", "127.0.0.1:0", "--lang", "en").stdout.String(); !strings.Contains(bare, "no base data yet") || strings.Contains(small.stdout.String(), "没有底图") {
		t.Errorf("without base data it says %s", bare)
	}
	cmd := command(t, "serve", "--config", config)
	cmd.Env = append(cmd.Env, "LANDCHECK_MAX_UPLOAD=1MiB")
	launch(t, cmd).upload(plan(t, "01-compliant"))
}

// TestLimits: each limit of a package is a flag, and what it says is clear.
func TestLimits(t *testing.T) {
	t.Parallel()
	small, dense := must[[]byte](t)(os.ReadFile(plan(t, "01-compliant"))), packed(t)
	for flag, value := range map[string]string{
		"--max-unpacked": "10KiB", "--max-entry": "1KiB", "--max-entries": "2", "--max-ratio": "5", "--max-features": "5", "--max-vertices": "50",
	} {
		p := start(t, "serve", "--base", base(t), "--listen", "127.0.0.1:0", flag, value)
		a := p.ask("POST", "/v1/plans", small, "Content-Type", "application/zip", "Accept-Language", "en")
		if flag == "--max-ratio" {
			a = p.ask("POST", "/v1/plans", dense, "Content-Type", "application/zip", "Accept-Language", "en")
			if !strings.Contains(string(a.body), "5 times its size") {
				t.Errorf("%s %s: %s", flag, value, a.body)
			}
		}
		var problem struct{ Type, Detail, Advice string }
		if err := json.Unmarshal(a.body, &problem); err != nil || a.status/100 != 4 || problem.Detail == "" || problem.Advice == "" {
			t.Errorf("%s %s: %d %s", flag, value, a.status, a.body)
		}
		t.Log(flag, value, a.status, problem.Detail, "|", problem.Advice)
		p.signal(syscall.SIGKILL)
	}
}

// packed is a zip of 12 MiB in a thirtieth of the room, which the default
// allows: ratios count from 10 MiB on.
func packed(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w := must[io.Writer](t)(z.Create("ZZQY.shp"))
	noise := rand.New(rand.NewPCG(1, 2))
	block := make([]byte, 1024)
	for range 12 << 10 {
		for i := range 20 {
			block[i] = byte(noise.Uint32())
		}
		if _, err := w.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
