// Package tileserver answers requests for vector tiles of base layers and of
// checks, and keeps what the run of a check leaves for its map.
package tileserver

import (
	"landcheck/api/access"
	"landcheck/api/basedata"
	"landcheck/api/results"
	"landcheck/api/store"
)

// Handlers answers requests for tiles and for what there is of them.
type Handlers struct {
	store    store.Checks
	bases    *basedata.Cache
	results  *results.Cache
	log      *access.Log
	renderer *tileRenderer
}

// New serves tiles of what a store holds. The renderer draws so many
// at one time, within so many bytes of memory.
func New(checks store.Checks, b *basedata.Cache, r *results.Cache, log *access.Log, drawing int, memory int64) *Handlers {
	return &Handlers{store: checks, bases: b, results: r, log: log, renderer: newTileRenderer(drawing, memory)}
}
