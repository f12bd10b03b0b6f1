package chromium

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"landcheck/geo"
	"landcheck/geo/outfile"
)

// ErrUnprinted is in every error of this package but the caller's own end: there
// is no browser, or it did not print.
var ErrUnprinted = errors.New("nothing was printed")

// Page is a page to be printed.
type Page struct {
	HTML    []byte
	Program string // of the browser, as Find gives it
	Day     string // that the PDF says it was made on, as 2026-11-30; "" is 2000-01-01
}

// limit is how long a page may take: some seconds are usual.
const limit = 2 * time.Minute

// PDF prints a page. The error is ctx's where that ended, a *geo.InputError
// where the browser did not print.
func PDF(ctx context.Context, p Page) ([]byte, error) {
	dir, err := os.MkdirTemp("", "landcheck-print-")
	if err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	defer outfile.RemoveAll(dir)
	page, made := filepath.Join(dir, "report.html"), filepath.Join(dir, "report.pdf")
	if err := os.WriteFile(page, p.HTML, 0o600); err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	said, err := run(timed, p.Program, arguments(dir, page, made), dir)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if timed.Err() != nil {
		return nil, failed(p.Program, geo.Textf("%v 内没有打印完", "it had not printed after %v", limit), timed.Err())
	}
	data, readErr := os.ReadFile(made)
	if err != nil || readErr != nil || !bytes.HasPrefix(data, []byte("%PDF-")) {
		return nil, failed(p.Program, printedNothing(lastWords(said)), errors.Join(err, readErr))
	}
	return settled(data, p.Day), nil
}

// arguments of the browser. It prints one file and asks the network for nothing:
// neither by itself, nor for the page, to which every host is unknown.
func arguments(dir, page, made string) []string {
	switches := []string{
		"headless", "disable-gpu", "no-pdf-header-footer", "print-to-pdf=" + made,
		"user-data-dir=" + filepath.Join(dir, "profile"), "no-first-run", "no-default-browser-check", "disable-extensions", "disable-default-apps",
		"disable-background-networking", "disable-component-update", "disable-sync", "disable-domain-reliability", "disable-breakpad", "disable-crash-reporter",
		"host-resolver-rules=MAP * ~NOTFOUND", "proxy-server=http://127.0.0.1:9", "disable-dev-shm-usage", "renderer-process-limit=1",
		"force-color-profile=srgb", "font-render-hinting=none", "mute-audio", "password-store=basic",
	}
	if os.Geteuid() == 0 { // it refuses its sandbox to root; nobody else goes without
		switches = append(switches, "no-sandbox")
	}
	var list []string
	for _, s := range switches {
		list = append(list, "--"+s)
	}
	return append(list, "file://"+filepath.ToSlash(absolute(page)))
}

// absolute is a path as an address has it: with a slash before the letter of a
// drive.
func absolute(path string) string {
	if filepath.VolumeName(path) != "" {
		return "/" + path
	}
	return path
}

// environment is that of a program which needs no secret: where programs, fonts
// and temporary files are.
func environment(dir string) []string {
	env := []string{"HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "XDG_CACHE_HOME=" + dir, "TMPDIR=" + dir, "TMP=" + dir, "TEMP=" + dir, "LANG=C.UTF-8", "TZ=UTC"}
	for _, name := range []string{"PATH", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "LD_LIBRARY_PATH", "SystemRoot", "SystemDrive", "ProgramFiles", "ProgramFiles(x86)", "ProgramData", "windir"} {
		if value, there := os.LookupEnv(name); there {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// run runs the browser and gives what it said on standard error.
func run(ctx context.Context, program string, args []string, dir string) (string, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	var said tail
	cmd.Stderr, cmd.Env, cmd.Dir = &said, environment(dir), dir
	cmd.WaitDelay = 2 * time.Second
	own(cmd)
	if err := cmd.Start(); err != nil {
		return "", err
	}
	restrain(cmd.Process.Pid)
	err := cmd.Wait()
	sweep(cmd.Process.Pid)
	return string(said.kept), err
}

// tail keeps the end of what is written.
type tail struct{ kept []byte }

func (t *tail) Write(p []byte) (int, error) {
	const most = 8 << 10
	t.kept = append(t.kept, p...)
	t.kept = t.kept[max(0, len(t.kept)-most):]
	return len(p), nil
}

// lastWords are the line in which a browser says why it ends.
func lastWords(said string) string {
	words := ""
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		if strings.Contains(line, "FATAL") || strings.Contains(line, "sandbox") {
			return line
		}
		if line != "" && !strings.Contains(line, "dbus") {
			words = line
		}
	}
	return words
}

// printedNothing is what is told of a browser that ended without a PDF.
func printedNothing(words string) geo.Text {
	if words == "" {
		return geo.Text{ZH: "没有打印出 PDF", EN: "it printed no PDF"}
	}
	return geo.Textf("没有打印出 PDF：%s", "it printed no PDF: %s", words)
}

func failed(program string, what geo.Text, err error) error {
	return &geo.InputError{File: program, Err: errors.Join(ErrUnprinted, err), Message: what,
		Advice: geo.Text{ZH: "看这个浏览器能否运行（容器里可能不许它用沙箱，内存也可能不够），或用 LANDCHECK_CHROMIUM 指明另一个；也可以写网页报告，在浏览器里打印",
			EN: "See whether this browser runs (a container may forbid its sandbox, or lack memory), or name another in LANDCHECK_CHROMIUM; or write the report as a page and print that in a browser"}}
}
