package together

import (
	"context"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/wording"
)

// areas looks for land in two project areas. Where outlines meet, the width alone
// tells noise from land, without a ceiling (README.md of ledger, Pieces and slivers).
func (c *checker) areas(ctx context.Context) error {
	features, err := c.areaFeatures()
	if err != nil {
		return err
	}
	s := &search{checker: c, features: features}
	s.sort = func(a, b []int) (string, int, int) { return sameArea, a[0], b[0] }
	whole, err := s.run(ctx)
	if err != nil {
		return err
	}
	c.count(sameArea, geo.Textf("比对了 %d 个整治区域图形", "%d shapes of project areas were held against each other", len(features)), whole)
	return s.report(ctx, false, func(x *shared) geo.Text {
		a, b := s.labels(x)
		return geo.Textf("%[1]s与%[2]s的整治区域重叠 %[3]s：同一片土地列入两个项目。",
			"The project areas of %[1]s and %[2]s share %[3]s: the same land is in two projects.", a, b, wording.Area(x.area))
	})
}

// changes looks for land that two plans change.
func (c *checker) changes(ctx context.Context) error {
	features, err := c.changeFeatures()
	if err != nil {
		return err
	}
	s := &search{checker: c, features: features}
	s.sort = s.meaning
	whole, err := s.run(ctx)
	if err != nil {
		return err
	}
	note := geo.Textf("比对了 %d 个变更图形", "%d changes were held against each other", len(features))
	for _, rule := range []string{inOut, outTwice, inTwice, sameChange} {
		c.count(rule, note, whole)
	}
	return s.report(ctx, true, s.message)
}

// meaning is the gravest thing that is to be said of land which changes a of one
// plan and b of another cover, and the two that it is about.
func (s *search) meaning(a, b []int) (rule string, i, j int) {
	inA, isInA := firstOf(s.features, a, domain.PBFIn)
	outA, isOutA := firstOf(s.features, a, domain.PBFOut)
	inB, isInB := firstOf(s.features, b, domain.PBFIn)
	outB, isOutB := firstOf(s.features, b, domain.PBFOut)
	switch {
	case isInA && isOutB:
		return inOut, inA, outB
	case isOutA && isInB:
		return inOut, outA, inB
	case isOutA && isOutB:
		return outTwice, outA, outB
	case isInA && isInB:
		return inTwice, inA, inB
	}
	return sameChange, s.byRole(a), s.byRole(b)
}

// message says what two changes do to each other.
func (s *search) message(x *shared) geo.Text {
	a, b := s.labels(x)
	fa, fb := s.features[x.a].feature, s.features[x.b].feature
	area := wording.Area(x.area)
	if x.rule == inOut && fa.Role == domain.PBFOut { // told from the plan that brings land in
		a, b, fa, fb = b, a, fb, fa
	}
	words := map[string][2]string{
		inOut: {"%[1]s的%[3]s有 %[5]s 落在%[2]s的%[4]s之内：补进来的永久基本农田又被另一个项目调出。",
			"%[5]s of %[3]s of %[1]s lie in %[4]s of %[2]s: PBF that one project brings in leaves by the other."},
		outTwice: {"%[1]s的%[3]s与%[2]s的%[4]s 重叠 %[5]s：同一块永久基本农田调出两次。",
			"%[3]s of %[1]s and %[4]s of %[2]s share %[5]s: the same PBF is taken out twice."},
		inTwice: {"%[1]s的%[3]s与%[2]s的%[4]s 重叠 %[5]s：同一块地补划两次，只能抵一次。",
			"%[3]s of %[1]s and %[4]s of %[2]s share %[5]s: the same land compensates twice and can only once."},
		sameChange: {"%[1]s的%[3]s与%[2]s的%[4]s 重叠 %[5]s：同一块土地由两个方案改变，互相矛盾或重复计算。",
			"%[3]s of %[1]s and %[4]s of %[2]s share %[5]s: two plans change the same land, against each other or counted twice."},
	}[x.rule]
	return geo.Textf(words[0], words[1], a, b, named(fa), named(fb), area)
}

func (s *search) labels(x *shared) (a, b geo.Text) {
	return s.plans[s.features[x.a].plan].label(), s.plans[s.features[x.b].plan].label()
}

// count notes what was compared; a search that ended early says so.
func (c *checker) count(rule string, note geo.Text, whole bool) {
	if !whole {
		note = geo.Textf("%[1]s；重叠超过 %[2]d 处，其余没有再找", "%[1]s; the search ended at %[2]d overlaps", note, mostMeetings)
	}
	c.of(rule).Note = &note
}
