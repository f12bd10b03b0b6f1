package portable

import "math"

// Sincos is math.Sincos of an angle of a few turns. It is the one of Cephes (S. L.
// Moshier).
func Sincos(x float64) (sin, cos float64) {
	const (
		quarterA = 7.85398125648498535156e-1 // π/4 in three parts
		quarterB = 3.77489470793079817668e-8
		quarterC = 2.69515142907905952645e-15
		farthest = 1 << 29 // the parts serve up to here
	)
	if x == 0 || !(math.Abs(x) < farthest) {
		return math.Sincos(x)
	}
	a := math.Abs(x)
	octant := uint64(a * (4 / math.Pi))
	octant += octant & 1 // zeros lie at the origin
	turns := float64(octant)
	z := a - float64(turns*quarterA) - float64(turns*quarterB) - float64(turns*quarterC)

	zz := float64(z * z)
	cos = 1 - float64(0.5*zz) + float64(float64(zz*zz)*horner(zz, cosines[:]...))
	sin = z + float64(float64(z*zz)*horner(zz, sines[:]...))
	octant &= 7
	if octant == 2 || octant == 6 {
		sin, cos = cos, sin
	}
	if octant == 2 || octant == 4 {
		cos = -cos
	}
	if (octant >= 4) != (x < 0) {
		sin = -sin
	}
	return sin, cos
}

// The coefficients of Cephes, from the highest power down.
var (
	sines = [6]float64{
		1.58962301576546568060e-10, -2.50507477628578072866e-8, 2.75573136213857245213e-6,
		-1.98412698295895385996e-4, 8.33333333332211858878e-3, -1.66666666666666307295e-1,
	}
	cosines = [6]float64{
		-1.13585365213876817300e-11, 2.08757008419747316778e-9, -2.75573141792967388112e-7,
		2.48015872888517045348e-5, -1.38888888888730564116e-3, 4.16666666666665929218e-2,
	}
)

// Sin is the sine of an angle of a few turns.
func Sin(x float64) float64 { s, _ := Sincos(x); return s }

// Cos is the cosine of an angle of a few turns.
func Cos(x float64) float64 { _, c := Sincos(x); return c }
