package rules

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/plan"
	"landcheck/rules/wording"

	"go.yaml.in/yaml/v3"
)

func (r *Rule) setPlace(at place, sound bool) { r.at, r.sound = at, sound }

// check is what a rulebook must be beyond its shape. Of a rule whose shape is
// at fault only the id is looked at.
func (b *Rulebook) check(t *tree, d *docket) error {
	at := t.place(t.root)
	id := child(t.root, "id")
	if id != nil {
		at = t.place(id)
	}
	if err := d.note(checkID(at, b.ID)); err != nil && b.ID != "" {
		return err
	}
	if child(t.root, "rules") == nil || len(b.Rules) == 0 && len(d.list) == 0 {
		_ = d.note(t.place(t.root).faultf("规则库没有规则", "the rulebook has no rules"))
	}
	seen := map[string]place{}
	for i := range b.Rules {
		r := &b.Rules[i]
		if r.ID == "" {
			continue // said when it was read
		}
		if err := d.note(checkID(r.at, r.ID)); err != nil {
			return err
		}
		if first, ok := seen[r.ID]; ok {
			_ = d.note(r.at.twice(r.ID, first))
			continue
		}
		seen[r.ID] = r.at
		if !r.sound {
			continue
		}
		if err := d.note(r.check(t, child(t.root, "rules").Content[i], d)); err != nil {
			return err
		}
	}
	b.checkBlocks(t, d)
	return b.checkWith(d)
}

// checkBlocks looks at what the ledger measures once for the whole book.
func (b *Rulebook) checkBlocks(t *tree, d *docket) {
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
			_ = d.note(r.at.faultf("blocks 的间距和阻隔与规则“%s”不同；一个规则库只测算一种连片", "gap and barriers of blocks differ from those of rule %q: a rulebook measures one sort of block", first.ID))
		}
	}
}

// checkWith looks at rules that lean on others: they exist, are on, and lean
// on none themselves, so there is no circle.
func (b *Rulebook) checkWith(d *docket) error {
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

// Rule finds a rule by id, nil when there is none.
func (b *Rulebook) Rule(id string) *Rule {
	for i := range b.Rules {
		if b.Rules[i].ID == id {
			return &b.Rules[i]
		}
	}
	return nil
}

func (b *Rulebook) ids(but *Rule) []string {
	var out []string
	for i := range b.Rules {
		if r := &b.Rules[i]; r != but && !r.Off {
			out = append(out, r.ID)
		}
	}
	return out
}

func (r *Rule) check(t *tree, n *yaml.Node, d *docket) error {
	kind, err := r.theKind()
	if err != nil {
		return err
	}
	kindPlace := t.place(child(n, r.Kind()))
	if err := kind.validate(); err != nil {
		return kindPlace.fault(*err, geo.Text{})
	}
	roles := map[plan.Role]bool{}
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
	for _, role := range append(plan.BaseRoles(), wording.GradesRole) {
		if roles[role] {
			r.Needs = append(r.Needs, role)
		}
	}
	for _, s := range r.Show {
		if problem := s.sum().shape(); problem != nil {
			return r.at.fault(*problem, geo.Text{})
		}
	}
	r.checkContrast(d)
	r.checkLimit(t, n, d)
	r.checkTemplates(t, n, kind.placeholders(), d)
	return r.reachable(d)
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// checkTemplates refuses placeholders that the kind does not fill.
func (r *Rule) checkTemplates(t *tree, n *yaml.Node, own []string, d *docket) {
	all := append([]string{"scope", "ids", "count", "area"}, own...)
	for _, key := range []string{"message", "remedy"} {
		pair := child(n, key)
		for _, lang := range []string{"zh", "en"} {
			s := child(pair, lang)
			if s == nil {
				continue
			}
			for _, m := range placeholder.FindAllStringSubmatch(s.Value, -1) {
				if !slices.Contains(all, m[1]) {
					_ = d.note(t.place(s).unknown(geo.Text{ZH: "占位符", EN: "placeholder"}, m[1], all))
				}
			}
			if bare := placeholder.ReplaceAllString(s.Value, ""); strings.ContainsAny(bare, "{}") {
				_ = d.note(t.place(s).faultf("花括号不成对", "unmatched brace"))
			}
		}
	}
}

// constraint is what the kinds have in common. A kind reads the ledger's
// faces through a court and leaves measures and findings there.
type constraint interface {
	validate() *geo.Text
	expressions() []*condition.Expression
	placeholders() []string
	formula() []geo.Text // in the words of the rulebook
	judge(c *court) error
}

// theKind is the rule's one kind.
func (r *Rule) theKind() (constraint, error) {
	kinds := r.kinds()
	if len(kinds) != 1 {
		return nil, r.at.fault(geo.Textf("规则“%s”应恰有一种约束，现有 %d 种", "rule %q must have exactly one kind, it has %d", r.ID, len(kinds)),
			geo.Textf("约束种类：%s", "Kinds: %s", strings.Join(kindNames(), ", ")))
	}
	for _, k := range kinds {
		return k, nil
	}
	return nil, nil
}

// Kind is the key of the rule's kind, "" when it has none.
func (r *Rule) Kind() string {
	for name := range r.kinds() {
		return name
	}
	return ""
}

func (r *Rule) kinds() map[string]constraint {
	out := map[string]constraint{}
	add := func(name string, given bool, c constraint) {
		if given {
			out[name] = c
		}
	}
	add("ratio", r.Ratio != nil, r.Ratio)
	add("balance", r.Balance != nil, r.Balance)
	add("mean", r.Mean != nil, r.Mean)
	add("forbid", r.Forbid != nil, r.Forbid)
	add("require", r.Require != nil, r.Require)
	add("list", r.List != nil, r.List)
	add("areas", r.Areas != nil, r.Areas)
	add("compare", r.Compare != nil, r.Compare)
	add("blocks", r.Blocks != nil, r.Blocks)
	add("quota", r.Quota != nil, r.Quota)
	add("documents", r.Documents != nil, r.Documents)
	add("within", r.Within != nil, r.Within)
	add("data", r.Data != nil, r.Data)
	add("share", r.Share != nil, r.Share)
	add("claims", r.Claims != nil, r.Claims)
	add("deviation", r.Deviation != nil, r.Deviation)
	return out
}
