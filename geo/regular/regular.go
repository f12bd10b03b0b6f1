// Package regular opens files that have bytes of their own. A named pipe, a
// device or a socket that stands where a file is expected would have its reader
// wait for ever, deaf to every signal, or read without end.
package regular

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"landcheck/geo"
)

// Open opens a regular file, or what a link to one leads to. Anything else is
// refused before it is opened, and what takes its place after that look is
// opened without waiting and looked at again. What is not there, or may not be
// read, is a *geo.InputError over the system's error.
func Open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, InputError(err)
	}
	if !info.Mode().IsRegular() {
		return nil, refused(info.Mode())
	}
	f, err := open(path)
	if err != nil {
		return nil, InputError(err)
	}
	if info, err = f.Stat(); err != nil {
		f.Close()
		return nil, InputError(err)
	}
	if !info.Mode().IsRegular() {
		f.Close()
		return nil, refused(info.Mode())
	}
	return f, nil
}

// Read gives the bytes of a small file; one of more than most is a *geo.InputError.
func Read(path string, most int64) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, InputError(err)
	}
	if int64(len(data)) > most {
		return nil, &geo.InputError{
			Message: geo.Textf("文件超过 %d 字节", "the file has more than %d bytes", most),
			Advice:  geo.Text{ZH: "请缩小该文件，或确认它是所需的文件", EN: "Make the file smaller, or check that it is the file that is meant"}}
	}
	return data, nil
}

// In gives an input error without a file the name of one.
func In(err error, file string) error {
	if f, ok := geo.AsInputError(err); ok && f.File == "" {
		g := *f
		g.File = file
		return &g
	}
	return err
}

func refused(mode fs.FileMode) *geo.InputError {
	kind := geo.Text{ZH: "特殊文件", EN: "a special file"}
	switch {
	case mode.IsDir():
		kind = geo.Text{ZH: "目录", EN: "a directory"}
	case mode&fs.ModeNamedPipe != 0:
		kind = geo.Text{ZH: "命名管道", EN: "a named pipe"}
	case mode&fs.ModeSocket != 0:
		kind = geo.Text{ZH: "套接字", EN: "a socket"}
	case mode&fs.ModeDevice != 0:
		kind = geo.Text{ZH: "设备", EN: "a device"}
	}
	return &geo.InputError{
		Message: geo.Textf("这是%[1]s，不是普通文件，不予读取", "this is %[2]s, not a regular file, and is not read", kind.ZH, kind.EN),
		Advice:  geo.Text{ZH: "请用文件本身代替后重试", EN: "Put the file itself in its place"}}
}

// InputError turns an error of the file system into an input error, which does not
// name the file.
func InputError(err error) *geo.InputError {
	f := &geo.InputError{Err: err,
		Message: geo.Textf("文件无法打开（%v）", "the file cannot be opened (%v)", geo.SystemText(err)),
		Advice:  geo.Text{ZH: "请检查路径和读取权限", EN: "Check the path and the permission to read"}}
	if errors.Is(err, fs.ErrNotExist) {
		f.Message = geo.Text{ZH: "文件不存在", EN: "the file does not exist"}
		f.Advice = geo.Text{ZH: "请检查路径", EN: "Check the path"}
	}
	return f
}
