package room

import (
	"context"
	"math/big"

	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/rulebook"
)

// Designations is what the townships of base data designated and the limit on what
// may leave them: what stays the same whatever projects move. It is immutable and
// may be used by any number of goroutines.
type Designations struct {
	limit *big.Rat
	land  *ledger.Ledger
}

// DesignationsOf reads what townships designated, without looking for candidates.
// Errors are those of Survey.
func DesignationsOf(ctx context.Context, b *plan.Base, book *rulebook.Rulebook) (*Designations, error) {
	s := &survey{Request: Request{Base: b, Book: book}, room: &Room{Limit: capOf(book)}}
	if err := s.begin(ctx); err != nil {
		return nil, err
	}
	l, err := ledger.OfLand(ctx, s.land, b, ledger.Options{Sliver: ledger.SliverLimits{Area: book.Parameters.SliverArea, Width: book.Parameters.SliverWidth}})
	if err != nil {
		return nil, err
	}
	return &Designations{limit: s.room.Limit, land: &ledger.Ledger{Designated: l.Designated, Townships: l.Townships}}, nil
}

// Limit is the most of a township's designated PBF that may leave it; ok is false
// where the rulebook sets none.
func (d *Designations) Limit() (share float64, ok bool) {
	if d.limit == nil {
		return 0, false
	}
	share, _ = d.limit.Float64()
	return share, true
}

// After is what the townships have left after projects have moved their share, by
// code, without shapes and candidates.
func (d *Designations) After(moved []plan.Prior) []Township {
	s := &survey{Request: Request{Prior: moved}, room: &Room{Limit: d.limit}}
	return s.left(d.land)
}
