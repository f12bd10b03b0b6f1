// Package books holds the built-in rulebooks, one YAML file each.
package books

import "embed"

// FS holds the rulebooks as <id>.yaml.
//
//go:embed *
var FS embed.FS

// IDs lists the built-in rulebooks, the default first.
func IDs() []string { return []string{"nmg-2025", "cn-2024", "cn-2019-pilot"} }
