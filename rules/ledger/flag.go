package ledger

import "landcheck/rules/domain"

// Flag is a base layer that land lies in or does not, and where a State says so.
type Flag struct {
	Role domain.Role
	In   func(*State) *bool
}

// Flags are the flags of the base layers that land lies in or does not, in the
// order of domain.FlagRoles. What reads, writes or names a flag goes over them.
// Not to be changed.
func Flags() []Flag { return flags }

// FlagOf is the flag of a base role; false where the role has none.
func FlagOf(role domain.Role) (Flag, bool) {
	for _, f := range flags {
		if f.Role == role {
			return f, true
		}
	}
	return Flag{}, false
}
