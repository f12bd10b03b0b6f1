package geo

import (
	"context"
	"iter"

	"github.com/paulmach/orb"
)

// Known is a record with what is known of it before its shape is read.
type Known struct {
	Feature           // Geometry is nil where the shape was spared
	Box     orb.Bound // as the layer has it: it holds the shape, though it may be larger
	Area    float64   // of all of it as a Surveyor of the layer's system has it, m²; 0 where it is not known
}

// Surveyed is a layer that knows the areas of records that were measured
// before: sums over a county need not read their shapes again.
type Surveyed interface {
	// Split gives at most n spans, in order, that hold all records whose boxes
	// meet any of the boxes, each about as many. They may be read side by side.
	Split(boxes []orb.Bound, n int) []Span
	// NearSparing is Near within a span, for those who can do without some
	// shapes. Of each record whose area in the system is known, spare is asked,
	// with all of it but its geometry; where the answer is yes the shape is not
	// read. There is nothing odd about the shapes of records that spare is asked
	// of.
	NearSparing(ctx context.Context, system CRS, in Span, boxes []orb.Bound, columns []string, spare func(*Known) bool) iter.Seq2[Known, error]
}

// Span is the records from one to another, both among them.
type Span struct{ First, Last int }

// Noted is a layer of which something is known that else all its rows would
// have to be read for.
type Noted interface {
	// Noted is the text under a key.
	Noted(key string) (text string, ok bool)
}

// Loaded is a layer that was put where it is by one of several loads.
type Loaded interface {
	// Load is the number of that load; a later one has a higher number.
	Load() int
}

// Learner is a layer that remembers, for its next reading or its next reader,
// what was found out about it. It forgets everything when its bytes change.
type Learner interface {
	Noted
	// Note remembers a text.
	Note(key, text string)
	// Learn remembers areas of records by a Surveyor of a system, m².
	Learn(system CRS, areas map[int]float64)
}
