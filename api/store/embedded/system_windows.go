package embedded

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// freeOn is the room that is left on the disk of a directory, bytes.
func freeOn(dir string) (free uint64, err error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err == nil {
		err = windows.GetDiskFreeSpaceEx(name, &free, nil, nil)
	}
	return free, err
}

// isFull tells whether a disk, or a quota on it, has no room.
func isFull(err error) bool {
	for _, e := range []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// syncDir makes the bytes of a file last. Windows cannot be told to write a
// directory down: NTFS has names in a journal of its own.
func syncDir(path string) error {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
