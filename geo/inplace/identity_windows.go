package inplace

import (
	"fmt"
	"io/fs"
	"time"
	"unsafe"

	"landcheck/geo/regular"

	"golang.org/x/sys/windows"
)

// basicInfo is FILE_BASIC_INFO: times in units of 100 ns since 1601.
type basicInfo struct {
	Created, Accessed, Written, Changed windows.Filetime
	Attributes                          uint32
	_                                   uint32
}

// identity is a file's number on its disk, and when the file itself changed: NTFS
// and ReFS tell it, FAT does not.
func identity(path string, _ fs.FileInfo) (id string, changed time.Time, err error) {
	f, err := regular.Open(path)
	if err != nil {
		return "", changed, err
	}
	defer f.Close()
	handle := windows.Handle(f.Fd())
	var on windows.ByHandleFileInformation
	if err := windows.GetFileInformationByHandle(handle, &on); err != nil {
		return "", changed, err
	}
	var basic basicInfo
	err = windows.GetFileInformationByHandleEx(handle, windows.FileBasicInfo, (*byte)(unsafe.Pointer(&basic)), uint32(unsafe.Sizeof(basic)))
	if err != nil || basic.Changed == (windows.Filetime{}) {
		return "", changed, errNoTimes
	}
	return fmt.Sprintf("%d/%d/%d", on.VolumeSerialNumber, on.FileIndexHigh, on.FileIndexLow), time.Unix(0, basic.Changed.Nanoseconds()), nil
}
