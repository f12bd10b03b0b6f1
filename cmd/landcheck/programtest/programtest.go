// Package programtest builds landcheck and writes the sample county, both once,
// for tests that run the program as a process of its own.
//
//	func TestMain(m *testing.M) { os.Exit(programtest.Main(m.Run)) }
package programtest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"landcheck/rules/sample"
)

// Scratch holds the program and the sample county while Main runs.
var Scratch string

// Main runs tests, with a cache of their own, and gives their exit status.
func Main(run func() int) int {
	dir, err := os.MkdirTemp("", "landcheck-program-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	Scratch = dir
	os.Setenv("LANDCHECK_CACHE", filepath.Join(dir, "cache")) // not the user's
	return run()
}

// Program is the path of landcheck, as it is now.
var Program = sync.OnceValues(func() (string, error) {
	path := filepath.Join(Scratch, "landcheck")
	out, err := exec.Command("go", "build", "-o", path, "landcheck/cmd/landcheck").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return path, nil
})

// County is the directory of the sample county: its base and plans.
var County = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(Scratch, "sample")
	return dir, sample.Write(context.Background(), dir, sample.Options{})
})

// Base is the directory of the county's base data.
func Base(t testing.TB) string { return inCounty(t, "base") }

// Plan is the path of one of the county's plans.
func Plan(t testing.TB, name string) string { return inCounty(t, filepath.Join("plans", name+".zip")) }

func inCounty(t testing.TB, name string) string {
	t.Helper()
	dir, err := County()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, name)
}

// Command is the program with a directory for what it leaves; it dies with the
// tests, however they end.
func Command(t testing.TB, temp string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := Program()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+temp)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return cmd
}
