// Package transient tells failures of the environment from wrong input: a
// database that is unavailable, a disk that is full, a process without descriptors.
// Such an error says nothing of a plan. A request that meets it is to be sent
// again, a check that meets it waits, and neither counts as an attempt.
//
// The readers' input errors keep what they wrap, so that a full disk is one also
// where it shows as an archive that cannot be unpacked.
package transient

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"slices"
	"syscall"
)

// ErrUnavailable is what Is looks for in an error that is transient by the
// place where it arose.
var ErrUnavailable = errors.New("what the program depends on cannot be used now")

// marked is an error that Mark was given; it reads as before.
type marked struct{ error }

func (m marked) Unwrap() []error { return []error{ErrUnavailable, m.error} }

// Mark makes an error transient, for a place where any failure is: the
// program's own directories, a connection to a database. nil stays nil.
func Mark(err error) error {
	if err == nil || errors.Is(err, ErrUnavailable) {
		return err
	}
	return marked{err}
}

// ErrReplaced is in the errors of a file that somebody changes while it is read:
// ErrUnavailable as well, since it may be whole the next time.
var ErrReplaced = fmt.Errorf("%w: a file is being replaced", ErrUnavailable)

// replaced is an error that Replaced was given; it reads as before.
type replaced struct{ error }

func (r replaced) Unwrap() []error { return []error{ErrReplaced, r.error} }

// Replaced makes an error one of a file that is being replaced; nil is
// ErrReplaced itself.
func Replaced(err error) error {
	if err == nil || errors.Is(err, ErrReplaced) {
		return cmp.Or(err, ErrReplaced)
	}
	return replaced{err}
}

// Is tells whether an error is transient: it was marked, or it holds an
// errno, an SQLSTATE or a failure of a connection that no input brings about.
func Is(err error) bool {
	if err == nil {
		return false
	}
	if errors.Is(err, ErrUnavailable) {
		return true
	}
	var database interface{ SQLState() string }
	if errors.As(err, &database) && IsState(database.SQLState()) {
		return true
	}
	var network *net.OpError
	return errors.As(err, &network) || slices.ContainsFunc(errnos, func(e syscall.Errno) bool { return errors.Is(err, e) })
}
