//go:build unix

package main

import (
	"io/fs"
	"os"
	"syscall"
)

// addressInUse is the error of an address that another program listens at.
const addressInUse = syscall.EADDRINUSE

// isMine tells whether a file belongs to this user.
func isMine(info fs.FileInfo) bool {
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(owner.Uid) == os.Getuid()
}
