package plan

import (
	"path"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/domain"
)

// inventory says of every file of a package what became of it (README.md,
// Every file is accounted for). Files that make up one thing — a Shapefile's, a geodatabase's — go
// under one head.
type inventory struct {
	c       contents
	m       *manifest
	groups  []string            // in order of name
	members map[string][]string // head → its files
	group   map[string]string   // file → its head
	actual  map[string]string   // folded file → as the package writes it
	layers  map[string][]geo.Layer
	skipped map[string][]geo.Notice // head → what was no layer in it
	facts   map[string]catalog.Item // by name
	used    map[geo.Layer]bool      // layers that play a role
	named   map[string]bool         // files that the manifest names as papers, folded
	matched []bool                  // by pattern of ignore:

	unread   []Unread
	ignored  []string
	damaged  []*geo.InputError // of layers without a role that cannot be read
	many     map[int]int       // pattern → how many papers it leaves out
	lost     []lost            // unread although the name promises changes
	reported map[string]bool
	notices  []geo.Notice
}

// lost is a file that the plan cannot be judged without.
type lost struct {
	Unread
	layer string // the role that its name promises
}

func newInventory(c contents, m *manifest) *inventory {
	a := &inventory{c: c, m: m, members: map[string][]string{}, group: map[string]string{}, actual: map[string]string{},
		layers: map[string][]geo.Layer{}, skipped: map[string][]geo.Notice{}, used: map[geo.Layer]bool{},
		facts: map[string]catalog.Item{}, named: map[string]bool{}, matched: make([]bool, len(m.ignore)), many: map[int]int{}, reported: map[string]bool{}}
	for _, f := range c.files {
		a.actual[fold(f)] = f
	}
	for _, i := range c.items {
		a.facts[i.Name] = i
	}
	for _, f := range slices.Concat(c.files, a.irregular()) {
		h := a.groupOf(f)
		if len(a.members[h]) == 0 {
			a.groups = append(a.groups, h)
		}
		a.members[h], a.group[f] = append(a.members[h], f), h
	}
	slices.Sort(a.groups)
	byEntry := map[string]string{}
	for _, h := range a.groups {
		byEntry[c.entry(h)] = h
	}
	place := func(file string) string {
		for at := file; ; {
			if h, ok := byEntry[at]; ok {
				return h
			}
			cut := strings.LastIndex(at, "!")
			if cut < 0 {
				return ""
			}
			at = at[:cut]
		}
	}
	for _, l := range c.layers {
		h := place(l.File())
		a.layers[h] = append(a.layers[h], l)
	}
	for _, n := range c.skipped {
		h := place(n.File)
		if h == "" {
			continue
		}
		h = a.groupOf(h)
		a.skipped[h] = append(a.skipped[h], n)
	}
	for _, file := range m.papers() {
		a.named[fold(file)] = true
	}
	return a
}

// irregular are the names at which no file lies that could be read: pipes,
// devices and sockets.
func (a *inventory) irregular() []string {
	var names []string
	for name, i := range a.facts {
		if ending(name) != ".gdb" && i.Usage == catalog.Unread && a.actual[fold(name)] == "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// papers are the files that the manifest names as documents.
func (m *manifest) papers() []string {
	var all []string
	for _, d := range m.documents {
		all = append(all, d.File)
	}
	for _, j := range m.justifications {
		all = append(all, j.Document)
	}
	for _, p := range m.prior {
		all = append(all, p.Report)
	}
	return slices.DeleteFunc(all, func(f string) bool { return f == "" })
}

// groupOf is the file, or the folder of a geodatabase, that a file belongs to.
func (a *inventory) groupOf(file string) string {
	parts := strings.Split(file, "/")
	for i, p := range parts[:len(parts)-1] {
		dir := strings.Join(parts[:i+1], "/")
		if _, one := a.facts[dir]; one || ending(p) == ".gdb" {
			return dir
		}
	}
	for _, tail := range []string{"-wal", "-shm", "-journal"} {
		if of, ok := strings.CutSuffix(fold(file), tail); ok && a.actual[of] != "" {
			return a.actual[of]
		}
	}
	if ext := ending(file); part(ext) {
		for _, other := range []string{".shp", ".dbf", ".shx", ".prj", ".cpg"} { // where the .shp is gone, the rest is one thing still
			if first := a.actual[fold(file[:len(file)-len(ext)])+other]; first != "" {
				return first
			}
		}
	}
	return file
}

// roleOf is the role that a layer's name says, or the name of the file of which
// it is the only layer.
func (a *inventory) roleOf(l geo.Layer) domain.Role {
	if role := roleOfLayer(l, domain.PlanRoles()); role != "" {
		return role
	}
	if RoleOf(l.Name(), domain.BaseRoles()) != "" || holdsChanges(l.Name()) != "" {
		return ""
	}
	for h, layers := range a.layers {
		if len(layers) == 1 && layers[0] == l {
			return RoleOf(stem(h), domain.PlanRoles())
		}
	}
	return ""
}

// close looks at every head, once it is known which layers play a role.
func (a *inventory) close(sources []layerAssignment, rest []unusedLayer) {
	for _, s := range sources {
		a.used[s.layer] = true
	}
	for _, h := range a.groups {
		if !slices.Contains(ManifestNames(), strings.ToLower(h)) {
			a.resolve(h, rest)
		}
	}
	for i, g := range a.m.ignore {
		switch {
		case a.many[i] > 0:
			a.ignored = append(a.ignored, manyPapers(g, a.many[i]))
		case !a.matched[i]:
			a.warn(geo.Textf("第 %d 行：ignore 的“%s”没有略过任何文件", "line %d: %q under ignore leaves out no file", g.line, g.glob))
		}
	}
	slices.Sort(a.ignored)
}

// relative is the name in the package of a layer of a head: "plan.gpkg!DLBG".
func (a *inventory) relative(h, file string) string {
	return h + strings.TrimPrefix(file, a.c.entry(h))
}

// ignore leaves a file or a table out if a pattern says so.
func (a *inventory) ignore(name, shown string) bool {
	out := false
	for i, g := range a.m.ignore {
		if !g.covers(name) {
			continue
		}
		a.matched[i] = true
		if out {
			continue
		}
		out = true
		if paperEnding(ending(name)) && holdsChanges(stem(name)) == "" || companionEnding(name) {
			a.many[i]++
			continue
		}
		a.ignored = append(a.ignored, shown)
	}
	if out {
		a.reported[name] = true
	}
	return out
}

func (a *inventory) warn(message geo.Text) {
	a.notices = append(a.notices, geo.Notice{Severity: geo.Warning, File: ManifestNames()[0], Message: message})
}

// others are the container's notices but for those about files of which the
// report says elsewhere that they are not read.
func (a *inventory) others(all []geo.Notice) []geo.Notice {
	said := map[string]bool{}
	for name := range a.reported {
		said[a.c.entry(name)] = true
		for _, member := range a.members[name] {
			said[a.c.entry(member)] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(n geo.Notice) bool { return said[n.File] })
}

// unopened are the files that are not even opened as layers, since the manifest
// leaves them out: what is damaged in an old version is nobody's concern.
func unopened(c *catalog.Catalog) (func(string) bool, error) {
	m, err := contents{files: fileNames(c.Files), readFile: func(name string) ([]byte, error) { return c.ReadFile(name, maxManifest) }}.manifest()
	if err != nil {
		return nil, err
	}
	return func(name string) bool {
		if slices.ContainsFunc(m.layers, func(l assignment) bool { return l.file != "" && meansFile(name, l.file) }) {
			return false
		}
		return slices.ContainsFunc(m.ignore, func(g ignored) bool { return g.covers(name) })
	}, nil
}

// meansFile reports whether what the manifest calls a layer's file may be this
// one, or a table in it.
func meansFile(name, file string) bool {
	name, file = fold(name), fold(strings.ReplaceAll(strings.ReplaceAll(file, `\`, "/"), "!", "/"))
	for _, n := range []string{name, trimEnding(name)} {
		if n == file || strings.HasSuffix(n, "/"+file) || strings.Contains("/"+file, "/"+path.Base(n)+"/") {
			return true
		}
	}
	return false
}
