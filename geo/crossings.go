package geo

import "github.com/paulmach/orb"

// MaxCrossings is how often the boundary of one shape may cross itself or run
// along itself. A slip of drawing does so a few times, a hostile file of some
// kilobytes a million times; to repair 360 000 took GEOS, which cannot be
// stopped, 20 s and 470 MB, so that this many cost a second.
const MaxCrossings = 20_000

// Crossings counts the places in which a shape's boundary crosses itself or
// runs along itself. More than MaxCrossings, or a shape too wound up to
// count, is a *InputError that says where.
func Crossings(mp orb.MultiPolygon) (int, error) {
	s := newRingSet(ringsOf(mp))
	count := 0
	var last orb.Point
	within := s.pairs(func(e, f *edge, how follows) bool {
		if crosses(e, f, how) {
			count++
			last = orb.Point{max(e.box.Min[0], f.box.Min[0]), max(e.box.Min[1], f.box.Min[1])}
		}
		return count <= MaxCrossings
	})
	advice := Text{ZH: "请重新绘制该图形，或拆分为互不重叠的图斑", EN: "Draw the shape again, or split it into parcels that do not overlap"}
	switch {
	case count > MaxCrossings:
		return count, &InputError{Advice: advice, Message: Textf("图形与自身相交或重叠超过 %[1]d 处（其中一处在 %.3[2]f，%.3[3]f 附近）",
			"the shape crosses itself or runs along itself in more than %[1]d places (one of them near %.3[2]f, %.3[3]f)", MaxCrossings, last[0], last[1])}
	case !within:
		return count, tooComplex(len(s.runs))
	}
	return count, nil
}

func tooComplex(runs int) *InputError {
	return &InputError{
		Message: Textf("图形过于缠绕，无法判断是否有效（约 %d 个顶点）", "the shape is too wound up to tell whether it is valid (some %d vertices)", runs*blockEdges),
		Advice:  Text{ZH: "请重新绘制该图形，或拆分为几个图斑", EN: "Draw the shape again, or split it into several parcels"}}
}

func ringsOf(mp orb.MultiPolygon) []orb.Ring {
	var rings []orb.Ring
	for _, p := range mp {
		rings = append(rings, p...)
	}
	return rings
}

// crosses tells that two sides surely cross, or that they lie on one line and
// share a stretch of it as far as floating arithmetic can tell. Corners that
// touch are no crossings: there are never more of them than corners.
func crosses(e, f *edge, how follows) bool {
	switch how {
	case firstLeads:
		return !continues(e, f) && e.a != e.b && f.a != f.b
	case secondLeads:
		return !continues(f, e) && e.a != e.b && f.a != f.b
	}
	fa, fb := side(e.a, e.b, f.a), side(e.a, e.b, f.b)
	ea, eb := side(f.a, f.b, e.a), side(f.a, f.b, e.b)
	if fa*fb < 0 && ea*eb < 0 {
		return true
	}
	if fa != 0 || fb != 0 || ea != 0 || eb != 0 {
		return false
	}
	wide := min(e.box.Max[0], f.box.Max[0]) - max(e.box.Min[0], f.box.Min[0])
	high := min(e.box.Max[1], f.box.Max[1]) - max(e.box.Min[1], f.box.Min[1])
	return wide > 0 || high > 0
}
