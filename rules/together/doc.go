// Package together holds the plans of one run against each other: land that two
// of them use, land that one brings into PBF and another takes out, papers that
// serve two, and what all of them take out of a township.
//
//	PlanOf     what of a checked plan the others are held against
//	Check      plans → result.Together
//	Rules      the rules between plans, for the manual and for `explain`
//
// Land is found by one index over all plans and cut where boxes of different
// projects meet, so the cost grows with the plans and what they share, not with
// the number of pairs. Contract: README.md.
package together
