package process

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// screen is a pseudo-terminal: what is written to tty can be read.
type screen struct {
	t    testing.TB
	host *os.File
	tty  *os.File
	text lines
	end  chan struct{}
}

func terminal(t testing.TB) *screen {
	t.Helper()
	host, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("there are no pseudo-terminals here: mount devpts")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { host.Close() })
	fd := int(host.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n := must[int](t)(unix.IoctlGetInt(fd, unix.TIOCGPTN))
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 120}); err != nil {
		t.Fatal(err)
	}
	tty := must[*os.File](t)(os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|syscall.O_NOCTTY, 0))
	t.Cleanup(func() { tty.Close() })
	s := &screen{t: t, host: host, tty: tty, end: make(chan struct{})}
	go func() {
		defer close(s.end)
		buf := make([]byte, 4096)
		for {
			n, err := host.Read(buf) // EIO once nobody has the terminal open
			_, _ = s.text.Write(buf[:n])
			if err != nil {
				return
			}
		}
	}()
	return s
}

// read is all that was shown, once the program has ended.
func (s *screen) read() string {
	s.t.Helper()
	s.tty.Close()
	select {
	case <-s.end:
		return s.text.String()
	case <-time.After(patience):
		s.t.Fatal("the terminal does not end")
		return ""
	}
}
