package plan

import (
	"strconv"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// Repair looks at a feature's geometry and, if it is invalid, makes it valid by
// the structure method. What was wrong comes back as a data-geometry flaw, nil
// if nothing was. A geometry of which nothing is left becomes nil. An error is
// one of the kernel, not of the input.
func Repair(k *geo.Kernel, f *Feature) (*Flaw, error) {
	if len(f.Geometry) == 0 {
		flaw := f.flaw(geo.Text{ZH: "没有图形", EN: "the record has no shape"}, geo.Text{
			ZH: "请补画图形或删除该记录；检查时已略过", EN: "Draw the shape or delete the record; the check leaves it out"})
		return flaw, nil
	}
	found, bad := k.Validate(f.Geometry)
	if !bad {
		return nil, nil
	}
	flaw := f.flaw(
		geo.Text{ZH: "图形无效：" + found.Reason.ZH, EN: "invalid shape: " + found.Reason.EN},
		geo.Text{ZH: "请在标注处修正边界；检查时已自动修复", EN: "Correct the boundary at the place shown; the check repaired it for itself"})
	if found.Place != (orb.Point{}) {
		flaw.Place = &found.Place
		flaw.Message = geo.Textf("图形无效：%[1]s，位于东 %[3]s、北 %[4]s", "invalid shape: %[2]s, at easting %[3]s, northing %[4]s",
			found.Reason.ZH, found.Reason.EN, coordinate(found.Place[0]), coordinate(found.Place[1]))
	}
	repaired, err := k.Repair(f.Geometry)
	if err != nil {
		return nil, inRecord(err, f.File, f.Record)
	}
	if len(repaired) == 0 {
		repaired = nil
		flaw.Remedy = geo.Text{
			ZH: "修复后没有面积，检查时已略过；请重画或删除该图形",
			EN: "Nothing is left of it after repair and the check leaves it out; draw it again or delete it"}
	}
	f.Geometry = repaired
	return flaw, nil
}

func (f *Feature) flaw(message, remedy geo.Text) *Flaw {
	return &Flaw{Check: checkGeometry, Role: f.Role, File: f.File, Record: f.Record, ID: f.ID,
		Message: message, Remedy: remedy}
}

// coordinate is metres to the millimetre, as a GIS takes them.
func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }
