package rulebook

import (
	"landcheck/geo"
	"landcheck/rules/strictyaml"
)

// diagnostics gathers input errors while a book is read, so that its author sees them
// all at once.
type diagnostics struct{ list geo.InputErrors }

// note keeps an input error; any other error stays the caller's.
func (d *diagnostics) note(err error) error {
	switch f := err.(type) {
	case nil:
		return nil
	case *geo.InputError:
		if f != nil && len(d.list) < geo.MaxInputErrors {
			d.list = append(d.list, f)
		}
		return nil
	case geo.InputErrors:
		for _, one := range f {
			_ = d.note(one) // a *geo.InputError is always kept
		}
		return nil
	}
	return err
}

// verdict is nil where nothing was noted.
func (d *diagnostics) verdict() error {
	return strictyaml.Gather(d.list)
}
