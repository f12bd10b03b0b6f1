//go:build unix

package main

import (
	"io/fs"
	"os"
	"syscall"
)

// isMine tells whether a file belongs to this user.
func isMine(info fs.FileInfo) bool {
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(owner.Uid) == os.Getuid()
}
