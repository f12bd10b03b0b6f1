package embedded

import (
	"fmt"
	"os"
	"os/exec"
	"testing"

	"landcheck/api/store"
	"landcheck/api/store/storetest"
	"landcheck/geo/ramdisk"
)

// workerDir makes the test binary a server that works there and is killed.
const workerDir = "LANDCHECK_TEST_WORKER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(workerDir); dir != "" {
		s, err := Open(dir, nil, Options{})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(storetest.Worker(s))
	}
	storetest.Overlap()
	ramdisk.Use()
	os.Exit(m.Run())
}

// TestStore: what every store promises.
func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, c storetest.Config) storetest.Location {
		dir := t.TempDir()
		return storetest.Location{
			Open: func(t *testing.T) store.Store {
				s, err := Open(dir, c.Bases, Options{QueueLimit: c.QueueLimit, CallerLimit: c.CallerLimit, Quota: c.Quota})
				if err != nil {
					t.Fatal(err)
				}
				return s
			},
			Worker: func(t *testing.T) *exec.Cmd {
				cmd := exec.Command(os.Args[0])
				cmd.Env = append(os.Environ(), workerDir+"="+dir, "TMPDIR="+t.TempDir())
				return cmd
			},
		}
	})
}
