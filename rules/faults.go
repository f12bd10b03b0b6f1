package rules

import (
	"cmp"
	"slices"
	"strings"

	"landcheck/geo"
)

// Input errors is everything that is wrong with a rulebook, in the order of its
// file; never empty. errors.As finds the first.
type Faults []*geo.InputError

// Error is one line for each input error, in English.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the input errors one by one.
func (f Faults) Unwrap() []error {
	out := make([]error, len(f))
	for i, one := range f {
		out[i] = one
	}
	return out
}

// maxFaults caps what is gathered: a file of nothing but mistakes is told in
// its first hundred.
const maxFaults = 100

// docket gathers input errors while a book is read, so that its author sees them
// all at once.
type docket struct{ list Faults }

// note keeps an input error; any other error stays the caller's.
func (d *docket) note(err error) error {
	switch f := err.(type) {
	case nil:
		return nil
	case *geo.InputError:
		if f != nil && len(d.list) < maxFaults {
			d.list = append(d.list, f)
		}
		return nil
	case Faults:
		for _, one := range f {
			_ = d.note(one) // a *geo.InputError is always kept
		}
		return nil
	}
	return err
}

// verdict is nil where nothing was noted.
func (d *docket) verdict() error {
	if len(d.list) == 0 {
		return nil
	}
	slices.SortStableFunc(d.list, func(a, b *geo.InputError) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Record, b.Record), cmp.Compare(a.Column, b.Column))
	})
	return d.list
}
