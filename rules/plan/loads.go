package plan

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"landcheck/rules/domain"
)

// OpenLoads opens base data of a county that came by several loads, each as
// OpenBase takes it, oldest first: of each role the layers of the last load that
// brought it. What a load says of a role (base.yaml) counts until a later one brings
// the role, as it does in a database.
func OpenLoads(ctx context.Context, loads [][]string, o BaseOptions) (*Base, error) {
	var all []*Base
	for _, paths := range loads {
		b, err := OpenBase(ctx, paths, o)
		if err != nil {
			return nil, errors.Join(err, closeAll(all))
		}
		all = append(all, b)
	}
	whole := over(all)
	last := map[domain.Role]int{}
	for i, b := range all {
		for role, layers := range b.layers {
			whole.layers[role], last[role] = layers, i
		}
	}
	for i, b := range all {
		for _, role := range slices.Sorted(maps.Keys(b.manifest.Absent)) {
			whole.manifest.Absent[role] = len(whole.layers[role]) == 0
		}
		if i >= last[domain.PBF] {
			maps.Copy(whole.manifest.Designated, b.manifest.Designated)
		}
		for role, files := range b.unsure {
			if i >= last[role] {
				whole.unsure[role] = files
			}
		}
	}
	return whole, nil
}

// Join is base data of several counties as one: layers of one role add up. Those
// that it is made of are closed with it.
func Join(all []*Base) (*Base, error) {
	whole := over(all)
	for _, b := range all {
		for role, layers := range b.layers {
			whole.layers[role] = append(whole.layers[role], layers...)
		}
		if err := whole.manifest.plus(b.manifest); err != nil {
			return nil, errors.Join(err, closeAll(all))
		}
		for role, files := range b.unsure {
			whole.unsure[role] = append(whole.unsure[role], files...)
		}
	}
	for _, layers := range whole.layers {
		slices.SortStableFunc(layers, func(x, y *baseLayer) int { return strings.Compare(x.layer.File(), y.layer.File()) })
	}
	return whole, nil
}

// over is base data of others, without their layers.
func over(all []*Base) *Base {
	whole := &Base{source: all[0].source, jobs: all[0].jobs, layers: map[domain.Role][]*baseLayer{}, issues: map[Issue]bool{},
		manifest: emptyManifest(), unsure: map[domain.Role][]string{}, close: func() error { return closeAll(all) }}
	for _, b := range all {
		whole.outside = append(whole.outside, b.outside...)
	}
	return whole
}

func closeAll(all []*Base) error {
	var errs []error
	for _, b := range all {
		errs = append(errs, b.Close())
	}
	return errors.Join(errs...)
}
