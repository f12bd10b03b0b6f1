package plan

import (
	"strconv"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// Repair looks at a feature's geometry and, if it is invalid, makes it valid by
// the structure method. What was wrong comes back as a data-geometry issue, nil
// if nothing was. A geometry of which nothing is left becomes nil. One that
// crosses itself more often than can be repaired is a *geo.InputError; other errors
// are the kernel's.
func Repair(k *geo.Kernel, f *Feature) (*Issue, error) {
	issue, _, err := examine(k, f)
	if issue == nil || err != nil || len(f.Geometry) == 0 {
		return issue, err
	}
	return issue, repairFeature(k, f, issue)
}

// maxRepairedRings bounds what GEOS is given to repair: it joins rings one by
// one, which took 12 s for 40 000 of them.
const maxRepairedRings = 20_000

func ringCount(mp orb.MultiPolygon) int {
	n := 0
	for _, p := range mp {
		n += len(p)
	}
	return n
}

// examine says what is wrong with a feature's geometry, and how often it
// crosses itself, which is what repairing it costs.
func examine(k *geo.Kernel, f *Feature) (issue *Issue, crossings int, err error) {
	if len(f.Geometry) == 0 {
		return f.issue(geo.Text{ZH: "没有图形", EN: "the record has no shape"}, geo.Text{
			ZH: "请补画图形或删除该记录；核查时已略过", EN: "Draw the shape or delete the record; the check leaves it out"}), 0, nil
	}
	found, bad, err := k.Examine(f.Geometry)
	if err != nil {
		return nil, 0, f.tooComplex(err)
	}
	if !bad {
		return nil, 0, nil
	}
	if crossings, err = geo.Crossings(f.Geometry); err != nil {
		return nil, 0, f.tooComplex(err)
	}
	if rings := ringCount(f.Geometry); rings > maxRepairedRings {
		return nil, 0, f.tooComplex(&geo.InputError{
			Message: geo.Textf("图形无效（%[1]s，位于东 %[3]s、北 %[4]s），且有 %[5]d 个环，多于可自动修复的 %[6]d 个",
				"the shape is invalid (%[2]s, at easting %[3]s, northing %[4]s), and of its %[5]d rings no more than %[6]d can be repaired",
				found.Reason.ZH, found.Reason.EN, coordinate(found.Location[0]), coordinate(found.Location[1]), rings, maxRepairedRings),
			Advice: geo.Text{ZH: "请在该处修正边界，或将图形拆分为多个图斑", EN: "Correct the boundary there, or split the shape into several parcels"}})
	}
	issue = f.issue(
		geo.Text{ZH: "图形无效：" + found.Reason.ZH, EN: "invalid shape: " + found.Reason.EN},
		geo.Text{ZH: "请在标注处修正边界；核查时已自动修复", EN: "Correct the boundary at the place shown; the check repaired it for itself"})
	if found.Location != (orb.Point{}) {
		issue.Place = &found.Location
		issue.Message = geo.Textf("图形无效：%[1]s，位于东 %[3]s、北 %[4]s", "invalid shape: %[2]s, at easting %[3]s, northing %[4]s",
			found.Reason.ZH, found.Reason.EN, coordinate(found.Location[0]), coordinate(found.Location[1]))
	}
	return issue, crossings, nil
}

// repairFeature makes an invalid geometry valid.
func repairFeature(k *geo.Kernel, f *Feature, issue *Issue) error {
	repaired, err := k.Repair(f.Geometry)
	if err != nil {
		return inRecord(err, f.File, f.Record)
	}
	if len(repaired) == 0 {
		repaired = nil
		issue.Remedy = geo.Text{
			ZH: "修复后没有面积，核查时已略过；请重画或删除该图形",
			EN: "Nothing is left of it after repair and the check leaves it out; draw it again or delete it"}
	}
	f.Geometry = repaired
	return nil
}

// tooComplex gives an input error of the geometry its place and the feature's name.
func (f *Feature) tooComplex(err error) error {
	if inputErr, ok := geo.AsInputError(err); ok && f.ID != "" {
		g := *inputErr
		g.Message = geo.Text{ZH: "图斑 " + f.ID + "：" + g.Message.ZH, EN: "feature " + f.ID + ": " + g.Message.EN}
		err = &g
	}
	return inRecord(err, f.File, f.Record)
}

func (f *Feature) issue(message, remedy geo.Text) *Issue {
	return &Issue{Check: checkGeometry, Role: f.Role, File: f.File, Record: f.Record, ID: f.ID,
		Message: message, Remedy: remedy}
}

// coordinate is metres to the millimetre, as a GIS takes them.
func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }
