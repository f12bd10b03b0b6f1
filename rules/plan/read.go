package plan

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules/domain"
)

// readLayers reads the features of all layers into the working system, which
// is the 3° zone of the project area.
func (p *Plan) readLayers(ctx context.Context, sources []layerAssignment, o Options) error {
	if err := p.settle(sources, o.CRS); err != nil {
		return err
	}
	infos, failed := make([]LayerInfo, len(sources)), make([]error, len(sources))
	digests := guard.Go("digests of the plan's layers", func() error { // taken beside the reading
		for i, s := range sources {
			infos[i], failed[i] = layerInfo(ctx, s.role, s.layer)
		}
		return nil
	})
	read, err := p.readEach(ctx, sources, o.Limits)
	if crash := <-digests; crash != nil {
		return crash
	}
	for i := range sources {
		if failed[i] != nil {
			return failed[i]
		}
		if i == len(read) {
			return err
		}
	}
	p.Layers = infos
	if err := p.keepAll(ctx, read); err != nil {
		return err
	}
	if len(p.Project) == 0 {
		return &geo.InputError{File: sources[0].layer.File(),
			Message: geo.Text{ZH: "整治区域图层中没有可用的图形", EN: "the layer of the project area has no usable shape"},
			Advice:  geo.Text{ZH: "请提供整治区域的面图形", EN: "Supply the polygon of the project area"}}
	}
	place := byName(sources)
	for _, features := range [][]Change{p.Changes, p.After} {
		slices.SortStableFunc(features, func(a, b Change) int {
			return cmp.Or(CompareRoles(a.Role, b.Role), cmp.Compare(place[a.File], place[b.File]), cmp.Compare(a.Record, b.Record))
		})
	}
	return nil
}

// CompareRoles orders changes as reports list them.
func CompareRoles(a, b domain.Role) int {
	order := domain.ChangeRoles()
	return cmp.Compare(slices.Index(order, a), slices.Index(order, b))
}

// byName is where each layer's features stand among those of a role: in order
// of the layers' names, whatever holds them.
func byName(sources []layerAssignment) map[string]int {
	sorted := slices.Clone(sources)
	slices.SortStableFunc(sorted, func(a, b layerAssignment) int {
		return cmp.Or(strings.Compare(a.layer.Name(), b.layer.Name()), strings.Compare(a.layer.File(), b.layer.File()))
	})
	place := map[string]int{}
	for i, s := range sorted {
		place[s.layer.File()] = i
	}
	return place
}

func layerInfo(ctx context.Context, r domain.Role, l geo.Layer) (LayerInfo, error) {
	var digest string
	err := guard.Do("reading "+l.File(), func() (err error) {
		digest, err = l.Digest(ctx)
		return err
	})
	if err != nil {
		return LayerInfo{}, inFile(err, l.File())
	}
	return LayerInfo{Role: r, Name: l.Name(), File: l.File(), Features: l.Len(), Digest: digest}, nil
}

// contribution is what one layer holds, before its shapes are looked at.
type contribution struct {
	changes []Change
	codes   []coded // land classes as written, one for each change
	issues  []Issue
}

// readEach reads the features of the layers, one layer after another. With an
// error come those before the one that it is of.
func (p *Plan) readEach(ctx context.Context, sources []layerAssignment, limits Limits) ([]contribution, error) {
	left := &budget{limits: limits}
	var read []contribution
	used := map[domain.Role]*ids{} // layers of one role are joined
	for _, s := range sources {
		if used[s.role] == nil {
			used[s.role] = &ids{}
		}
		var one contribution
		err := guard.Do("reading "+s.layer.File(), func() (err error) {
			one, err = p.readLayer(ctx, s, left, used[s.role])
			return err
		})
		if err != nil {
			return read, err
		}
		read = append(read, one)
	}
	return read, nil
}

// readLayer reads the features of one layer.
func (p *Plan) readLayer(ctx context.Context, s layerAssignment, left *budget, used *ids) (contribution, error) {
	var read contribution
	if s.origin == unknownOrigin && s.layer.Len() == 0 {
		return read, nil
	}
	transform, err := p.transform(s)
	if err != nil {
		return read, inFile(err, s.layer.File())
	}
	f := newRowLayout(s.role, s.layer, domain.PlanFields(), s.override)
	f.meanings = s.values
	for feature, err := range s.layer.Near(ctx, nil, f.columns) {
		if err != nil {
			return read, inFile(err, s.layer.File())
		}
		if err := left.spend(f.file, feature); err != nil {
			return read, err
		}
		r := &row{rowLayout: f, record: feature.Record, values: feature.Values, issues: &read.issues}
		r.id = used.next(r, s.layer.Name())
		role := r.kind()
		if role == "" {
			continue
		}
		c := Change{Exists: true, Feature: Feature{Role: role, File: f.file, Record: feature.Record, ID: r.id}}
		code := coded{}
		if role != domain.ProjectArea {
			r.change(&c)
			code = r.coded()
		}
		if len(feature.Geometry) > 0 {
			if err := fits(s.layer, s.crs, geo.Bound(feature.Geometry), s.origin); err != nil { // boxes in files may lie
				return read, inRecord(err, f.file, feature.Record)
			}
			if c.Geometry, err = transform.MultiPolygon(feature.Geometry); err != nil {
				return read, inRecord(err, f.file, feature.Record)
			}
		}
		read.changes, read.codes = append(read.changes, c), append(read.codes, code)
	}
	p.classify(s, &read)
	if s.role == domain.PBFAdjusted {
		for i := range read.changes {
			c := &read.changes[i]
			c.Adjustment, c.Reclassifies = true, !p.StatesAfter && c.Traits.Class != ""
		}
	}
	read.codes = nil
	return read, nil
}

// keepAll repairs what was read, and keeps the features that have a shape.
func (p *Plan) keepAll(ctx context.Context, read []contribution) error {
	var features []*Feature
	for _, r := range read {
		for i := range r.changes {
			features = append(features, &r.changes[i].Feature)
		}
	}
	repaired, err := repairAll(ctx, features)
	if err != nil {
		return err
	}
	for _, r := range read {
		p.Issues = append(p.Issues, r.issues...)
		for _, issue := range repaired[:len(r.changes)] {
			if issue != nil {
				p.Issues = append(p.Issues, *issue)
			}
		}
		repaired = repaired[len(r.changes):]
		for _, c := range r.changes {
			switch {
			case c.Geometry == nil:
			case c.Role == domain.ProjectArea:
				p.Project = append(p.Project, c.Feature)
			case c.Role == domain.LandUseAfter:
				p.After = append(p.After, c)
			default:
				p.Changes = append(p.Changes, c)
			}
		}
	}
	return nil
}
