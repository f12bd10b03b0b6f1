package geo

import (
	"context"
	"iter"

	"github.com/paulmach/orb"
)

// Seeker is a layer that can be read from the middle without going through
// what comes before.
type Seeker interface {
	// NearAfter is Near from the record after one on, most features at most.
	NearAfter(ctx context.Context, boxes []orb.Bound, columns []string, after, most int) iter.Seq2[Feature, error]
}

// NearAfter is Near from the record after one on, most features at most: a
// page of a layer. A layer that is no Seeker is read from its beginning.
func NearAfter(ctx context.Context, l Layer, boxes []orb.Bound, columns []string, after, most int) iter.Seq2[Feature, error] {
	if s, ok := l.(Seeker); ok {
		return s.NearAfter(ctx, boxes, columns, after, most)
	}
	return func(yield func(Feature, error) bool) {
		n := 0
		for f, err := range l.Near(ctx, boxes, columns) {
			if err == nil && f.Record <= after {
				continue
			}
			if n++; n > most || !yield(f, err) {
				return
			}
		}
	}
}
