package ledger

import (
	"fmt"
	"io"
	"slices"

	"landcheck/rules/plan"
	"landcheck/rules/stored"
)

// archive is a ledger on disk. Pointers to changes become places in the plan's
// list: gob would copy a change, with its shape, for every face.
type archive struct {
	Ledger Ledger
	Faces  [][5]int32 // place + 1 of Out, In, Use, Urban, Line; 0 is no change
	Of     []int32    // place + 1 of Features[i].Change
	Claims []int32    // place + 1 of Claims[i].Change
}

// changes are the places where a face points to a change.
func (f *Face) changes() [5]**plan.Change {
	return [5]**plan.Change{&f.Out, &f.In, &f.Use, &f.Urban, &f.Line}
}

// storedLedger is the format of a ledger on disk: its number goes up whenever what a
// field means changes. Fields that come or go tell themselves apart.
var storedLedger = stored.Kind{Name: "ledger", Format: 1}

// Encode writes a ledger so that Decode gives it back, figures to the bit. A
// version of the program with another format refuses it.
func (l *Ledger) Encode(w io.Writer) error {
	places := make(map[*plan.Change]int32, len(l.Plan.Changes))
	for i := range l.Plan.Changes {
		places[&l.Plan.Changes[i]] = int32(i + 1)
	}
	a := archive{Ledger: *l, Faces: make([][5]int32, len(l.Faces)), Of: make([]int32, len(l.Features))}
	a.Ledger.Faces, a.Ledger.Features = slices.Clone(l.Faces), slices.Clone(l.Features)
	for i := range a.Ledger.Faces {
		for k, c := range a.Ledger.Faces[i].changes() {
			a.Faces[i][k], *c = places[*c], nil
		}
	}
	for i := range a.Ledger.Features {
		a.Of[i], a.Ledger.Features[i].Change = places[l.Features[i].Change], nil
	}
	a.Ledger.Claims, a.Claims = slices.Clone(l.Claims), make([]int32, len(l.Claims))
	for i := range a.Ledger.Claims {
		a.Claims[i], a.Ledger.Claims[i].Change = places[l.Claims[i].Change], nil
	}
	return storedLedger.Write(w, &a)
}

// Decode reads what Encode wrote. A file of another make, or a damaged one, is
// a *geo.InputError.
func Decode(r io.Reader) (*Ledger, error) {
	var a archive
	if err := storedLedger.Read(r, &a); err != nil {
		return nil, err
	}
	var err error
	l := &a.Ledger
	if l.Plan == nil || len(a.Faces) != len(l.Faces) || len(a.Of) != len(l.Features) || len(a.Claims) != len(l.Claims) {
		err = fmt.Errorf("%d faces, %d links", len(l.Faces), len(a.Faces))
	}
	find := func(place int32) *plan.Change {
		switch {
		case place < 0 || int(place) > len(l.Plan.Changes):
			err = fmt.Errorf("there is no change %d", place)
			return plan.NoChange
		case place == 0:
			return plan.NoChange
		}
		return &l.Plan.Changes[place-1]
	}
	for i := range a.Faces {
		if err != nil {
			break
		}
		for k, c := range l.Faces[i].changes() {
			*c = find(a.Faces[i][k])
		}
	}
	for i := range a.Of {
		if err != nil {
			break
		}
		l.Features[i].Change = find(a.Of[i])
	}
	for i := range a.Claims {
		if err != nil {
			break
		}
		l.Claims[i].Change = find(a.Claims[i])
	}
	if err != nil {
		return nil, storedLedger.Unreadable(err)
	}
	return l, nil
}
