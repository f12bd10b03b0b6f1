// Package condition is the language in which rules say what land they are
// about: predicates over one face (Condition) and quantities of one (Amount).
//
//	condition.go expression.go  a text compiled, and what it reads
//	language.go validator.go    the names there are, what an expression may hold
//	diagnostic.go codes.go      what is wrong with it, in words, at its own place
//	constant.go subject.go      conditions that can never hold, or always do
//	comparison.go unchanged.go  comparisons understood; land that nothing changes
//	predicate.go field*.go      the same condition as Go, without the machine
//	machine.go                  evaluation over faces
//	total.go                    names of totals of whole areas
package condition
