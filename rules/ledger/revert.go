package ledger

import (
	"landcheck/rules/plan"
)

// Reverter tells what faces would be without some of their changes. The faces
// stay those that the whole plan was cut into; a ledger that was archived has
// forgotten the coefficients of its base parcels and cannot be asked.
type Reverter struct {
	ledger  *Ledger
	surveys map[*plan.Change]bool
}

// NewReverter prepares a ledger as Build made it.
func NewReverter(l *Ledger) *Reverter {
	r := &Reverter{ledger: l, surveys: map[*plan.Change]bool{}}
	for i := range l.Features {
		if m := &l.Features[i]; m.surveyed() {
			r.surveys[m.Change] = true
		}
	}
	return r
}

// Face is face i without the changes that are dropped; changed is false where
// none is left: the land is no changed land then, and the ledger has no such face.
func (r *Reverter) Face(i int, dropped func(*plan.Change) bool) (f Face, changed bool) {
	f = r.ledger.Faces[i]
	var over []*plan.Change
	for _, c := range f.Changes() {
		if !dropped(c) {
			over = append(over, c)
		}
	}
	f.Out, f.In, f.Use, f.Urban, f.Line = plan.NoChange, plan.NoChange, plan.NoChange, plan.NoChange, plan.NoChange
	f.change(over, r.surveys)
	return f, len(over) > 0
}
