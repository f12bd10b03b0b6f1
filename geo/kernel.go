package geo

import (
	"errors"
	"fmt"
	"math"
	"runtime"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geos"

	"landcheck/geo/wkb"
)

// collectAfter is how much C memory a kernel fills before it asks for a
// collection. GEOS geometries are freed only by Go's collector, which does not
// come on its own since the Go heap stays small: 8 000 overlays reached
// 398 MB. Collecting costs a millisecond or so, a few hundred overlays' worth.
const collectAfter = 64 << 20

// Kernel is one GEOS context: validity, repair, and the overlay that the
// program's own overlay is held against. It belongs to one goroutine; make one
// for each worker (3 µs). Results are areal: lines and points that an overlay
// leaves are dropped; outer rings run counter-clockwise, holes clockwise, rings
// are closed. Inputs are not changed.
type Kernel struct {
	geos   *geos.Context
	wkb    []byte // reused from call to call
	filled int    // bytes of C memory since the last collection, estimated

	simpleChecker simpleChecker // of rings that GEOS need not look at
}

// NewKernel makes a kernel.
func NewKernel() *Kernel { return &Kernel{geos: geos.NewContext()} }

// Union dissolves the parts into one shape. Parts may overlap; each must be
// valid. grid is the precision in the unit of the coordinates, 0 for floating.
func (k *Kernel) Union(parts []orb.MultiPolygon, grid float64) (orb.MultiPolygon, error) {
	var all orb.MultiPolygon
	for _, p := range parts {
		all = append(all, p...)
	}
	var out orb.MultiPolygon
	err := k.guard("union", func() error {
		g, err := k.enter(all)
		if err != nil {
			return err
		}
		u := (*geos.Geom)(nil)
		if grid > 0 {
			u = g.UnaryUnionPrec(grid)
		} else {
			u = g.UnaryUnion()
		}
		out, err = k.leave(u, g)
		return err
	})
	return out, err
}

// Intersection is what two valid shapes share, on a grid (0 for floating).
func (k *Kernel) Intersection(a, b orb.MultiPolygon, grid float64) (orb.MultiPolygon, error) {
	return k.overlay("intersection", a, b, func(g, h *geos.Geom) *geos.Geom {
		if grid > 0 {
			return g.IntersectionPrec(h, grid)
		}
		return g.Intersection(h)
	})
}

// Difference is what of a lies outside b, both valid, on a grid (0 for
// floating).
func (k *Kernel) Difference(a, b orb.MultiPolygon, grid float64) (orb.MultiPolygon, error) {
	return k.overlay("difference", a, b, func(g, h *geos.Geom) *geos.Geom {
		if grid > 0 {
			return g.DifferencePrec(h, grid)
		}
		return g.Difference(h)
	})
}

// Distance is the shortest distance between two shapes in the unit of the
// coordinates: 0 where they touch or overlap, +Inf if one is empty.
func (k *Kernel) Distance(a, b orb.MultiPolygon) (float64, error) {
	d := math.Inf(1)
	err := k.guard("distance", func() error {
		g, h, err := k.enterBoth(a, b)
		switch {
		case err != nil:
			return err
		case g.IsEmpty() || h.IsEmpty():
			return nil
		case g.Intersects(h): // the indexed distance knows edges only
			d = 0
		default:
			d = g.DistanceIndexed(h)
		}
		return nil
	})
	return d, err
}

func (k *Kernel) overlay(name string, a, b orb.MultiPolygon, cut func(g, h *geos.Geom) *geos.Geom) (orb.MultiPolygon, error) {
	var out orb.MultiPolygon
	err := k.guard(name, func() error {
		g, h, err := k.enterBoth(a, b)
		if err != nil {
			return err
		}
		out, err = k.leave(cut(g, h), g, h)
		return err
	})
	return out, err
}

func (k *Kernel) enterBoth(a, b orb.MultiPolygon) (g, h *geos.Geom, err error) {
	if g, err = k.enter(a); err == nil {
		h, err = k.enter(b)
	}
	return g, h, err
}

// enter hands a shape to C, as WKB: constructors by coordinates skip the
// context's lock.
func (k *Kernel) enter(mp orb.MultiPolygon) (*geos.Geom, error) {
	for _, p := range mp {
		for _, r := range p {
			for _, v := range r {
				if !finite(v) { // MakeValid would drop the point and say nothing
					return nil, fmt.Errorf("invalid coordinate (%v, %v)", v[0], v[1])
				}
			}
		}
	}
	k.wkb = wkb.Append(k.wkb[:0], mp, 0)
	k.fill(len(k.wkb))
	g, err := k.geos.NewGeomFromWKB(k.wkb)
	if err == nil && g == nil {
		err = errors.New("GEOS read nothing")
	}
	return g, err
}

// leave takes a result back. Binary overlays fail by returning nil and no
// reason: what is wrong is asked of the inputs.
func (k *Kernel) leave(g *geos.Geom, inputs ...*geos.Geom) (orb.MultiPolygon, error) {
	if g == nil {
		for i, in := range inputs {
			if !in.IsValid() {
				return nil, fmt.Errorf("shape %d is invalid: %s", i+1, in.IsValidReason())
			}
		}
		return nil, errors.New("GEOS found no result")
	}
	data := g.ToWKB()
	k.fill(len(data))
	out, err := wkb.Decode(data, 0, wkb.Options{ArealOnly: true})
	if err != nil {
		return nil, err
	}
	return wind(out.Parts), nil
}

// fill counts memory that C now holds. GEOS keeps a third ordinate and some
// hundred bytes of its own for each geometry.
func (k *Kernel) fill(wkbBytes int) {
	k.filled += wkbBytes + wkbBytes/2 + 512
	if k.filled >= collectAfter {
		k.filled = 0
		runtime.GC()
	}
}

// guard is where GEOS panics become errors.
func (k *Kernel) guard(name string, work func() error) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case geos.Error:
			err = r
		case *runtime.PanicNilError: // the binding panics with an error that C did not set
			err = errors.New("GEOS gave no reason")
		default:
			panic(r)
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", name, err)
		}
	}()
	return work()
}
