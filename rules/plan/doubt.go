package plan

// Doubt is a PBF record whose declared net area its gross area cannot bear.
type Doubt struct {
	File     string
	Record   int
	ID       string
	Field    string  // column of the net area: YJJBNTMJ or JBNTMJ
	Declared float64 // net, m²
	Gross    float64 // m²
	Of       string  // where Gross is from: "YJJBNTTBMJ", "" of the shape
}

// Of a net area within these shares of the gross one it can be told that it is
// one: no ridges take four fifths of a field, and none add to it.
const (
	minNet = 0.2
	maxNet = 1.05
)

// PlausibleNet tells whether a declared net area can be that of land of a gross
// area, m²; a gross area of 0 is not stated.
func PlausibleNet(net, gross float64) bool {
	return gross <= 0 || net >= minNet*gross && net <= maxNet*gross
}
