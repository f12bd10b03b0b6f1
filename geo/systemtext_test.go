package geo

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// What the operating system says is told in the reader's language, without the
// operation and the path.
func TestSystemText(t *testing.T) {
	file := filepath.Join(t.TempDir(), "DLTB.shp")
	_, missing := os.Stat(file)
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, below := os.Stat(filepath.Join(file, "x"))
	for _, c := range []struct {
		err  error
		want Text
	}{
		{missing, Text{ZH: "没有这个文件或文件夹", EN: "no such file or folder"}},
		{below, Text{ZH: "路径中有一段不是文件夹", EN: "part of the path is no folder"}},
		{fmt.Errorf("spool: %w", &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}), Text{ZH: "磁盘已满", EN: "the disk is full"}},
		{&os.PathError{Op: "open", Path: "x", Err: syscall.ENXIO}, Text{ZH: "no such device or address", EN: "no such device or address"}},
		{fmt.Errorf("another"), Text{ZH: "another", EN: "another"}},
	} {
		if got := SystemText(c.err); got != c.want {
			t.Errorf("%v: %v, want %v", c.err, got, c.want)
		}
		said := Textf("无法打开（%v）", "cannot be opened (%v)", SystemText(c.err))
		if want := (Text{ZH: "无法打开（" + c.want.ZH + "）", EN: "cannot be opened (" + c.want.EN + ")"}); said != want {
			t.Errorf("%v: %v, want %v", c.err, said, want)
		}
	}
}
