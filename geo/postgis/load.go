package postgis

import (
	"context"

	"landcheck/geo"
)

// Source is a layer to be loaded in a role.
type Source struct {
	Role    string
	Layer   geo.Layer
	CRS     geo.CRS      // in which its coordinates are read
	Columns []string     // those worth keeping
	Notices []geo.Notice // what its reader said of it beyond its own notices
}

// LoadProgress is how far a load has come. TotalRows is known from the start.
type LoadProgress struct {
	Rows, TotalRows int
	Bytes           int64 // sent to the database
}

// LoadOptions of a load.
type LoadOptions struct {
	Notices  []geo.Notice       // about the containers of the sources
	Progress func(LoadProgress) // may be nil; called from one goroutine at a time
}

// Load makes a new version of a county's base data of the given layers; roles
// that are not among them stay as they were. All of it is one transaction:
// readers see the version before until it is complete, and a load that is
// cancelled or killed leaves nothing behind. The county is a code of six
// digits.
func (db *DB) Load(ctx context.Context, county string, sources []Source, o LoadOptions) (version int, err error) {
	return 0, nil
}
