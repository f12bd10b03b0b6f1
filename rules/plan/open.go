package plan

import (
	"cmp"
	"context"
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/catalog"
)

// Options of reading a plan.
type Options struct {
	CRS    geo.CRS // of layers that neither say nor show theirs; the manifest's crs wins
	Stage  Stage   // overrides the manifest; "" leaves it
	Limits Limits
}

// Open reads a plan package: a directory, a .zip, a .gpkg or a single layer's
// file. A package that cannot be judged is a *geo.Fault; what is wrong with
// single features is in the plan's Flaws, what was odd in its Notices.
func Open(ctx context.Context, path string, o Options) (p *Plan, err error) {
	c, err := catalog.Open(ctx, path, o.Limits.Container)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return readPlan(ctx, contents{
		path:     path,
		layers:   c.Layers,
		skipped:  c.Skipped,
		files:    fileNames(c.Files),
		notices:  func() []geo.Notice { return c.Notices },
		readFile: func(name string) ([]byte, error) { return c.ReadFile(name, maxManifest) },
		size:     c.Size,
		digest:   c.Digest,
	}, o)
}

// contents is a plan package with its container opened.
type contents struct {
	path     string
	layers   []geo.Layer
	skipped  []geo.Notice // about what is no layer, whatever its name promises
	files    []string     // all there are, by relative name
	notices  func() []geo.Notice
	readFile func(name string) ([]byte, error)
	size     func(name string) (bytes int64, ok bool)
	digest   func(context.Context) (string, error)
}

// readPlan reads everything that a check needs of a package; nothing of it is
// used afterwards. What cannot be judged is a *geo.Fault; what is wrong with
// single features is in Flaws.
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
	sources, notices, err := assign(c.layers, m)
	if err != nil {
		return nil, err
	}
	if err := cmp.Or(noneLost(c, sources), complete(c, sources)); err != nil {
		return nil, err
	}
	p := &Plan{
		Code: m.code, Name: m.name, County: m.county, Stage: m.stage, Year: m.year, Rulebook: m.rulebook,
		Justifications: m.justifications, Documents: m.documents, Quota: m.quota, Notices: notices,
	}
	p.markPresent(c)
	if err := p.readLayers(ctx, sources, o); err != nil {
		return nil, err
	}
	if p.Digest, err = c.digest(ctx); err != nil {
		return nil, err
	}
	p.Notices = append(p.Notices, c.notices()...)
	for _, s := range sources {
		p.Notices = append(p.Notices, s.layer.Notices()...)
	}
	p.Notices = sortedNotices(p.Notices)
	sortFlaws(p.Flaws)
	return p, nil
}

// complete sees that there is something to check.
func complete(c contents, sources []source) error {
	var area, change bool
	for _, s := range sources {
		area = area || s.role == ProjectArea
		change = change || s.role != ProjectArea
	}
	file := c.path
	if abs, err := filepath.Abs(file); err == nil {
		file = filepath.Base(abs) // as layers are shown: where the package lies does not matter
	}
	there := geo.Textf("包中的图层：%s", "The layers there are %s", fileList(c.layers))
	switch {
	case !area:
		return &geo.Fault{File: file,
			Problem: geo.Text{ZH: "方案包中没有整治区域图层", EN: "the package has no layer of the project area"},
			Advice: geo.Textf("请提供名为 %[1]s 的图层，或在 plan.yaml 中写 layers: {project_area: {file: …}}。%[2]s",
				"Supply a layer named %[1]s, or write in plan.yaml layers: {project_area: {file: …}}. %[3]s",
				accepted([]Role{ProjectArea}), there.ZH, there.EN)}
	case !change:
		roles := slices.DeleteFunc(PlanRoles(), func(r Role) bool { return r == ProjectArea })
		return &geo.Fault{File: file,
			Problem: geo.Text{ZH: "方案包中没有任何变更图层", EN: "the package has no layer of changes"},
			Advice: geo.Textf("请至少提供下列图层之一：%[1]s。%[2]s", "Supply at least one of %[1]s. %[3]s",
				accepted(roles), there.ZH, there.EN)}
	}
	return nil
}

// noneLost refuses a package in which a layer by its name has a role and is
// not read, being of lines or without its .shp: its changes would be judged as
// if the plan did not make them.
func noneLost(c contents, sources []source) error {
	for _, n := range c.skipped {
		name := n.File[strings.LastIndexAny(n.File, "/!")+1:]
		role := RoleOf(strings.TrimSuffix(name, path.Ext(name)), PlanRoles())
		if role == "" || slices.ContainsFunc(sources, func(s source) bool { return s.role == role }) {
			continue
		}
		return &geo.Fault{File: n.File, Problem: n.Message,
			Advice: geo.Textf("按名称它是 %[1]s 图层：请提供完整的面图层；若不属于方案，请改名或删除",
				"By its name it is the layer %[1]s: supply it whole, as polygons; if it is not part of the plan, rename or remove it", string(role))}
	}
	return nil
}

// markPresent looks up the papers that the manifest names. One that is absent
// or has nothing in it does not count, and is reported.
func (p *Plan) markPresent(c contents) {
	present := func(line int, file string) bool {
		size, ok := c.size(file)
		why := geo.Textf("第 %d 行：文件“%s”是空的，不予计入", "line %d: the file %q is empty and does not count", line, file)
		if !ok {
			why = geo.Textf("第 %d 行：文件“%s”不在方案包中，不予计入", "line %d: the file %q is not in the package and does not count", line, file)
		}
		if size == 0 {
			p.Notices = append(p.Notices, geo.Notice{Severity: geo.Warning, File: manifestNames()[0], Message: why})
		}
		return size > 0
	}
	for i := range p.Justifications {
		j := &p.Justifications[i]
		if j.Document == "" {
			continue
		}
		j.Present = present(j.Line, j.Document)
	}
	for i := range p.Documents {
		d := &p.Documents[i]
		d.Present = present(d.Line, d.File)
		if near := nearest(d.Kind, DocumentKinds()); near != "" && near != d.Kind {
			title := DocumentTitle(near)
			p.Notices = append(p.Notices, geo.Notice{Severity: geo.Warning, File: manifestNames()[0], Message: geo.Textf(
				"第 %[1]d 行：材料类别“%[2]s”没有规定，是否应为 %[3]s（%[4]s）", "line %[1]d: no rule asks for documents of kind %[2]q; is it %[3]s (%[5]s)?",
				d.Line, d.Kind, near, title.ZH, title.EN)})
		}
	}
}
