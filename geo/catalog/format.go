package catalog

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/geojson"
	"landcheck/geo/geopackage"
)

// Format is a format of land data that is read.
type Format struct {
	Name    string
	Endings []string // with the dot, in lower case
	Media   string   // the type on the web of one that holds several layers
	Package bool     // one file of it may be a whole plan or base: it holds several layers
	Paper   bool     // what ends so is often a paper; its content tells
	Folder  bool     // it is a folder of files

	open func(c *Catalog, ctx context.Context, f File, ahead *openedEarly) error
}

// Formats is the one table of formats that are read. A row here is all that a
// new reader needs: packages of plans and base data, what messages advise, what
// accounts for the files of a package, uploads and the page read it.
func Formats() []Format {
	return []Format{
		{Name: "Shapefile", Endings: []string{".shp"}, open: (*Catalog).shapefile},
		{Name: "GeoPackage", Endings: []string{".gpkg"}, Media: "application/geopackage+sqlite3", Package: true, open: container(geopackage.Open)},
		{Name: "File Geodatabase", Endings: []string{".gdb"}, Folder: true, open: (*Catalog).geodatabaseFile},
		{Name: "GeoJSON", Endings: []string{".geojson"}, open: whole(geojson.Open)},
		{Name: "GeoJSON", Endings: []string{".json"}, open: (*Catalog).json},
		{Name: "coordinate TXT", Endings: []string{".txt"}, Paper: true, open: (*Catalog).text},
	}
}

// foreignFormats are formats of land data that are not read, by ending. One
// that Formats has is read, whatever stands here.
var foreignFormats = map[string]string{
	".mdb": "Access / Personal Geodatabase", ".accdb": "Access", ".vct": "VCT", ".kml": "KML", ".kmz": "KMZ", ".dwg": "DWG", ".dxf": "DXF",
	".tab": "MapInfo TAB", ".mif": "MapInfo MIF", ".gml": "GML", ".fgb": "FlatGeobuf", ".sqlite": "SQLite", ".db": "SQLite", ".e00": "E00",
	".topojson": "TopoJSON", ".geojsonl": "GeoJSON Lines", ".ndjson": "GeoJSON Lines", ".wl": "MapGIS", ".wp": "MapGIS", ".wt": "MapGIS",
	".gdbtable": "File Geodatabase", ".sde": "ArcSDE", ".parquet": "GeoParquet", ".gpx": "GPX", ".dgn": "DGN", ".smwu": "SuperMap", ".udb": "SuperMap", ".udbx": "SuperMap",
}

// FormatOf is the format that files of an ending are read as; false when they
// are not read.
func FormatOf(name string) (Format, bool) {
	ext := strings.ToLower(path.Ext(name))
	for _, f := range Formats() {
		if slices.Contains(f.Endings, ext) {
			return f, true
		}
	}
	return Format{}, false
}

// Endings are those of all formats that are read.
func Endings() []string {
	var all []string
	for _, f := range Formats() {
		all = append(all, f.Endings...)
	}
	return all
}

// PackageEndings are those of single files that may be a whole plan or base.
func PackageEndings() []string {
	all := []string{".zip"}
	for _, f := range Formats() {
		if f.Package {
			all = append(all, f.Endings...)
		}
	}
	return all
}

// IsPackage reports whether a file may be a whole plan or base by its ending.
func IsPackage(name string) bool {
	return slices.Contains(PackageEndings(), strings.ToLower(path.Ext(name)))
}

// Readable reports whether a layer may come from a file by its ending, whole or
// as a part of one.
func Readable(name string) bool {
	_, ok := FormatOf(name)
	return ok
}

// LandData reports whether files of an ending hold land data and are never
// papers, read or not.
func LandData(name string) bool {
	f, read := FormatOf(name)
	return read && !f.Paper || !read && foreignFormats[strings.ToLower(path.Ext(name))] != ""
}

// LandDataEndings are the endings of files for which LandData holds, sorted.
func LandDataEndings() []string {
	all := slices.Concat(Endings(), slices.Collect(maps.Keys(foreignFormats)))
	all = slices.DeleteFunc(all, func(ext string) bool { return !LandData(ext) })
	slices.Sort(all)
	return slices.Compact(all)
}

// packageAdvice says what may be given.
func packageAdvice() geo.Text {
	endings := append([]string{".zip"}, Endings()...)
	return geo.Textf("请提供目录、%s", "Give a directory, %s", strings.Join(endings, " "))
}

// whole opens a file that is one layer.
func whole(open func(ctx context.Context, path, shown string) (geo.Layer, error)) func(*Catalog, context.Context, File, *openedEarly) error {
	return func(c *Catalog, ctx context.Context, f File, _ *openedEarly) error {
		l, err := open(ctx, f.path, c.entry(f.Name))
		if err == nil {
			c.mark(f.Name, Read, geo.Text{})
			c.Layers = append(c.Layers, l)
		}
		return err
	}
}

// container opens the areal tables of a file that holds several; each other
// table is an item of its own.
func container(open func(ctx context.Context, path, shown string) ([]geo.Layer, []geo.Notice, error)) func(*Catalog, context.Context, File, *openedEarly) error {
	return func(c *Catalog, ctx context.Context, f File, _ *openedEarly) error {
		layers, skipped, err := open(ctx, f.path, c.entry(f.Name))
		if err != nil {
			return err
		}
		c.contained(f.Name, layers, skipped)
		return nil
	}
}

// contained notes the layers of a container and its tables that are none.
func (c *Catalog) contained(name string, layers []geo.Layer, skipped []geo.Notice) {
	c.mark(name, Read, geo.Text{})
	c.Layers, c.Notices = append(c.Layers, layers...), append(c.Notices, skipped...)
	for _, n := range skipped {
		if n.File == c.entry(name) { // of the whole: it leaves nothing out
			continue
		}
		c.Skipped = append(c.Skipped, n)
		table := n.File[strings.LastIndex(n.File, "!")+1:]
		part := NoShapes
		if n.Severity == geo.Warning { // it holds shapes
			part = Unread
		}
		c.others = append(c.others, Item{Name: name + "!" + table, Usage: part, Why: n.Message})
	}
}
