package evaluation

import (
	"maps"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// reserve says what a verdict does not cover (rules/README.md, Verdict).
func (b *evaluation) reserve(r *result.Report, judged []*ruleEvaluation) {
	for _, c := range judged {
		// What a verdict needs makes it incomplete; the rest stands under it.
		if c.out.Status == domain.NotChecked && !c.out.Incomplete && c.rule.Level != domain.Advisory {
			missing := once(c.wanting)
			message := c.rule.Title
			if len(missing) > 0 {
				message = geo.Textf("%[1]s（缺 %[2]s）", "%[1]s (missing: %[2]s)", c.rule.Title, wording.List(missing))
			}
			r.Reservations = append(r.Reservations, result.Reservation{Kind: result.Unchecked, Rule: c.rule.ID, Message: message, Missing: missing})
		}
	}
	for _, n := range b.strayPriors() {
		r.Reservations = append(r.Reservations, result.Reservation{Kind: result.Unchecked, Message: n.Message})
	}
	for _, u := range b.l.Plan.Unread {
		r.Reservations = append(r.Reservations, result.Reservation{Kind: result.UnreadFile,
			Message: geo.Textf("文件“%[1]s”没有读入：%[2]s", "the file “%[1]s” was not read: %[2]s", u.File, u.Why)})
	}
	if s := r.Ledger.Slivers; s.Area > b.book.Parameters.SliverTotalWarn {
		r.Reservations = append(r.Reservations, result.Reservation{Kind: result.LeftOutSlivers, Message: b.sliversSaid(s)})
	}
	if a := b.l.After; a != nil && a.Redrawn.Area > b.book.Parameters.SliverTotalWarn {
		r.Reservations = append(r.Reservations, result.Reservation{Kind: result.LeftOutSlivers, Message: geo.Textf(
			"整治后地类图斑有 %[1]d 块细碎图斑（共 %[2]s）的地类与底图不同，是边线重绘所致，没有作为变更",
			"%[1]d slivers of the land use after the plan (%[2]s in all) differ in class from the base data because outlines were drawn anew, and count as no change",
			a.Redrawn.Pieces, wording.Area(a.Redrawn.Area))})
	}
	b.beyond(r)
	b.doubtBase(r)
}

// beyond tells of land of the plan that lies outside the county where no base
// data of a neighbour was used: there was none, or whoever asked for the check
// may not see it. Which of the two is not said, nor whose land it is.
func (b *evaluation) beyond(r *result.Report) {
	county := b.l.Plan.County
	if county == "" || !b.l.Present[domain.Townships] {
		return
	}
	var changed, project total
	for _, i := range b.l.Bare[domain.Townships] {
		changed.add(b.l.Faces[i].Area)
	}
	project.add(b.l.Unseen)
	if changed.sum() == 0 && project.sum() == 0 {
		return
	}
	r.Reservations = append(r.Reservations, result.Reservation{Kind: result.BeyondCounty, Message: geo.Textf(
		"有 %[2]s 变更地块、%[3]s 整治区域在 %[1]s 的乡镇之外，那里没有使用邻县底图（没有给出，或申请核查的人无权查看）：本报告对这些土地没有结论",
		"%[2]s of changed land and %[3]s of the project area lie outside the townships of %[1]s, where no base data of a neighbouring county was used (none was given, or whoever asked for the check may not see it): this report says nothing of that land",
		county, wording.Area(changed.sum()), wording.Area(project.sum()))})
}

// once is a list without what stands in it before.
func once(list []geo.Text) []geo.Text {
	var out []geo.Text
	for _, t := range list {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// doubtBase sums the input errors of base data up, by layer.
func (b *evaluation) doubtBase(r *result.Report) {
	type sum struct {
		n    int
		area total
	}
	by := map[domain.Role]*sum{}
	for _, d := range b.doubts() {
		s := entry(by, d.role)
		s.n++
		s.area.add(d.area)
	}
	for _, role := range slices.Sorted(maps.Keys(by)) {
		r.Reservations = append(r.Reservations, result.Reservation{Kind: result.DoubtfulBase, Message: geo.Textf(
			"底图“%[1]s”有 %[2]d 处存疑，涉及变更地块 %[3]s", "the base layer “%[1]s” has %[2]d faults, which put %[3]s of changed land in doubt",
			wording.RoleTitle(role), by[role].n, wording.Area(by[role].area.sum()))})
	}
}

// sliversSaid is how many slivers were left out.
func (b *evaluation) sliversSaid(s result.SliverInfo) geo.Text {
	return geo.Textf("有 %[1]d 个细碎图斑（小于 %[3]s m² 或平均宽度小于 %[4]s m），共 %[2]s，未计入图斑类问题，超过 %[5]s m² 的提示限值",
		"%[1]d slivers (below %[3]s m² or thinner than %[4]s m) of %[2]s in all were left out of findings, more than the %[5]s m² at which this is said",
		s.Count, wording.Area(s.Area), wording.Number(b.l.Sliver.Area), wording.Number(b.l.Sliver.Width), wording.Number(b.book.Parameters.SliverTotalWarn))
}

// weigh is the verdict: of the rules, of files that were not read and, in a
// strict check, of what was reserved.
func weigh(r *result.Report, p *plan.Plan, strict bool) domain.Verdict {
	verdict := domain.Compliant
	for i := range r.Rules {
		switch {
		case r.Rules[i].Status == domain.Fail:
			return domain.Violations
		case r.Rules[i].Incomplete:
			verdict = domain.Incomplete
		}
	}
	if len(p.Unread) > 0 {
		return domain.Incomplete
	}
	if strict && len(r.Reservations) > 0 {
		return domain.Incomplete
	}
	return verdict
}

// changeRows lists the plan's changes.
func (b *evaluation) changeRows() []result.ChangeRow {
	out := make([]result.ChangeRow, 0, len(b.l.Features))
	for _, m := range b.l.Features {
		out = append(out, result.ChangeRow{Role: string(m.Change.Role), ID: m.Change.ID, Area: geo.RoundArea(m.Ellipsoid)})
	}
	return out
}
