package transient

import (
	"errors"
	"slices"
)

// errCut is what CutShort looks for in an error that came from another process.
var errCut = errors.New("a question was cut short")

// cut is an error that MarkCut was given; it reads as before.
type cut struct{ error }

func (c cut) Unwrap() []error { return []error{errCut, ErrUnavailable, c.error} }

// MarkCut makes a transient error that CutShort finds; nil stays nil.
func MarkCut(err error) error {
	if err == nil || CutShort(err) {
		return err
	}
	return cut{err}
}

// CutShort tells whether a database ended a statement for the time that it took
// (statement_timeout, transaction_timeout), or an operator cancelled it. The error is
// transient, but waiting may not help: the same statement may take as long the
// next time, so that a caller that retries counts how often.
func CutShort(err error) bool {
	if errors.Is(err, errCut) {
		return true
	}
	var database interface{ SQLState() string }
	return errors.As(err, &database) && slices.Contains([]string{"57014", "25P04"}, database.SQLState())
}
