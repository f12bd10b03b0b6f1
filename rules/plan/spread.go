package plan

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// Spread gives n places in degrees that lie evenly in the project area, without
// one in the changed land: how many of them lie somewhere is how much of the
// area does. They stand on level lines, so that rings may cross themselves as
// they like. A plan without shapes has none.
func (p *Plan) Spread(n int) ([]orb.Point, error) {
	var shapes []orb.MultiPolygon
	for i := range p.Project {
		shapes = append(shapes, p.Project[i].Geometry)
	}
	if len(shapes) == 0 {
		for i := range p.Changes {
			shapes = append(shapes, p.Changes[i].Geometry)
		}
	}
	places := spread(shapes, n)
	degrees, err := geo.NewTransform(p.CRS, geo.CRS{Kind: geo.Geographic})
	if err != nil || len(places) == 0 {
		return nil, err
	}
	for i := range places {
		if places[i], err = degrees.Point(places[i]); err != nil {
			return nil, err
		}
	}
	return places, nil
}

// levels is how many level lines are drawn through an area.
const levels = 64

// stretch is a piece of a level line within a shape.
type stretch struct{ west, east, north float64 }

func spread(shapes []orb.MultiPolygon, n int) []orb.Point {
	box := geo.Bound(nil)
	for _, s := range shapes {
		box = box.Union(geo.Bound(s))
	}
	height := (box.Max[1] - box.Min[1]) / levels
	if box.IsEmpty() || height <= 0 {
		return nil
	}
	var all []stretch
	length := 0.0
	for _, s := range shapes {
		var crossings [levels][]float64
		cross(s, box.Min[1], height, &crossings)
		for level, xs := range crossings {
			slices.Sort(xs)
			for i := 0; i+1 < len(xs); i += 2 {
				all = append(all, stretch{xs[i], xs[i+1], box.Min[1] + float64((float64(level)+0.5)*height)})
				length += xs[i+1] - xs[i]
			}
		}
	}
	return along(all, length, n)
}

// cross notes where the edges of a shape cross the level lines.
func cross(shape orb.MultiPolygon, south, height float64, crossings *[levels][]float64) {
	for _, polygon := range shape {
		for _, r := range polygon {
			for i := 1; i < len(r); i++ {
				a, b := r[i-1], r[i]
				if a[1] > b[1] {
					a, b = b, a
				}
				first := max(0, int(math.Ceil((a[1]-south)/height-0.5)))
				for level := first; level < levels; level++ {
					north := south + float64((float64(level)+0.5)*height)
					if north >= b[1] {
						break
					}
					if north >= a[1] {
						crossings[level] = append(crossings[level], a[0]+float64((north-a[1])/(b[1]-a[1])*(b[0]-a[0])))
					}
				}
			}
		}
	}
}

// along puts n places at even distances along stretches laid end to end.
func along(all []stretch, length float64, n int) []orb.Point {
	var places []orb.Point
	done := 0.0
	for _, s := range all {
		for width := s.east - s.west; len(places) < n; {
			at := (float64(len(places))+0.5)*length/float64(n) - done
			if at > width {
				break
			}
			places = append(places, orb.Point{s.west + at, s.north})
		}
		done += s.east - s.west
	}
	return places
}
