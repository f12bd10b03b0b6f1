package subprocess

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// TempVariable is where a process is told its temporary files may lie.
const TempVariable = "TMP"

func self() (string, error) { return os.Executable() }

// ownProcessGroup keeps Ctrl-C from a child, and puts it behind whoever answers
// requests. It ends when its input does: with its parent.
func ownProcessGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP | windows.BELOW_NORMAL_PRIORITY_CLASS, HideWindow: true}
}

// limitMemory limits this process, the child, to so many bytes of its own memory
// beside what the runtimes have set aside at the start: a job of which it is the
// only member. Files that are mapped do not count.
func limitMemory(memory int64) error {
	if memory <= 0 {
		return nil
	}
	job, err := windows.CreateJobObject(nil, nil) // its handle stays open as long as the process
	if err != nil {
		return err
	}
	_, _, reserved := memoryOf(strconv.Itoa(os.Getpid()))
	limits := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{ProcessMemoryLimit: uintptr(reserved + memory)}
	limits.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_PROCESS_MEMORY | windows.JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation, uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)))
	return errors.Join(err, windows.AssignProcessToJobObject(job, windows.CurrentProcess()))
}

func pid(p *os.Process) string { return strconv.Itoa(p.Pid) }

// What kernel32 tells of memory, and golang.org/x/sys does not.
var (
	kernel              = windows.NewLazySystemDLL("kernel32.dll")
	processMemoryInfo   = kernel.NewProc("K32GetProcessMemoryInfo")
	globalMemoryStatusX = kernel.NewProc("GlobalMemoryStatusEx")
)

// memoryCounters is PROCESS_MEMORY_COUNTERS_EX.
type memoryCounters struct {
	size, faults                             uint32
	peakWorkingSet, workingSet               uintptr
	peakPaged, paged, peakNonPaged, nonPaged uintptr
	pagefile, peakPagefile, private          uintptr
}

// memoryOf a process: what it has of its own, the most that it ever had with
// mapped files, and what it has set aside of its own, in bytes; zeros where it is
// gone.
func memoryOf(pid string) (own, peak, reserved int64) {
	number, err := strconv.Atoi(pid)
	if err != nil {
		return 0, 0, 0
	}
	process, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(number))
	if err != nil {
		return 0, 0, 0
	}
	defer windows.CloseHandle(process)
	c := memoryCounters{size: uint32(unsafe.Sizeof(memoryCounters{}))}
	if ok, _, _ := processMemoryInfo.Call(uintptr(process), uintptr(unsafe.Pointer(&c)), uintptr(c.size)); ok == 0 {
		return 0, 0, 0
	}
	return int64(c.private), int64(c.peakWorkingSet), int64(c.private)
}

// statusOf tells an exit from what Windows ends a process with: an exception.
func statusOf(state *os.ProcessState, err error) status {
	if err != nil {
		return status{text: err.Error(), code: -1}
	}
	return status{text: state.String(), code: state.ExitCode()}
}

// memoryStatus is MEMORYSTATUSEX.
type memoryStatus struct {
	size, load                                                                                   uint32
	total, available, totalPagefile, availablePagefile, totalVirtual, availableVirtual, extended uint64
}

// MachineMemory is how much memory there is, in bytes; 0: not known.
func MachineMemory() int64 {
	m := memoryStatus{size: uint32(unsafe.Sizeof(memoryStatus{}))}
	if ok, _, _ := globalMemoryStatusX.Call(uintptr(unsafe.Pointer(&m))); ok == 0 {
		return 0
	}
	return int64(m.total)
}
