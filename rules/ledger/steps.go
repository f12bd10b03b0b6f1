package ledger

import (
	"context"

	"landcheck/geo/guard"
	"landcheck/geo/transient"
)

// sideBySide takes steps that do not wait for each other, each to its end: of
// several that fail the first in the list is told, not the fastest. What the
// outside causes says nothing of the input, and ends the others at once: they
// may wait for minutes for what is away.
func (w *builder) sideBySide(ctx context.Context, steps ...func(ctx context.Context) error) error {
	errs := make([]error, len(steps))
	group := guard.New()
	group.SetLimit(w.jobs)
	for i, step := range steps {
		group.Go(func() error {
			if errs[i] = step(ctx); transient.Is(errs[i]) {
				w.stop(errs[i])
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil { // a panic
		return err
	}
	if cause := context.Cause(ctx); transient.Is(cause) {
		return cause
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
