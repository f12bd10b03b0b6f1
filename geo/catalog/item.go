package catalog

import (
	"path"
	"strings"

	"landcheck/geo"
)

// Usage is what a file is to the layers of its package.
type Usage byte

// The parts. Of a Unclaimed file the catalog knows nothing: a manifest, a paper, or
// something that somebody has to account for.
const (
	Unclaimed Usage = iota
	Read            // one layer or more were opened from it
	Companion       // of a Shapefile or GeoPackage here, or what GIS programs leave
	NoShapes        // a layer of points or lines, a table without shapes: nothing to overlay
	Unread          // land data by its looks, or what may hold some, and not read
)

// Item is one thing that a package has to account for: a file, a file
// geodatabase's folder as a whole, or a table of a container that is not read
// ("plan.gpkg!photos").
type Item struct {
	Name  string // relative, with slashes
	Size  int64  // bytes; of a folder all its files'
	Usage Usage
	Why   geo.Text // why it is Unread or NoShapes
}

// Stem is what a role would be read off: the base name without its endings, or
// the table's name.
func (i Item) Stem() string {
	if _, table, ok := strings.Cut(i.Name, "!"); ok {
		return table
	}
	stem := path.Base(i.Name)
	for _, ending := range []string{path.Ext(stem), ".gdb", ".shp"} { // plan.gdb.zip, DLBG.shp.zip
		if len(stem) > len(ending) && strings.EqualFold(stem[len(stem)-len(ending):], ending) {
			stem = stem[:len(stem)-len(ending)]
		}
	}
	return stem
}

// Items lists everything that the package holds, by name; every file belongs to
// exactly one item.
func (c *Catalog) Items() []Item {
	var items []Item
	folders := map[string]int{} // of file geodatabases, their places in items
	for _, f := range c.Files {
		if g := c.geodatabase(f.Name); g != "" {
			at, ok := folders[g]
			if !ok {
				at = len(items)
				folders[g] = at
				items = append(items, Item{Name: g, Usage: c.usages[g].usage, Why: c.usages[g].why})
			}
			items[at].Size += f.Size
			continue
		}
		i := Item{Name: f.Name, Size: f.Size, Usage: c.usages[f.Name].usage, Why: c.usages[f.Name].why}
		if i.Usage == Unclaimed && c.companion(f.Name) {
			i.Usage = Companion
		}
		items = append(items, i)
	}
	return append(items, c.others...)
}

// found is what opening the layers found a file to be.
type found struct {
	usage Usage
	why   geo.Text
}

func (c *Catalog) mark(name string, usage Usage, why geo.Text) {
	if c.usages == nil {
		c.usages = map[string]found{}
	}
	c.usages[name] = found{usage, why}
}

// leftovers are endings of what GIS programs write beside data without ever
// keeping land in it.
var leftovers = map[string]bool{
	".qgz": true, ".qgs": true, ".qpj": true, ".qml": true, ".qmd": true, ".qix": true, ".qlr": true, ".sbn": true, ".sbx": true,
	".fbn": true, ".fbx": true, ".ain": true, ".aih": true, ".atx": true, ".ixs": true, ".mxs": true, ".idm": true,
	".ind": true, ".lock": true, ".xml": true, ".lyr": true, ".lyrx": true, ".mxd": true, ".aprx": true, ".tfw": true,
	".jgw": true, ".pgw": true, ".sld": true, ".cst": true,
}

// companion reports a file that belongs to data here or is a leftover.
func (c *Catalog) companion(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	stem := strings.TrimSuffix(name, path.Ext(name))
	switch ext {
	case ".shx", ".dbf", ".prj", ".cpg":
		return c.Has(stem + ".shp")
	}
	for _, end := range []string{"-wal", "-shm", "-journal"} {
		if base, ok := strings.CutSuffix(name, end); ok {
			return c.Has(base)
		}
	}
	return leftovers[ext]
}
