package geo

import (
	"errors"
	"math"

	"github.com/paulmach/orb"
)

// Transform takes coordinates from one system of CGCS2000 to another, easting or
// longitude first on both sides: exact to 1e-9 m before the false easting is
// added, within 6° of the central meridian and far beyond.
type Transform struct {
	from, to CRS
	same     bool      // one meridian: only the false origin differs, with no rounding but that of the sum
	flat     []float64 // reused from call to call
}

// NewTransform prepares the way between two systems. A zero CRS is a *InputError.
func NewTransform(from, to CRS) (*Transform, error) {
	if from.Kind == UnknownCRS || to.Kind == UnknownCRS {
		return nil, &InputError{
			Message: Textf("不能从坐标系 %s 转换到 %s", "cannot reproject from %s to %s", from, to),
			Advice:  crsAdvice, Wants: SystemInput,
		}
	}
	same := from.Kind == to.Kind && from.CentralMeridian == to.CentralMeridian
	return &Transform{from: from, to: to, same: same}, nil
}

// Inverse is the way back.
func (t *Transform) Inverse() *Transform {
	return &Transform{from: t.to, to: t.from, same: t.same}
}

// Identity reports a transform that changes nothing.
func (t *Transform) Identity() bool { return t.from == t.to }

// MultiPolygon reprojects vertices; edges stay straight between them. Equal
// points stay equal, so rings stay closed and neighbours stay joined. The input
// is not changed; the identity returns it as it is. A vertex that the target
// cannot hold is a *InputError.
func (t *Transform) MultiPolygon(mp orb.MultiPolygon) (orb.MultiPolygon, error) {
	if t.Identity() || mp == nil {
		return mp, nil
	}
	t.flat = t.flat[:0]
	for _, p := range mp {
		for _, r := range p {
			for _, v := range r {
				t.flat = append(t.flat, v[0], v[1])
			}
		}
	}
	if err := t.run(); err != nil {
		return nil, err
	}
	points := make([]orb.Point, len(t.flat)/2)
	for i := range points {
		points[i] = orb.Point{t.flat[2*i], t.flat[2*i+1]}
	}
	out := make(orb.MultiPolygon, len(mp))
	for i, p := range mp {
		out[i] = make(orb.Polygon, len(p))
		for j, r := range p {
			out[i][j], points = points[:len(r):len(r)], points[len(r):]
		}
	}
	return out, nil
}

// Point reprojects a point.
func (t *Transform) Point(p orb.Point) (orb.Point, error) {
	t.flat = append(t.flat[:0], p[0], p[1])
	if err := t.run(); err != nil {
		return orb.Point{}, err
	}
	return orb.Point{t.flat[0], t.flat[1]}, nil
}

// How a box is carried over: its sides are cut, since straight sides come out
// curved, and a margin covers what bulges between the cuts. A side of 100 km
// bulges by 200 m, so by half a metre between cuts.
const (
	boxCuts   = 20
	boxMargin = 0.001
)

// Bound is a box that holds the given one reprojected, a little larger than
// needed. An empty box stays as it is.
func (t *Transform) Bound(b orb.Bound) (orb.Bound, error) {
	if t.Identity() || b.IsEmpty() {
		return b, nil
	}
	t.flat = t.flat[:0]
	for i := range boxCuts + 1 {
		f := float64(i) / boxCuts
		x, y := b.Min[0]+float64((b.Max[0]-b.Min[0])*f), b.Min[1]+float64((b.Max[1]-b.Min[1])*f)
		t.flat = append(t.flat, x, b.Min[1], x, b.Max[1], b.Min[0], y, b.Max[0], y)
	}
	if err := t.run(); err != nil {
		return orb.Bound{}, err
	}
	out := orb.Bound{Min: orb.Point{t.flat[0], t.flat[1]}, Max: orb.Point{t.flat[0], t.flat[1]}}
	for i := 2; i < len(t.flat); i += 2 {
		out = out.Extend(orb.Point{t.flat[i], t.flat[i+1]})
	}
	least := 0.001 // metres
	if t.to.Kind == Geographic {
		least /= degreeMetres
	}
	return out.Pad(float64(boxMargin*(out.Max[0]-out.Min[0]+out.Max[1]-out.Min[1])) + least), nil
}

// run reprojects the flat coordinates in place.
func (t *Transform) run() error {
	for i := 0; i < len(t.flat); i += 2 {
		x, y, ok := t.place(t.flat[i], t.flat[i+1])
		if !ok {
			return &InputError{
				Message: Textf("有坐标不能从 %s 转换到 %s", "some coordinates cannot be reprojected from %s to %s", t.from, t.to),
				Advice: Text{
					ZH: "请检查数据声明的坐标系是否与坐标相符",
					EN: "Check that the stated coordinate system fits the coordinates",
				},
				Err: errOutside,
			}
		}
		t.flat[i], t.flat[i+1] = x, y
	}
	return nil
}

// place reprojects a place, easting or longitude first; false where the target
// cannot hold it.
func (t *Transform) place(x, y float64) (float64, float64, bool) {
	if t.same {
		return x + (t.to.FalseEasting - t.from.FalseEasting), y + (t.to.FalseNorthing - t.from.FalseNorthing), true
	}
	if t.from.Kind == Geographic {
		at, ok := fromDegrees(y, x-t.to.CentralMeridian)
		if !ok {
			return 0, 0, false
		}
		return t.to.forward(at)
	}
	at, ok := placeOf(y-t.from.FalseNorthing, x-t.from.FalseEasting)
	if !ok {
		return 0, 0, false
	}
	if t.to.Kind == Geographic {
		lat, lon := at.degrees()
		return math.Remainder(lon+t.from.CentralMeridian, 360), lat, true
	}
	at.lon += float64((t.from.CentralMeridian - t.to.CentralMeridian) * (degreeHead + degreeTail))
	return t.to.forward(at)
}

// forward is the easting and the northing of a place, metres.
func (c CRS) forward(at ellipsoidal) (x, y float64, ok bool) {
	northing, easting, ok := at.forward()
	return easting + c.FalseEasting, northing + c.FalseNorthing, ok
}

var errOutside = errors.New("a point lies outside the projection")
