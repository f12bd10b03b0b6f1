//go:build !linux && !windows

package subprocess

import (
	"os"
	"os/exec"
)

// TempVariable is where a process is told its temporary files may lie.
const TempVariable = "TMPDIR"

// Systems other than Linux and Windows: a child ends when its input does, and its collector
// works harder near the limit; nothing stops it there.

func self() (string, error) { return os.Executable() }

func ownProcessGroup(*exec.Cmd) {}

func limitMemory(int64) error { return nil }

func pid(*os.Process) string { return "" }

func memoryOf(string) (own, peak, reserved int64) { return 0, 0, 0 }

func statusOf(state *os.ProcessState, err error) status {
	if err != nil {
		return status{text: err.Error(), code: -1}
	}
	return status{text: state.String(), code: state.ExitCode()}
}

// MachineMemory is how much memory there is, in bytes; 0: not known.
func MachineMemory() int64 { return 0 }
