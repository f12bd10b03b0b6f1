// Package rules judges a ledger by a rulebook.
//
//	Rulebook, Rule    what must hold, as data (YAML; books/ has the built-in ones)
//	Kinds             constraints.go, constraints_land.go, constraints_input.go: what a rule can ask
//	Evaluate          Plan × Ledger × Rulebook → Report
//	Report            verdict, reservations, measures, findings: data, never errors
//
// A rule never sees geometry: every kind is a filter and a sum over faces.
package rules
