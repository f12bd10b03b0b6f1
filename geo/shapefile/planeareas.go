package shapefile

import (
	"context"
	"encoding/binary"
	"errors"
	"math"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

var _ geo.PlaneMeasurer = (*Layer)(nil)

// PlaneAreas implements geo.PlaneMeasurer by the shoelace formula over the points as
// they lie in the file; only records of several rings are nested. Nothing odd is
// said of the records: that is for who reads them.
func (l *Layer) PlaneAreas(ctx context.Context, scale float64, visit func(record int, area float64) error) error {
	if l.closed.Load() {
		return errClosed
	}
	err := inplace.Guard(0, func() error {
		shapes, rows := inplace.Sequential{File: l.shp}, inplace.Sequential{}
		if l.table != nil {
			rows.File = l.table.file
		}
		defer shapes.Leave()
		defer rows.Leave()
		for i := range l.records.len() {
			if i%inplace.BlockSize == 0 {
				if err := errors.Join(ctx.Err(), l.records.Sound(i/inplace.BlockSize)); err != nil {
					return err
				}
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
	return l.place(err)
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
	return inplace.PlaneArea(rings)
}

// shoelace is the signed area of a ring of points as they lie in the file.
func shoelace(body []byte) float64 {
	if len(body) < 48 {
		return 0
	}
	sum := geo.NewShoelace(float(body), float(body[8:]))
	for body = body[16:]; len(body) >= 16; body = body[16:] {
		sum.Add(float(body), float(body[8:]))
	}
	return sum.Area()
}
