package main

import (
	"archive/zip"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"landcheck/rules/passport"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// A printed report is held to its file: by the code that stands on it, by what a
// phone reads from it, and, where it was signed, by the signature on paper alone.
func TestPaper(t *testing.T) {
	dir, at := sampleDir(t), t.TempDir()
	base, plan := filepath.Join(dir, "base"), filepath.Join(dir, "plans", "02-over-five-percent.zip")
	file := func(name string) string { return filepath.Join(at, name) }
	key, pub := keyPair(t, at, "bureau")
	_, stranger := keyPair(t, at, "stranger")
	if got := landcheck(t, "check", plan, "--base", base, "--quiet", "--key", key, "-o", file("report.json"), "-o", file("report.html")); got.status != exitViolations {
		t.Fatal(got.stderr)
	}
	if got := landcheck(t, "check", filepath.Join(dir, "plans", "01-compliant.zip"), "--base", base, "--quiet", "-o", file("other.json"), "-o", file("other.html")); got.status != exitCompliant {
		t.Fatal(got.stderr)
	}
	code, scan := paperOf(t, file("report.html"))
	otherCode, otherScan := paperOf(t, file("other.html"))
	for name, text := range map[string]string{"scan.txt": scan, "other.txt": otherScan, "forged.txt": strings.Replace(scan, "Ed25519 ", "Ed25519 AAAA", 1), "no.txt": "x"} {
		if err := os.WriteFile(file(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(scan, "150123-2026-02 示例镇") || !strings.Contains(scan, "不符合政策要求") || !strings.Contains(scan, code) || code == otherCode {
		t.Errorf("%s, %s: %q", code, otherCode, scan)
	}
	report := file("report.json")
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{report, "--code", code}, exitCompliant, "they belong together: report, printed report; no signature was verified"},
		{[]string{report, "--code", strings.ToLower(strings.ReplaceAll(code, "-", ""))}, exitCompliant, "they belong together"},
		{[]string{report, "--code", otherCode}, exitViolations, "not the one that bears the code " + otherCode + " (its own is " + code + ")"},
		{[]string{report, "--code", "7K3M"}, exitBadInput, "no short code"},
		{[]string{report, "--scan", file("scan.txt")}, exitCompliant, "they belong together: report, printed report; no signature"},
		{[]string{report, "--scan", file("other.txt")}, exitViolations, "not the one that was printed"},
		{[]string{report, "--scan", file("no.txt")}, exitBadInput, "no.txt"},
		{[]string{report, "--key", pub}, exitCompliant, "report, passport; violations found, signed with Ed25519"}, // which check wrote
		{[]string{report, "--key", pub, "--code", code, "--plan", plan}, exitCompliant, "report, printed report, passport, plan; violations found"},
		{[]string{report, "--key", pub, "--code", otherCode}, exitViolations, "not the one that bears the code"},
		{[]string{report, "--key", pub, "--scan", file("forged.txt")}, exitViolations, "the passport was changed after it was signed"},
		{[]string{report, "--key", stranger, "--scan", file("scan.txt")}, exitViolations, "changed after it was signed"},
		{[]string{file("other.json"), "--key", pub, "--scan", file("other.txt")}, exitBadInput, "bears no signature"},
		{[]string{report, "--code", code, "--plan", plan}, exitBadInput, "go with --key"},
		{[]string{plan, "--code", code}, exitBadInput, "not a JSON report"},
	} {
		got := landcheck(t, append([]string{"verify", "--lang", "en"}, c.args...)...)
		if got.status != c.status || !strings.Contains(got.stdout+got.stderr, c.says) || strings.Count(got.stdout, "\n") > 1 {
			t.Errorf("%q: status %d, %q %q, want %d, %q", c.args, got.status, got.stdout, got.stderr, c.status, c.says)
		}
	}
	// The paper stands for the passport.
	if err := os.Remove(file("report.passport.json")); err != nil {
		t.Fatal(err)
	}
	if got := landcheck(t, "verify", "--lang", "en", report, "--key", pub, "--scan", file("scan.txt"), "--base", base); got.status != exitCompliant || !strings.Contains(got.stdout, "passport, base data; violations found, signed with Ed25519") {
		t.Errorf("%q %q", got.stdout, got.stderr)
	}
	if got := landcheck(t, "check", plan, plan+"x", "--base", base, "--key", key, "--lang", "en"); got.status != exitBadInput || !strings.Contains(got.stderr, "--key signs the report of one plan") {
		t.Error(got.stderr)
	}
	if got := landcheck(t, "check", plan, "--base", base, "--key", key, "--lang", "en", "-o", file("bureau.pem.json")); got.status == exitInternal {
		t.Error(got.stderr)
	}
}

// keyPair writes a pair of keys as files.
func keyPair(t *testing.T, dir, name string) (private, public string) {
	t.Helper()
	private, public = filepath.Join(dir, name+".pem"), filepath.Join(dir, name+".pub")
	if out, err := exec.CommandContext(t.Context(), "openssl", "genpkey", "-algorithm", "ed25519", "-out", private).CombinedOutput(); err != nil {
		t.Skipf("openssl makes no key: %v %s", err, out)
	}
	text, err := os.ReadFile(private)
	if err != nil {
		t.Fatal(err)
	}
	key, err := passport.ReadPrivateKey(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(public, key.Public().PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	return private, public
}

// paperOf is the code on a page, and what its QR code says to a decoder that
// shares nothing with what drew it.
func paperOf(t *testing.T, page string) (code, scan string) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`id="seal-code">([^<]*)<`).FindSubmatch(text)
	drawn := regexp.MustCompile(`class="qr" viewBox="0 0 (\d+) .*<path d="([^"]*)"`).FindSubmatch(text)
	if found == nil || drawn == nil {
		t.Fatal("the page has no code")
	}
	side := 0
	if _, err := fmt.Sscan(string(drawn[1]), &side); err != nil || 34*float64(side-8)/float64(side) < 25 {
		t.Errorf("%d modules: less than 25 mm on paper (%v)", side, err)
	}
	const scale = 4
	picture := image.NewGray(image.Rect(0, 0, side*scale, side*scale))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	for run := range strings.SplitSeq(strings.TrimSuffix(string(drawn[2]), "z"), "z") {
		var x, y, w, back int
		if _, err := fmt.Sscanf(run, "M%d %dh%dv1h-%d", &x, &y, &w, &back); err != nil {
			t.Fatal(err)
		}
		for i := range w * scale * scale {
			picture.SetGray(x*scale+i%(w*scale), y*scale+i/(w*scale), color.Gray{})
		}
	}
	return string(found[1]), scanned(t, picture)
}

func scanned(t *testing.T, picture image.Image) string {
	t.Helper()
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		t.Fatal(err)
	}
	return read.GetText()
}

// The opinion in Word bears the same code and QR code as the page.
func TestPaperInWord(t *testing.T) {
	at := t.TempDir()
	page, opinion := filepath.Join(at, "report.html"), filepath.Join(at, "report.docx")
	landcheck(t, "check", filepath.Join(sampleDir(t), "plans", "02-over-five-percent.zip"), "--base", filepath.Join(sampleDir(t), "base"), "--quiet", "-o", page, "-o", opinion)
	code, scan := paperOf(t, page)
	z, err := zip.OpenReader(opinion)
	must(t, err)
	defer z.Close()
	text, err := fs.ReadFile(z, "word/document.xml")
	must(t, err)
	if !strings.Contains(string(text), code) {
		t.Errorf("%s is not in the opinion", code)
	}
	pictures, err := fs.Glob(z, "word/media/*.png")
	if err != nil || len(pictures) != 1 {
		t.Fatal(pictures, err)
	}
	file, err := z.Open(pictures[0])
	must(t, err)
	defer file.Close()
	picture, err := png.Decode(file)
	must(t, err)
	if got := scanned(t, picture); got != scan {
		t.Errorf("%q", got)
	}
}

// A browser draws the QR code so that it can be read off the screen.
func TestPaperInBrowser(t *testing.T) {
	for _, program := range []string{"chromium", "zbarimg"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(program + " is not installed: run scripts/install.sh test")
		}
	}
	at := t.TempDir()
	page, shot := filepath.Join(at, "report.html"), filepath.Join(at, "page.png")
	landcheck(t, "check", filepath.Join(sampleDir(t), "plans", "02-over-five-percent.zip"), "--base", filepath.Join(sampleDir(t), "base"), "--quiet", "-o", page)
	_, want := paperOf(t, page)
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	alone := regexp.MustCompile(`(?s)<main>.*<figure class="seal">`).ReplaceAll(text, []byte(`<main><figure class="seal">`)) // a screen is not as long as the page
	if err := os.WriteFile(page, alone, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
		"--user-data-dir="+filepath.Join(at, "profile"), "--window-size=900,900", "--screenshot="+shot, "file://"+page).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	read, err := exec.CommandContext(t.Context(), "zbarimg", "--quiet", "--raw", "--oneshot", shot).Output()
	if err != nil || strings.TrimSpace(string(read)) != want {
		t.Errorf("%v: %q", err, read)
	}
}
