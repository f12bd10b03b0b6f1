package plan

import (
	"path"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/domain"
)

// resolve says what became of one head.
func (a *inventory) resolve(h string, rest []unusedLayer) {
	layers := a.layers[h]
	isPaper := len(layers) == 0 && len(a.members[h]) == 1 && a.named[fold(h)] && !a.landData(h)
	used := slices.ContainsFunc(layers, func(l geo.Layer) bool { return a.used[l] })
	switch {
	case isPaper:
		return
	case !used && a.ignore(h, h):
		return
	case len(layers) > 0:
		a.resolveLayers(h, rest)
	case companionEnding(h), part(ending(h)) && a.besideOther(h):
		return
	case paperEnding(ending(h)):
		a.resolvePaper(h)
		return
	case a.container(h) && holdsChanges(stem(h)) == "":
	case len(a.skipped[h]) > 0 && ending(h) == ".shp":
	case holdsChanges(stem(h)) != "":
		a.addLost(h, stem(h), a.reason(h))
	default:
		a.addUnread(h, stem(h), a.reason(h))
	}
	for _, n := range a.skipped[h] { // tables and files of lines, of attributes
		a.resolveSkipped(h, n)
	}
}

// resolveLayers looks at the polygon layers of a head.
func (a *inventory) resolveLayers(h string, rest []unusedLayer) {
	for _, l := range a.layers[h] {
		if a.used[l] {
			continue
		}
		name := a.relative(h, l.File())
		if a.ignore(name, name) {
			continue
		}
		at := slices.IndexFunc(rest, func(s unusedLayer) bool { return s.layer == l })
		switch {
		case at >= 0 && rest[at].role != "":
			a.addUnread(name, l.Name(), geo.Textf("plan.yaml 已为 %[1]s 指定其他文件，该图层没有读取", "plan.yaml names another file for %[1]s, and this layer is not read", rest[at].role))
		case holdsChanges(stem(h)) != "" && !slices.ContainsFunc(a.layers[h], func(l geo.Layer) bool { return a.used[l] }):
			a.addLost(name, stem(h), lostReason(l))
		case geo.Damage(l) != nil:
			a.addDamaged(name, geo.Damage(l))
		default:
			a.addUnread(name, l.Name(), layerReason(l.Name()))
		}
	}
}

// resolveSkipped looks at what is no polygon layer: roads and photo points are
// none of the plan's changes, unless the name says that they are.
func (a *inventory) resolveSkipped(h string, n geo.Notice) {
	name := a.relative(h, n.File)
	bare := stem(name[strings.LastIndexAny(name, "/!")+1:])
	if n.File != a.c.entry(h) {
		bare = name[strings.LastIndex(name, "!")+1:]
	}
	switch {
	case ending(h) != ".shp" && !a.container(h) && n.File == a.c.entry(h):
		// settle has said it of the file as a whole
	case a.ignore(name, name):
	case holdsChanges(bare) != "":
		a.addLost(name, bare, n.Message)
	case NearName(bare, domain.PlanRoles()) != "":
		a.addUnread(name, bare, n.Message)
	}
}

// container tells a file or folder of several layers that was opened.
func (a *inventory) container(h string) bool {
	ext := ending(h)
	return ext == ".gpkg" || ext == ".gdb" && a.facts[h].Usage == catalog.Read
}

func (a *inventory) resolvePaper(h string) {
	ext := ending(h)
	switch {
	case !tableEnding(ext) && !(ext == ".md"):
	case holdsChanges(stem(h)) != "":
		a.addLost(h, stem(h), a.reason(h))
	case a.facts[h].Usage == catalog.Unread:
		a.addUnread(h, stem(h), a.reason(h))
	}
}

// landData tells what cannot be a paper although the manifest names it: land
// data, and archives and the like under the name of a layer. The report of an
// earlier project is JSON and a paper all the same.
func (a *inventory) landData(h string) bool {
	ext := ending(h)
	switch {
	case slices.ContainsFunc(a.m.prior, func(p Prior) bool { return strings.EqualFold(p.Report, h) }):
		return holdsChanges(stem(h)) != ""
	case paperEnding(ext):
		return a.facts[h].Usage == catalog.Unread
	}
	return geodata(ext) || a.facts[h].Usage == catalog.Unread && !archive(ext) || holdsChanges(stem(h)) != ""
}

// besideOther tells a .prj or .cpg that goes with a picture, or with a layer in
// another format, from one whose .shp is gone.
func (a *inventory) besideOther(h string) bool {
	for _, m := range a.members[h] {
		if ext := ending(m); ext != ".prj" && ext != ".cpg" && ext != ".qpj" {
			return false
		}
	}
	of := fold(strings.TrimSuffix(h, path.Ext(h)))
	for _, ext := range catalog.Endings() {
		if other := a.actual[of+ext]; other != "" && len(a.layers[other]) > 0 {
			return true
		}
	}
	for _, ext := range []string{".tif", ".tiff", ".jpg", ".jpeg", ".png"} {
		if a.actual[of+ext] != "" {
			return true
		}
	}
	return false
}
