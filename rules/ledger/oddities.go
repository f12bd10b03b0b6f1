package ledger

import (
	"slices"

	"landcheck/geo"
	"landcheck/rules/plan"
)

// oddities gathers what was wrong or odd about the inputs. A flaw of a base
// parcel under changed land is a finding like one of the plan's own; one
// elsewhere changes no figure of a rule and is a notice.
func (w *works) oddities() error {
	l := w.ledger
	under := map[key]bool{}
	for i := range w.layers {
		for j := range w.layers[i].parcels {
			if p := &w.layers[i].parcels[j]; p.under.Load() {
				under[keyOf(p.Role, p.File, p.Record)] = true
			}
		}
	}
	l.Flaws = slices.Clone(l.Plan.Flaws)
	l.Notices = append(slices.Clone(l.Plan.Notices), w.base.Notices()...)
	for _, f := range w.base.Flaws() {
		if under[keyOf(f.Role, f.File, f.Record)] {
			l.Flaws = append(l.Flaws, f)
			continue
		}
		l.Notices = append(l.Notices, geo.Notice{Severity: geo.Warning, File: f.File, Record: f.Record, Message: f.Message})
	}
	return w.twists()
}

// twists says of base parcels that cross or overlap themselves where they do.
// The overlay counts land that such a parcel winds round at all as covered,
// which is what MakeValid's structure method does.
func (w *works) twists() error {
	parcels := w.twisted
	slices.SortFunc(parcels, func(a, b *parcel) int { return compareFeatures(a.Feature, b.Feature) })
	kernel := geo.NewKernel()
	for _, p := range slices.Compact(parcels) {
		f := p.Feature
		flaw, err := plan.Repair(kernel, &f)
		if err != nil {
			return err
		}
		if flaw != nil {
			w.ledger.Flaws = append(w.ledger.Flaws, *flaw)
		}
	}
	return nil
}

// key is a record of a layer.
type key struct {
	role   plan.Role
	file   string
	record int
}

func keyOf(role plan.Role, file string, record int) key { return key{role, file, record} }
