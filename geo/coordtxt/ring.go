package coordtxt

import (
	"github.com/paulmach/orb"

	"landcheck/geo"
	nesting "landcheck/geo/rings"
)

// polygons makes the shape of a parcel.
func (r *reader) polygons(p *parcelBlock) (orb.MultiPolygon, error) {
	rings, closing, err := r.rings(p)
	if err != nil {
		return nil, err
	}
	// Producers count with or without the closing points.
	if n := len(p.points); p.declared >= 0 && p.declared != n && p.declared != n-closing {
		r.note(p.line, geo.Textf("地块 %[1]s 声明 %[2]d 个界址点，实有 %[3]d 个", "parcel %[1]s declares %[2]d points and has %[3]d", p.id, p.declared, n))
	}
	if len(rings) == 0 {
		r.note(p.line, geo.Textf("地块 %s 没有图形", "parcel %s has no shape", p.id))
		return nil, nil
	}
	shape, ok := nesting.Nest(rings)
	if !ok {
		return nil, r.inputErrorAt(p.line, geo.Textf("地块 %[1]s 的圈嵌套关系过于复杂", "the nesting of the rings of parcel %[1]s is too intricate", p.id),
			geo.Text{ZH: "请拆分地块，或改用 GeoPackage", EN: "Split the parcel, or use a GeoPackage"})
	}
	return shape, nil
}

// rings cuts the points: a new ring starts where the ring number changes, or
// after the first point has come again. It also counts the closing points.
func (r *reader) rings(p *parcelBlock) (rings []orb.Ring, closing int, err error) {
	for rest := p.points; len(rest) > 0; {
		first := rest[0]
		ring := orb.Ring{{first.east, first.north}}
		closed := false
		used := 1
		for used < len(rest) && rest[used].ring == first.ring && !closed {
			next := rest[used]
			at := orb.Point{next.east, next.north}
			used++
			again := next.label != "" && next.label == first.label && len(ring) >= 3
			last := used == len(rest) || rest[used].ring != first.ring
			switch {
			case at == ring[0]:
				closed = len(ring) >= 3
			case again && last && next.east == next.north:
				r.note(next.line, geo.Text{ZH: "闭合点的 Y 误写为 X，已按起点闭合", EN: "the closing point has X written twice: closed at the first point"})
				at, closed = ring[0], true
			case again && last:
				return nil, 0, r.inputErrorAt(next.line,
					geo.Textf("闭合点 %s 与起点同号而坐标不同", "the closing point %s has the first point's label but other coordinates", next.label),
					geo.Text{ZH: "请核对该圈起点与闭合点的坐标", EN: "Check the first and the closing point of the ring"})
			}
			if at != ring[len(ring)-1] {
				ring = append(ring, at)
			}
			r.east.add(at[0])
		}
		r.east.add(first.east)
		if closed {
			closing++
		} else {
			r.note(rest[used-1].line, geo.Textf("地块 %[1]s 第 %[2]d 圈未闭合，已补上起点", "ring %[2]d of parcel %[1]s is open and has been closed", p.id, first.ring))
			ring = append(ring, ring[0])
		}
		rest = rest[used:]
		if len(ring) < 4 {
			r.note(first.line, geo.Textf("地块 %[1]s 第 %[2]d 圈少于三个点，已舍去", "ring %[2]d of parcel %[1]s has fewer than three points and is left out", p.id, first.ring))
			continue
		}
		rings = append(rings, ring)
	}
	return rings, closing, nil
}
