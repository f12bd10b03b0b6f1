package catalog

import (
	"context"
	"errors"
	"path"
	"runtime"
	"strings"

	"landcheck/geo/guard"
	"landcheck/geo/shapefile"
)

// openedEarly is a Shapefile that was opened before its turn.
type openedEarly struct {
	layer *shapefile.Layer
	err   error
}

// openShapefilesEarly opens the Shapefiles side by side: a layer that no cache knows
// is walked from end to end for the boxes of its records, and a county's two
// large layers are most of a first check's beginning. What comes of each is
// taken, or told, in the order of the files.
func (c *Catalog) openShapefilesEarly(ctx context.Context) (map[string]*openedEarly, error) {
	ahead := map[string]*openedEarly{}
	group := guard.New()
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, f := range c.Files {
		if strings.ToLower(path.Ext(f.Name)) != ".shp" || !c.wanted(f) {
			continue
		}
		o := &openedEarly{}
		ahead[f.Name] = o
		group.Go(func() error {
			if ctx.Err() == nil {
				o.layer, o.err = shapefile.OpenCached(f.path, c.entry(f.Name), c.cache)
			}
			return nil
		})
	}
	err := group.Wait() // a panic; the layers' own errors wait for their turn
	return ahead, errors.Join(err, ctx.Err())
}

// closeOpenedEarly closes what nobody has taken.
func closeOpenedEarly(ahead map[string]*openedEarly) error {
	var errs []error
	for _, o := range ahead {
		if o.layer != nil {
			errs = append(errs, o.layer.Close())
		}
	}
	return errors.Join(errs...)
}
