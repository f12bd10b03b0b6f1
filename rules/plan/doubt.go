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
