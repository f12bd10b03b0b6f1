package rulebook

import (
	"maps"
	"math"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/wording"

	"go.yaml.in/yaml/v4"
)

func (r *Rule) setPlace(at position, sound bool) { r.at, r.sound = at, sound }

// checkBlocks looks at what the ledger measures once for the whole book.
func (b *Rulebook) checkBlocks(t *tree, d *diagnostics) {
	if x := b.Parameters.SlopedClass; x != math.Trunc(x) || x < 1 || x > 5 {
		_ = d.note(t.place(child(child(t.root, "parameters"), "sloped_class")).faultf("坡度级别应为 1 至 5 的整数", "a slope class is a whole number from 1 to 5"))
	}
	var first *Rule
	for i := range b.Rules {
		r := &b.Rules[i]
		switch {
		case r.Blocks == nil || r.Off:
		case first == nil:
			first = r
		case r.Blocks.Gap != first.Blocks.Gap || !slices.Equal(r.Blocks.Barriers, first.Blocks.Barriers):
			_ = d.note(r.at.faultf("blocks 的间距和阻隔与规则“%s”不同；一个规则册只测算一种连片", "gap and barriers of blocks differ from those of rule %q: a rulebook measures one sort of block", first.ID))
		}
	}
}

// checkWith looks at rules that lean on others: they exist, are on, and lean
// on none themselves, so there is no circle.
func (b *Rulebook) checkWith(d *diagnostics) error {
	for i := range b.Rules {
		r := &b.Rules[i]
		if r.Forbid == nil {
			continue
		}
		for _, id := range r.Forbid.With {
			o := b.Rule(id)
			if o == nil || o == r || o.Off {
				_ = d.note(r.at.unknown(geo.Text{ZH: "规则（with）", EN: "rule in with"}, id, b.ids(r)))
				continue
			}
			if o.Forbid != nil && len(o.Forbid.With) > 0 {
				_ = d.note(r.at.faultf("with 所指规则“%s”自身也带 with", "rule %q in with has a with of its own", id))
			}
		}
	}
	return nil
}

func (r *Rule) check(t *tree, n *yaml.Node, d *diagnostics) error {
	kind, err := r.constraint()
	if err != nil {
		return err
	}
	kindPlace := t.place(child(n, string(r.Kind())))
	if err := kind.validate(); err != nil {
		return kindPlace.fault(*err, geo.Text{})
	}
	roles := map[domain.Role]bool{}
	conditions := append(kind.expressions(), &r.Among.Expression, &r.KnownOn.Expression)
	if r.Patches != nil {
		if r.Patches.Of.ReadsPatches() {
			return r.Patches.Of.Fault(geo.Text{ZH: "patches.of 不能使用 patch_area", EN: "patches.of cannot use patch_area"}, geo.Text{})
		}
		conditions = append(conditions, &r.Patches.Of.Expression)
	}
	for _, s := range r.Show {
		conditions = append(conditions, &s.Of.Expression, &s.Where.Expression)
		if s.Over != nil && s.Over.Sum != nil {
			conditions = append(conditions, &s.Over.Sum.Of.Expression, &s.Over.Sum.Where.Expression)
		}
	}
	for _, c := range conditions {
		if c.ReadsPatches() && r.Patches == nil {
			return c.Fault(geo.Text{ZH: "用到 patch_area 的规则须有 patches", EN: "a rule that uses patch_area needs patches"},
				geo.Text{ZH: "加上 patches: {of: 条件, gap_m: 0}", EN: "Add patches: {of: condition, gap_m: 0}."})
		}
		maps.Copy(roles, c.Roles())
		r.asksCounty, r.asksYear, r.asksBlock = r.asksCounty || c.ReadsCounty(), r.asksYear || c.ReadsYear(), r.asksBlock || c.ReadsBlock()
	}
	if r.Among.ReadsPatches() {
		return r.Among.Fault(geo.Text{ZH: "among 不能使用 patch_area", EN: "among cannot use patch_area"}, geo.Text{})
	}
	for _, role := range r.Needs {
		roles[role] = true
	}
	if len(r.Known) > 0 && !r.Among.Given() {
		return r.at.faultf("用到 known 的规则须有 among", "a rule with known needs among")
	}
	if r.KnownOn.Given() && len(r.Known) == 0 {
		return r.at.faultf("known_on 只与 known 连用", "known_on goes with known, and only with it")
	}
	for _, role := range r.PartNeeds {
		delete(roles, role)
	}
	// In a fixed order, core roles first, so that reports never shuffle.
	r.Needs = nil
	for _, role := range append(domain.BaseRoles(), wording.GradesRole) {
		if roles[role] {
			r.Needs = append(r.Needs, role)
		}
	}
	for _, s := range r.Show {
		if problem := s.sum().shape(); problem != nil {
			return r.at.fault(*problem, geo.Text{})
		}
	}
	r.checkWholeAreas(d)
	r.checkLimit(t, n, d)
	r.checkTemplates(t, n, kind.placeholders(), d)
	return r.reachable(d)
}
