package results

import (
	"fmt"

	"landcheck/api/cache"
	"landcheck/api/tile"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
)

// Layers are the layers of a check, as they lie on each other.
func Layers() []string {
	names := []string{string(domain.ProjectArea)}
	for _, r := range domain.ChangeRoles() {
		names = append(names, string(r))
	}
	return append(names, "faces", "findings")
}

// layer is where a layer of a check in degrees is kept.
func (r *Result) layer(name string) *cache.Once[[]tile.Feature] {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.drawn[name] == nil {
		if r.drawn == nil {
			r.drawn = map[string]*cache.Once[[]tile.Feature]{}
		}
		r.drawn[name] = &cache.Once[[]tile.Feature]{}
	}
	return r.drawn[name]
}

// draw gives a layer of a check in degrees, read once.
func (r *Result) draw(layer string) ([]tile.Feature, error) {
	return r.layer(layer).Get(func() ([]tile.Feature, error) { return r.features(layer, geo.CRS{Kind: geo.Geographic}) })
}

// LayerOf is a layer of what came of a check that is not kept, in a system.
func LayerOf(r *result.Report, l *ledger.Ledger, layer string, system geo.CRS) ([]tile.Feature, error) {
	one := &Result{}
	one.report.Set(r)
	one.ledger.Set(l)
	return one.features(layer, system)
}

// features are those of a layer of a check in a system.
func (r *Result) features(layer string, system geo.CRS) (all []tile.Feature, err error) {
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
		f.Text("class", c.Traits.Class)
		if c.Year != 0 {
			f.Properties["year"] = c.Year
		}
		all = append(all, f)
	}
	return all
}

func (r *Result) drawFaces() ([]tile.Feature, error) {
	l, err := r.Ledger()
	if err != nil {
		return nil, err
	}
	all := make([]tile.Feature, 0, len(l.Faces))
	for i := range l.Faces {
		f := &l.Faces[i]
		t := tile.Feature{ID: uint64(f.ID), Geometry: orb.MultiPolygon{f.Geometry}, Properties: map[string]any{
			"id": f.ID, "area": Cents(f.Area), "in_project": f.InProject, "sliver": f.Sliver,
			"pbf_before": f.Before.PBF, "pbf_after": f.After.PBF}}
		t.Text("class_before", f.Before.Class)
		t.Text("class_after", f.After.Class)
		t.Text("township", f.Township)
		all = append(all, t)
	}
	return all, nil
}

// drawFindings leaves out findings about the plan as a whole: they have no
// place.
func (r *Result) drawFindings() ([]tile.Feature, error) {
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
			t.Text("township", f.Townships[0])
		}
		if f.Area > 0 {
			t.Properties["area"] = Cents(f.Area)
		}
		all = append(all, t)
	}
	return all, nil
}
