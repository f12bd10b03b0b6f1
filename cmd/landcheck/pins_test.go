package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"landcheck/api"
)

// TestPinRulebooks: --rulebook names a book for everybody or for a prefix; two
// for one area only where plans choose among them.
func TestPinRulebooks(t *testing.T) {
	own := filepath.Join(t.TempDir(), "own.yaml")
	text := "id: bureau-2026\nextends: nmg-2025\ntitle: {zh: 本局, en: The bureau's}\n"
	if err := os.WriteFile(own, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		flags  []string
		choose bool
		pins   []api.Pin // nil: refused
		own    int
	}{
		{flags: []string{"cn-2024"}, pins: []api.Pin{{Book: "cn-2024"}}},
		{flags: []string{own}, pins: []api.Pin{{Book: "bureau-2026"}}, own: 1},
		{flags: []string{"cn-2024", "15=nmg-2025", "1501=" + own, "1502=" + own},
			pins: []api.Pin{{Book: "cn-2024"}, {Prefix: "15", Book: "nmg-2025"}, {Prefix: "1501", Book: "bureau-2026"}, {Prefix: "1502", Book: "bureau-2026"}}, own: 1},
		{flags: []string{"cn-2024", "nmg-2025"}},
		{flags: []string{"15=cn-2024", "15=nmg-2025"}},
		{flags: []string{"15=cn-2024", "15=cn-2024"}, pins: []api.Pin{{Prefix: "15", Book: "cn-2024"}}},
		{flags: []string{"cn-2024", own}, choose: true, pins: []api.Pin{{Book: "cn-2024"}}, own: 1},
		{flags: []string{"15=nowhere.yaml"}},
	} {
		f := &serviceFlags{books: c.flags, planRulebooks: c.choose}
		err := f.pinRulebooks()
		if (err == nil) != (c.pins != nil) || err == nil && (!slices.Equal(f.pins, c.pins) || len(f.rulebooks) != c.own) {
			t.Errorf("%q: %+v, %d of its own, %v", c.flags, f.pins, len(f.rulebooks), err)
		}
	}
}
