package main

import (
	"io/fs"

	"golang.org/x/sys/windows"
)

// addressInUse is the error of an address that another program listens at.
const addressInUse = windows.WSAEADDRINUSE

// isMine tells whether a file belongs to this user, who has a directory for
// temporary files of their own.
func isMine(fs.FileInfo) bool { return true }
