package sample

import "math"

// noise gives the same throw for the same question: there is no state, so
// that parcels can be drawn in any order and by any number of workers.
type noise uint64

// hash mixes three numbers (splitmix64's finisher).
func (d noise) hash(a, b, c int) uint64 {
	z := uint64(d) + uint64(a)*0x9e3779b97f4a7c15 + uint64(b)*0xbf58476d1ce4e5b9 + uint64(c)*0x94d049bb133111eb
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// unit is a throw in [0, 1).
func (d noise) unit(a, b, c int) float64 { return float64(float64(d.hash(a, b, c)>>11) / (1 << 53)) }

// swing is a throw in [-1, 1).
func (d noise) swing(a, b, c int) float64 { return float64(2*d.unit(a, b, c)) - 1 }

// field is smooth noise in [-1, 1) over a plane, with features about one unit
// across; each topic is a field of its own.
func (d noise) field(x, y float64, topic int) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	i, j := int(fx), int(fy)
	u, v := ease(x-fx), ease(y-fy)
	low := float64(d.swing(i, j, topic)*(1-u)) + float64(d.swing(i+1, j, topic)*u)
	high := float64(d.swing(i, j+1, topic)*(1-u)) + float64(d.swing(i+1, j+1, topic)*u)
	return float64(low*(1-v)) + float64(high*v)
}

func ease(t float64) float64 { return float64(t * t * (3 - float64(2*t))) }
