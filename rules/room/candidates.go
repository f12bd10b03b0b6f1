package room

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// plot is the faces of one parcel that belong together: all that could move, and
// is alike in what ranks it.
type plot struct {
	change   int // in survey.land
	township string
	reserve  bool // of land in
	faces    []int
}

// piece is a plot's land in one piece, with the faces in it.
type piece struct {
	*plot
	polygon orb.Polygon
	area    float64
	faces   []int
}

// candidates makes them of the faces and ranks them.
func (s *survey) candidates(ctx context.Context, l *ledger.Ledger) error {
	plots := s.plots(l)
	pieces := make([][]piece, len(plots))
	small := make([]LeftOut, len(plots))
	group, working := guard.WithContext(ctx)
	group.SetLimit(s.Jobs)
	const few = 256
	for from := 0; from < len(plots); from += few {
		group.Go(func() (err error) {
			for i := from; i < min(from+few, len(plots)) && err == nil; i++ {
				pieces[i], small[i], err = s.pieces(working, l, plots[i])
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	var in []piece
	for i := range pieces {
		s.room.LeftOut.Pieces += small[i].Pieces
		s.room.LeftOut.Area += small[i].Area
		for _, p := range pieces[i] {
			if s.land.Changes[p.change].Role == domain.PBFIn {
				in = append(in, p)
			} else {
				s.room.Out = append(s.room.Out, s.out(l, p))
			}
		}
	}
	if err := s.in(ctx, l, in); err != nil {
		return err
	}
	rank(s.room.Out, compareOut)
	rank(s.room.In, compareIn)
	return nil
}

// places are the places of the changes in survey.land.
func (s *survey) places() map[*plan.Change]int {
	at := make(map[*plan.Change]int, len(s.land.Changes))
	for i := range s.land.Changes {
		at[&s.land.Changes[i]] = i
	}
	return at
}

// plots gathers the faces that may move, in the order of their parcels.
func (s *survey) plots(l *ledger.Ledger) []*plot {
	type key struct {
		change   int
		township string
		reserve  bool
	}
	at, found := s.places(), map[key]*plot{}
	var plots []*plot
	for i := range l.Faces {
		f := &l.Faces[i]
		k := key{township: f.Township}
		switch {
		case !s.wants(f.Township) || len(s.area) > 0 && !f.InProject:
			continue
		case f.Out.Exists && s.goes(f, at[f.Out]):
			k.change = at[f.Out]
		case f.In.Exists && comes(f):
			k.change, k.reserve = at[f.In], f.Before.Reserve
		default:
			continue
		}
		p := found[k]
		if p == nil {
			p = &plot{change: k.change, township: k.township, reserve: k.reserve}
			found[k] = p
			plots = append(plots, p)
		}
		p.faces = append(p.faces, i)
	}
	slices.SortFunc(plots, func(a, b *plot) int {
		return cmp.Or(cmp.Compare(a.change, b.change), cmp.Compare(a.township, b.township), cmp.Compare(a.faces[0], b.faces[0]))
	})
	return plots
}

// goes tells whether a face of PBF may leave it: there is a reason, and it does not
// lie in a town, where PBF stays (rule pbf-urban-kept).
func (s *survey) goes(f *ledger.Face, change int) bool {
	b := &f.Before
	return b.PBF && f.Township != "" && !b.UrbanEnclosed && (s.scattered(change) || b.Slope >= steepFrom || riverBed(b) || b.RedLineWindow)
}

func riverBed(b *ledger.State) bool { return inRiverBed(b.Refinement) || b.WaterManagement }

// scattered tells whether a parcel is part of a patch of 20 mu at most.
func (s *survey) scattered(change int) bool {
	patch, ok := s.patch[change]
	return ok && s.sizes[patch] <= largestPatch()
}

// comes tells whether a face may enter PBF. Besides what the rules forbid land in
// is not of what the opinion takes out: river beds, and windows of the red line.
func comes(f *ledger.Face) bool {
	b := &f.Before
	return b.Cropland && !b.PBF && f.Township != "" && b.Slope <= slopeMost && !b.Unstable && !b.WaterManagement &&
		!b.RedLine && !b.RedLineWindow && !b.UrbanEnclosed
}

// pieces joins the faces of a plot into land in one piece, and leaves out what is
// too small or thin.
func (s *survey) pieces(ctx context.Context, l *ledger.Ledger, of *plot) (out []piece, small LeftOut, err error) {
	parts := orb.MultiPolygon{l.Faces[of.faces[0]].Geometry}
	if len(of.faces) > 1 {
		cells := make([]orb.Polygon, len(of.faces))
		for k, i := range of.faces {
			cells[k] = l.Faces[i].Geometry
		}
		if parts, err = overlay.Dissolve(ctx, cells); err != nil {
			return nil, small, err
		}
	}
	limits := least(s.Book)
	for _, part := range parts {
		rounded := overlay.Rounded(orb.MultiPolygon{part})
		if len(rounded) != 1 {
			continue // nothing is left of it on the grid
		}
		p := piece{plot: of, polygon: rounded[0], area: s.surveyor.Polygon(rounded[0]), faces: of.faces}
		if sliver, _ := limits.Is(p.area, p.polygon); sliver {
			small.Pieces++
			small.Area += p.area
			continue
		}
		if len(parts) > 1 {
			p.faces = slices.DeleteFunc(slices.Clone(of.faces), func(i int) bool {
				return geo.Locate(ledger.PlaceIn(l.Faces[i].Geometry), orb.MultiPolygon{part}) == geo.Outside
			})
		}
		out = append(out, p)
	}
	return out, small, nil
}

// candidate is what all candidates have; net is the net area of a face.
func (s *survey) candidate(l *ledger.Ledger, p piece, net func(*ledger.Face) float64) Candidate {
	change := &s.land.Changes[p.change]
	c := Candidate{ID: change.ID, Township: p.township, Geometry: p.polygon, Area: p.area,
		Parcel: Parcel{Role: domain.PBF, File: change.File, Record: change.Record, ID: change.ID}}
	if change.Role == domain.PBFIn {
		c.Parcel.Role = domain.LandUse
	}
	largest, gross, sum := &l.Faces[p.faces[0]], 0.0, 0.0
	for _, i := range p.faces {
		f := &l.Faces[i]
		gross, sum = gross+f.Area, sum+net(f)
		if f.Area > largest.Area {
			largest = f
		}
	}
	c.Net = p.area * sum / gross
	b := &largest.Before
	c.Village, c.Class, c.Slope, c.Grade, c.Refinement = largest.Village, b.Class, b.Slope, b.Grade, b.Refinement
	return c
}

// within sums the faces of a piece of which something holds, m²; a sliver of it is
// nothing.
func (s *survey) within(l *ledger.Ledger, p piece, holds func(*ledger.State) bool) float64 {
	area := 0.0
	for _, i := range p.faces {
		if f := &l.Faces[i]; holds(&f.Before) && !f.Sliver {
			area += f.Area
		}
	}
	return min(area, p.area)
}

// rank sorts candidates, the best first, and gives them ranks and ids of their own.
func rank(all []Candidate, compare func(a, b *Candidate) int) {
	slices.SortStableFunc(all, func(a, b Candidate) int { return compare(&a, &b) })
	times, used := map[string]int{}, map[string]int{}
	for i := range all {
		times[all[i].ID]++
	}
	for i := range all {
		c := &all[i]
		c.Rank = i + 1
		if id := c.ID; times[id] > 1 {
			used[id]++
			c.ID = fmt.Sprintf("%s-%d", id, used[id])
		}
	}
}
