package rules

import (
	"errors"
	"sync"

	"landcheck/geo"
	"landcheck/geo/overlay"

	"github.com/paulmach/orb"
)

// shape gives findings their geometry: the union of their faces, on
// longitude and latitude. Each worker has its own transform.
func (b *bench) shape(results []RuleResult) error {
	var todo []*Finding
	for i := range results {
		for k := range results[i].Findings {
			if f := &results[i].Findings[k]; len(f.Faces) > 0 || f.Geometry != nil {
				todo = append(todo, f)
			}
		}
	}
	if len(todo) == 0 {
		return nil
	}
	next := make(chan *Finding, len(todo))
	for _, f := range todo {
		next <- f
	}
	close(next)
	workers := min(b.o.Jobs, len(todo))
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { errs[w] = b.shapeSome(next) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

func (b *bench) shapeSome(next <-chan *Finding) error {
	t, err := geo.NewTransform(b.l.CRS, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		return err
	}
	for f := range next {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		var mp orb.MultiPolygon
		if f.Geometry != nil {
			mp = f.Geometry.Polygons
		} else {
			cells := make([]orb.Polygon, 0, len(f.Faces))
			for _, id := range f.Faces {
				if p := b.face(id); len(p) > 0 {
					cells = append(cells, p)
				}
			}
			mp = overlay.Dissolve(cells)
		}
		if mp, err = t.MultiPolygon(mp); err != nil {
			return err
		}
		if f.Geometry = nil; len(mp) == 0 {
			continue
		}
		mp = rounded(mp)
		wind(mp)
		f.Geometry = &Geometry{Polygons: mp}
		box := mp.Bound()
		f.BBox = []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]}
	}
	return nil
}

// face is the geometry of a face by its 1-based id.
func (b *bench) face(id int) orb.Polygon {
	if id >= 1 && id <= len(b.l.Faces) && b.l.Faces[id-1].ID == id {
		return b.l.Faces[id-1].Geometry
	}
	for i := range b.l.Faces {
		if b.l.Faces[i].ID == id {
			return b.l.Faces[i].Geometry
		}
	}
	return nil
}

// rounded is a copy to 9 decimals, so that a report read back is the same.
func rounded(mp orb.MultiPolygon) orb.MultiPolygon {
	out := mp.Clone()
	for _, p := range out {
		for _, r := range p {
			for k := range r {
				r[k] = orb.Point{round9(r[k][0]), round9(r[k][1])}
			}
		}
	}
	return out
}
