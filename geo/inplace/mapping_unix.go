//go:build unix

package inplace

import (
	"os"
	"syscall"
)

// populateRead is MADV_POPULATE_READ, since Linux 5.14; advice that others refuse.
const populateRead = 22

// mapFile maps a file of some bytes, at least one, for reading.
func mapFile(f *os.File, size int64) ([]byte, error) {
	return syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ, syscall.MAP_SHARED)
}

func unmap(data []byte) error { return syscall.Munmap(data) }

// bringIn reads pages ahead.
func bringIn(data []byte) { _ = syscall.Madvise(data, populateRead) }

// giveBack gives pages back; they can be read again at any time.
func giveBack(data []byte) { _ = syscall.Madvise(data, syscall.MADV_DONTNEED) }

// remove deletes a file that is mapped.
func remove(path string) error { return os.Remove(path) }
