package rulebook

import (
	"reflect"
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
)

// constraint is what the kinds have in common.
type constraint interface {
	validate() *geo.Text
	expressions() []*condition.Expression
	placeholders() []string
	formula() []geo.Text // in the words of the rulebook
}

// kindField maps a constraint kind to the field of Rule that holds its
// parameters, found by its key.
var kindField = fieldsOfKinds()

func fieldsOfKinds() map[domain.ConstraintKind]int {
	keys := map[string]int{}
	rule := reflect.TypeFor[Rule]()
	for i := range rule.NumField() {
		key, _, _ := strings.Cut(rule.Field(i).Tag.Get("yaml"), ",")
		keys[key] = i
	}
	out := map[domain.ConstraintKind]int{}
	for _, kind := range domain.ConstraintKinds() {
		if i, ok := keys[string(kind)]; ok {
			out[kind] = i
		}
	}
	return out
}

// constraint is the rule's one constraint.
func (r *Rule) constraint() (constraint, error) {
	kinds := r.kinds()
	if len(kinds) != 1 {
		return nil, r.at.fault(geo.Textf("规则“%s”应恰有一种约束，现有 %d 种", "rule %q must have exactly one kind, it has %d", r.ID, len(kinds)),
			geo.Textf("约束种类：%s", "Kinds: %s", strings.Join(kindNames(), ", ")))
	}
	return reflect.ValueOf(r).Elem().Field(kindField[kinds[0]]).Interface().(constraint), nil
}

// Kind is the rule's constraint kind, "" when it has none.
func (r *Rule) Kind() domain.ConstraintKind {
	for _, kind := range r.kinds() {
		return kind
	}
	return ""
}

func (r *Rule) kinds() []domain.ConstraintKind {
	var out []domain.ConstraintKind
	for _, kind := range domain.ConstraintKinds() {
		if i, ok := kindField[kind]; ok && !reflect.ValueOf(r).Elem().Field(i).IsNil() {
			out = append(out, kind)
		}
	}
	return out
}

// kindNames lists the keys of the constraint kinds.
func kindNames() []string {
	var names []string
	for _, kind := range domain.ConstraintKinds() {
		names = append(names, string(kind))
	}
	return names
}
