// Package ledger overlays once: the changed land of a plan is cut into faces,
// each with a state before and a state after, and the totals that faces do not
// give are summed from the base data. Every rule is a query over the result.
//
//	Build        Plan × Base → Ledger
//	candidates   the base parcels near the changes, prepared for cutting
//	cutter       one change with its neighbours → faces (one per goroutine)
//	states       covers → before and after
//	holes        land that the urban boundary or the red line encloses
//	Claim        traits that a change states otherwise than the base data
//	Patches      faces that lie together within a gap
//	Components   joined faces: slivers or land
//	totals       designated PBF, project area, land-use structure
//	issues       what the base data has wrong under changed land
//
// Every run checks that the faces of each change add up to its own area; one
// that does not is an internal error and gives no verdict.
package ledger
