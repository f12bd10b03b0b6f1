package strictyaml

import (
	"cmp"
	"slices"

	"landcheck/geo"
)

// Gather puts input errors together, in the order of their files, as geo.InputErrors; nil
// where there are none. An error that is about something else than the input comes back in
// their place.
func Gather(list geo.InputErrors, errs ...error) error {
	all := slices.Clone(list)
	for _, err := range errs {
		switch e := err.(type) {
		case nil:
		case geo.InputErrors:
			all = append(all, e...)
		case *geo.InputError:
			all = append(all, e)
		default:
			return err
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b *geo.InputError) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Record, b.Record), cmp.Compare(a.Column, b.Column))
	})
	return all[:min(len(all), geo.MaxInputErrors)]
}
