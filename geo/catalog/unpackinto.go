package catalog

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"

	"landcheck/geo"
	"landcheck/geo/transient"
)

// Unpack writes the files of a zip into a directory that it makes, within the limits
// and with the refusals of Open, and leaves them there.
func Unpack(ctx context.Context, name, into string, o Options) error {
	c := &Catalog{shown: geo.Printable(cmp.Or(o.Shown, shownName(name)))}
	o.TempDir = filepath.Dir(into)
	err := c.unpack(ctx, name, o.WithDefaults())
	if err == nil {
		if err = os.Rename(c.sandbox, into); err == nil {
			c.sandbox = ""
		} else {
			err = transient.Mark(err)
		}
	}
	return errors.Join(err, c.Close())
}
