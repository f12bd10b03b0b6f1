// Package plan gives land data its meaning: which layer of a package plays
// which role, which field says what, which class a code stands for.
//
//	Open         plan package + manifest → Plan (changes, project area, documents)
//	account      what became of every file: read, a paper, a companion, ignored, unread
//	OpenBase     base data and base.yaml → Base (parcels near the changes, sums by township)
//	RoleOf       layer name → role; Names lists what each role accepts
//	Lookup       land class code → cropland, construction, ecological, …
//	Repair       validity of one feature, with the place of what is wrong
//
// A package that cannot be judged is a *geo.InputError; a value that is wrong is a
// Flaw and reads as unknown, never as a default.
//
// Contract: README.md. Source: 三调工作分类 (TD/T 1055), TD/T 1057-2020.
package plan
