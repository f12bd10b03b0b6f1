package ledger

import (
	"maps"
	"math"
	"slices"

	"landcheck/geo/overlay"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
	"golang.org/x/sync/errgroup"
)

// projectUnits is which townships and villages the project area touches, and
// how much of it lies outside the plan's county.
func (w *works) projectUnits() error {
	l := w.ledger
	var err error
	if l.ProjectArea, err = w.projectArea(); err != nil {
		return err
	}
	townships, err := w.unitsNear(plan.Townships)
	if err != nil {
		return err
	}
	villages, err := w.unitsNear(plan.Villages)
	if err != nil {
		return err
	}
	areas, touches := make([]part, len(townships)), make([]bool, len(villages))
	var group errgroup.Group
	group.SetLimit(w.jobs)
	for i, p := range townships {
		group.Go(func() (err error) {
			areas[i], err = w.areaInProject(new(overlay.Arranger), p)
			return err
		})
	}
	for i, p := range villages {
		group.Go(func() (err error) {
			touches[i], err = w.touchesProject(p)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if l.Present[plan.Townships] {
		w.learn(plan.Townships, townships, areas)
		touched, inCounty := map[string]float64{}, 0.0
		for i, p := range townships {
			if areas[i].area >= l.Sliver.Area {
				touched[p.Code] += areas[i].area
			}
			if l.Plan.County != "" && prefix(p.Code, 6) == l.Plan.County {
				inCounty += areas[i].area
			}
		}
		l.Outside = max(l.ProjectArea-inCounty, 0)
		l.ProjectTownships = namedUnits(touched, 9, l.Townships)
	}
	if l.Present[plan.Villages] {
		touched := map[string]bool{}
		for i, p := range villages {
			if touches[i] {
				touched[p.Code] = true
			}
		}
		l.ProjectVillages = namedUnits(touched, 12, l.Villages)
	}
	return nil
}

// projectArea measures the project area, m²; what its features share, once.
func (w *works) projectArea() (float64, error) {
	area := 0.0
	if len(w.project) < 2 {
		for _, f := range w.ledger.Plan.Project {
			area += w.surveyor.MultiPolygon(overlay.Rounded(f.Geometry))
		}
		return area, nil
	}
	window := w.project[0].Bound()
	for _, s := range w.project[1:] {
		window = window.Union(s.Bound())
	}
	cells, err := new(overlay.Arranger).Cells(window, w.project, func([]int32) bool { return true })
	for _, c := range cells {
		area += w.surveyor.Polygon(c.Polygon)
	}
	return area, err
}

func (w *works) unitsNear(role plan.Role) ([]*plan.Parcel, error) {
	if !w.ledger.Present[role] {
		return nil, nil
	}
	return w.readings[role].parcels()
}

// touchesProject tells whether a unit and the project area share more than a
// sliver. Its outline has thousands of vertices: it is cut only where no box
// lies in both that is large enough.
func (w *works) touchesProject(p *plan.Parcel) (bool, error) {
	least := w.ledger.Sliver.Area
	side, edges := w.inArea(p.Box)
	switch {
	case least <= 0:
		return true, nil
	case side == overlay.Outside:
		return false, nil
	}
	shape := overlay.Prepare(p.Geometry)
	for _, project := range edges {
		if w.shareBox(shape, project, least) {
			return true, nil
		}
	}
	area, err := w.areaInProject(new(overlay.Arranger), p)
	return area.area >= least, err
}

// shareBox looks for a box of some area that lies in both of two shapes, here
// and there in what their boxes share.
func (w *works) shareBox(a, b *overlay.Shape, area float64) bool {
	window, ok := meet(a.Bound(), b.Bound())
	if !ok {
		return false
	}
	side := math.Sqrt(2 * area)
	for _, n := range []int{4, 9} {
		for k := range n * n {
			f, g := (float64(k%n)+0.5)/float64(n), (float64(k/n)+0.5)/float64(n)
			at := orb.Point{window.Min[0] + f*(window.Max[0]-window.Min[0]), window.Min[1] + g*(window.Max[1]-window.Min[1])}
			box := orb.Bound{Min: at, Max: orb.Point{at[0] + side, at[1] + side}}
			if a.Locate(box) == overlay.Inside && b.Locate(box) == overlay.Inside {
				return w.surveyor.Polygon(box.ToPolygon()) > area
			}
		}
	}
	return false
}

// namedUnits lists units by code, cut to their level.
func namedUnits[T any](touched map[string]T, digits int, names map[string]string) []Unit {
	var units []Unit
	for _, code := range slices.Sorted(maps.Keys(touched)) {
		if code = prefix(code, digits); code != "" && (len(units) == 0 || units[len(units)-1].Code != code) {
			units = append(units, Unit{Code: code, Name: names[code]})
		}
	}
	return units
}
