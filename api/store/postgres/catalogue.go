package postgres

import (
	"context"
	"time"
)

// catalogueEvery is how often what other servers have is looked at. Who opens a
// county is told by its server itself.
const catalogueEvery = 15 * time.Second

// copyCatalogues keeps the catalogue here up to what other servers have, until ctx
// is done. One that cannot be asked stops its own counties only, and is named once.
func (s *Store) copyCatalogues(ctx context.Context) {
	said := map[string]bool{} // counties whose servers cannot be asked
	for ctx.Err() == nil {
		places, err := s.db.Places(ctx)
		if err != nil && ctx.Err() == nil {
			s.o.Log.WarnContext(ctx, "where counties lie cannot be read for now", "error", err)
		}
		for _, p := range places {
			err := s.db.CopyCatalogue(ctx, p)
			if failed := err != nil && ctx.Err() == nil; failed && !said[p.County] {
				s.o.Log.WarnContext(ctx, "what a server has of a county cannot be read for now", "county", p.County, "server", p.Server, "error", err)
				said[p.County] = true
			} else if !failed && said[p.County] {
				s.o.Log.InfoContext(ctx, "a server can be read again", "county", p.County, "server", p.Server)
				said[p.County] = false
			}
		}
		pause(ctx, catalogueEvery)
	}
}
