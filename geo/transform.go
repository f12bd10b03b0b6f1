package geo

import (
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// Transform takes coordinates from one system of CGCS2000 to another by PROJ,
// easting or longitude first on both sides. It belongs to one goroutine; a
// transform and its Inverse count as one. Dropping it frees it.
type Transform struct {
	from, to CRS
	shift    orb.Point   // when only the false origin differs: no rounding but that of the sum
	pj       *projection // nil for a shift
	back     bool        // by pj's inverse
	flat     []float64   // reused from call to call
}

// NewTransform prepares the way between two systems. A zero CRS is a *InputError.
func NewTransform(from, to CRS) (*Transform, error) {
	t := &Transform{from: from, to: to}
	if from.Kind == UnknownCRS || to.Kind == UnknownCRS {
		return nil, &InputError{
			Message: Textf("不能从坐标系 %s 转换到 %s", "cannot reproject from %s to %s", from, to),
			Advice:  crsAdvice, Wants: SystemInput,
		}
	}
	if from.Kind == to.Kind && from.CentralMeridian == to.CentralMeridian {
		t.shift = orb.Point{to.FalseEasting - from.FalseEasting, to.FalseNorthing - from.FalseNorthing}
		return t, nil
	}
	definition := "+proj=pipeline +step +inv " + from.projection() + " +step " + to.projection()
	switch Geographic {
	case from.Kind:
		definition = to.projection()
	case to.Kind:
		definition, t.back = from.projection(), true
	}
	pj, err := newProjection(definition)
	if err != nil {
		return nil, fmt.Errorf("reprojection from %s to %s: %w", from, to, err)
	}
	t.pj = pj
	return t, nil
}

// projection is the way from radians to a plane, for PROJ.
func (c CRS) projection() string {
	return fmt.Sprintf("+proj=tmerc +lon_0=%s +x_0=%s +y_0=%s +ellps=GRS80",
		number(c.CentralMeridian), number(c.FalseEasting), number(c.FalseNorthing))
}

// Inverse is the way back. It shares the machinery: same goroutine.
func (t *Transform) Inverse() *Transform {
	back := &Transform{from: t.to, to: t.from, pj: t.pj, back: !t.back}
	if t.pj == nil {
		back.shift = orb.Point{-t.shift[0], -t.shift[1]}
	}
	return back
}

// Identity reports a transform that changes nothing.
func (t *Transform) Identity() bool { return t.pj == nil && t.shift == orb.Point{} }

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
		x, y := b.Min[0]+(b.Max[0]-b.Min[0])*f, b.Min[1]+(b.Max[1]-b.Min[1])*f
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
	return out.Pad(boxMargin*(out.Max[0]-out.Min[0]+out.Max[1]-out.Min[1]) + least), nil
}

// run reprojects the flat coordinates in place.
func (t *Transform) run() error {
	if t.pj == nil {
		for i := 0; i < len(t.flat); i += 2 {
			t.flat[i] += t.shift[0]
			t.flat[i+1] += t.shift[1]
		}
		return nil
	}
	if t.from.Kind == Geographic {
		for i := range t.flat {
			t.flat[i] /= radianDegrees
		}
	}
	err := t.pj.run(t.back, t.flat)
	if t.to.Kind == Geographic {
		for i := range t.flat {
			t.flat[i] *= radianDegrees
		}
	}
	if err == nil {
		for _, v := range t.flat { // PROJ marks a point that it could not place by an infinity
			if math.IsInf(v, 0) || math.IsNaN(v) {
				err = errOutside
				break
			}
		}
	}
	if err != nil {
		return &InputError{
			Message: Textf("有坐标不能从 %s 转换到 %s", "some coordinates cannot be reprojected from %s to %s", t.from, t.to),
			Advice: Text{
				ZH: "请检查数据声明的坐标系是否与坐标相符",
				EN: "Check that the stated coordinate system fits the coordinates",
			},
			Err: err,
		}
	}
	return nil
}

// radianDegrees is a radian in degrees, to the bit as PROJ has it.
const radianDegrees = 57.29577951308232

var errOutside = errors.New("a point lies outside the projection")
