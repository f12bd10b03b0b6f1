package ramdisk

import "syscall"

// free is the room on a disk, bytes.
func free(dir string) uint64 {
	var disk syscall.Statfs_t
	if syscall.Statfs(dir, &disk) != nil {
		return 0
	}
	return disk.Bavail * uint64(disk.Bsize)
}
