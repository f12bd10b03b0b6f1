package faults

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"landcheck/cmd/landcheck/programtest"
	"landcheck/geo/postgis/pgtest"
)

var (
	program = programtest.Program
	county  = programtest.County
	base    = programtest.Base
	plan    = programtest.Plan
)

func TestMain(m *testing.M) { os.Exit(all(m)) }

func all(m *testing.M) int {
	fmt.Printf("LANDCHECK_FAULTS=%d LANDCHECK_FAULTS_SEED=%d\n", times(), seed())
	return programtest.Main(m.Run)
}

// times is how often each fault is made.
var times = sync.OnceValue(func() int {
	if n, err := strconv.Atoi(os.Getenv("LANDCHECK_FAULTS")); err == nil && n > 0 {
		return n
	}
	return 1
})

var seed = sync.OnceValue(func() uint64 {
	if n, err := strconv.ParseUint(os.Getenv("LANDCHECK_FAULTS_SEED"), 10, 64); err == nil {
		return n
	}
	return uint64(time.Now().UnixNano()) % 1_000_000
})

// newRandom are a test's own, so that tests can be repeated alone.
func newRandom(t *testing.T) *rand.Rand {
	h := fnv.New64()
	h.Write([]byte(t.Name()))
	return rand.New(rand.NewPCG(seed(), h.Sum64()))
}

// moment is a random time of at most so long.
func moment(r *rand.Rand, most time.Duration) time.Duration {
	return time.Duration(r.Int64N(int64(most)))
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// names of the plans that are sent, of either verdict.
var names = []string{"01-compliant", "02-over-five-percent"}

// book is the service's own, which the command line is asked for: there a plan
// may choose.
const book = "nmg-2025"

// expected are the reports of undisturbed checks, by plan.
var expected = sync.OnceValues(func() (map[string]string, error) {
	dir, err := county()
	path, err2 := program()
	if err := errors.Join(err, err2); err != nil {
		return nil, err
	}
	reports := map[string]string{}
	for _, name := range names {
		sent, err := os.ReadFile(filepath.Join(dir, "plans", name+".zip"))
		if err != nil {
			return nil, err
		}
		as := filepath.Join(programtest.Scratch, name, "plan.zip") // as a service calls it
		if err := errors.Join(os.Mkdir(filepath.Dir(as), 0o700), os.WriteFile(as, sent, 0o600)); err != nil {
			return nil, err
		}
		cmd := exec.Command(path, "check", as, "--base", filepath.Join(dir, "base"), "--rulebook", book, "--format", "json")
		out, err := cmd.Output()
		var status *exec.ExitError
		if err != nil && !errors.As(err, &status) || len(out) == 0 {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		reports[name] = undated(string(out), digest(sent))
	}
	return reports, nil
})

func digest(data []byte) string { return fmt.Sprintf("sha256:%x", sha256.Sum256(data)) }

// undated is a report without what tells variants of one plan and places of
// base data apart.
func undated(report, digest string) string {
	report = strings.ReplaceAll(report, digest, "sha256:plan")
	return strings.Replace(report, `"source": "postgis"`, `"source": "files"`, 1)
}

// command is the program with scratch of the test's own; it dies with the tests.
func command(t testing.TB, temp string, args ...string) *exec.Cmd {
	cmd := programtest.Command(t, temp, args...)
	cmd.Dir = temp
	cmd.Env = append(cmd.Env, "LANG=en")
	return cmd
}

// done runs the program to its end, which must be that status.
func done(t testing.TB, status int, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	cmd := command(t, t.TempDir(), args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != status {
		t.Fatalf("landcheck %q: %v, want status %d\n%s", args, err, status, &out)
	}
	return out.String()
}

// cluster is one of the test's own, which it may stop.
func cluster(t *testing.T) *pgtest.Cluster {
	c := &pgtest.Cluster{}
	t.Cleanup(c.Stop)
	return c
}
