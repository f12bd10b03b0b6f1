// Package rules judges a ledger by a rulebook.
//
//	Rulebook, Rule    what must hold, as data (YAML; books/ has the built-in ones)
//	Evaluate          Plan × Ledger × Rulebook → Report
//	Report            verdict, measures, findings: data, never errors
//
// A rule never sees geometry: every kind is a filter and a sum over faces.
package rules
