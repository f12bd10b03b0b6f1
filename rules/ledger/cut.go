package ledger

import (
	"context"
	"math"
	"slices"

	"landcheck/geo/overlay"
	"landcheck/geo/portable"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// The faces of a feature add up to it on the plane: noding moves edges by less
// than two micrometres, so they differ by less than a strip of that width
// around it. Ellipsoidal areas are no measure of tiling: cutting an edge moves
// the points at which the 70 m rule bends it.
const (
	tilingShare = 1e-6
	tilingStrip = 2e-6 // m
)

// shapeSource says what a shape in the arrangement is.
type shapeSource struct {
	change  int // index in Plan.Changes, -1 when it is not a change
	project bool
	layer   int // index in builder.layers
	parcel  int // index in that layer's parcels
}

// cut is what one change adds to the ledger.
type cut struct {
	faces           []Face
	claims          []Claim // Face is the place in faces
	overlaps        []overlapCell
	selfOverlapping []*parcel
}

// cost is what keeping it takes, in steps of the overlay: memory counts as the
// time of filling it.
func (c *cut) cost() int64 { return 500 * int64(len(c.faces)+len(c.overlaps)) }

// cutter cuts one change after the other. It belongs to one goroutine.
type cutter struct {
	*builder
	arranger overlay.Arranger
	shapes   []*overlay.Shape
	sources  []shapeSource
	found    []int
	sides    overlay.Separator
	sided    bool // sides is of the change at hand

	changeCorners *overlay.Corners // of all changes, once many are near one
}

// spent is how many steps of the overlay all cuts have taken so far.
func (c *cutter) spent() int64 { return c.arranger.Spent() + 2*c.sides.Looks }

// cut makes the faces that change i owns: those that it covers and that no
// change before it does.
func (c *cutter) cut(ctx context.Context, i int) (cut, error) {
	c.collect(i)
	cells, err := c.arranger.CellsWithin(ctx, c.shapes, func(cover []int32) bool { return cover[0] == 0 })
	if err != nil {
		return cut{}, named(err, c.feature)
	}
	var out cut
	sum := 0.0
	for _, cell := range cells {
		sum += c.surveyor.Planar(orb.MultiPolygon{cell.Polygon})
		for _, t := range cell.SelfOverlapping {
			if s := c.sources[t]; s.change < 0 && !s.project {
				out.selfOverlapping = append(out.selfOverlapping, &c.layers[s.layer].parcels[s.parcel])
			}
		}
		if c.owned(cell.Cover, i) {
			continue
		}
		covers := c.covers(cell.Cover)
		face, claims := c.face(cell.Polygon, c.surveyor.Polygon(cell.Polygon), covers)
		for _, claim := range claims {
			claim.Face = len(out.faces)
			out.claims = append(out.claims, claim)
		}
		out.faces = append(out.faces, face)
		for _, o := range covers.overlaps {
			out.overlaps = append(out.overlaps, overlapCell{o, cell.Polygon})
		}
	}
	feature := &c.ledger.Features[i]
	if math.Abs(sum-feature.Planar) > float64(tilingShare*feature.Planar)+float64(tilingStrip*feature.Perimeter) {
		return cut{}, errTiling(feature.Change.Feature, sum, feature.Planar)
	}
	return out, nil
}

// owned tells whether a change before i covers a cell: the others come right
// after i in a cover, ascending.
func (c *cutter) owned(cover []int32, i int) bool {
	if len(cover) < 2 {
		return false
	}
	second := c.sources[cover[1]].change
	return second >= 0 && second < i
}

// feature is what an input of the last cut was prepared from.
func (c *cutter) feature(input int) *plan.Feature {
	switch s := c.sources[input]; {
	case s.change >= 0:
		return &c.ledger.Plan.Changes[s.change].Feature
	case s.project:
		return c.featureOf(c.shapes[input])
	default:
		return &c.layers[s.layer].parcels[s.parcel].Feature
	}
}

// collect lists the shapes near change i, the change itself first.
func (c *cutter) collect(i int) {
	own := c.changes[i]
	window := own.Bound()
	c.arranger.Reset()
	c.sided = false
	c.shapes = append(c.shapes[:0], own)
	c.sources = append(c.sources[:0], shapeSource{change: i})
	c.nearby(own, func(visit func(int) bool) { c.changeIndex.Search(window, visit) },
		func(j int) bool {
			return j == i || c.changeCorners.ApartAtHub(i, j) || c.sides.Beside(c.changeCorners, j)
		})
	for _, j := range c.found {
		if j != i {
			c.shapes = append(c.shapes, c.changes[j])
			c.sources = append(c.sources, shapeSource{change: j})
		}
	}
	c.nearby(own, func(visit func(int) bool) { c.projectNear(window, visit) }, func(int) bool { return false })
	for _, j := range c.found {
		c.shapes = append(c.shapes, c.project[j])
		c.sources = append(c.sources, shapeSource{change: -1, project: true})
	}
	for k := range c.layers {
		l := &c.layers[k]
		c.nearby(own, func(visit func(int) bool) { l.index.Search(window, visit) }, func(j int) bool {
			p := &l.parcels[j]
			return own.Locate(p.Box) == overlay.Outside || c.sides.ApartFrom(p.Geometry)
		})
		for _, j := range c.found {
			p := &l.parcels[j]
			shape := p.shape
			if shape == nil {
				shape = c.arranger.Prepare(p.Geometry, p.Box)
			}
			c.shapes = append(c.shapes, shape)
			c.sources = append(c.sources, shapeSource{change: -1, layer: k, parcel: j})
		}
	}
}

// manyNear is from how many shapes about a change on each is looked at closer
// before it is cut: the box of a road across the county holds most of it.
const manyNear = 64

// nearby fills found with a search's hits, ascending; of many without those
// that lie beside the change.
func (c *cutter) nearby(own *overlay.Shape, search func(visit func(int) bool), beside func(j int) bool) {
	c.found = c.found[:0]
	many := false
	search(func(j int) bool {
		if many && beside(j) {
			return true
		}
		if c.found = append(c.found, j); !many && len(c.found) > manyNear {
			many = true
			if !c.sided {
				c.sided = true
				c.sides.Of(own)
				c.changeCorners = c.corners()
			}
			c.found = slices.DeleteFunc(c.found, beside)
		}
		return true
	})
	slices.Sort(c.found)
}

// covers is what covers one cell, by what it is.
type covers struct {
	changes  []int
	project  bool
	parcels  []*parcel // the one that counts of each role, by builder.layers; nil where none
	overlaps []overlapPair
}

// covers sorts a cell's cover. Of several features of one layer the one with
// the lowest record counts; the others are overlaps.
func (c *cutter) covers(cover []int32) covers {
	v := covers{parcels: make([]*parcel, len(c.layers))}
	for _, k := range cover {
		switch s := c.sources[k]; {
		case s.change >= 0:
			v.changes = append(v.changes, s.change)
		case s.project:
			v.project = true
		case v.parcels[s.layer] == nil:
			v.parcels[s.layer] = &c.layers[s.layer].parcels[s.parcel]
			v.parcels[s.layer].under.Store(true)
			v.parcels[s.layer].met.Store(true)
		default:
			loser := &c.layers[s.layer].parcels[s.parcel]
			loser.met.Store(true)
			if keeps := v.parcels[s.layer]; keeps.Code == "" || keeps.Code != loser.Code { // rows of one unit may share land
				v.overlaps = append(v.overlaps, overlapPair{keeps: &keeps.Feature, loses: &loser.Feature})
			}
		}
	}
	slices.SortFunc(v.changes, func(a, b int) int {
		return compareFeatures(c.ledger.Plan.Changes[a].Feature, c.ledger.Plan.Changes[b].Feature)
	})
	kept := v.changes[:0]
	var last *plan.Change
	for _, k := range v.changes {
		change := &c.ledger.Plan.Changes[k]
		if last != nil && last.Role == change.Role {
			v.overlaps = append(v.overlaps, overlapPair{keeps: &last.Feature, loses: &change.Feature})
			continue
		}
		kept, last = append(kept, k), change
	}
	v.changes = kept
	return v
}

// perimeter is the length of all rings on the plane, m.
func perimeter(mp orb.MultiPolygon) float64 {
	sum := 0.0
	for _, polygon := range mp {
		for _, r := range polygon {
			for i := 1; i < len(r); i++ {
				sum += portable.Hypot(r[i][0]-r[i-1][0], r[i][1]-r[i-1][1])
			}
		}
	}
	return sum
}
