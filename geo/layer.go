package geo

import (
	"context"
	"iter"

	"landcheck/geo/symbol"

	"github.com/paulmach/orb"
)

// Feature is one record of a layer.
type Feature struct {
	Record   int              // 1-based position in its file, deleted records counted
	Geometry orb.MultiPolygon // closed rings, outer first then its holes; nil for a null shape
	Values   []string         // the requested columns, in the order of the request; absent is ""
}

// FieldType is how a column is stored.
type FieldType byte

// The field types that land data uses.
const (
	TextField   FieldType = 'C'
	NumberField FieldType = 'N'
	DateField   FieldType = 'D' // values read as YYYYMMDD
)

// Field describes a column. Width and Decimals matter when a layer is written
// to a Shapefile.
type Field struct {
	Name     string
	Alias    string // what people are shown in its place, often Chinese; "" for none
	Type     FieldType
	Width    int
	Decimals int
}

// Layer is a table of areal features read in place: opening one costs its
// headers, not its contents. A Layer is safe for use by one goroutine at a
// time; geometry and values handed out are never changed afterwards.
type Layer interface {
	// Name is the file's base name or the table's name, decoded to UTF-8.
	Name() string
	// File names the layer for a person: "base/DLTB.shp", "plan.zip!DLBG.shp",
	// "plan.gpkg!DLBG".
	File() string
	// CRS is what the file itself says. A zero CRS with a nil error means that
	// it says nothing; a system that cannot be used is a *InputError.
	CRS() (CRS, error)
	Fields() []Field
	// Len counts records, null shapes included, deleted ones not.
	Len() int
	// Bound is the box of all features; empty when there are none.
	Bound() orb.Bound
	// Digest is "sha256:…" over the bytes that make up the layer. It may run
	// beside any other call: a county's takes as long as the rest of a check.
	Digest(ctx context.Context) (string, error)
	// Notices is what was odd so far; complete after a full read.
	Notices() []Notice
	// Near yields, in record order, the features whose box meets any of the
	// boxes (in the layer's own CRS); nil boxes mean every feature, null shapes
	// included. Columns are matched without regard to case; one that the layer
	// lacks reads as "". The first error ends the sequence.
	Near(ctx context.Context, boxes []orb.Bound, columns []string) iter.Seq2[Feature, error]
	// Rows yields every record's values without touching geometry.
	Rows(ctx context.Context, columns []string) iter.Seq2[Feature, error]
	Close() error
}

// AliasedLayer is a layer that people are shown under another name than its own,
// often a Chinese one; "" for none.
type AliasedLayer interface {
	Alias() string
}

// Table is a layer held in memory: what writers take and small readers fill.
type Table struct {
	Name   string
	Title  string // what people call it, for formats that keep one; "" is Name
	CRS    CRS
	Fields []Field
	Rows   []Feature      // Values parallel to Fields
	Styles []symbol.Style // how it may be drawn, the usual way first; GeoPackages keep them
}
