package rulebook

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
)

// constraint is what the kinds have in common.
type constraint interface {
	validate() *geo.Text
	expressions() []*condition.Expression
	placeholders() []string
	formula() []geo.Text // in the words of the rulebook
}

// theKind is the rule's one kind.
func (r *Rule) constraint() (constraint, error) {
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

// kindNames lists the keys of the constraint kinds, as they stand in Rule.
func kindNames() []string {
	return []string{"ratio", "balance", "mean", "forbid", "require", "list", "areas", "compare",
		"blocks", "quota", "documents", "within", "data", "share", "claims", "deviation"}
}
