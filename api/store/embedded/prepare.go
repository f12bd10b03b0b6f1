package embedded

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"landcheck/api/store"
	"landcheck/geo/catalog"
	"landcheck/geo/transient"
	"landcheck/rules/plan"
)

// The parts of preparing a load, of which its progress counts.
const prepareParts = 4

// Prepare puts the package of a load into its directory, unpacked, and reads all of
// it: base data that cannot be used, or that is another county's, is a
// *geo.InputError. It may be done in another process.
func Prepare(ctx context.Context, t store.LoadTask) (err error) {
	t.Told(0, prepareParts)
	found := prepared{Name: nameInside(t)}
	at := filepath.Join(t.Dir, found.Name)
	if strings.EqualFold(filepath.Ext(t.Path), ".zip") {
		err = catalog.Unpack(ctx, t.Path, at, catalog.Options{Shown: t.Load.File})
	} else if err = takeIn(ctx, t.Path, at); err != nil {
		err = transient.Mark(err)
	}
	if err != nil {
		return err
	}
	t.Told(1, prepareParts)
	base, err := plan.OpenBase(ctx, []string{at}, plan.BaseOptions{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	n := &baseVersion{code: t.Load.County}
	if err := n.headers(base); err != nil {
		return err
	}
	t.Told(2, prepareParts)
	if _, err := base.Belongs(ctx, t.Load.County); err != nil {
		return err
	}
	t.Told(3, prepareParts)
	if found.Datasets, err = n.described(ctx, base); err != nil {
		return err
	}
	found.Townships, found.Bound = n.townships, n.bound
	t.Told(prepareParts, prepareParts)
	return writeJSON(filepath.Join(t.Dir, preparedFile), found)
}

// nameInside is what a package is called in the directory of its load, as reports
// name its layers: a geodatabase and a zip's folder without the zip's ending.
func nameInside(t store.LoadTask) string {
	name := store.FileName(t.Load.File)
	if strings.EqualFold(filepath.Ext(name), ".zip") {
		name = name[:len(name)-len(".zip")]
	}
	if name = strings.TrimLeft(name, ". "); name == "" || strings.EqualFold(name, preparedFile) {
		name = "base"
	}
	return name
}
