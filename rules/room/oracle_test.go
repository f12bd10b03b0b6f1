package room_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"landcheck/geo"
	"landcheck/rules/room"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// query answers by GEOS, layer by layer, from the county as it was drawn: it shares
// no code with the survey.
type query struct {
	t *rapid.T
	k *geo.Kernel
}

func (q query) union(parts ...orb.MultiPolygon) orb.MultiPolygon {
	out, err := q.k.Union(parts, 0)
	q.must(err)
	return out
}

func (q query) minus(a, b orb.MultiPolygon) orb.MultiPolygon {
	if len(a) == 0 || len(b) == 0 {
		return a
	}
	out, err := q.k.Difference(a, b, 0)
	q.must(err)
	return out
}

func (q query) common(a, b orb.MultiPolygon) orb.MultiPolygon {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	out, err := q.k.Intersection(a, b, 0)
	q.must(err)
	return out
}

func (q query) distance(a, b orb.MultiPolygon) float64 {
	d, err := q.k.Distance(a, b)
	q.must(err)
	return d
}

func (q query) must(err error) {
	if err != nil {
		q.t.Fatal(err)
	}
}

// window is the hole that a test draws.
func window(annulus orb.MultiPolygon) orb.MultiPolygon {
	hole := slices.Clone(annulus[0][1])
	slices.Reverse(hole)
	return orb.MultiPolygon{{hole}}
}

// measures are the area of a polygon and its average width, m² and m.
func measures(p orb.Polygon) (area, width float64) {
	around := 0.0
	for _, r := range p {
		for i := 1; i < len(r); i++ {
			around += math.Hypot(r[i][0]-r[i-1][0], r[i][1]-r[i-1][1])
		}
	}
	area = geo.PlaneArea(orb.MultiPolygon{p})
	return area, 2 * area / around
}

// land is the parts of a shape that are large enough, and the area of those of
// which it cannot be said for sure.
func land(mp orb.MultiPolygon) (sure orb.MultiPolygon, doubtful float64) {
	for _, p := range mp {
		switch area, width := measures(p); {
		case area > 10.2 && width > 1.02:
			sure = append(sure, p)
		case area > 9.8 && width > 0.98:
			doubtful += area
		}
	}
	return sure, doubtful
}

// same tells whether candidates and land as a query finds it are the same.
func (q query) same(what string, got []room.Candidate, want orb.MultiPolygon) {
	q.t.Helper()
	sure, doubtful := land(want)
	var parts []orb.MultiPolygon
	for _, c := range got {
		parts = append(parts, orb.MultiPolygon{c.Geometry})
	}
	found := q.union(parts...)
	missing, beyond := geo.PlaneArea(q.minus(sure, found)), geo.PlaneArea(q.minus(found, want))
	if missing > 0.5 || beyond > 0.5+doubtful {
		q.t.Errorf("%s: %.2f m² is missing, %.2f m² should not be there (%d candidates)", what, missing, beyond, len(got))
	}
}

// TestCandidatesAgainstGEOS holds the candidates of counties in which everything
// crosses against queries over their layers.
func TestCandidatesAgainstGEOS(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := drawCounty(rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 5)))
		dir := t.TempDir()
		if err := c.write(t.Context(), dir); err != nil {
			rt.Fatal(err)
		}
		r := survey(t, room.Request{Base: openBase(t, dir)})
		q := query{rt, geo.NewKernel()}
		q.landIn(&c, r)
		q.landOut(&c, r)
	})
}

func (q query) landIn(c *drawnCounty, r *room.Room) {
	forbidden := q.union(c.red, window(c.red), c.urban, window(c.urban), c.water)
	for _, f := range c.pbf {
		forbidden = q.union(forbidden, f.shape())
	}
	for _, parcel := range c.fields { // a candidate is of one parcel
		if parcel.class >= "02" || parcel.slope > 4 || parcel.refinement != "" {
			continue
		}
		whole := q.minus(parcel.shape(), forbidden)
		for i, town := range c.towns {
			for _, inside := range []bool{true, false} {
				part := q.common(whole, town)
				if inside {
					part = q.common(part, c.reserve)
				} else {
					part = q.minus(part, c.reserve)
				}
				var got []room.Candidate
				for _, one := range r.In {
					if c.fields[one.Parcel.Record-1].ring[0] == parcel.ring[0] && one.Township == fmt.Sprint(150123101+i) && has(one, room.InReserve) == inside {
						got = append(got, one)
					}
				}
				q.same(fmt.Sprintf("land in of parcel at %v, town %d, reserve %v", parcel.ring[0], i, inside), got, part)
			}
		}
	}
	for i, one := range r.In {
		f := c.fields[one.Parcel.Record-1]
		if i > 0 && r.In[i-1].Rank >= one.Rank || i > 0 && has(one, room.InReserve) && !has(r.In[i-1], room.InReserve) {
			q.t.Errorf("rank %d comes after %d", one.Rank, r.In[i-1].Rank)
		}
		touches := 0
		for _, p := range c.pbf {
			if q.distance(orb.MultiPolygon{one.Geometry}, p.shape()) <= 0.001 {
				touches++
			}
		}
		if reason, ok := reasonOf(one, room.TouchesPBF); ok != (touches > 0) || ok && int(reason.Value) != touches {
			q.t.Errorf("%s touches %d parcels of PBF, told %+v", one.ID, touches, reason)
		}
		if one.Grade != f.grade || one.Slope != f.slope || one.Class != f.class {
			q.t.Errorf("%s: class %s, slope %d, grade %d; the parcel has %+v", one.ID, one.Class, one.Slope, one.Grade, f)
		}
		if reason, ok := reasonOf(one, room.GoodGrade); ok != (f.grade > 0) || ok && int(reason.Value) != f.grade {
			q.t.Errorf("%s: grade %d, told %+v", one.ID, f.grade, reason)
		}
		if has(one, room.Stable) != (f.slope > 0) || slices.Contains(one.Unchecked, room.Slope) != (f.slope == 0) {
			q.t.Errorf("%s: slope %d, %v, unchecked %v", one.ID, f.slope, has(one, room.Stable), one.Unchecked)
		}
		if net := one.Area * (1 - f.ridge); math.Abs(net-one.Net) > 0.01 {
			q.t.Errorf("%s: net %.3f, want %.3f", one.ID, one.Net, net)
		}
	}
}

// landOut asks for each piece of PBF whether there is a reason. Where parcels of
// PBF overlap the lower record has the land.
func (q query) landOut(c *drawnCounty, r *room.Room) {
	enclosed := q.union(c.urban, window(c.urban))
	patches, most := q.patches(c, true), q.patches(c, false)
	var earlier orb.MultiPolygon
	for i, f := range c.pbf {
		own := q.minus(f.shape(), earlier)
		earlier = q.union(append([]orb.MultiPolygon{earlier}, f.shape())...)
		var got []room.Candidate
		for _, one := range r.Out {
			if one.Parcel.Record == i+1 {
				got = append(got, one)
			}
		}
		scattered := patches[i] <= 20*10000.0/15
		if math.Abs(patches[i]-20*10000.0/15) < 20 || scattered != (most[i] <= 20*10000.0/15) {
			continue // the plane and the ellipsoid differ by so much; a road may or may not part the patch
		}
		steep, bed := q.byTrait(c, f, func(of field) bool { return of.slope >= 4 }, c.slopeless, f.slope >= 4, f.slope > 0),
			q.byTrait(c, f, func(of field) bool { return of.refinement == "HDGD" }, c.codeless, f.refinement == "HDGD", f.refinement != "")
		want := q.union(steep, bed, q.common(f.shape(), c.water), q.common(f.shape(), window(c.red)))
		if scattered {
			want = f.shape()
		}
		want = q.minus(q.common(want, own), enclosed)
		q.same(fmt.Sprintf("PBF %d", i+1), got, q.apart(want, c))
		for _, one := range got {
			shape := orb.MultiPolygon{one.Geometry}
			whole := map[bool]float64{true: one.Area}[scattered]
			q.reason(one, room.Scattered, whole, 0)
			for kind, part := range map[room.Kind]orb.MultiPolygon{room.Steep: q.common(shape, steep),
				room.RiverBed: q.common(shape, q.union(bed, c.water)), room.Window: q.minus(q.common(shape, window(c.red)), c.red)} {
				sure, doubtful := q.told(part, c)
				q.reason(one, kind, sure, doubtful)
			}
		}
	}
}

// apart cuts at the townships' border, where candidates end.
func (q query) apart(mp orb.MultiPolygon, c *drawnCounty) orb.MultiPolygon {
	return append(q.common(mp, c.towns[0]), q.common(mp, c.towns[1])...)
}

// byTrait is the land of a parcel of PBF of which something holds: its own record
// tells, else the land use under it.
func (q query) byTrait(c *drawnCounty, f field, holds func(field) bool, silent, own, says bool) orb.MultiPolygon {
	if !silent && says {
		if own {
			return f.shape()
		}
		return nil
	}
	var all []orb.MultiPolygon
	for _, u := range c.fields {
		if holds(u) {
			all = append(all, q.common(u.shape(), f.shape()))
		}
	}
	return q.union(all...)
}

// told is how much of a shape counts as a reason: cut along the borders of all layers,
// as faces are, without the slivers among what is left (below 1 m², or 5 cm wide on
// average); and the area of pieces that may be slivers or not.
func (q query) told(mp orb.MultiPolygon, c *drawnCounty) (sure, doubtful float64) {
	borders := []orb.MultiPolygon{c.towns[0], c.red, c.urban, c.water, c.reserve, window(c.red), window(c.urban)}
	for _, f := range slices.Concat(c.fields, c.pbf) {
		borders = append(borders, f.shape())
	}
	for _, b := range borders {
		if geo.Bound(mp).Intersects(geo.Bound(b)) {
			mp = append(q.common(mp, b), q.minus(mp, b)...)
		}
	}
	for _, p := range mp {
		switch area, width := measures(p); {
		case area > 1.02 && width > 0.052:
			sure += area
		case area > 0.98 && width > 0.048:
			doubtful += area
		}
	}
	return sure, doubtful
}

// reason holds what a candidate is told for against the area that is sure, and what
// is doubtful.
func (q query) reason(c room.Candidate, kind room.Kind, sure, doubtful float64) {
	got, ok := reasonOf(c, kind)
	most := sure + doubtful
	if got.Area < sure-0.002*sure-1.5 || got.Area > most+0.002*most+1.5 || ok && most == 0 {
		q.t.Errorf("%s: %s of %.2f m² (and perhaps %.2f), told %.2f (%v)", c.ID, kind, sure, doubtful, got.Area, ok)
	}
}

// patches is, for each parcel of PBF, the area of its patch: what lies within 12 m and
// has no road near that is near the other too, or whatever road there is.
func (q query) patches(c *drawnCounty, roadsPart bool) []float64 {
	var roads []orb.MultiPolygon
	for _, f := range c.fields {
		if f.class == "1003" {
			roads = append(roads, f.shape())
		}
	}
	group := make([]int, len(c.pbf))
	for i := range group {
		group[i] = i
	}
	for i := range c.pbf {
		for j := range i {
			d := q.distance(c.pbf[i].shape(), c.pbf[j].shape())
			if d > 12 || d > 0.001 && roadsPart && q.parted(c.pbf[i].shape(), c.pbf[j].shape(), roads) {
				continue
			}
			from, to := group[i], group[j]
			for k := range group {
				if group[k] == from {
					group[k] = to
				}
			}
		}
	}
	areas := make([]float64, len(c.pbf))
	for i := range areas {
		var all []orb.MultiPolygon
		for k, f := range c.pbf {
			if group[k] == group[i] {
				all = append(all, f.shape())
			}
		}
		areas[i] = geo.PlaneArea(q.union(all...))
	}
	return areas
}

// parted tells whether a road may lie between two parcels.
func (q query) parted(a, b orb.MultiPolygon, roads []orb.MultiPolygon) bool {
	for _, road := range roads {
		if q.distance(a, road) < 12 && q.distance(b, road) < 12 {
			return true
		}
	}
	return false
}

func has(c room.Candidate, kind room.Kind) bool {
	_, ok := reasonOf(c, kind)
	return ok
}

func reasonOf(c room.Candidate, kind room.Kind) (room.Reason, bool) {
	for _, r := range c.Reasons {
		if r.Kind == kind {
			return r, true
		}
	}
	return room.Reason{}, false
}
