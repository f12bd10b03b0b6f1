package tile

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/paulmach/orb"
)

// storedVersion is the version of the form in which layers are kept. A program
// that meets another one makes the layer anew.
const storedVersion = 1

// ErrVersion says that a layer was kept by another version of the program.
var ErrVersion = errors.New("tile: a layer kept by another version")

// stored is a layer as it is kept. Points are differences, which are short.
type stored struct {
	Grid   string
	Origin orb.Point
	Unit   float64
	Items  []item
	Parts  []part
	Rings  []int32
	Points []int32
	Tags   []uint32
	Keys   []string
	Values []string
}

// Encode keeps a layer.
func (l *Layer) Encode(w io.Writer) error {
	s := stored{l.grid.Name, l.origin, l.unit, l.items, l.parts, l.rings, make([]int32, 0, 2*len(l.points)), l.tags, l.keys, l.values}
	last := point{}
	for _, p := range l.points {
		s.Points = append(s.Points, p.X-last.X, p.Y-last.Y)
		last = p
	}
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return err
	}
	g := gob.NewEncoder(z)
	return errors.Join(g.Encode(storedVersion), g.Encode(s), z.Close())
}

// Decode reads a layer that Encode kept; ErrVersion where another version did.
func Decode(r io.Reader) (*Layer, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("tile: a kept layer: %w", err)
	}
	g := gob.NewDecoder(z)
	version, s := 0, stored{}
	if err := g.Decode(&version); err != nil {
		return nil, fmt.Errorf("tile: a kept layer: %w", err)
	}
	if version != storedVersion {
		return nil, ErrVersion
	}
	if err := g.Decode(&s); err != nil {
		return nil, fmt.Errorf("tile: a kept layer: %w", err)
	}
	return s.layer()
}

// layer is the layer, if what was kept hangs together.
func (s *stored) layer() (*Layer, error) {
	grid, err := ParseGrid(s.Grid)
	if err != nil {
		return nil, err
	}
	l := &Layer{grid: grid, origin: s.Origin, unit: s.Unit, items: s.Items, parts: s.Parts, rings: s.Rings,
		tags: s.Tags, keys: s.Keys, values: s.Values, points: make([]point, len(s.Points)/2)}
	last := point{}
	for i := range l.points {
		last = point{last.X + s.Points[2*i], last.Y + s.Points[2*i+1]}
		l.points[i] = last
	}
	if !l.whole() {
		return nil, errors.New("tile: a kept layer is broken")
	}
	return l, nil
}

// whole tells whether every end lies where it may.
func (l *Layer) whole() bool {
	parts, tags, rings, points := int32(0), int32(0), int32(0), int32(0)
	for _, i := range l.items {
		if i.Parts < parts || i.Tags < tags {
			return false
		}
		parts, tags = i.Parts, i.Tags
	}
	for _, p := range l.parts {
		if p.Rings < rings {
			return false
		}
		rings = p.Rings
	}
	for _, r := range l.rings {
		if r < points {
			return false
		}
		points = r
	}
	for i, t := range l.tags {
		if all := [...][]string{l.keys, l.values}[i%2]; int(t) >= len(all) {
			return false
		}
	}
	return int(parts) == len(l.parts) && int(tags) == len(l.tags) && len(l.tags)%2 == 0 &&
		int(rings) == len(l.rings) && int(points) == len(l.points) && l.unit > 0
}
