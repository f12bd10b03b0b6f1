//go:build unix

package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"

	"landcheck/geo/guard"
)

// addressInUse is the error of an address that another program listens at.
const addressInUse = syscall.EADDRINUSE

// isMine tells whether a file belongs to this user.
func isMine(info fs.FileInfo) bool {
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(owner.Uid) == os.Getuid()
}

// cacheFolder is landcheck's in the user's cache directory.
const cacheFolder = "landcheck"

// userData is the directory for what programs keep for this user (XDG Base
// Directory Specification).
func userData() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "share"), err
}

// openInBrowser shows an address. The opener may run as long as the browser does.
func openInBrowser(address string) error {
	opener := "xdg-open"
	if runtime.GOOS == "darwin" {
		opener = "open"
	}
	cmd := exec.Command(opener, address)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // Ctrl-C is not for it
	if err := cmd.Start(); err != nil {
		return err
	}
	guard.Go("browser", cmd.Wait)
	return nil
}
