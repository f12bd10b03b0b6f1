// Package room tells, before there is any plan, what a county's base data leaves
// for moving permanent basic farmland (PBF): by township what is designated, what
// earlier projects moved and what the limit leaves, and which land could go out
// and which could come in.
//
//	Survey       base data, earlier projects → Room
//	Township     designated, moved, left
//	Candidate    land that could go out or come in, with its reasons
//	Reservation  what could not be looked at for want of a layer or a column
//
// The land is cut by the ledger, as a check would cut it, so that a candidate
// stands to the rules as it will in a plan. Contract: README.md. Source: the
// opinion's 三（二） and 三（三）.
package room
