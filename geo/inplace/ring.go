package inplace

import (
	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/rings"
)

// What is odd about the rings of a record does not stop its reading.
var (
	NullShape = Kind(geo.Warning, "", "空图形（无坐标），已跳过", "null shapes (no coordinates) were skipped")
	NoRing    = Kind(geo.Warning, "", "没有可用的环，按空图形处理", "no usable ring is left; treated as null shapes")
	OpenRing  = Kind(geo.Warning, "", "环未闭合，已闭合", "rings were not closed; closed")
	ThinRing  = Kind(geo.Warning, "", "环的不同顶点少于 3 个，已舍去", "rings with fewer than 3 distinct points were dropped")
)

// Tidied closes the rings of a record and drops those that enclose nothing for
// want of points, in place, and notes both; odd may be nil. A ring is closed in
// place if it has room.
func Tidied(list []orb.Ring, record int, odd *Issues) []orb.Ring {
	tidy := list[:0]
	for _, ring := range list {
		if len(ring) > 0 && ring[0] != ring[len(ring)-1] {
			ring = append(ring, ring[0])
			odd.note(OpenRing, record)
		}
		if !ThreeDistinct(ring) {
			odd.note(ThinRing, record)
			continue
		}
		tidy = append(tidy, ring)
	}
	if len(tidy) == 0 {
		odd.note(NoRing, record)
	}
	return tidy
}

func (o *Issues) note(what IssueKind, record int) {
	if o != nil {
		o.Add(what, record)
	}
}

// Nested makes polygons of the tidy rings of a record that begins at an offset of
// its file. Rings nested too intricately are a *geo.InputError.
func Nested(tidy []orb.Ring, record int, offset int64) (orb.MultiPolygon, error) {
	polygons, ok := rings.Nest(tidy)
	if !ok {
		return nil, &geo.InputError{
			Record: record, Offset: offset,
			Message: geo.Textf("图形有 %d 个环，嵌套关系过于复杂", "the nesting of the shape's %d rings is too intricate", len(tidy)),
			Advice:  geo.Text{ZH: "请将该图形拆分为多个图斑", EN: "Split the shape into several parcels"},
		}
	}
	return polygons, nil
}

// PlaneArea is the area of a record's rings on the plane, in square units of
// their coordinates; false where it has none. Nothing odd is noted.
func PlaneArea(list []orb.Ring) (float64, bool) {
	tidy := Tidied(list, 0, nil)
	if len(tidy) == 0 {
		return 0, false
	}
	polygons, ok := rings.Nest(tidy)
	return geo.PlaneArea(polygons), ok
}

// ThreeDistinct reports whether a closed ring has three points that differ: it
// encloses nothing else.
func ThreeDistinct(ring orb.Ring) bool {
	if len(ring) < 4 {
		return false
	}
	a := ring[0]
	for i, b := range ring {
		if b == a {
			continue
		}
		for _, c := range ring[i:] {
			if c != a && c != b {
				return true
			}
		}
		return false
	}
	return false
}
