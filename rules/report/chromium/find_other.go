//go:build !windows

package chromium

// registered: other systems keep no such list.
func registered() []string { return nil }
