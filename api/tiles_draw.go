package api

import (
	"fmt"
	"runtime"

	"landcheck/api/tile"
	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// drawParcels are base features for a map: id, area in m² of the whole
// feature, and what tells them apart. Measuring is most of it.
func drawParcels(parcels []plan.Parcel, system geo.CRS) ([]tile.Feature, error) {
	const chunk = 256 // parcels that a goroutine measures
	out := make([]tile.Feature, len(parcels))
	group := guard.New()
	group.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < len(parcels); from += chunk {
		group.Go(func() error {
			surveyor, err := geo.NewSurveyor(system, geo.Bound(parcels[0].Geometry).Center())
			if err != nil {
				return err
			}
			for i := from; i < min(from+chunk, len(parcels)); i++ {
				out[i] = drawParcel(&parcels[i], surveyor)
				if parcels[i].File != parcels[0].File {
					out[i].ID = 0 // records count within a file
				}
			}
			return nil
		})
	}
	return out, group.Wait()
}

func drawParcel(p *plan.Parcel, surveyor *geo.Surveyor) tile.Feature {
	f := tile.Feature{ID: uint64(p.Record), Geometry: p.Geometry, Bound: geo.Bound(p.Geometry),
		Properties: map[string]any{"id": p.ID, "area": cents(surveyor.MultiPolygon(p.Geometry))}}
	put(f.Properties, "class", p.Traits.Class)
	put(f.Properties, "code", p.Code)
	put(f.Properties, "name", p.Name)
	return f
}

func put(into map[string]any, key, value string) {
	if value != "" {
		into[key] = value
	}
}

// tileLayers are the layers of a check, as they lie on each other.
func tileLayers() []string {
	names := []string{string(domain.ProjectArea)}
	for _, r := range domain.ChangeRoles() {
		names = append(names, string(r))
	}
	return append(names, "faces", "findings")
}

// layer is where a layer of a check in degrees is kept.
func (r *checkResult) layer(name string) *onceValue[[]tile.Feature] {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.drawn[name] == nil {
		if r.drawn == nil {
			r.drawn = map[string]*onceValue[[]tile.Feature]{}
		}
		r.drawn[name] = &onceValue[[]tile.Feature]{}
	}
	return r.drawn[name]
}

// draw gives a layer of a check in degrees, read once.
func (r *checkResult) draw(layer string) ([]tile.Feature, error) {
	return r.layer(layer).get(func() ([]tile.Feature, error) { return r.features(layer, geo.CRS{Kind: geo.Geographic}) })
}

// features are those of a layer of a check in a system.
func (r *checkResult) features(layer string, system geo.CRS) (all []tile.Feature, err error) {
	l, err := r.Ledger()
	if err != nil {
		return nil, err
	}
	from := l.CRS
	switch layer {
	case "findings":
		from = geo.CRS{Kind: geo.Geographic}
		all, err = r.drawFindings()
	case "faces":
		all, err = r.drawFaces()
	case string(domain.ProjectArea):
		from, all = l.Plan.CRS, drawProject(l.Plan)
	default:
		from, all = l.Plan.CRS, drawChanges(l.Plan, domain.Role(layer))
	}
	if err != nil {
		return nil, err
	}
	way, err := geo.NewTransform(from, system)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Geometry, err = way.MultiPolygon(all[i].Geometry); err != nil {
			return nil, fmt.Errorf("layer %s: %w", layer, err)
		}
		all[i].Bound = geo.Bound(all[i].Geometry)
	}
	return all, nil
}

func drawProject(p *plan.Plan) []tile.Feature {
	var all []tile.Feature
	for i := range p.Project {
		f := &p.Project[i]
		all = append(all, tile.Feature{ID: uint64(i + 1), Geometry: f.Geometry, Properties: map[string]any{"id": f.ID}})
	}
	return all
}

func drawChanges(p *plan.Plan, role domain.Role) []tile.Feature {
	var all []tile.Feature
	for i := range p.Changes {
		c := &p.Changes[i]
		if c.Role != role {
			continue
		}
		f := tile.Feature{ID: uint64(i + 1), Geometry: c.Geometry, Properties: map[string]any{"id": c.ID}}
		put(f.Properties, "class", c.Traits.Class)
		if c.Year != 0 {
			f.Properties["year"] = c.Year
		}
		all = append(all, f)
	}
	return all
}

func (r *checkResult) drawFaces() ([]tile.Feature, error) {
	l, err := r.Ledger()
	if err != nil {
		return nil, err
	}
	all := make([]tile.Feature, 0, len(l.Faces))
	for i := range l.Faces {
		f := &l.Faces[i]
		t := tile.Feature{ID: uint64(f.ID), Geometry: orb.MultiPolygon{f.Geometry}, Properties: map[string]any{
			"id": f.ID, "area": cents(f.Area), "in_project": f.InProject, "sliver": f.Sliver,
			"pbf_before": f.Before.PBF, "pbf_after": f.After.PBF}}
		put(t.Properties, "class_before", f.Before.Class)
		put(t.Properties, "class_after", f.After.Class)
		put(t.Properties, "township", f.Township)
		all = append(all, t)
	}
	return all, nil
}

// drawFindings leaves out findings about the plan as a whole: they have no
// place.
func (r *checkResult) drawFindings() ([]tile.Feature, error) {
	found, err := r.Found()
	if err != nil {
		return nil, err
	}
	var all []tile.Feature
	for i := range found {
		f := &found[i]
		if f.Geometry == nil {
			continue
		}
		t := tile.Feature{ID: uint64(f.Number), Geometry: f.Geometry.Polygons, Properties: map[string]any{
			"id": f.ID, "number": f.Number, "rule": f.Rule, "level": string(f.Level), "status": string(f.Status)}}
		if len(f.Townships) > 0 {
			put(t.Properties, "township", f.Townships[0])
		}
		if f.Area > 0 {
			t.Properties["area"] = cents(f.Area)
		}
		all = append(all, t)
	}
	return all, nil
}
