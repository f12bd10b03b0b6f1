package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestWindowsProcess: what cmd/landcheck/process tries of a Windows program, its
// service and its paths, is tried of the folder's.
func TestWindowsProcess(t *testing.T) {
	d := windowsAMD64(t)
	cmd := exec.Command("go", "test", "-trimpath", "-count", "1", "-v", "-run", "^TestWindows", "./cmd/landcheck/process")
	cmd.Dir, cmd.Env = root, append(os.Environ(), d.env...)
	for _, v := range d.env {
		if prefix, ok := strings.CutPrefix(v, "WINEPREFIX="); ok {
			cmd.Env = append(cmd.Env, "LANDCHECK_WINE_PREFIX="+prefix)
		}
	}
	cmd.Env = append(cmd.Env, "LANDCHECK_WINDOWS="+d.run[1])
	said, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(said), "--- PASS: TestWindows") {
		t.Fatalf("%v\n%s", err, said)
	}
}
