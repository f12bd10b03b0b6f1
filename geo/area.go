package geo

import (
	"math"

	"landcheck/geo/portable"

	"github.com/paulmach/orb"
)

// densifyMetres is the edge length above which the standard cuts an edge: a
// straight line on the plane is a curve on the ellipsoid.
const densifyMetres = 70

// maxPieces bounds the work that one absurd edge can ask for. 287 km is
// longer than any edge of a county.
const maxPieces = 4096

// degreeMetres is the length of a degree of latitude, near enough to decide
// where to cut an edge given in degrees.
const degreeMetres = 111_132

// Surveyor measures ellipsoidal areas (图斑椭球面积, TD/T 1055) of shapes in
// one coordinate system. It is safe for concurrent use and must not be copied.
//
// Areas are in m² and not rounded. Signs: a counter-clockwise ring (easting or
// longitude first) is positive.
type Surveyor struct {
	crs  CRS
	zero float64 // reference meridian: radians from the central meridian (0 on the plane), or from Greenwich in degrees

	tiles tiles
}

// NewSurveyor gives a surveyor for a system. On the plane the reference
// meridian is the central one, so that a parcel has the same area to the last
// bit whoever measures it: what is remembered or stored of it can stand for
// measuring it again. 130 km away that costs a parcel 1e-8 m²
// (TestReferenceMeridian). In degrees it runs through the point, which should
// lie near the shapes. The zero CRS is a *InputError.
func NewSurveyor(c CRS, near orb.Point) (*Surveyor, error) {
	if c.Kind != Geographic && c.Kind != GaussKruger {
		return nil, &InputError{
			Message: Text{ZH: "坐标系未知，不能量算面积", EN: "areas cannot be measured: the coordinate system is unknown"},
			Advice:  crsAdvice, Wants: SystemInput,
		}
	}
	s := &Surveyor{crs: c}
	if lon := near[0] * degreeRadians; c.Kind == Geographic && math.Abs(lon) <= math.Pi {
		s.zero = lon
	}
	return s, nil
}

// CRS is the system that the surveyor measures in.
func (s *Surveyor) CRS() CRS { return s.crs }

// Edge is the signed area between the edge from a to b and the reference
// meridian, positive when the edge runs north to the east of it. The edges of
// a closed chain add up to its area, and Edge(b, a) is -Edge(a, b) bit for
// bit, so a boundary that two faces share cancels exactly.
func (s *Surveyor) Edge(a, b orb.Point) float64 {
	var t *tile
	from := s.station(&t, a)
	return s.edge(&t, a, b, from, s.station(&t, b))
}

// Ring is the signed area of a ring, closed or not.
func (s *Surveyor) Ring(r orb.Ring) float64 {
	if len(r) < 3 {
		return 0
	}
	var t *tile
	first := s.station(&t, r[0])
	last, at := r[0], first
	var sum float64
	for _, p := range r[1:] {
		if p == last {
			continue
		}
		next := s.station(&t, p)
		sum += s.edge(&t, last, p, at, next)
		last, at = p, next
	}
	return sum + s.edge(&t, last, r[0], at, first)
}

// Polygon is the area of the outer ring less the holes, whichever way they run.
func (s *Surveyor) Polygon(p orb.Polygon) float64 {
	var sum float64
	for i, r := range p {
		if a := math.Abs(s.Ring(r)); i == 0 {
			sum = a
		} else {
			sum -= a
		}
	}
	return sum
}

// MultiPolygon is the sum of the parts.
func (s *Surveyor) MultiPolygon(mp orb.MultiPolygon) float64 {
	var sum float64
	for _, p := range mp {
		sum += s.Polygon(p)
	}
	return sum
}

// Planar is the area on the plane of the coordinates, in their unit squared.
// No verdict rests on it: it tells a declared area that was taken on the plane
// from one that is wrong.
func (s *Surveyor) Planar(mp orb.MultiPolygon) float64 { return PlaneArea(mp) }

// station is a point on the ellipsoid, its longitude from the reference
// meridian. It depends on nothing but the point; last is the tile of the
// caller's point before, which is mostly this one's too.
func (s *Surveyor) station(last **tile, p orb.Point) station {
	if s.crs.Kind == Geographic {
		lat := p[1] * degreeRadians
		_, cos := portable.Sincos(lat)
		return station{lat: lat, lon: float64(p[0]*degreeRadians) - s.zero, cosLat: cos}
	}
	easting, northing := p[0]-s.crs.FalseEasting, p[1]-s.crs.FalseNorthing
	var at station
	if tiled(easting, northing) {
		*last = s.tiles.near(*last, easting, northing)
		at = (*last).station(easting, northing)
	} else {
		at = inverseGaussKruger(northing, easting)
	}
	at.lon -= s.zero
	return at
}

// edge sums the trapezoids of an edge cut into equal parts. It always walks
// from the lesser end, so that both directions make the same roundings.
func (s *Surveyor) edge(last **tile, a, b orb.Point, from, to station) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	if s.crs.Kind == Geographic {
		dx *= degreeMetres * (from.cosLat + to.cosLat) / 2
		dy *= degreeMetres
	}
	length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	if !(length > densifyMetres) {
		return trapezoid(from, to)
	}
	if a[0] > b[0] || a[0] == b[0] && a[1] > b[1] {
		return -s.longEdge(last, b, a, to, from, length)
	}
	return s.longEdge(last, a, b, from, to, length)
}

func (s *Surveyor) longEdge(last **tile, a, b orb.Point, from, to station, length float64) float64 {
	parts := int(min(length/densifyMetres, maxPieces-1)) + 1
	dx, dy := (b[0]-a[0])/float64(parts), (b[1]-a[1])/float64(parts)
	var sum float64
	for i := 1; i < parts; i++ {
		next := s.station(last, orb.Point{a[0] + float64(dx*float64(i)), a[1] + float64(dy*float64(i))})
		sum += trapezoid(from, next)
		from = next
	}
	return sum + trapezoid(from, to)
}

// RoundArea rounds m² to 0.01, half away from zero.
func RoundArea(m2 float64) float64 { return math.Round(m2*100)/100 + 0 }

// Centi is an area in whole 0.01 m², half away from zero, for exact
// comparisons of sums and shares. NaN, which no finite number gives, is 0; what
// is beyond the earth many times over stays there, on its own side of zero.
func Centi(m2 float64) int64 {
	const most = 1 << 60
	if math.IsNaN(m2) {
		return 0
	}
	return int64(max(-most, min(math.Round(m2*100), most)))
}
