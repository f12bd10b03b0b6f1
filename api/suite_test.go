package api_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"landcheck/api/store/storetest"
	"landcheck/geo/postgis/pgtest"
	"landcheck/geo/ramdisk"
	"landcheck/rules/sample"

	"go.uber.org/goleak"
)

// county is the code of the sample county.
const county = "150123"

var (
	postgres  pgtest.Cluster
	promises  = sync.OnceValues(newContract) // what /openapi.json says
	samples   = sync.OnceValues(writeSamples)
	samplesAt string // where samples are, once they are
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

// run runs the tests; after all of them nothing may be left running, and every
// answer that the description promises must have been seen.
func run(m *testing.M) int {
	storetest.Overlap()
	ramdisk.Use()
	defer func() { os.RemoveAll(samplesAt) }() // "" is nothing
	code := postgres.Main(m)
	if code != 0 || flag.Lookup("test.list").Value.String() != "" {
		return code
	}
	if err := goleak.Find(); err != nil {
		fmt.Println("FAIL: left running:", err)
		return 1
	}
	if flag.Lookup("test.run").Value.String() != "" || flag.Lookup("test.skip").Value.String() != "" {
		return code // some answers are not asked for
	}
	c, err := promises()
	if err != nil {
		fmt.Println("FAIL:", err)
		return 1
	}
	for _, unseen := range c.unseen() {
		fmt.Println("FAIL: promised by the description and never seen:", unseen)
		code = 1
	}
	return code
}

// writeSamples writes the sample county once for all tests: base/, plans/.
func writeSamples() (string, error) {
	dir, err := os.MkdirTemp("", "landcheck-api-test-*")
	if err != nil {
		return "", err
	}
	samplesAt = dir
	return dir, sample.Write(context.Background(), dir, sample.Options{})
}

func sampleDir(t testing.TB) string {
	t.Helper()
	dir, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func baseDir(t testing.TB) string { return filepath.Join(sampleDir(t), "base") }

// baseOf writes the sample county with another code.
func baseOf(t testing.TB, code string) string {
	t.Helper()
	dir := t.TempDir()
	c, err := sample.New(sample.Options{County: code})
	if err == nil {
		err = c.WriteBase(t.Context(), dir)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// samplePlan is the bytes of a plan of the sample.
func samplePlan(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(sampleDir(t), "plans", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const (
	goodPlan = "01-compliant.zip"
	badPlan  = "02-over-five-percent.zip"
)
