package plan

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/domain"
)

// Options of reading a plan.
type Options struct {
	CRS    geo.CRS      // of layers that neither say nor show theirs; the manifest's crs wins
	Stage  domain.Stage // overrides the manifest; "" leaves it
	Limits Limits
}

// Open reads a plan package: a directory, a .zip, a .gpkg or a single layer's
// file. A package that cannot be judged is a *geo.InputError; what is wrong with
// single features is in the plan's Issues, what was odd in its Notices.
func Open(ctx context.Context, path string, o Options) (p *Plan, err error) {
	c, err := OpenPackage(ctx, path, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return readPlan(ctx, contents{
		path:     path,
		layers:   c.Layers,
		skipped:  c.Skipped,
		files:    fileNames(c.Files),
		items:    c.Items(),
		entry:    c.Entry,
		notices:  func() []geo.Notice { return c.Notices },
		readFile: func(name string) ([]byte, error) { return c.ReadFile(name, maxManifest) },
		size:     c.Size,
		isLayer:  c.LayerBytes,
		digest:   c.Digest, fileDigest: c.FileDigest,
	}, o)
}

// OpenPackage opens the container of a plan package, as Open does, for whoever
// takes it over as it is.
func OpenPackage(ctx context.Context, path string, o Options) (*catalog.Catalog, error) {
	container := o.Limits.Container
	container.Leave = unopened
	return catalog.Open(ctx, path, container)
}

// contents is a plan package with its container opened.
type contents struct {
	path     string
	layers   []geo.Layer
	skipped  []geo.Notice             // about what is no layer, whatever its name promises
	files    []string                 // all there are, by relative name
	items    []catalog.Item           // what the container knows of them
	entry    func(name string) string // a file's name for people, as layers have it
	notices  func() []geo.Notice
	readFile func(name string) ([]byte, error)
	size     func(name string) (bytes int64, ok bool)
	isLayer  func(name string) bool // by its bytes, whatever it is called
	digest   func(context.Context) (string, error)
	// fileDigest is that of one file, cheap once digest was asked for.
	fileDigest func(ctx context.Context, name string) (string, error)
}

// readPlan reads everything that a check needs of a package; nothing of it is
// used afterwards. What cannot be judged is a *geo.InputError; what is wrong with
// single features is in Issues.
func readPlan(ctx context.Context, c contents, o Options) (*Plan, error) {
	m, err := c.manifest()
	if err != nil {
		return nil, err
	}
	if o.Stage != "" {
		if m.stage, err = ParseStage(string(o.Stage)); err != nil {
			return nil, err
		}
	}
	if !m.crs.IsZero() {
		o.CRS = m.crs
	}
	files := newInventory(c, m)
	sources, rest, err := assign(c.layers, m, files.roleOf)
	if err != nil {
		return nil, err
	}
	files.close(sources, rest)
	if err := cmp.Or(files.inputError(), readable(sources), files.complete(sources), oneLandUse(sources)); err != nil {
		return nil, err
	}
	p := &Plan{
		Code: m.code, Name: m.name, County: m.county, Stage: m.stage, Year: m.year, Rulebook: m.rulebook,
		Justifications: m.justifications, Documents: m.documents, Quota: m.quota,
		Prior: m.prior, Unread: files.unread, Ignored: files.ignored, Notices: files.notices,
	}
	p.StatesAfter = slices.ContainsFunc(sources, func(s layerAssignment) bool { return s.role == domain.LandUseAfter })
	p.markPapers(files)
	if err := p.readLayers(ctx, sources, o); err != nil {
		return nil, err
	}
	if p.Digest, err = c.digest(ctx); err != nil {
		return nil, err
	}
	if err := p.digestPapers(ctx, c); err != nil {
		return nil, err
	}
	p.Notices = append(p.Notices, files.others(c.notices())...)
	for _, s := range sources {
		p.Notices = append(p.Notices, s.layer.Notices()...)
	}
	p.Notices = sortedNotices(p.Notices)
	sortIssues(p.Issues)
	return p, nil
}

// complete sees that there is something to check. Where a layer cannot be read,
// what is missing may be in it.
func (a *inventory) complete(sources []layerAssignment) error {
	err := complete(a.c, sources)
	if err != nil && len(a.damaged) > 0 {
		return a.damaged[0]
	}
	return err
}

// complete sees that there is something to check.
func complete(c contents, sources []layerAssignment) error {
	var area, change bool
	for _, s := range sources {
		area = area || s.role == domain.ProjectArea
		change = change || s.role != domain.ProjectArea
	}
	file := c.path
	if abs, err := filepath.Abs(file); err == nil {
		file = filepath.Base(abs) // as layers are shown: where the package lies does not matter
	}
	there := geo.Textf("包中的图层：%s", "The layers there are %s", fileList(c.layers))
	switch {
	case !area:
		return &geo.InputError{File: file,
			Message: geo.Text{ZH: "方案包中没有整治区域图层", EN: "the package has no layer of the project area"},
			Advice: geo.Textf("请提供名为 %[1]s 的图层，或在 plan.yaml 中写 layers: {project_area: {file: …}}。%[2]s",
				"Supply a layer named %[1]s, or write in plan.yaml layers: {project_area: {file: …}}. %[3]s",
				accepted([]domain.Role{domain.ProjectArea}), there.ZH, there.EN)}
	case !change:
		roles := slices.DeleteFunc(domain.PlanRoles(), func(r domain.Role) bool { return r == domain.ProjectArea })
		return &geo.InputError{File: file,
			Message: geo.Text{ZH: "方案包中没有任何变更图层", EN: "the package has no layer of changes"},
			Advice: geo.Textf("请至少提供下列图层之一：%[1]s。%[2]s", "Supply at least one of %[1]s. %[3]s",
				accepted(roles), there.ZH, there.EN)}
	}
	return nil
}
