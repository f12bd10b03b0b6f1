package chromium

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// own has the browser lead a group of its own, which ends as a whole.
func own(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// Limits of the browser and of each process that it starts.
const (
	memory  = 3 << 30 // bytes of its own data; a page of 10 000 changes takes a third
	seconds = 120     // of a processor
)

// restrain limits a browser that has just been started. Without the limits it
// prints all the same.
func restrain(pid int) {
	for resource, most := range map[int]uint64{unix.RLIMIT_DATA: memory, unix.RLIMIT_CPU: seconds, unix.RLIMIT_CORE: 0} {
		_ = unix.Prlimit(pid, resource, &unix.Rlimit{Cur: most, Max: most}, nil)
	}
}

// sweep ends what a browser left running.
func sweep(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }
