package main

import (
	"regexp"
	"slices"

	"landcheck/api"
	"landcheck/rules/rulebook"
)

// ofPrefix is a --rulebook for an area: 15=nmg-2025.
var ofPrefix = regexp.MustCompile(`^([0-9]{1,6})=(.+)$`)

// pinRulebooks reads --rulebook: the id of a built-in rulebook or a file, for
// everybody or, as 15=FILE, for the counties of a prefix.
func (f *serviceFlags) pinRulebooks() error {
	for _, text := range f.books {
		pin := api.Pin{Book: text}
		if m := ofPrefix.FindStringSubmatch(text); m != nil {
			pin.Prefix, pin.Book = m[1], m[2]
		}
		b, err := rulebook.Load(pin.Book)
		if err != nil {
			return err
		}
		known := func(other *rulebook.Rulebook) bool { return other.ID == b.ID && other.Digest == b.Digest }
		if !slices.Contains(rulebook.BuiltIn(), pin.Book) && !slices.ContainsFunc(f.rulebooks, known) {
			f.rulebooks = append(f.rulebooks, b)
		}
		pin.Book = b.ID
		switch i := slices.IndexFunc(f.pins, func(p api.Pin) bool { return p.Prefix == pin.Prefix }); {
		case i < 0:
			f.pins = append(f.pins, pin)
		case f.pins[i] != pin && !f.planRulebooks: // else the first is for those who do not choose
			return usage("--rulebook 为同一范围（%[1]q）指定了 %[2]s 和 %[3]s：请只留一个，或加 --plan-rulebooks 由方案选择",
				"--rulebook names %[2]s and %[3]s for one area (%[1]q): keep one, or have plans choose with --plan-rulebooks", pin.Prefix, f.pins[i].Book, pin.Book)
		}
	}
	return nil
}
