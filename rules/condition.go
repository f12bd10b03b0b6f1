package rules

// Condition is a predicate over one face; Amount a quantity of one face in m²:
// area, before.pbf_net, after.pbf_net, before.cropland_net,
// after.cropland_net, or any expression that yields a number.
type (
	Condition struct{ Text string }
	// Amount is documented with Condition.
	Amount struct{ Text string }
)
