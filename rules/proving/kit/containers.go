package kit

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/coordtxt"
	"landcheck/geo/geopackage"
)

// Files is a package or base data before it is laid down: bytes by slashed name.
type Files map[string][]byte

// Names are the files in order.
func (f Files) Names() []string {
	var names []string
	for name := range f {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Rename moves all files of a stem.
func (f Files) Rename(from, to string) {
	for _, name := range f.Names() {
		if rest, ok := strings.CutPrefix(name, from+"."); ok {
			f[to+"."+rest] = f[name]
			delete(f, name)
		}
	}
}

// Dir writes the files into a directory.
func (f Files) Dir(dir string) {
	for name, data := range f {
		path := filepath.Join(dir, filepath.FromSlash(name))
		must(os.MkdirAll(filepath.Dir(path), 0o755))
		must(os.WriteFile(path, data, 0o644))
	}
}

// Zip is an archive of the files, their names under a prefix.
func (f Files) Zip(prefix string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range f.Names() {
		w := got(z.Create(prefix + name))
		got(w.Write(f[name]))
	}
	must(z.Close())
	return b.Bytes()
}

// add puts the files of a layer in; .gpkg layers are gathered by the caller.
func (l *Layer) files() Files {
	switch l.Format {
	case "geojson":
		return Files{l.Name + ".geojson": l.geojson()}
	case "txt":
		dir := got(os.MkdirTemp("", "kit"))
		defer os.RemoveAll(dir)
		path := filepath.Join(dir, "x.txt")
		must(coordtxt.Write(context.Background(), path, coordtxt.Meta{}, l.table()))
		return Files{l.Name + ".txt": got(os.ReadFile(path))}
	case "gpkg":
		return Files{l.Name + ".gpkg": Gpkg(l)}
	}
	return l.shapefile()
}

// Gpkg is a GeoPackage of layers.
func Gpkg(layers ...*Layer) []byte {
	dir := got(os.MkdirTemp("", "kit"))
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "x.gpkg")
	var tables []*geo.Table
	for _, l := range layers {
		tables = append(tables, l.table())
	}
	must(geopackage.Write(context.Background(), path, tables))
	return got(os.ReadFile(path))
}

func (l *Layer) epsg() int {
	if l.EPSG == 0 {
		return 4525
	}
	return l.EPSG
}

func (l *Layer) crs() geo.CRS { return got(geo.FromEPSG(l.epsg())) }

func (l *Layer) prj() string {
	if l.Prj != "" {
		return l.Prj
	}
	return l.crs().WKT()
}

// reproject moves a figure from the county's zone to the layer's system.
func (l *Layer) reproject(s Shape) Shape {
	if s == nil || l.epsg() == 4525 {
		return s
	}
	return got(got(geo.NewTransform(got(geo.FromEPSG(4525)), l.crs())).MultiPolygon(s))
}

// table is the layer for the writers of the program.
func (l *Layer) table() *geo.Table {
	t := &geo.Table{Name: l.Name, CRS: l.crs()}
	names := l.fields()
	for _, name := range names {
		f := geo.Field{Name: name, Type: geo.TextField, Width: 60}
		for _, r := range l.Rows {
			if _, kind := text(r.F[name]); kind == 'N' || kind == 'D' {
				f.Type, f.Width, f.Decimals = geo.FieldType(kind), 18, 4
			}
		}
		t.Fields = append(t.Fields, f)
	}
	for i, r := range l.Rows {
		row := geo.Feature{Record: i + 1, Geometry: l.reproject(r.Shape)}
		for _, name := range names {
			s, _ := text(r.F[name])
			row.Values = append(row.Values, s)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// geojson is the layer with a crs member, as GIS programs still write it.
func (l *Layer) geojson() []byte {
	type object = map[string]any
	features := []object{}
	for _, r := range l.Rows {
		values := object{}
		for name, v := range r.F {
			values[name] = v
			if raw, ok := v.(Raw); ok {
				values[name] = string(raw)
			}
		}
		var shape any
		if r.Shape != nil {
			shape = object{"type": "MultiPolygon", "coordinates": l.reproject(r.Shape)}
		}
		features = append(features, object{"type": "Feature", "properties": values, "geometry": shape})
	}
	return got(json.Marshal(object{"type": "FeatureCollection", "features": features,
		"crs": object{"type": "name", "properties": object{"name": l.crs().String()}}}))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func got[T any](v T, err error) T {
	must(err)
	return v
}
