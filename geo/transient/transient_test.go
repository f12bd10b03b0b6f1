package transient_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"landcheck/geo"
	"landcheck/geo/transient"

	"github.com/jackc/pgx/v5/pgconn"
)

// TestIs: a transient failure is told from what an input is, however deep
// it lies in what readers and stores say of it.
func TestIs(t *testing.T) {
	_, refused := net.Dial("tcp", "127.0.0.1:1")
	_, absent := os.Open(filepath.Join(t.TempDir(), "absent"))
	disk := &fs.PathError{Op: "write", Path: "/data/x", Err: syscall.ENOSPC}
	for _, c := range []struct {
		err         error
		unavailable bool
	}{
		{nil, false},
		{errors.New("a bug"), false},
		{io.ErrUnexpectedEOF, false}, // of a file that was cut short
		{context.DeadlineExceeded, false},
		{absent, false}, // of a path that a user gave
		{&geo.InputError{File: "plan.zip", Err: io.ErrUnexpectedEOF}, false},
		{transient.Mark(absent), true},
		{transient.Mark(io.ErrUnexpectedEOF), true},
		{disk, true},
		{refused, true},
		{&geo.InputError{File: "plan.zip", Err: disk}, true},
		{errors.Join(errors.New("first"), fmt.Errorf("second: %w", disk)), true},
		{&os.LinkError{Op: "rename", Err: syscall.EROFS}, true},
		{os.NewSyscallError("fork", syscall.EAGAIN), true},
	} {
		for _, err := range []error{c.err, wrapped(c.err)} {
			if got := transient.Is(err); got != c.unavailable {
				t.Errorf("%v: %v", err, got)
			}
		}
	}
	if err := transient.Mark(disk); err.Error() != disk.Error() || !errors.Is(err, syscall.ENOSPC) || transient.Mark(nil) != nil {
		t.Errorf("marked it is %v", err)
	}
}

func wrapped(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("check: %w", err)
}

// TestIsState goes by the names of PostgreSQL's documentation.
func TestIsState(t *testing.T) {
	for code, unavailable := range map[string]bool{
		"57P01": true, "57P02": true, "57P03": true, "57P04": true, "57P05": true, "57014": true, // admin_shutdown … query_canceled
		"53000": true, "53100": true, "53200": true, "53300": true, "53400": true, // disk_full, out_of_memory, too_many_connections
		"08000": true, "08003": true, "08006": true, "08001": true, "08P01": true,
		"58000": true, "58030": true, "58P01": true, "40001": true, "40P01": true, "40003": true, "25006": true,
		"28P01": true, "28000": true, "3D000": true, "55P03": true, "42501": true, "XX001": true, "XX002": true,
		"23505": false, "22P02": false, "22003": false, "42601": false, "XX000": false, "P0001": false, "0A000": false, "": false, "5": false,
	} {
		err := &geo.InputError{Err: &pgconn.PgError{Code: code}}
		if got := transient.Is(err); got != unavailable {
			t.Errorf("%s: %v", code, got)
		}
	}
}

// TestCutShort: what a database ended for its time is transient and told
// from the rest of it, marked or not.
func TestCutShort(t *testing.T) {
	for _, c := range []struct {
		err error
		cut bool
	}{
		{nil, false}, {transient.ErrUnavailable, false}, {&pgconn.PgError{Code: "57P01"}, false}, {&pgconn.PgError{Code: "55P03"}, false},
		{&pgconn.PgError{Code: "57014"}, true}, {&geo.InputError{Err: transient.Mark(&pgconn.PgError{Code: "25P04"})}, true},
		{transient.MarkCut(errors.New("of another process")), true},
	} {
		if got := transient.CutShort(wrapped(c.err)); got != c.cut || got && !transient.Is(c.err) {
			t.Errorf("%v: %v", c.err, got)
		}
	}
	if transient.MarkCut(nil) != nil {
		t.Error("nil is marked")
	}
}
