package deliver

import (
	"context"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// hair is what coordinates cannot tell from nothing: land narrower than the tolerance
// of topology (0.001 m), or whose area rounds to 0.00 m². Outlines that are meant to
// be one leave it when they are cut. It makes no record, and is told.
func hair() ledger.SliverLimits { return ledger.SliverLimits{Area: 0.005, Width: 0.001} }

// isHair tells whether a piece is one.
func isHair(p piece) bool {
	is, _ := hair().Is(p.area, p.polygon)
	return is
}

// pbfCutter cuts records of the base's PBF by what the plan does to them.
type pbfCutter struct {
	*delivery
	layer  *pbfLayer
	faces  []*ledger.Face // that leave PBF, or stay in it as other land
	index  *geo.Index
	kernel *geo.Kernel
	ar     overlay.Arranger
	ended  []*pbfRow // what leaves
	thin   int       // pieces that are slivers
	thinM2 float64
	hairs  int // pieces that are hair
	hairM2 float64
}

// altered tells whether a face changes what the PBF layer says of its land.
func altered(f *ledger.Face) bool {
	return f.Before.PBF && (!f.After.PBF || fateOf(f) != fate{})
}

// fate is what becomes of a part of a PBF record; the zero fate is that it stays as
// it is.
type fate struct {
	leaves     bool
	change     string // file and record of the change it leaves by
	class      string // "" and 0: as before
	slope      int
	grade      int
	refinement string
	refined    bool    // the refinement differs
	ridge      float64 // of a survey that found another net area
	surveyed   bool
}

func fateOf(f *ledger.Face) fate {
	if !f.After.PBF {
		return fate{leaves: true, change: f.Out.File + "\x00" + level(f.Out.Record)}
	}
	var x fate
	if f.After.Class != f.Before.Class {
		x.class = f.After.Class
	}
	if f.After.Slope != f.Before.Slope {
		x.slope = f.After.Slope
	}
	if f.After.Grade != f.Before.Grade {
		x.grade = f.After.Grade
	}
	if f.After.Refinement != f.Before.Refinement {
		x.refinement, x.refined = f.After.Refinement, true
	}
	if centi(f.After.PBFNet) != centi(f.Before.PBFNet) {
		x.ridge, x.surveyed = round(1-f.After.PBFNet/f.Area, 4), true
	}
	return x
}

func (d *delivery) newPBFCutter(l *pbfLayer) *pbfCutter {
	c := &pbfCutter{delivery: d, layer: l, kernel: geo.NewKernel()}
	var boxes []orb.Bound
	for i := range d.Ledger.Faces {
		if f := &d.Ledger.Faces[i]; altered(f) {
			c.faces = append(c.faces, f)
			boxes = append(boxes, f.Geometry.Bound())
		}
	}
	c.index = geo.NewIndex(boxes)
	return c
}

// part is what of a record has one fate.
type part struct {
	fate
	faces []*ledger.Face
	cells []orb.Polygon
}

// cut gives what becomes of a record: itself, or its pieces that stay.
func (c *pbfCutter) cut(ctx context.Context, row *pbfRow, r *plan.Record) ([]*pbfRow, error) {
	if len(r.Geometry) == 0 {
		return []*pbfRow{row}, nil
	}
	var near []int
	c.index.Search(geo.Bound(r.Geometry), func(i int) bool {
		near = append(near, i)
		return true
	})
	if len(near) == 0 {
		return []*pbfRow{row}, nil
	}
	slices.Sort(near)
	if _, err := plan.Repair(c.kernel, &r.Feature); err != nil {
		return nil, err
	}
	c.ar.Reset()
	shapes := []*overlay.Shape{c.ar.Prepare(r.Geometry, geo.Bound(r.Geometry))}
	for _, i := range near {
		g := orb.MultiPolygon{c.faces[i].Geometry}
		shapes = append(shapes, c.ar.Prepare(g, geo.Bound(g)))
	}
	cells, err := c.ar.CellsWithin(ctx, shapes, func(cover []int32) bool { return cover[0] == 0 })
	if err != nil {
		return nil, err
	}
	parts := c.sorted(cells, near)
	all, err := c.split(ctx, parts)
	if err != nil || !slices.ContainsFunc(all, func(p piece) bool { return p.of.fate != fate{} && !isHair(p) }) {
		return []*pbfRow{row}, err
	}
	return c.pieces(row, r, parts, all), nil
}

// sorted gathers cells by their fate, what stays as it is first.
func (c *pbfCutter) sorted(cells []overlay.Cell, near []int) []*part {
	parts := []*part{{}}
	for _, cell := range cells {
		var to fate
		var face *ledger.Face
		if len(cell.Cover) > 1 {
			face = c.faces[near[cell.Cover[1]-1]]
			to = fateOf(face)
		}
		at := slices.IndexFunc(parts, func(p *part) bool { return p.fate == to })
		if at < 0 {
			at, parts = len(parts), append(parts, &part{fate: to})
		}
		p := parts[at]
		p.cells = append(p.cells, cell.Polygon)
		if face != nil && !slices.Contains(p.faces, face) {
			p.faces = append(p.faces, face)
		}
	}
	return slices.DeleteFunc(parts, func(p *part) bool { return len(p.cells) == 0 })
}

// piece is a polygon of a part.
type piece struct {
	of      *part
	polygon orb.Polygon
	area    float64
}

// split gives the polygons of parts, and counts what of them is hair.
func (c *pbfCutter) split(ctx context.Context, parts []*part) (all []piece, err error) {
	for _, p := range parts {
		union, err := overlay.Dissolve(ctx, p.cells)
		if err != nil {
			return nil, err
		}
		for _, polygon := range union {
			all = append(all, piece{p, polygon, c.surveyor.Polygon(polygon)})
			c.countHair(all[len(all)-1])
		}
	}
	return all, nil
}

func (c *pbfCutter) countHair(p piece) {
	if isHair(p) {
		c.hairs++
		c.hairM2 += p.area
	}
}

// pieces makes records of pieces: a record a polygon, as the database wants single
// parts, with the areas of the whole shared out.
func (c *pbfCutter) pieces(row *pbfRow, r *plan.Record, parts []*part, all []piece) []*pbfRow {
	weights := make([]float64, len(all))
	for i, p := range all {
		weights[i] = p.area
	}
	grossShares, netShares := shareOut(row.gross, weights), shareOut(row.net, weights)
	deducted, stated := c.layer.own(row, fieldKCMJ)
	deductedShares := shareOut(deducted, weights)
	var kept []*pbfRow
	for i, p := range all {
		if isHair(p) {
			continue
		}
		made := &pbfRow{values: slices.Clone(row.values), geometry: orb.MultiPolygon{p.polygon}, gross: grossShares[i], net: netShares[i], parent: c.layer.get(row, fieldBSM)}
		if stated {
			c.layer.set(made, fieldKCMJ, area(deductedShares[i]))
		}
		c.finish(made, p, parts)
		if p.of.leaves {
			c.ended = append(c.ended, made)
			continue
		}
		if len(all) == 1 && len(r.Geometry) == 1 {
			made.geometry = r.Geometry // whole, with the vertices that it has
		}
		c.tell(p)
		kept = append(kept, made)
	}
	c.renumber(kept, len(all))
	return kept
}

// tell counts a piece that a drawer would take for a sliver.
func (c *pbfCutter) tell(p piece) {
	if sliver, _ := c.Ledger.Sliver.Is(p.area, p.polygon); sliver {
		c.thin++
		c.thinM2 += p.area
	}
}

// renumber has the largest piece keep the number of the whole parcel, and every
// piece of a parcel that was cut take an id of its own.
func (c *pbfCutter) renumber(kept []*pbfRow, pieces int) {
	if pieces == 1 {
		return
	}
	largest := 0
	for i, row := range kept {
		row.renumber = true
		if row.net > kept[largest].net {
			largest = i
		}
	}
	for i, row := range kept {
		if i != largest {
			c.layer.set(row, fieldNumber, "")
		}
	}
}

// finish states of a piece what is not the whole parcel's.
func (c *pbfCutter) finish(row *pbfRow, p piece, parts []*part) {
	l, to := c.layer, p.of
	changed := to.faces
	switch {
	case to.leaves:
		row.change = changedOut
		l.set(row, fieldUntil, c.day(to.faces[0].Out))
	case len(to.faces) == 0:
		row.change = changedRest
		for _, other := range parts {
			changed = append(changed, other.faces...)
		}
	default:
		row.change = changedTraits
	}
	row.of = changeIDs(changed)
	if year := c.yearOfFaces(changed); year != 0 {
		l.set(row, fieldYear, level(year))
	}
	l.retrait(row, to.fate)
	l.setAreas(row)
	l.remark(row, c.planName()+row.change+within(" "+row.of, 60))
}

// retrait writes what a part is after the plan that the whole was not.
func (l *pbfLayer) retrait(row *pbfRow, to fate) {
	if to.class != "" {
		l.set(row, fieldDLBM, to.class)
		l.set(row, fieldDLMC, className(to.class))
	}
	if to.slope != 0 {
		l.set(row, fieldSlope, level(to.slope))
	}
	for _, g := range l.grades {
		if to.grade != 0 {
			l.set(row, g, level(to.grade))
		}
	}
	if to.refined {
		l.refine(row, to.refinement)
	}
	if to.surveyed {
		row.net = centi(float64(row.gross) / 100 * (1 - to.ridge))
		l.deduct(row, to.ridge)
	}
}
