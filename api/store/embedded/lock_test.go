package embedded

import (
	"syscall"
	"testing"
)

// TestLockInherited: a process that is being started has the files of this one for
// a moment, and does not keep the directory from who opens it next.
func TestLockInherited(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	inherited, err := syscall.Dup(int(s.lock.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(inherited)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(dir, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}
