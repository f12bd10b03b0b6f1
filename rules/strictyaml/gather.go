package strictyaml

import (
	"cmp"
	"slices"

	"landcheck/geo"
)

// Gather puts faults together, in the order of their files, as geo.Faults; nil
// where there are none. An error that is no fault of the input comes back in
// their place.
func Gather(faults geo.Faults, errs ...error) error {
	all := slices.Clone(faults)
	for _, err := range errs {
		switch e := err.(type) {
		case nil:
		case geo.Faults:
			all = append(all, e...)
		case *geo.Fault:
			all = append(all, e)
		default:
			return err
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b *geo.Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Record, b.Record), cmp.Compare(a.Column, b.Column))
	})
	return all[:min(len(all), maxFaults)]
}
