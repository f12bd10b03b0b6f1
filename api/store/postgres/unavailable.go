package postgres

import (
	"context"

	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/geo/transient"
)

// unavailable marks what a method ends with where the database cannot be used, so that
// transient.Is tells. A schema that is another than this program's, and what else
// is said of the database itself, is for whoever runs it, not for who asks.
func (s *Store) unavailable(ctx context.Context, err *error) {
	*err = postgis.Unavailable(ctx, *err)
	if f, ok := geo.AsInputError(*err); ok && f.File == s.db.Name() {
		*err = transient.Mark(*err)
	}
}
