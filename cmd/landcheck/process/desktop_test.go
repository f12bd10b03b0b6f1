package process

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestOpen: serve --open opens the page of a service that keeps everything in the
// user's own directory; a second one opens that page again and ends; a second
// user's has another port. The log is beside the data.
func TestOpen(t *testing.T) {
	t.Parallel()
	viewer := newViewer(t)
	first := viewer.open("--metrics-listen", "none")
	if got := viewer.opened(1); got != first.url+"/" {
		t.Errorf("opened %s of %s", got, first.url)
	}
	for _, want := range []string{"要停止", "To stop it", viewer.data, first.url} {
		if !strings.Contains(first.stdout.String(), want) {
			t.Errorf("no %q in\n%s", want, first.stdout.String())
		}
	}
	page, err := http.Get(first.url)
	if err != nil || page.StatusCode != http.StatusOK {
		t.Fatal(page, err)
	}
	page.Body.Close()
	if out, err := viewer.command().Output(); err != nil || !strings.Contains(string(out), "runs already; its page: "+first.url) {
		t.Errorf("a second one: %v\n%s", err, out)
	}
	if got := viewer.opened(2); got != first.url+"/" {
		t.Errorf("the second opened %s", got)
	}
	other := newViewer(t)
	if another := other.open("--metrics-listen", "none"); another.url == first.url {
		t.Error("two services at one address")
	}
	if log, err := os.ReadFile(filepath.Join(viewer.data, "landcheck.log")); err != nil || !strings.Contains(string(log), `"msg":"started"`) {
		t.Errorf("log: %s, %v", log, err)
	}
	if errs := first.stderr.String(); errs != "" {
		t.Errorf("in the window: %s", errs)
	}
	first.signal(syscall.SIGINT)
	if status := first.wait(10 * time.Second); status != 0 {
		t.Errorf("status %d", status)
	}
	if _, err := os.Stat(filepath.Join(viewer.data, "address")); !os.IsNotExist(err) {
		t.Errorf("the address is still there: %v", err)
	}
}

// TestNoBrowser: where none opens the address is told, and the service goes on.
func TestNoBrowser(t *testing.T) {
	t.Parallel()
	cmd := command(t, "serve", "--open", "--metrics-listen", "none", "--data", filepath.Join(t.TempDir(), "data"), "--listen", "127.0.0.1:0")
	cmd.Env = append(cmd.Env, "PATH=")
	p := launch(t, cmd)
	if !happens(func() bool { return strings.Contains(p.stdout.String(), "open "+p.url+"/ in it yourself") }) {
		t.Error(p.stdout.String())
	}
}

// viewer is a user with a browser that writes down what it is to open.
type viewer struct {
	t             *testing.T
	home, data    string
	pages, opener string
}

func newViewer(t *testing.T) *viewer {
	home := t.TempDir()
	d := &viewer{t: t, home: home, data: filepath.Join(home, "landcheck"), pages: filepath.Join(home, "pages"), opener: filepath.Join(home, "bin")}
	if err := os.Mkdir(d.opener, 0o700); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\necho \"$1\" >> '" + d.pages + "'\n"
	if err := os.WriteFile(filepath.Join(d.opener, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *viewer) open(args ...string) *process { return launch(d.t, d.command(args...)) }

func (d *viewer) command(args ...string) *exec.Cmd {
	cmd := command(d.t, append([]string{"serve", "--open"}, args...)...)
	cmd.Env = append(cmd.Env, "XDG_DATA_HOME="+d.home, "PATH="+d.opener+":"+os.Getenv("PATH"))
	return cmd
}

// opened is the n-th page that was opened.
func (d *viewer) opened(n int) string {
	var lines []string
	if !happens(func() bool {
		text, _ := os.ReadFile(d.pages)
		lines = strings.Fields(string(text))
		return len(lines) >= n
	}) {
		d.t.Fatalf("%d pages were opened, not %d", len(lines), n)
	}
	return lines[n-1]
}
