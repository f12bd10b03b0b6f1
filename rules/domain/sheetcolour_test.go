package domain

import "testing"

// TestSheetColours: every class has a colour, and no colour is for a class that
// there is not.
func TestSheetColours(t *testing.T) {
	for _, c := range Classes() {
		if SheetColour(c.Code) == unknownSheetColour {
			t.Errorf("%s has no colour", c.Code)
		}
	}
	for code := range sheetColours {
		if _, known := Lookup(code); !known {
			t.Errorf("a colour is for %s", code)
		}
	}
	// Read off the template by hand.
	for code, want := range map[string]uint32{"0101": 248<<16 | 208<<8 | 114, "0201K": 214<<16 | 167<<8 | 201, "1104A": 144<<16 | 170<<8 | 207, "9999": unknownSheetColour} {
		if got := SheetColour(code); got != want {
			t.Errorf("%s is drawn in %06x, want %06x", code, got, want)
		}
	}
}
