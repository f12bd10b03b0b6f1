package oracle

import (
	"github.com/paulmach/orb"
	"github.com/twpayne/go-geos"

	"landcheck/rules/proving/kit"
)

// piece is land of one state before and after: what GEOS leaves when every
// layer has cut it. Indexes are -1 where nothing covers it.
type piece struct {
	geom                                *geos.Geom
	area                                float64
	town, village, land, pbf            int
	red, urban, project, added, removed bool
	lineAdded, lineRemoved              bool
	out, in, use                        int
	enclosed                            bool
	before, after                       state
}

// grid is that of the contract (geo/overlay/README.md), m. Without one GEOS may lose a piece
// where edges nearly coincide.
const grid = 0.0001

// geometer is a GEOS context.
type geometer struct{ c *geos.Context }

func (g geometer) polygon(mp orb.MultiPolygon) *geos.Geom {
	var parts []*geos.Geom
	for _, p := range mp {
		var rings [][][]float64
		for _, r := range p {
			var ring [][]float64
			for _, q := range r {
				ring = append(ring, []float64{q[0], q[1]})
			}
			rings = append(rings, ring)
		}
		parts = append(parts, g.c.NewPolygon(rings))
	}
	all := g.c.NewCollection(geos.TypeIDMultiPolygon, parts)
	return all.MakeValidWithParams(geos.MakeValidStructure, geos.MakeValidDiscardCollapsed)
}

// polygons are the areal parts of a geometry.
func polygons(g *geos.Geom) []*geos.Geom {
	switch g.TypeID() {
	case geos.TypeIDPolygon:
		if g.IsEmpty() {
			return nil
		}
		return []*geos.Geom{g}
	case geos.TypeIDMultiPolygon, geos.TypeIDGeometryCollection:
		var all []*geos.Geom
		for i := range g.NumGeometries() {
			all = append(all, polygons(g.Geometry(i))...)
		}
		return all
	}
	return nil
}

// area is the ellipsoidal area.
func area(g *geos.Geom) float64 {
	ring := func(r *geos.Geom) (out orb.Ring) {
		for _, c := range r.CoordSeq().ToCoords() {
			out = append(out, orb.Point{c[0], c[1]})
		}
		return out
	}
	sum := 0.0
	for _, p := range polygons(g) {
		poly := orb.Polygon{ring(p.ExteriorRing())}
		for i := range p.NumInteriorRings() {
			poly = append(poly, ring(p.InteriorRing(i)))
		}
		sum += kit.Area(orb.MultiPolygon{poly})
	}
	return sum
}

// areal leaves out the lines and points that a cut may leave beside polygons:
// GEOS takes no mixed collection for the next one.
func (g geometer) areal(x *geos.Geom) *geos.Geom {
	if t := x.TypeID(); t == geos.TypeIDPolygon || t == geos.TypeIDMultiPolygon {
		return x
	}
	var clones []*geos.Geom
	for _, p := range polygons(x) {
		clones = append(clones, p.Clone())
	}
	return g.c.NewCollection(geos.TypeIDMultiPolygon, clones)
}

func meet(a, b *geos.Geom) bool {
	p, q := a.Bounds(), b.Bounds()
	return p.MinX <= q.MaxX && q.MinX <= p.MaxX && p.MinY <= q.MaxY && q.MinY <= p.MaxY
}

// cut divides every piece by the features of a layer; the first feature that
// covers land has it.
func (g geometer) cut(pieces []*piece, layer []*geos.Geom, mark func(p *piece, i int)) []*piece {
	var all []*piece
	for _, p := range pieces {
		rest := p.geom
		for i, f := range layer {
			if rest.IsEmpty() || !meet(rest, f) {
				continue
			}
			common := g.areal(rest.IntersectionPrec(f, grid))
			if common.IsEmpty() {
				continue
			}
			part := *p
			part.geom = common
			mark(&part, i)
			all = append(all, &part)
			rest = g.areal(rest.DifferencePrec(f, grid))
		}
		if len(polygons(rest)) > 0 {
			p.geom = rest
			all = append(all, p)
		}
	}
	return all
}

func (g geometer) union(all []*geos.Geom) *geos.Geom {
	var clones []*geos.Geom
	for _, x := range all {
		for _, p := range polygons(x) {
			clones = append(clones, p.Clone())
		}
	}
	return g.c.NewCollection(geos.TypeIDGeometryCollection, clones).UnaryUnionPrec(grid)
}

// filled is a union without its holes.
func (g geometer) filled(all []*geos.Geom) *geos.Geom {
	var shells []*geos.Geom
	for _, p := range polygons(g.union(all)) {
		shells = append(shells, g.c.NewPolygon([][][]float64{p.ExteriorRing().CoordSeq().ToCoords()}))
	}
	return g.union(shells)
}

func (g geometer) shapes(parcels []parcel) []*geos.Geom {
	var all []*geos.Geom
	for _, p := range parcels {
		all = append(all, g.polygon(p.shape))
	}
	return all
}

// pieces overlays the whole world.
func (w *world) pieces() ([]*piece, geometer) {
	g := geometer{geos.NewContext()}
	roles := map[string][]*geos.Geom{}
	index := map[string][]int{}
	var all []*geos.Geom
	for i, c := range w.changes {
		role := c.role
		if role == "urban" || role == "line" {
			role += map[bool]string{true: "+", false: "-"}[c.added]
		}
		s := g.polygon(c.shape)
		roles[role], index[role], all = append(roles[role], s), append(index[role], i), append(all, s)
	}
	if len(all) == 0 {
		return nil, g
	}
	pieces := []*piece{{geom: g.union(all), town: -1, village: -1, land: -1, pbf: -1, out: -1, in: -1, use: -1}}
	pieces = g.cut(pieces, roles["out"], func(p *piece, i int) { p.out = index["out"][i] })
	pieces = g.cut(pieces, roles["in"], func(p *piece, i int) { p.in = index["in"][i] })
	pieces = g.cut(pieces, roles["use"], func(p *piece, i int) { p.use = index["use"][i] })
	pieces = g.cut(pieces, roles["urban+"], func(p *piece, _ int) { p.added = true })
	pieces = g.cut(pieces, roles["urban-"], func(p *piece, _ int) { p.removed = true })
	pieces = g.cut(pieces, roles["line+"], func(p *piece, _ int) { p.lineAdded = true })
	pieces = g.cut(pieces, roles["line-"], func(p *piece, _ int) { p.lineRemoved = true })
	pieces = g.cut(pieces, g.shapes(w.towns), func(p *piece, i int) { p.town = i })
	pieces = g.cut(pieces, g.shapes(w.villages), func(p *piece, i int) { p.village = i })
	pieces = g.cut(pieces, g.shapes(w.land), func(p *piece, i int) { p.land = i })
	pieces = g.cut(pieces, g.shapes(w.pbf), func(p *piece, i int) { p.pbf = i })
	pieces = g.cut(pieces, g.shapes(w.red), func(p *piece, _ int) { p.red = true })
	pieces = g.cut(pieces, g.shapes(w.urban), func(p *piece, _ int) { p.urban = true })
	pieces = g.cut(pieces, []*geos.Geom{g.filled(g.shapes(w.urban))}, func(p *piece, _ int) { p.enclosed = true })
	var project []*geos.Geom
	for _, s := range w.project {
		project = append(project, g.polygon(s))
	}
	pieces = g.cut(pieces, project, func(p *piece, _ int) { p.project = true })
	for _, p := range pieces {
		p.area = area(p.geom)
	}
	return pieces, g
}
