//go:build unix && !linux

package chromium

import (
	"os/exec"
	"syscall"
)

// own has the browser lead a group of its own, which ends as a whole.
func own(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// restrain: no limit can be put on another process here.
func restrain(int) {}

// sweep ends what a browser left running.
func sweep(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }
