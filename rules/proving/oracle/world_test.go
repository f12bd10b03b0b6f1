package oracle

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"

	"landcheck/rules/proving/kit"
)

// parcel is a piece of land of the base with its traits; nil figures are
// unknown.
type parcel struct {
	shape           kit.Shape
	code            string // township or village
	class           string
	ridge, declared *float64
	grade           *int
}

// change is a feature of the plan.
type change struct {
	role            string // out, in, use, urban, line
	shape           kit.Shape
	class           string
	ridge           *float64
	grade           *int
	surveyed, added bool
}

// world is a random county with a plan.
type world struct {
	r                          *rand.Rand
	west, south                float64
	towns, villages, land, pbf []parcel
	red, urban                 []parcel
	changes                    []change
	project                    []kit.Shape
	prior                      map[string]float64
}

// Extent of a county in m.
const wide, high = 1800.0, 1200.0

func newWorld(seed uint64) *world {
	w := &world{r: rand.New(rand.NewPCG(seed, 0x1a9d)), prior: map[string]float64{}}
	w.west = 37_500_000 + math.Round((w.r.Float64()-0.4)*100_000)
	w.south = 4_400_000 + math.Round(w.r.Float64()*400_000)
	w.makeBase()
	w.makePlan()
	return w
}

func (w *world) chance(p float64) bool { return w.r.Float64() < p }

func pick[T any](w *world, from ...T) T { return from[w.r.IntN(len(from))] }

func some[T any](v T) *T { return &v }

// at is a place given by fractions of the county, to the millimetre.
func (w *world) at(x, y float64) orb.Point { return mm(orb.Point{w.west + x*wide, w.south + y*high}) }

func mm(p orb.Point) orb.Point {
	return orb.Point{math.Round(p[0]*1000) / 1000, math.Round(p[1]*1000) / 1000}
}

func (w *world) rect(x0, y0, x1, y1 float64) orb.Ring {
	a, b, c, d := w.at(x0, y0), w.at(x0, y1), w.at(x1, y1), w.at(x1, y0)
	return orb.Ring{a, b, c, d, a}
}

// cutRing splits a convex ring by a line through p with direction d.
func cutRing(r orb.Ring, p, d orb.Point, round func(orb.Point) orb.Point) (left, right orb.Ring) {
	side := func(q orb.Point) float64 { return d[0]*(q[1]-p[1]) - d[1]*(q[0]-p[0]) }
	for i := 0; i+1 < len(r); i++ {
		a, b := r[i], r[i+1]
		sa, sb := side(a), side(b)
		if sa >= 0 {
			left = append(left, a)
		}
		if sa <= 0 {
			right = append(right, a)
		}
		if sa*sb < 0 {
			f := sa / (sa - sb)
			q := round(orb.Point{a[0] + f*(b[0]-a[0]), a[1] + f*(b[1]-a[1])})
			left, right = append(left, q), append(right, q)
		}
	}
	return closed(left), closed(right)
}

func closed(r orb.Ring) orb.Ring {
	if len(r) < 3 {
		return nil
	}
	return append(r, r[0])
}

// split cuts a convex ring into n of roughly equal area by random lines.
func (w *world) split(r orb.Ring, n int) []orb.Ring {
	if n <= 1 {
		return []orb.Ring{r}
	}
	b := r.Bound()
	angle := w.r.Float64() * math.Pi
	if b.Max[0]-b.Min[0] > 1.6*(b.Max[1]-b.Min[1]) {
		angle = math.Pi/2 + (w.r.Float64()-0.5)/2
	}
	var centre orb.Point
	for _, p := range r[:len(r)-1] {
		centre[0] += p[0] / float64(len(r)-1)
		centre[1] += p[1] / float64(len(r)-1)
	}
	left, right := cutRing(r, centre, orb.Point{math.Cos(angle), math.Sin(angle)}, mm)
	if left == nil || right == nil {
		return []orb.Ring{r}
	}
	return append(w.split(left, n/2), w.split(right, n-n/2)...)
}

// star is a random polygon around a place, radius in m.
func (w *world) star(c orb.Point, radius float64) orb.Ring {
	n := 4 + w.r.IntN(7)
	var r orb.Ring
	turn := w.r.Float64()
	for i := range n {
		a := 2 * math.Pi * (float64(i) + turn) / float64(n)
		d := radius * (0.5 + w.r.Float64()/2)
		r = append(r, mm(orb.Point{c[0] + d*math.Cos(a), c[1] + d*math.Sin(a)}))
	}
	return closed(r)
}

// figure is a random figure within the county: a star, one with a hole, or two.
func (w *world) figure(radius float64) kit.Shape {
	c := w.at(0.12+0.76*w.r.Float64(), 0.15+0.7*w.r.Float64())
	s := kit.Shape{{w.star(c, radius)}}
	switch {
	case w.chance(0.15):
		hole := w.star(c, radius*0.45)
		hole.Reverse()
		s[0] = append(s[0], hole)
	case w.chance(0.15):
		s = append(s, orb.Polygon{w.star(orb.Point{c[0] + 2.2*radius, c[1]}, radius*0.8)})
	}
	return s
}

// part is a parcel's figure, or a share of it.
func (w *world) part(p parcel) kit.Shape {
	if w.chance(0.5) {
		return p.shape
	}
	rings := w.split(p.shape[0][0], 2+w.r.IntN(2))
	return kit.Shape{{rings[0]}}
}

func code(parent string, i int) string { return fmt.Sprintf("%s%03d", parent, i) }
