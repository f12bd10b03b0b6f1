// Package pdf prints pages as PDF by a browser that is installed: Chromium or
// Chrome, without a window.
package pdf

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"landcheck/geo"
)

// names are those of the browser, the usual one first.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// most is how long a page may take.
const most = 2 * time.Minute

// Browser finds the browser; a *geo.InputError says what to install where there
// is none.
func Browser() (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", &geo.InputError{
		Message: geo.Text{ZH: "输出 PDF 需要 Chromium 或 Chrome，这台机器上没有", EN: "PDF takes Chromium or Chrome, and this machine has neither"},
		Advice: geo.Text{ZH: "请安装 chromium（Debian：apt-get install chromium），或不用 PDF：SVG、HTML 可在任何浏览器中打开并打印",
			EN: "Install chromium (Debian: apt-get install chromium), or do without PDF: any browser opens and prints SVG and HTML"},
	}
}

// Print prints a page of HTML, whose style says the size of the paper (@page).
// Nothing is fetched from outside. The same page, browser and fonts give the same
// bytes: the PDF bears no time.
func Print(ctx context.Context, browser string, page []byte) ([]byte, error) {
	dir, err := os.MkdirTemp("", "landcheck-*")
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf")
	if err := os.WriteFile(in, page, 0o600); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	cmd := exec.CommandContext(ctx, browser, append(options(filepath.Join(dir, "profile"), out), "file://"+filepath.ToSlash(in))...)
	cmd.WaitDelay = 5 * time.Second
	if said, err := cmd.CombinedOutput(); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("pdf: %w", ctx.Err())
		}
		return nil, fmt.Errorf("pdf: %s: %w: %.500s", browser, err, said)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return nil, fmt.Errorf("pdf: %s wrote nothing: %w", browser, err)
	}
	return timeless(data), nil
}

// options are the browser's own.
func options(profile, out string) []string {
	names := []string{"headless", "disable-gpu", "no-first-run", "disable-extensions", "host-resolver-rules=MAP * ~NOTFOUND",
		"user-data-dir=" + profile, "no-pdf-header-footer", "print-to-pdf-no-header", "print-to-pdf=" + out}
	if os.Geteuid() == 0 { // its sandbox is not for root
		names = append(names, "no-sandbox")
	}
	for i, name := range names {
		names[i] = "--" + name
	}
	return names
}

var dates = regexp.MustCompile(`/(CreationDate|ModDate) \(D:\d{14}`)

// timeless puts one time in place of those in a PDF's information, in as many
// bytes, so that the places of its objects stay right.
func timeless(data []byte) []byte {
	return dates.ReplaceAllFunc(data, func(found []byte) []byte {
		return append(found[:len(found)-14:len(found)-14], "20000101000000"...)
	})
}
