// Package evaluation judges a ledger by a rulebook. A rule never sees geometry:
// every kind is a filter and a sum over faces.
//
//	evaluate.go options.go        Evaluate: plan and ledger × rulebook → result.Report
//	evaluation.go memo.go         what the rules share
//	rule.go status.go lacking.go justification.go
//	                              one rule: its land, what is missing, its status
//	kind.go                       which evaluator a kind has
//	ratio*.go balance*.go calendar.go mean*.go graded.go share.go patch.go blocks.go quota.go
//	                              constraints on figures
//	forbid*.go require*.go list.go areas.go
//	                              constraints on land piece by piece
//	documents.go paper.go within.go data*.go claims.go deviation.go
//	                              constraints on what is handed in
//	needs.go missing.go hypothesis.go known.go
//	                              base layers and fields that are missing
//	slivers.go                    land that is a sliver
//	finding*.go group.go template.go text.go geometry.go outline.go
//	                              findings: faces by feature, words, ids, places
//	tables.go form.go reservations.go
//	                              what stands beside the rules in a report
package evaluation
