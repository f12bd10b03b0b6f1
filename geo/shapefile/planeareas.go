package shapefile

import (
	"context"
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
	nesting "landcheck/geo/rings"
)

var _ geo.PlaneMeasurer = (*Layer)(nil)

// PlaneAreas implements geo.Measured by the shoelace formula over the points as
// they lie in the file; only records of several rings are nested. Nothing odd is
// said of the records: that is for who reads them.
func (l *Layer) PlaneAreas(ctx context.Context, scale float64, visit func(record int, area float64) error) error {
	if l.closed.Load() {
		return errClosed
	}
	return inplace.Guard(0, func() error {
		shapes, rows := inplace.Sequential{File: l.shp}, inplace.Sequential{}
		if l.table != nil {
			rows.File = l.table.file
		}
		defer shapes.Leave()
		defer rows.Leave()
		for i := range l.records.len() {
			if i%4096 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if l.table != nil {
				rows.Reach(l.table.header + int64(i)*l.table.width)
			}
			if l.deleted(i) {
				continue
			}
			shapes.Reach(l.records.offset(i))
			area, ok := l.planeArea(i)
			if !ok {
				continue
			}
			if err := visit(i+1, area*scale); err != nil {
				return err
			}
		}
		return nil
	})

}

func (l *Layer) planeArea(i int) (float64, bool) {
	content, ok := l.content(l.records.offset(i))
	if !ok || shapeType(binary.LittleEndian.Uint32(content)) == nullType {
		return 0, false
	}
	parts, points, bad := counts(content)
	if bad != nil || parts == 0 {
		return 0, false
	}
	if parts == 1 {
		return math.Abs(shoelace(content[polyHeader+4:][:16*points])), true
	}
	rings, bad := decodeRings(content)
	if bad != nil {
		return 0, false
	}
	kept := rings[:0]
	for _, r := range rings {
		if len(r) > 0 && r[0] != r[len(r)-1] {
			r = append(r, r[0])
		}
		if inplace.ThreeDistinct(r) {
			kept = append(kept, r)
		}
	}
	polygons, ok := nesting.Nest(kept)
	if !ok {
		return 0, false
	}
	sum := 0.0
	for _, p := range polygons {
		for k, r := range p {
			a := math.Abs(ringArea(r))
			if k > 0 {
				a = -a
			}
			sum += a
		}
	}
	return sum, true
}

// shoelace is the signed area of a ring of points as they lie in the file, from
// its first point, so that large coordinates cost no digits.
func shoelace(body []byte) float64 {
	if len(body) < 48 {
		return 0
	}
	x0, y0 := float(body), float(body[8:])
	px, py, sum := 0.0, 0.0, 0.0
	for body = body[16:]; len(body) >= 16; body = body[16:] {
		x, y := float(body)-x0, float(body[8:])-y0
		sum += px*y - x*py
		px, py = x, y
	}
	return sum / 2
}

func ringArea(r orb.Ring) float64 {
	sum := 0.0
	for i := 1; i < len(r); i++ {
		sum += (r[i-1][0]-r[0][0])*(r[i][1]-r[0][1]) - (r[i][0]-r[0][0])*(r[i-1][1]-r[0][1])
	}
	return sum / 2
}
