package ledger

import (
	"reflect"
	"testing"

	"landcheck/rules/domain"
)

// TestFlags: each base role that land lies in or does not has a flag of its
// name, and each flag is a field of its own.
func TestFlags(t *testing.T) {
	roles := domain.FlagRoles()
	if len(roles) != len(Flags()) {
		t.Fatalf("%d roles, %d flags", len(roles), len(Flags()))
	}
	for i, f := range Flags() {
		if f.Role != roles[i] {
			t.Errorf("flag %d is of %s, want %s", i, f.Role, roles[i])
		}
		var s State
		*f.In(&s) = true
		v := reflect.ValueOf(s)
		var set []string
		for k := range v.NumField() {
			if !v.Field(k).IsZero() {
				set = append(set, v.Type().Field(k).Tag.Get("expr"))
			}
		}
		if len(set) != 1 || set[0] != string(f.Role) {
			t.Errorf("the flag of %s sets %v", f.Role, set)
		}
	}
}
