package plan

// The data rules that issues belong to (spec of rules, 3.6).
const (
	checkCRS      = "data-crs"
	checkGeometry = "data-geometry"
	checkCodes    = "data-codes"
	checkFields   = "data-fields"
	checkUniqueID = "data-unique-id"
)
