package deliver

import (
	"landcheck/geo"

	"github.com/paulmach/orb"
)

// coordinatesOf is the table that coordinate text is written from: parcels in the
// form that geo/coordtxt takes.
func (d *delivery) coordinatesOf(name, purpose, sort string, rows []*parcel) *geo.Table {
	t := &geo.Table{Name: d.named(name), CRS: d.Ledger.CRS}
	for _, f := range []string{"BSM", "MC", "MJ", "YT", "BGHDLBM", "TFH", "TBLX", "DLMC", "ZLDBQ", "ZLDB", "BZ"} {
		t.Fields = append(t.Fields, geo.Field{Name: f, Type: geo.TextField, Width: maxText})
	}
	for _, p := range rows {
		shape, left := wide(p.geometry, d.surveyor)
		if left > 0 {
			d.note("地块 %[1]s 有 %.4[2]f m² 细于坐标文件的毫米精度，坐标文件中没有", "%.4[2]f m² of parcel %[1]s are finer than the millimetres of coordinate text, and are not in it", p.id, left)
		}
		if len(shape) == 0 {
			continue
		}
		label := sort + d.Ledger.Villages[p.village]
		if d.Draft {
			label = draftMark + label
		}
		before, after := p.mostlyGrades()
		class := p.mostly(classAfter)
		t.Rows = append(t.Rows, geo.Feature{Record: len(t.Rows) + 1, Geometry: shape,
			Values: []string{p.id, label, area(p.gross), purpose, class, p.sheet, sort, className(class), before, after, remarks(d.Draft, d.planName())}})
	}
	return t
}

// finest is the area of a part that millimetres may lose, m².
const finest = 0.01

// wide is a shape without parts that vanish where coordinates have millimetres, and
// the area of these, m².
func wide(shape orb.MultiPolygon, s *geo.Surveyor) (rest orb.MultiPolygon, left float64) {
	for _, p := range shape {
		if a := s.Polygon(p); a < finest || thin(p[0]) {
			left += a
			continue
		}
		rest = append(rest, p)
	}
	return rest, left
}

// thin tells a ring that has fewer than three corners at a precision of a millimetre.
func thin(r orb.Ring) bool {
	type corner [2]int64
	seen := map[corner]bool{}
	for _, p := range r {
		seen[corner{int64(float64(p[0]*1000) + 0.5), int64(float64(p[1]*1000) + 0.5)}] = true
	}
	return len(seen) < 3
}
