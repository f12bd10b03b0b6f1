package ledger

import "context"

// looks counts turns of inner loops and looks once in so many whether to end
// early. It belongs to one goroutine; nil never ends.
type looks struct {
	stopped func() error
	turns   int
	err     error // why it ended, nil where it did not
}

// turnsPerLook is some milliseconds of the dearest turns, of about 1 µs each.
const turnsPerLook = 4096

// looksAt looks at what says why to end early, nil while there is no reason to.
func looksAt(stopped func() error) *looks { return &looks{stopped: stopped} }

// another is one for another goroutine, that ends for the same reason.
func (l *looks) another() *looks {
	if l == nil {
		return nil
	}
	return &looks{stopped: l.stopped, err: l.err}
}

// ended counts a turn and tells whether to end: then what is under way breaks off,
// and what it gives means nothing.
func (l *looks) ended() bool {
	if l == nil {
		return false
	}
	if l.turns++; l.turns >= turnsPerLook && l.err == nil {
		l.turns, l.err = 0, l.stopped()
	}
	return l.err != nil
}

// stopped is why a context has ended, nil while it has not.
func stopped(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// ending is stopped of a context, for what looks at it now and then.
func ending(ctx context.Context) func() error {
	return func() error { return stopped(ctx) }
}
