package embedded

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"landcheck/geo"
	"landcheck/geo/filelock"
	"landcheck/geo/transient"
)

// lock takes a directory for this process alone. The system lets go of it when
// the process ends, however it ends; the file itself stays and means nothing.
func lock(root *os.Root) (*os.File, error) {
	f, err := root.OpenFile(lockFile, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, unusable(root.Name(), err)
	}
	held, err := filelock.Try(f)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store: %w", err), f.Close())
	}
	if !held {
		holder, _ := io.ReadAll(io.LimitReader(f, 20))
		return nil, errors.Join(taken(root.Name(), strings.TrimSpace(string(holder))), f.Close())
	}
	// For people; it is held also where the disk has no room for the number.
	if err = f.Truncate(0); err == nil {
		_, err = fmt.Fprintln(f, os.Getpid())
	}
	if err != nil && !transient.Is(err) {
		return nil, errors.Join(fmt.Errorf("store: lock %s: %w", root.Name(), err), f.Close())
	}
	return f, nil
}

// unlock lets go of a directory at once: a process that is being started just now
// still has the file until it becomes its own program.
func unlock(f *os.File) error {
	return errors.Join(filelock.Release(f), f.Close())
}

// ErrInUse is in the error of a directory that another process uses.
var ErrInUse = errors.New("store: in use")

func taken(dir, holder string) *geo.InputError {
	if holder == "" {
		holder = "?"
	}
	return &geo.InputError{
		File: dir, Err: ErrInUse,
		Message: geo.Textf("数据目录正由另一个进程使用（进程号 %s）", "the data directory is in use by another process (number %s)", holder),
		Advice: geo.Text{
			ZH: "请先停止那个服务，或用 --data 指定另一个目录；多个服务同时运行请用 --database",
			EN: "Stop that server first, or give another directory by --data; several servers at once need --database",
		},
	}
}

func unusable(dir string, err error) *geo.InputError {
	return &geo.InputError{
		File: dir, Err: err,
		Message: geo.Textf("数据目录不能使用：%v", "the data directory cannot be used: %v", geo.SystemText(err)),
		Advice:  geo.Text{ZH: "请用 --data 指定可以写入的目录", EN: "Give a directory by --data that can be written"},
	}
}

// heldByOther tells whether another process holds a directory.
func heldByOther(dir string) bool {
	held, err := filelock.Dir(dir)
	if err != nil {
		return false
	}
	if held == nil {
		return true
	}
	held.Close()
	return false
}
