package main

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"landcheck/geo"
	"landcheck/rules/plan"
)

// keptBase is base data in archives, which stays unpacked between the checks of a
// watch. That in folders does not stay open: --cache remembers it, and other
// programs may want to write its files. The nil one keeps nothing.
type keptBase struct {
	base    *plan.Base
	paths   []string
	options plan.BaseOptions
	files   map[string]stamp // of the archives, before they were opened
	notices []geo.Notice     // as they were when nothing was read
}

// open is openBaseEarly for whoever keeps base data.
func (k *keptBase) open(ctx context.Context, paths []string, o plan.BaseOptions) func(p *plan.Plan) (openedBase, error) {
	if k == nil || slices.ContainsFunc(paths, func(path string) bool { return !isArchive(path) }) {
		return openBaseEarly(ctx, paths, o)
	}
	return func(p *plan.Plan) (openedBase, error) {
		if p == nil {
			return openedBase{}, nil
		}
		if !k.fits(paths, o) {
			if err := k.renew(ctx, paths, o); err != nil {
				return openedBase{}, err
			}
		}
		return openedBase{k.base, func() {}}, nil
	}
}

// fits tells whether what is kept gives the report that it would give opened
// anew: nothing changed, and nothing odd was met that another plan may not meet.
func (k *keptBase) fits(paths []string, o plan.BaseOptions) bool {
	return k.base != nil && slices.Equal(k.paths, paths) && k.options == o && maps.Equal(k.files, stampsOf(paths)) &&
		len(k.base.Issues()) == 0 && reflect.DeepEqual(k.base.Notices(), k.notices)
}

func (k *keptBase) renew(ctx context.Context, paths []string, o plan.BaseOptions) (err error) {
	k.close()
	files := stampsOf(paths)
	if k.base, err = plan.OpenBase(ctx, paths, o); err != nil {
		return err
	}
	k.paths, k.options, k.files, k.notices = slices.Clone(paths), o, files, k.base.Notices()
	return nil
}

// close gives back what was unpacked.
func (k *keptBase) close() {
	if k.base != nil {
		k.base.Close()
		k.base = nil
	}
}

func stampsOf(paths []string) map[string]stamp {
	w := watched{}
	all := map[string]stamp{}
	for _, path := range paths {
		w.add(all, path)
	}
	return all
}
