package sample

// Options size a sample. The zero value is the county that `landcheck sample`
// writes.
type Options struct {
	Parcels           int // about how many parcels; 4 000 when 0, at least 2 000
	VerticesPerParcel int // about how many vertices each has; 40 when 0
	CurveVertices     int // of the red line and of the urban boundary; 1 600 when 0
	Seed              uint64
	County            string // six-digit code; 150123 when ""
}

func (o Options) filled() Options {
	if o.Parcels == 0 {
		o.Parcels = 4000
	}
	o.Parcels = max(o.Parcels, 2000)
	if o.VerticesPerParcel == 0 {
		o.VerticesPerParcel = 40
	}
	if o.CurveVertices == 0 {
		o.CurveVertices = 1600
	}
	o.CurveVertices = max(o.CurveVertices, 100)
	if o.Seed == 0 {
		o.Seed = 150123
	}
	if o.County == "" {
		o.County = countyCode
	}
	return o
}
