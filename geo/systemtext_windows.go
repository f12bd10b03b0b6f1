package geo

import "golang.org/x/sys/windows"

// ownTexts are errors that other systems do not know.
func ownTexts() []systemText {
	return []systemText{
		{windows.ERROR_SHARING_VIOLATION, Text{ZH: "文件正被另一个程序打开", EN: "another program has the file open"}},
		{windows.ERROR_LOCK_VIOLATION, Text{ZH: "文件被另一个程序锁定", EN: "another program has locked the file"}},
		{windows.ERROR_USER_MAPPED_FILE, Text{ZH: "文件正被另一个程序使用", EN: "another program is using the file"}},
		{windows.ERROR_DISK_FULL, Text{ZH: "磁盘已满", EN: "the disk is full"}},
		{windows.ERROR_HANDLE_DISK_FULL, Text{ZH: "磁盘已满", EN: "the disk is full"}},
		{windows.ERROR_WRITE_PROTECT, Text{ZH: "所在磁盘只读", EN: "the disk is read-only"}},
		{windows.ERROR_FILENAME_EXCED_RANGE, Text{ZH: "名称过长", EN: "the name is too long"}},
		{windows.ERROR_INVALID_NAME, Text{ZH: "名称中有不允许的字符", EN: "the name has a character that is not allowed"}},
		{windows.ERROR_BAD_NETPATH, Text{ZH: "找不到网络路径", EN: "the network path is not there"}},
		{windows.WSAEADDRINUSE, Text{ZH: "地址已被占用", EN: "the address is in use"}},
	}
}
