package postgis

import (
	"context"
	"time"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// Dataset is one layer of one load.
type Dataset struct {
	County   string
	ID       int64 // counts the county's datasets
	Role     string
	Version  int // of the load that brought it
	Name     string
	File     string
	Digest   string
	CRS      geo.CRS
	SRID     int         // 0 for a system without an EPSG code
	Fields   []geo.Field // all of the source's
	Columns  []string    // those that are kept, as the source spells them
	Rows     int
	Bound    orb.Bound // in the dataset's own system; empty without any shape
	LonLat   orb.Bound // the same in degrees
	Area     float64   // ellipsoidal, of all features, m²
	LoadedAt time.Time
}

// County is a county that has base data.
type County struct {
	Code     string
	Version  int       // the current one
	Versions []int     // all of them, oldest first
	LoadedAt time.Time // of the current version
	LonLat   orb.Bound
	Roles    []string // of the current version, sorted
}

// RoleLayer is a layer in its role.
type RoleLayer struct {
	Role string
	geo.Layer
}

// Counties are the counties with base data, by code.
func (db *DB) Counties(ctx context.Context) ([]County, error) { return nil, nil }

// Datasets are all datasets of a county, of all versions, oldest first. A
// county without base data has none.
func (db *DB) Datasets(ctx context.Context, county string) ([]Dataset, error) { return nil, nil }

// Layers are the layers of a version of a county's base data; version 0 is the
// current one, and the version comes back. A county or version that is not
// there is a *geo.Fault that names those that are. Close the layers, or plan's
// Base over them; that does not close the database.
func (db *DB) Layers(ctx context.Context, county string, version int) ([]RoleLayer, int, error) {
	return nil, 0, nil
}

// LayersNear is Layers with the current layers of every other county whose box
// meets the given one, in degrees: for a plan near a border.
func (db *DB) LayersNear(ctx context.Context, county string, version int, lonLat orb.Bound) ([]RoleLayer, int, error) {
	return nil, 0, nil
}

// Notices are what was odd about the containers that a version of a county's
// base data was loaded from; layers have their own.
func (db *DB) Notices(ctx context.Context, county string, version int) ([]geo.Notice, error) {
	return nil, nil
}
