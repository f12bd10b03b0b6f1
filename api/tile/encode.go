package tile

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"

	"landcheck/geo"
	"landcheck/geo/guard"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
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
	Properties map[string]any   // texts, whole numbers, figures
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

// speck is the area of half a pixel by half a pixel, units².
const speck = float64(Extent/Pixels) * float64(Extent/Pixels) / 4

type drawn struct {
	*Feature
	shape orb.MultiPolygon
	area  float64 // units²
}

// Encode makes a tile of one layer out of the features near it, in their order.
func Encode(ctx context.Context, g Grid, a Address, layer string, features []Feature, small Small) (Tile, error) {
	const chunk = 128 // features that a goroutine draws: some milliseconds
	parts := make([][]drawn, (len(features)+chunk-1)/chunk)
	group, ctx := guard.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range parts {
		group.Go(func() (err error) {
			from := i * chunk
			parts[i], err = draw(ctx, g, a, features[from:min(from+chunk, len(features))], small)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Tile{}, err
	}
	return pack(layer, slices.Concat(parts...))
}

// draw makes the pieces of some features.
func draw(ctx context.Context, g Grid, a Address, features []Feature, small Small) ([]drawn, error) {
	c := newCutter(g, a)
	near := g.Bound(a)
	var all []drawn
	for i := range features {
		f := &features[i]
		if f.Bound.IsEmpty() || !f.Bound.Intersects(near) {
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		shape, clipped, err := c.piece(f.Geometry)
		if err != nil {
			return nil, err
		}
		d := drawn{Feature: f, shape: shape, area: areaOf(shape)}
		switch {
		case d.area < speck && c.tiny(f.Bound) && small == Drop:
			continue
		case d.area < speck && c.tiny(f.Bound):
			d.shape = c.pixel(c.units(orb.MultiPolygon{f.Bound.ToPolygon()})...)
		case len(shape) == 0 && len(clipped) > 0 && small == Mark: // long and thin
			d.shape = c.pixel(clipped...)
		}
		if len(d.shape) > 0 {
			all = append(all, d)
		}
	}
	return all, nil
}

// tiny tells whether a whole feature, by its box, takes less than a pixel.
func (c *cutter) tiny(box orb.Bound) bool {
	lo, hi := c.grid.plane(box.Min), c.grid.plane(box.Max)
	return (hi[0]-lo[0])*(hi[1]-lo[1]) < 4*speck*c.unit*c.unit
}

// pixel is a square of one pixel in the middle of a figure.
func (c *cutter) pixel(figure ...orb.Polygon) orb.MultiPolygon {
	const pixel = Extent / Pixels
	middle := geo.Bound(figure).Center()
	x := math.Round(middle[0]/c.step)*c.step - pixel/2
	y := math.Round(middle[1]/c.step)*c.step - pixel/2
	return orb.MultiPolygon{{orb.Ring{{x, y}, {x + pixel, y}, {x + pixel, y + pixel}, {x, y + pixel}, {x, y}}}}
}

func areaOf(mp orb.MultiPolygon) float64 {
	var sum float64
	for _, p := range mp {
		for _, r := range p {
			sum += area2(r) / 2 // holes run the other way
		}
	}
	return sum
}

// pack writes a tile. One that is too full loses its smallest features.
func pack(layer string, all []drawn) (Tile, error) {
	t := Tile{}
	for keep := min(len(all), MaxFeatures); keep > 0; keep = keep * 3 / 4 {
		some := largest(all, keep)
		l := &mvt.Layer{Name: layer, Version: 2, Extent: Extent, Features: make([]*geojson.Feature, len(some))}
		for i, d := range some {
			f := &geojson.Feature{Type: "Feature", Geometry: d.shape, Properties: d.Properties}
			if d.ID != 0 {
				f.ID = d.ID
			}
			l.Features[i] = f
		}
		data, err := mvt.Marshal(mvt.Layers{l})
		if err != nil {
			return Tile{}, err
		}
		t = Tile{Data: data, Features: keep, Omitted: len(all) - keep}
		if len(data) <= MaxBytes {
			return t, nil
		}
	}
	return t, nil
}

// largest are the features that cover most, in their order.
func largest(all []drawn, keep int) []drawn {
	if keep == len(all) {
		return all
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all[b].area, all[a].area) })
	order = order[:keep]
	slices.Sort(order)
	some := make([]drawn, keep)
	for i, k := range order {
		some[i] = all[k]
	}
	return some
}
