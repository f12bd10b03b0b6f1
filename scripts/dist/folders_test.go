package main

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"landcheck/cmd/landcheck/programtest"
	"landcheck/geo/postgis/pgtest"
)

// make test-dist: what make dist makes is built, looked into and run, on the
// platforms that it is for as far as Wine and QEMU stand for them. The variable
// LANDCHECK_DIST_TESTS asks for it; with -short one platform is built twice, and
// three plans are checked instead of fourteen.
var (
	asked   = os.Getenv("LANDCHECK_DIST_TESTS") != ""
	cluster pgtest.Cluster

	skipped   []string
	skippedMu sync.Mutex
)

func TestMain(m *testing.M) {
	status := programtest.Main(func() int { return cluster.Main(m) })
	if asked {
		fmt.Println("SKIPPED:", len(skipped))
		for _, s := range skipped {
			fmt.Println("  " + s)
		}
	}
	os.Exit(status)
}

// skip leaves a test out for want of something; the end of the run names it.
func skip(t *testing.T, want string) {
	t.Helper()
	skippedMu.Lock()
	skipped = append(skipped, t.Name()+": "+want)
	skippedMu.Unlock()
	t.Skip(want)
}

// root is that of the sources; scratch has what make dist has fetched and made
// before.
var (
	root    = must(filepath.Abs("../.."))
	scratch = filepath.Join(root, ".dist")
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Versions and times of these builds.
const (
	trialVersion = "0.0.0-test"
	trialTime    = "1796000000"
)

// archives builds all platforms once and gives the directory of the archives; the
// variable may name one that has them already.
var archives = sync.OnceValues(func() (string, error) {
	if given := os.Getenv("LANDCHECK_DIST_TESTS"); filepath.IsAbs(given) {
		return given, nil
	}
	out := filepath.Join(programtest.Scratch, "archives")
	return out, makeDist(root, out, scratch, nil)
})

// makeDist runs this command on sources.
func makeDist(sources, out, scratch string, env []string, more ...string) error {
	args := append([]string{"run", "-trimpath", "./scripts/dist", "-version", trialVersion, "-at", trialTime, "-out", out, "-scratch", scratch}, more...)
	return do(sources, env, "go", args...)
}

// folder is the unpacked folder of a platform.
func folder(t *testing.T, platform string) string {
	t.Helper()
	if !asked {
		t.Skip("make test-dist")
	}
	from, err := archives()
	if err != nil {
		t.Fatal(err)
	}
	top := "landcheck-" + trialVersion + "-" + platform
	dir := filepath.Join(programtest.Scratch, "folders")
	if _, err := os.Stat(filepath.Join(dir, top)); err == nil {
		return filepath.Join(dir, top)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(platform, "windows") {
		z, err := zip.OpenReader(filepath.Join(from, top+".zip"))
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		err = os.CopyFS(dir, z)
		if err != nil {
			t.Fatal(err)
		}
	} else if err := do("", nil, "tar", "-xzf", filepath.Join(from, top+".tar.gz"), "-C", dir); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, top)
}

// debian11 unpacks packages of Debian 11 as a root directory: glibc 2.31, with
// what else is named.
func debian11(t *testing.T, processor string, more ...deb) string {
	t.Helper()
	w := work{scratch: scratch}
	dir := t.TempDir()
	for _, d := range append([]deb{glibc[processor]}, more...) {
		file, err := w.fetchDeb(d, processor)
		if err == nil {
			err = do("", nil, "dpkg-deb", "-x", file, dir)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// glibc and a shell, of Debian 11.
var (
	glibc = map[string]deb{
		"amd64": {"libc6", "2.31-13+deb11u11", "05f7264da867b37f4c5ce49266b558ea1e81e05a9464f623152fca70f3550282"},
		"arm64": {"libc6", "2.31-13+deb11u11", "baaa9aa184e2f21738c5819055e6740cc5b22f198e3f416e33f82b40ff6933d8"},
	}
	dash = deb{"dash", "0.5.11+git20200708+dd9ef66-5", "0a4cc532fbf2c78cb4090a659fb73560981e626849532e6186f3a3ac6a45b3bc"}
)

// output runs a command that must end with one of the statuses, and gives what it
// wrote to standard output.
func output(t *testing.T, cmd *exec.Cmd, statuses ...int) string {
	t.Helper()
	var out, said strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	for _, s := range statuses {
		if cmd.ProcessState.ExitCode() == s {
			return out.String()
		}
	}
	t.Fatalf("%s: %v\n%s%s", strings.Join(cmd.Args, " "), cmd.ProcessState, out.String(), said.String())
	return ""
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(to)
	if err == nil {
		_, err = io.Copy(out, in)
		err = firstOf(err, out.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}
