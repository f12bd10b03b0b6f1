package plan

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/geo/regular"
	"landcheck/rules/domain"
)

// LayerOptions of reading one layer by itself.
type LayerOptions struct {
	CRS    geo.CRS     // of a layer that neither says nor shows its own
	Role   domain.Role // that it plays; "" is what its name says
	Limits Limits
}

// OpenLayer reads the one layer that a file holds, of a plan or of base data,
// while it is being drawn. What comes back is no plan: all features are Changes,
// whatever the layer's role, in the order of their records, and there is no
// project area. What is wrong with single features is in Issues. A layer without
// a role or without shapes, and a file of several layers that Role does not
// choose among, are a *geo.InputError.
func OpenLayer(ctx context.Context, path string, o LayerOptions) (p *Plan, err error) {
	c, err := catalog.Open(ctx, path, o.Limits.Container)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	m, err := manifestBeside(c, path)
	if err != nil {
		return nil, err
	}
	if !m.crs.IsZero() {
		o.CRS = m.crs
	}
	s, others, err := chooseLayer(c, m, filepath.Base(path), o.Role)
	if err != nil {
		return nil, err
	}
	p = &Plan{Notices: others}
	if slices.Contains(domain.BaseRoles(), s.role) {
		err = p.readBaseLayer(ctx, s, o)
	} else {
		err = p.readOneLayer(ctx, s, o)
	}
	if err != nil {
		return nil, err
	}
	if len(p.Changes) == 0 {
		return nil, &geo.InputError{File: s.layer.File(),
			Message: geo.Text{ZH: "图层中没有任何图形，没有可核查的内容", EN: "the layer has no shapes: there is nothing to check"},
			Advice:  geo.Text{ZH: "请先绘制图斑并保存编辑", EN: "Draw some and save the edits first"}}
	}
	if p.Digest, err = c.Digest(ctx); err != nil {
		return nil, err
	}
	p.Notices = sortedNotices(append(p.Notices, s.layer.Notices()...))
	sortIssues(p.Issues)
	return p, nil
}

// manifestBeside is the plan.yaml of a package, or of the folder in which a
// single file lies: what it says of the layer holds while the layer is drawn.
func manifestBeside(c *catalog.Catalog, path string) (*manifest, error) {
	k := contents{files: fileNames(c.Files), readFile: func(name string) ([]byte, error) { return c.ReadFile(name, maxManifest) }}
	if info, err := os.Stat(path); err != nil || info.IsDir() && ending(path) != ".gdb" || ending(path) == ".zip" {
		return k.manifest()
	}
	dir := filepath.Dir(path)
	k.files = nil
	for _, name := range ManifestNames() {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			k.files = append(k.files, name)
		}
	}
	k.readFile = func(name string) ([]byte, error) { return regular.Read(filepath.Join(dir, name), maxManifest) }
	return k.manifest()
}

// chooseLayer finds the layer that is meant: the one of the role that is asked
// for, else the only one that has a role and holds anything. The notices are
// about the others, which nobody looks at.
func chooseLayer(c *catalog.Catalog, m *manifest, file string, asked domain.Role) (layerAssignment, []geo.Notice, error) {
	var found, empty []layerAssignment
	var others []geo.Notice
	for _, l := range c.Layers {
		s := layerAssignment{layer: l, role: roleBeside(l, c, m)}
		switch {
		case asked != "" && (len(c.Layers) == 1 || s.role == asked):
			s.role = asked
		case asked != "" || s.role == "":
			others = append(others, geo.Notice{Severity: geo.Warning, File: l.File(), Message: geo.Text{
				ZH: "该图层没有核查", EN: "this layer was not checked"}})
			continue
		}
		s.settings(m, c.Layers)
		if l.Len() == 0 && geo.Damage(l) == nil {
			empty = append(empty, s)
			continue
		}
		found = append(found, s)
	}
	if len(found) == 0 && len(empty) > 0 {
		found = empty[:1] // OpenLayer says that it is empty
	}
	switch {
	case len(found) == 1:
		return found[0], others, cmp.Or(readable(found), checkRequired(found[0].layer, found[0].role, found[0].override))
	case len(found) > 1:
		var named []string
		for _, s := range found {
			named = append(named, s.layer.Name()+" ("+string(s.role)+")")
		}
		return layerAssignment{}, nil, &geo.InputError{File: file, Wants: geo.LayerInput,
			Message: geo.Textf("其中有 %[1]d 个图层：%[2]s；没有底图时只能核查一个图层的数据", "it holds %[1]d layers: %[2]s; without base data one layer's data can be checked", len(found), strings.Join(named, ", "))}
	case len(c.Layers) == 0:
		return layerAssignment{}, nil, firstSkipped(c, file)
	case asked != "":
		return layerAssignment{}, nil, &geo.InputError{File: file, Wants: geo.LayerInput,
			Message: geo.Textf("没有用途为 %[1]s 的图层；其中的图层：%[2]s", "it has no layer of the role %[1]s; the layers there are %[2]s", asked, fileList(c.Layers))}
	}
	return layerAssignment{}, nil, &geo.InputError{File: file, Wants: geo.LayerInput,
		Message: geo.Textf("从图层名 %[1]s 看不出用途", "the name of the layer does not say its role: %[1]s", fileList(c.Layers)),
		Advice:  geo.Textf("可用的用途和图层名：%[1]s", "The roles and their names are %[1]s", accepted(append(domain.PlanRoles(), domain.BaseRoles()...)))}
}

// firstSkipped says why a file has no layer: what it holds was not understood.
func firstSkipped(c *catalog.Catalog, file string) *geo.InputError {
	e := &geo.InputError{File: file, Message: geo.Text{ZH: "其中没有面图层", EN: "it has no polygon layer"},
		Advice: geo.Text{ZH: "请给出面图层的文件", EN: "Name the file of a polygon layer"}}
	if len(c.Skipped) > 0 {
		e.Message = c.Skipped[0].Message
	}
	return e
}

// roleBeside is the role of a layer: what plan.yaml says, else its name, else
// that of the file of which it is the only layer.
func roleBeside(l geo.Layer, c *catalog.Catalog, m *manifest) domain.Role {
	for _, a := range m.layers {
		if _, named := matches(l, a.file); a.file != "" && named {
			return a.role
		}
	}
	all := append(domain.PlanRoles(), domain.BaseRoles()...)
	if role := roleOfLayer(l, all); role != "" || len(c.Layers) > 1 {
		return role
	}
	container, _, _ := strings.Cut(l.File(), "!")
	return RoleOf(stem(container), all)
}

// settings gives the layer what plan.yaml says of it.
func (s *layerAssignment) settings(m *manifest, all []geo.Layer) {
	role := s.role
	for _, a := range m.layers {
		if _, named := matches(s.layer, a.file); a.file != "" && named && a.role == role || a.of(s.layer, role, all) {
			s.take(a)
		}
	}
	s.role = role
}

// readOneLayer reads a layer of a plan.
func (p *Plan) readOneLayer(ctx context.Context, s layerAssignment, o LayerOptions) (err error) {
	sources := []layerAssignment{s}
	if err := p.settle(sources, o.CRS); err != nil {
		return err
	}
	p.place(sources[0])
	info, err := layerInfo(ctx, s.role, s.layer)
	if err != nil {
		return err
	}
	p.Layers = []LayerInfo{info}
	read, err := p.readEach(ctx, sources, o.Limits)
	if err != nil {
		return err
	}
	if err := p.keepAll(ctx, read); err != nil {
		return err
	}
	for _, f := range p.Project {
		p.Changes = append(p.Changes, Change{Feature: f, Exists: true})
	}
	p.Changes = append(p.Changes, p.After...)
	p.Project, p.After = nil, nil
	slices.SortStableFunc(p.Changes, func(a, b Change) int {
		return cmp.Or(CompareRoles(a.Role, b.Role), cmp.Compare(a.Record, b.Record))
	})
	return nil
}

// place settles the working system by the layer itself.
func (p *Plan) place(s layerAssignment) {
	if s.origin != unknownOrigin {
		p.Native, p.CRS = s.crs, geo.WorkingCRS(s.crs, s.layer.Bound().Center())
	}
}

// readBaseLayer reads a layer of base data, every record of it.
func (p *Plan) readBaseLayer(ctx context.Context, s layerAssignment, o LayerOptions) error {
	b := newBase("files", map[domain.Role][]geo.Layer{s.role: {s.layer}}, &foundLayers{manifest: emptyManifest(),
		override: map[geo.Layer]map[domain.Field]string{s.layer: s.override}, classes: map[geo.Layer]Classification{s.layer: s.classes}}, BaseOptions{CRS: o.CRS})
	l := b.layers[s.role][0]
	if err := cmp.Or(l.err, l.checkShapes()); err != nil {
		return err
	}
	info, err := layerInfo(ctx, s.role, s.layer)
	if err != nil {
		return err
	}
	p.Layers = []LayerInfo{info}
	p.place(layerAssignment{layer: s.layer, crs: l.crs, origin: l.origin})
	transform, err := p.transform(layerAssignment{crs: l.crs})
	if err != nil {
		return inFile(err, s.layer.File())
	}
	var used ids
	var read contribution
	for f, err := range s.layer.Near(ctx, nil, l.layout.columns) {
		if err != nil {
			return inFile(err, s.layer.File())
		}
		parcel := l.parcel(f, &read.issues)
		if !parcel.counts() {
			continue
		}
		c := Change{Feature: parcel.Feature, Exists: true}
		c.Traits = parcel.Traits
		c.ID = used.next(&row{rowLayout: l.layout, record: f.Record, values: f.Values, issues: &read.issues}, s.layer.Name())
		if len(f.Geometry) > 0 {
			if c.Geometry, err = transform.MultiPolygon(f.Geometry); err != nil {
				return inRecord(err, s.layer.File(), f.Record)
			}
		}
		read.changes = append(read.changes, c)
	}
	p.Notices = append(p.Notices, b.Notices()...)
	return p.keepAll(ctx, []contribution{read})
}
