package transient

import (
	"syscall"

	"golang.org/x/sys/windows"
)

// errnos are those of a machine that has no room, no memory, no handles, no
// processes or a broken disk, of a file that another program has open, or of a
// network drive that is gone.
var errnos = []syscall.Errno{
	windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED, windows.ERROR_WRITE_PROTECT,
	windows.ERROR_NOT_ENOUGH_MEMORY, windows.ERROR_OUTOFMEMORY, windows.ERROR_COMMITMENT_LIMIT, windows.ERROR_NO_SYSTEM_RESOURCES,
	windows.ERROR_TOO_MANY_OPEN_FILES, windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION, windows.ERROR_USER_MAPPED_FILE,
	windows.ERROR_CRC, windows.ERROR_IO_DEVICE, windows.ERROR_NOT_READY, windows.ERROR_BAD_NETPATH, windows.ERROR_NETNAME_DELETED,
	windows.ERROR_UNEXP_NET_ERR, windows.ERROR_SEM_TIMEOUT,
}
