package inplace

import (
	"errors"
	"os"
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/windows"
)

// mapFile maps a file of some bytes, at least one, for reading. The view keeps
// the mapping, whose own handle is not needed any more.
func mapFile(f *os.File, size int64) ([]byte, error) {
	mapping, err := windows.CreateFileMapping(windows.Handle(f.Fd()), nil, windows.PAGE_READONLY, uint32(size>>32), uint32(size), nil)
	if err != nil {
		return nil, err
	}
	at, err := windows.MapViewOfFile(mapping, windows.FILE_MAP_READ, 0, 0, uintptr(size))
	err = errors.Join(err, windows.CloseHandle(mapping))
	if at == 0 {
		return nil, err
	}
	return unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&at))), size), err // an address that Go's memory does not know
}

func unmap(data []byte) error {
	return windows.UnmapViewOfFile(uintptr(unsafe.Pointer(unsafe.SliceData(data))))
}

// bringIn reads pages ahead: Windows does it by itself where a file is read in
// order.
func bringIn([]byte) {}

// giveBack takes pages out of the working set, which is what unlocking pages does
// that were never locked; they can be read again at any time.
func giveBack(data []byte) {
	_ = windows.VirtualUnlock(uintptr(unsafe.Pointer(unsafe.SliceData(data))), uintptr(len(data)))
}

// remove takes away the name of a file that is mapped, which cannot be deleted
// while it is: prune deletes it later, as what was left unfinished.
func remove(path string) error {
	if err := os.Remove(path); err == nil || errors.Is(err, os.ErrNotExist) {
		return err
	}
	other, err := os.CreateTemp(filepath.Dir(path), unfinished+"*")
	if err != nil {
		return err
	}
	return errors.Join(other.Close(), os.Rename(path, other.Name()))
}
