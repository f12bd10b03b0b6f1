package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"landcheck/cmd/landcheck/programtest"
)

// bare runs a program in a root directory that holds nothing else, with /proc,
// where the loader reads the place of the program.
func bare(t *testing.T, root string, args ...string) *exec.Cmd {
	t.Helper()
	if err := exec.Command("unshare", "--map-root-user", "--mount", "true").Run(); err != nil {
		skip(t, "unshare --map-root-user --mount is not allowed here")
	}
	if err := os.MkdirAll(filepath.Join(root, "proc"), 0o755); err != nil {
		t.Fatal(err)
	}
	script := `mount --rbind /proc "$0/proc" && exec chroot "$0" "$@"`
	cmd := exec.Command("unshare", append([]string{"--map-root-user", "--mount", "sh", "-c", script, root}, args...)...)
	cmd.Env = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=zh_CN.UTF-8"}
	return cmd
}

// county writes base and a plan into a root directory.
func county(t *testing.T, root string) {
	t.Helper()
	if err := os.CopyFS(filepath.Join(root, "county/base"), os.DirFS(programtest.Base(t))); err != nil {
		t.Fatal(err)
	}
	copyFile(t, programtest.Plan(t, "02-over-five-percent"), filepath.Join(root, "county/plan.zip"))
}

// TestBareLinux: the folder runs where there is glibc 2.31 and nothing else.
func TestBareLinux(t *testing.T) {
	from := folder(t, "linux-amd64")
	root := debian11(t, "amd64")
	if err := os.CopyFS(filepath.Join(root, "folder"), os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	county(t, root)
	if err := os.Mkdir(filepath.Join(root, "tmp"), 0o777); err != nil {
		t.Fatal(err)
	}
	text := output(t, bare(t, root, "/folder/landcheck", "check", "/county/plan.zip", "--base", "/county/base"), 1)
	if !strings.Contains(text, "不符合") || !strings.Contains(text, trialVersion) {
		t.Errorf("says\n%s", text)
	}
}

// TestPackage: dpkg installs the package for Debian and its kin where there is
// glibc and a shell; then the program is on the path and runs.
func TestPackage(t *testing.T) {
	folder(t, "linux-amd64")
	dir, err := archives()
	if err != nil {
		t.Fatal(err)
	}
	root := debian11(t, "amd64", dash)
	county(t, root)
	for _, dir := range []string{"tmp", "var/lib/dpkg/info", "var/lib/dpkg/updates"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("dash", filepath.Join(root, "bin/sh")); err != nil && !os.IsExist(err) {
		t.Fatal(err)
	}
	there := "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nMaintainer: Debian\nVersion: " + glibc["amd64"].version + "\nDescription: glibc\n\n"
	if err := os.WriteFile(filepath.Join(root, "var/lib/dpkg/status"), []byte(there), 0o644); err != nil {
		t.Fatal(err)
	}
	bare(t, root) // or skips
	file := filepath.Join(dir, "landcheck-"+trialVersion+"-linux-amd64.deb")
	output(t, exec.Command("unshare", "--map-root-user", "dpkg", "--root="+root, "-i", file), 0)
	if text := output(t, bare(t, root, "/usr/bin/landcheck", "check", "/county/plan.zip", "--base", "/county/base"), 1); !strings.Contains(text, "不符合") {
		t.Errorf("says\n%s", text)
	}
}

// TestManualOfFolders does what the manual says for Linux, line by line, in a
// directory with the archives; both languages have the same lines.
func TestManualOfFolders(t *testing.T) {
	folder(t, "linux-amd64")
	from, err := archives()
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(read(t, filepath.Join(root, "api/manual/en/install.md"))), "## Verify")
	dir, ran := t.TempDir(), 0
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	script := "set -e\n"
	for _, line := range strings.Split(text, "\n") {
		command, indented := strings.CutPrefix(line, "    ")
		for _, here := range []string{"grep ", "openssl", "tar ", "cd landcheck-", "./landcheck "} {
			if indented && strings.HasPrefix(command, here) {
				script += command + "\n"
				ran++
			}
		}
	}
	cmd := exec.Command("sh", "-c", strings.ReplaceAll(script, "VERSION", trialVersion))
	cmd.Dir = dir
	said := output(t, cmd, 0)
	sums := regexp.MustCompile(`(\w+)  landcheck-.*-linux-amd64\.tar\.gz`).FindStringSubmatch(string(read(t, filepath.Join(dir, "SM3SUMS"))))
	if sums == nil {
		t.Fatal("SM3SUMS has no line for linux-amd64")
	}
	for _, want := range []string{"linux-amd64.tar.gz: OK", sums[1], trialVersion} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
	if report := read(t, filepath.Join(dir, "landcheck-"+trialVersion+"-linux-amd64/report.html")); ran != 7 || len(report) < 10000 {
		t.Errorf("%d lines tried, the report has %d bytes", ran, len(report))
	}
}
