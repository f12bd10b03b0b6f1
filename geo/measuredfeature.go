package geo

import (
	"context"
	"iter"

	"github.com/paulmach/orb"
)

// MeasuredFeature is a record with what is known of it before its shape is read.
type MeasuredFeature struct {
	Feature           // Geometry is nil where the shape was skipped
	Box     orb.Bound // as the layer has it: it holds the shape, though it may be larger
	Area    float64   // of all of it as a Surveyor of the layer's system has it, m²; 0 where it is not known
}

// MeasuredLayer is a layer that knows the areas of records that were measured
// before: sums over a county need not read their shapes again.
type MeasuredLayer interface {
	// Split gives at most n spans, in order, that hold all records whose boxes
	// meet any of the boxes, each about as many. They may be read side by side.
	Split(boxes []orb.Bound, n int) []Span
	// NearSkipping is Near within a span, for those who can do without some
	// shapes. Of each record whose area in the system is known, skip is asked,
	// with all of it but its geometry; where the answer is yes the shape is not
	// read. There is nothing odd about the shapes of records that skip is asked
	// of.
	NearSkipping(ctx context.Context, system CRS, in Span, boxes []orb.Bound, columns []string, skip func(*MeasuredFeature) bool) iter.Seq2[MeasuredFeature, error]
}

// Span is the records from one to another, both among them.
type Span struct{ First, Last int }

// MetadataReader is a layer of which something is known that else all its rows would
// have to be read for.
type MetadataReader interface {
	// Metadata is the text under a key.
	Metadata(key string) (text string, ok bool)
}

// LoadedLayer is a layer that was put where it is by one of several loads.
type LoadedLayer interface {
	// Load is the number of that load; a later one has a higher number.
	Load() int
}

// LayerCache is a layer that remembers, for its next reading or its next reader,
// what was found out about it. It forgets everything when its bytes change.
type LayerCache interface {
	MetadataReader
	// SetMetadata remembers a text.
	SetMetadata(key, text string)
	// SetAreas remembers areas of records by a Surveyor of a system, m².
	SetAreas(system CRS, areas map[int]float64)
}
