package plan

import (
	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// Extent is how much the layers of a role hold and where, for those who draw
// or list base data.
type Extent struct {
	Features int       // records, null shapes included
	CRS      geo.CRS   // of the first layer that has coordinates
	Bound    orb.Bound // degrees; empty without any
	Files    []string  // layers, in the order in which Near gives them
}

// Extent of a role; zero for one that is absent.
func (b *Base) Extent(role domain.Role) (Extent, error) {
	e := Extent{Bound: geo.Bound(nil)}
	for _, l := range b.layers[role] {
		if l.err != nil {
			return e, l.err
		}
		l.mutex.Lock()
		n, bound := l.layer.Len(), l.layer.Bound()
		l.mutex.Unlock()
		e.Features += n
		e.Files = append(e.Files, l.layer.File())
		if l.origin == unknownOrigin {
			continue
		}
		if e.CRS.IsZero() {
			e.CRS = l.crs
		}
		t, err := geo.NewTransform(l.crs, geo.CRS{Kind: geo.Geographic})
		if err != nil {
			return e, inFile(err, l.layer.File())
		}
		box, err := t.Bound(bound)
		if err != nil {
			return e, inFile(err, l.layer.File())
		}
		if e.Bound.IsEmpty() {
			e.Bound = box
		} else {
			e.Bound = e.Bound.Union(box)
		}
	}
	return e, nil
}
