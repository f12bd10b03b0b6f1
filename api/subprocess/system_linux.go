package subprocess

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// TempVariable is where a process is told its temporary files may lie.
const TempVariable = "TMPDIR"

// self is the running program, whatever has become of its file since.
func self() (string, error) { return "/proc/self/exe", nil }

// ownProcessGroup has a child die with the thread that starts it, and keeps signals that
// a terminal sends to its foreground from it: when to end is the parent's to say.
// Descriptors that this process was started with are none of the child's.
func ownProcessGroup(cmd *exec.Cmd) {
	_ = unix.CloseRange(3, ^uint(0), unix.CLOSE_RANGE_CLOEXEC) // an old system has no such call
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

// The child's place in the machine: behind whoever answers requests, and the
// first to go where memory runs out.
const (
	niceness    = 5
	oomScoreAdj = "500"
)

// limitMemory limits this process, the child, to so many bytes of its own data
// beside what the runtimes have set aside at the start and may never touch.
// RLIMIT_DATA counts heap, stacks and other private memory that can be written,
// not files that are mapped to be read.
func limitMemory(memory int64) error {
	// Without them a check is made all the same.
	_ = unix.Setpriority(unix.PRIO_PGRP, 0, niceness)
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte(oomScoreAdj), 0)
	if memory <= 0 {
		return nil
	}
	_, _, reserved := memoryOf("self")
	limit := unix.Rlimit{Cur: uint64(reserved + memory), Max: uint64(reserved + memory)}
	var now unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_DATA, &now); err == nil && now.Max < limit.Max {
		limit.Cur, limit.Max = min(limit.Cur, now.Max), now.Max
	}
	return errors.Join(unix.Setrlimit(unix.RLIMIT_DATA, &limit), unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}))
}

func pid(p *os.Process) string { return strconv.Itoa(p.Pid) }

// memoryOf a process: what it has of its own, the most that it ever had with
// mapped files, and what it has set aside of its own, touched or not, in bytes;
// zeros where it is gone.
func memoryOf(pid string) (own, peak, reserved int64) {
	data, err := os.ReadFile(filepath.Join("/proc", pid, "status"))
	if err != nil {
		return 0, 0, 0
	}
	for line := range bytes.Lines(data) {
		switch field := bytes.Fields(line); {
		case len(field) < 2:
		case string(field[0]) == "RssAnon:":
			own = kibibytes(field[1])
		case string(field[0]) == "VmHWM:":
			peak = kibibytes(field[1])
		case string(field[0]) == "VmData:":
			reserved = kibibytes(field[1])
		}
	}
	return own, peak, reserved
}

func kibibytes(digits []byte) int64 {
	n, err := strconv.ParseInt(string(digits), 10, 64)
	if err != nil {
		return 0
	}
	return n << 10
}

// statusOf says how a process ended.
func statusOf(state *os.ProcessState, err error) status {
	if err != nil {
		return status{text: err.Error(), code: -1}
	}
	s := status{text: state.String(), code: state.ExitCode()}
	if wait, ok := state.Sys().(syscall.WaitStatus); ok && wait.Signaled() {
		s.signal = wait.Signal().String()
		switch wait.Signal() {
		case syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGPIPE, syscall.SIGXCPU, syscall.SIGALRM, syscall.SIGUSR1, syscall.SIGUSR2:
			s.asked = true
		}
	}
	return s
}

// MachineMemory is how much memory there is for this process and its children,
// in bytes: the machine's, or less in a container; 0: not known.
func MachineMemory() int64 {
	var info unix.Sysinfo_t
	if unix.Sysinfo(&info) != nil {
		return 0
	}
	all := int64(info.Totalram) * int64(info.Unit)
	data, err := os.ReadFile("/sys/fs/cgroup/memory.max") // of version 2, as a container sees it
	if err != nil {
		return all
	}
	if most, err := strconv.ParseInt(string(bytes.TrimSpace(data)), 10, 64); err == nil && most > 0 {
		return min(all, most)
	}
	return all // "max"
}
