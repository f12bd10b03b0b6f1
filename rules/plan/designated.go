package plan

// Designated is the PBF that attributes alone tell, by township, and the
// features for which they do not suffice.
type Designated struct {
	Townships map[string]Designation // by 9-digit code
	Rest      []Parcel               // without a declared net area or without ZLDWDM, geometry in the working system
}

// Designation sums the declared net areas of one township.
type Designation struct {
	Area     float64 // Σ YJJBNTMJ, else JBNTMJ, m²
	Features int
}
