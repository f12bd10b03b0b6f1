//go:build !windows

package geo

// ownTexts are errors that other systems do not know.
func ownTexts() []systemText { return nil }
