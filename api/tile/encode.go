package tile

import (
	"context"
	"slices"

	"github.com/paulmach/orb"
)

// What a tile may hold at most, so that a phone can draw it.
const (
	MaxFeatures = 10_000
	MaxBytes    = 2 << 20 // before compression
)

// Feature is something to draw.
type Feature struct {
	ID         uint64           // 0: none
	Geometry   orb.MultiPolygon // in the grid's system
	Bound      orb.Bound        // of the geometry
	Properties map[string]any   // texts, whole numbers, figures, yes or no
}

// Text sets a property to a text unless it is empty.
func (f *Feature) Text(key, value string) {
	if value != "" {
		f.Properties[key] = value
	}
}

// Small says what becomes of a feature that is smaller than a pixel.
type Small int

const (
	// Drop leaves it out: one parcel among thousands.
	Drop Small = iota
	// Mark draws a square of a pixel instead: a finding is never lost.
	Mark
)

// Tile is an encoded tile.
type Tile struct {
	Data     []byte // nil for a tile without features
	Features int
	Omitted  int // features left out because the tile was full: the smallest
}

// minVisible is the area of half a pixel by half a pixel, units².
const minVisible = float64(Extent/Pixels) * float64(Extent/Pixels) / 4

// drawn is an item in a tile.
type drawn struct {
	item     int
	area     float64 // units²
	from, to int     // its geometry among the encoded ones
}

// Tile cuts one tile out of the layer, as a layer of a name.
func (l *Layer) Tile(ctx context.Context, at Address, name string, small Small) (Tile, error) {
	lattice := l.grid.lattice(at)
	c := &cutter{Layer: l, view: l.view(lattice)}
	e := &encoder{step: float64(lattice.step)}
	var all []drawn
	for n := range l.items {
		if n%256 == 0 && ctx.Err() != nil {
			return Tile{}, ctx.Err()
		}
		b := c.extent(l.items[n].Box)
		if l.items[n].Box.empty() || b.max.x < c.lo || b.min.x > c.hi || b.max.y < c.lo || b.min.y > c.hi {
			continue
		}
		shape, seen := c.piece(n)
		if shape = c.smallest(shape, b, seen, e.step, small); len(shape) == 0 {
			continue
		}
		from := len(e.geometry)
		all = append(all, drawn{n, areaOf(shape) * e.step * e.step, from, e.add(shape)})
	}
	return e.pack(l, name, all), nil
}

// smallest is what is drawn of an item that is hardly there: by its whole box,
// and by what the tile has seen of it.
func (c *cutter) smallest(shape [][][]point, whole, seen extent, step float64, small Small) [][][]point {
	tiny := (whole.max.x-whole.min.x)*(whole.max.y-whole.min.y)*step*step < 4*minVisible
	switch {
	case tiny && areaOf(shape)*step*step < minVisible && small == Drop, seen.empty():
		return nil
	case tiny && areaOf(shape)*step*step < minVisible:
		return pixel(whole.middle(), step)
	case len(shape) == 0 && small == Mark: // long and thin
		return pixel(seen.middle(), step)
	}
	return shape
}

// pixel is a square of one pixel about a place.
func pixel(middle latticePoint, step float64) [][][]point {
	side := int32(Extent / Pixels / step)
	p := middle.snap()
	p.X, p.Y = p.X-side/2, p.Y-side/2
	return [][][]point{{{p, {p.X + side, p.Y}, {p.X + side, p.Y + side}, {p.X, p.Y + side}}}}
}

func areaOf(shape [][][]point) float64 {
	var sum float64
	for _, p := range shape {
		for _, r := range p {
			sum += turn(r) / 2 // holes run the other way
		}
	}
	return sum
}

// Encode makes a tile of one layer out of the features near it, in their order.
func Encode(ctx context.Context, g Grid, at Address, name string, features []Feature, small Small) (Tile, error) {
	near := g.Bound(at)
	some := slices.DeleteFunc(slices.Clone(features), func(f Feature) bool { return f.Bound.IsEmpty() || !f.Bound.Intersects(near) })
	return Prepare(g, some).Tile(ctx, at, name, small)
}
