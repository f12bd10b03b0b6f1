package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"landcheck/cmd/landcheck/programtest"
	"landcheck/rules/report"
	"landcheck/rules/sample"
)

// target is a machine that a folder is for, or what stands for it.
type target struct {
	name string
	run  []string // what a command begins with
	env  []string
}

// command is landcheck on a target, in a directory.
func (d target) command(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command(d.run[0], append(append([]string{}, d.run[1:]...), args...)...)
	cmd.Dir, cmd.Env = dir, append(append(os.Environ(), "LANG=zh_CN.UTF-8"), d.env...)
	return cmd
}

func linuxAMD64(t *testing.T) target {
	t.Helper()
	return target{name: "linux-amd64", run: []string{filepath.Join(folder(t, "linux-amd64"), "landcheck")}}
}

func linuxARM64(t *testing.T) target {
	t.Helper()
	from := folder(t, "linux-arm64")
	qemu, err := exec.LookPath("qemu-aarch64-static")
	if err != nil {
		skip(t, "QEMU (qemu-user-static) is not installed")
	}
	return target{name: "linux-arm64", run: []string{qemu, "-L", debian11(t, "arm64"), filepath.Join(from, "landcheck")}}
}

// checkedPlans are the sample's plans in a folder of their own, three with -short.
func checkedPlans(t *testing.T) []string {
	t.Helper()
	var names []string
	for i, p := range sample.Plans() {
		if !testing.Short() || i%5 == 1 {
			names = append(names, strings.TrimSuffix(p.File, ".zip"))
		}
	}
	return names
}

// TestSameReports: the reports in every format are the same to the byte on all
// targets.
func TestSameReports(t *testing.T) {
	want := reports(t, linuxAMD64(t))
	for name, other := range map[string]func(*testing.T) target{"linux-arm64": linuxARM64, "windows-amd64": windowsAMD64} {
		t.Run(name, func(t *testing.T) { same(t, want, reports(t, other(t))) })
	}
}

// TestSameReportsOfDebian: those of the program with Debian's GEOS are too, but for
// its name.
func TestSameReportsOfDebian(t *testing.T) {
	want := reports(t, linuxAMD64(t))
	path := filepath.Join(programtest.Scratch, "landcheck-debian")
	if err := do(root, nil, "go", "build", "-trimpath", "-ldflags", "-X main.version="+trialVersion, "-o", path, "./cmd/landcheck"); err != nil {
		t.Fatal(err)
	}
	got := reports(t, target{name: "linux-debian", run: []string{path}})
	same(t, withoutGEOS(want), withoutGEOS(got))
}

// withoutGEOS leaves out of reports in text what names GEOS, and the digests of
// reports, which differ with it. Workbooks and databases have the same figures as
// the tables.
func withoutGEOS(files map[string][]byte) map[string][]byte {
	names := regexp.MustCompile(`(GEOS\s+|"geos(?:Version|_version)?": *")[0-9.]+`)
	code := regexp.MustCompile(`"M4 4h[0-9hvzM -]+z"|\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b`) // the digest as a QR code, and shortened
	out := map[string][]byte{}
	for name, data := range files {
		if bytes.HasPrefix(data, []byte("PK")) || bytes.HasPrefix(data, []byte("SQLite")) {
			continue
		}
		out[name] = code.ReplaceAll(names.ReplaceAll(data, []byte("${1}*")), []byte("code"))
	}
	for name, data := range files {
		if filepath.Ext(name) == ".json" {
			digest := fmt.Appendf(nil, "%x", sha256.Sum256(data))
			for other := range out {
				out[other] = bytes.ReplaceAll(out[other], digest, []byte("digest"))
			}
		}
	}
	return out
}

// reports checks the plans on a target and gives every file of it, by name.
func reports(t *testing.T, d target) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "base"), os.DirFS(programtest.Base(t))); err != nil {
		t.Fatal(err)
	}
	args := []string{"check", "--lang", "zh", "--base", "base", "--fail-on", "never", "--quiet"}
	for _, name := range checkedPlans(t) {
		copyFile(t, programtest.Plan(t, name), filepath.Join(dir, "plans", name+".zip"))
		args = append(args, "plans/"+name+".zip")
	}
	for _, f := range report.Formats() {
		if f.Name != "pdf" { // a browser's
			args = append(args, "-o", "out/report"+f.Endings[0])
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "out"), 0o755); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"summary": []byte(output(t, d.command(dir, args...), 0, 3))}
	made, err := os.ReadDir(filepath.Join(dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range made {
		files[f.Name()] = read(t, filepath.Join(dir, "out", f.Name()))
	}
	return files
}

// same holds files against each other and says where they differ first.
func same(t *testing.T, want, got map[string][]byte) {
	t.Helper()
	if least := len(checkedPlans(t)) * 4; len(want) < least || len(want) != len(got) {
		t.Fatalf("%d files, want %d and %d at least", len(got), len(want), least)
	}
	var names []string
	for name := range want {
		names = append(names, name)
	}
	sort.Strings(names)
	size := 0
	for _, name := range names {
		size += len(want[name])
		if !bytes.Equal(want[name], got[name]) {
			t.Errorf("%s differs: %s", name, difference(want[name], got[name]))
		}
	}
	t.Logf("%d files, %d bytes", len(names), size)
}

func difference(a, b []byte) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	around := func(s []byte) string { return fmt.Sprintf("%.120q", s[max(0, min(at, len(s))-40):]) }
	return fmt.Sprintf("at %d of %d: %s, want %s", at, len(a), around(b), around(a))
}
