package plan

// The data rules that issues belong to (package books).
const (
	checkCRS      = "data-crs"
	checkGeometry = "data-geometry"
	checkCodes    = "data-codes"
	checkFields   = "data-fields"
	checkUniqueID = "data-unique-id"
)
