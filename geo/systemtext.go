package geo

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"syscall"
)

// systemText is an error of an operating system in words.
type systemText struct {
	err  error
	text Text
}

// systemTexts are the errors of the operating system that users meet.
var systemTexts = []systemText{
	{fs.ErrNotExist, Text{ZH: "没有这个文件或文件夹", EN: "no such file or folder"}},
	{fs.ErrPermission, Text{ZH: "没有权限", EN: "permission denied"}},
	{fs.ErrExist, Text{ZH: "已经存在", EN: "it exists already"}},
	{syscall.ENOSPC, Text{ZH: "磁盘已满", EN: "the disk is full"}},
	{syscall.EROFS, Text{ZH: "所在磁盘只读", EN: "the disk is read-only"}},
	{syscall.EIO, Text{ZH: "磁盘读写出错", EN: "the disk failed"}},
	{syscall.ENOTDIR, Text{ZH: "路径中有一段不是文件夹", EN: "part of the path is no folder"}},
	{syscall.EISDIR, Text{ZH: "这是文件夹，不是文件", EN: "it is a folder, not a file"}},
	{syscall.ENAMETOOLONG, Text{ZH: "名称过长", EN: "the name is too long"}},
	{syscall.ELOOP, Text{ZH: "链接循环", EN: "links lead in a circle"}},
	{syscall.EMFILE, Text{ZH: "打开的文件过多", EN: "too many files are open"}},
	{syscall.EADDRINUSE, Text{ZH: "地址已被占用", EN: "the address is in use"}},
	{os.ErrDeadlineExceeded, Text{ZH: "超过时限", EN: "the time limit is exceeded"}},
}

// SystemText says an error of the operating system in both languages, without
// the operation and the path, which the message names as the user did. What is
// not known stands in the system's own words.
func SystemText(err error) Text {
	for _, s := range slices.Concat(ownTexts(), systemTexts) {
		if errors.Is(err, s.err) {
			return s.text
		}
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return Text{ZH: err.Error(), EN: err.Error()}
}
