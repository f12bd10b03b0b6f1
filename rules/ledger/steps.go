package ledger

import "landcheck/geo/guard"

// sideBySide takes steps that do not wait for each other, each to its end: of
// several that fail the first in the list is told, not the fastest.
func sideBySide(jobs int, steps ...func() error) error {
	errs := make([]error, len(steps))
	group := guard.New()
	group.SetLimit(jobs)
	for i, step := range steps {
		group.Go(func() error {
			errs[i] = step()
			return nil
		})
	}
	if err := group.Wait(); err != nil { // a panic
		return err
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
