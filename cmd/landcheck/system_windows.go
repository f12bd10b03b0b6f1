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

// cacheFolder is landcheck's in the user's cache directory, which is that of the
// user's data as well.
const cacheFolder = `landcheck\cache`

// userData is the directory for what programs keep for this user on this machine.
func userData() (string, error) {
	return windows.KnownFolderPath(windows.FOLDERID_LocalAppData, windows.KF_FLAG_DEFAULT)
}

// openInBrowser shows an address.
func openInBrowser(address string) error {
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return err
	}
	file, err := windows.UTF16PtrFromString(address)
	if err != nil {
		return err
	}
	return windows.ShellExecute(0, verb, file, nil, nil, windows.SW_SHOWNORMAL)
}
