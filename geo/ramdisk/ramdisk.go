// Package ramdisk has tests write to memory, where the machine has room for it:
// with thousands of small files, each synced, they wait for a disk most of their
// time. What a killed process leaves is the same there.
package ramdisk

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	shared = "/dev/shm" // a disk in memory, on Linux
	enough = 4 << 30    // bytes free, of the disk and of the machine
)

// Dir is a directory in memory, or "" where there is none with room enough.
func Dir() string {
	if free(shared) < enough || available("/proc") < enough {
		return ""
	}
	return shared
}

// available is the machine's memory that programs may yet take, in bytes; 0 where
// the system does not say.
func available(proc string) (bytes uint64) {
	text, err := os.ReadFile(filepath.Join(proc, "meminfo"))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if n, _ := fmt.Sscanf(line, "MemAvailable: %d kB", &bytes); n == 1 {
			return bytes << 10
		}
	}
	return 0
}

// Use has the process, and those that it starts, write temporary files there,
// unless somebody said where (TMPDIR).
func Use() {
	if dir := Dir(); dir != "" && os.Getenv("TMPDIR") == "" {
		os.Setenv("TMPDIR", dir)
	}
}
