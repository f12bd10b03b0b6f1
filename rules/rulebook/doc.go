// Package rulebook holds what must hold, as data: rulebooks are YAML files,
// strict and checked as they are loaded, each rule with its handbook page and
// one constraint of one kind. How a constraint is judged is package
// evaluation's business.
//
//	rulebook.go rule.go kind.go   the schema: a book, a rule, its kind
//	figures*.go land*.go input*.go
//	                              the constraint kinds: on figures, on land piece
//	                              by piece, on what is handed in; what each must be
//	                              (_check) and what it computes in words (_formula)
//	load.go inherit.go            from files, over parents (extends)
//	tree.go decode.go source.go origin.go position.go diagnostics.go
//	                              YAML to the schema, every mistake at its place
//	check*.go reach.go wholearea.go template.go limit.go
//	                              what a book must be beyond its shape
//	warnings.go overridden.go     what it may well mean and most likely does not
//	coverage.go                   which sentences of the policy are accounted for
//	books                         the built-in books
package rulebook
