// Package repair finds the smallest change of a plan that makes it keep the
// rules of quantity that it breaks, and writes the plan so changed: README.md.
//
//	Suggest     a failing plan → for each rule, and for all together, what to change
//	states      what each face would be with fewer changes
//	moves       what it takes to leave a change out, and what that does to every sum
//	solve       the least of them that is enough
//	edit        the plan without what was left out or cut
//	WriteFile   the suggestion as table, JSON, GeoPackage
//	Apply       the package so changed, marked 建议稿
package repair
