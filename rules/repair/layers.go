package repair

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/geojson"
	"landcheck/geo/geopackage"
	"landcheck/geo/shapefile"
	"landcheck/rules/domain"
)

const landUse = domain.LandUseChange

// layers writes the changed layers. A container with one is written whole.
func (p *packer) layers(ctx context.Context) error {
	containers := map[string][]geo.Layer{}
	var order []string
	for _, l := range p.from.Layers {
		file, table := p.place(l)
		if table != "" {
			if containers[file] == nil {
				order = append(order, file)
			}
			containers[file] = append(containers[file], l)
			continue
		}
		if p.edits[l.File()] == nil {
			continue
		}
		if err := p.single(ctx, file, l); err != nil {
			return err
		}
	}
	for _, file := range order {
		if slices.ContainsFunc(containers[file], func(l geo.Layer) bool { return p.edits[l.File()] != nil }) {
			if err := p.container(ctx, file, containers[file]); err != nil {
				return err
			}
		}
	}
	return nil
}

// place is the file of the package that a layer lies in, and its table there, ""
// where the file is the layer.
func (p *packer) place(l geo.Layer) (file, table string) {
	for _, item := range p.from.Items() {
		entry := p.from.Entry(item.Name)
		if l.File() == entry {
			return item.Name, ""
		}
		if rest, ok := strings.CutPrefix(l.File(), entry+"!"); ok {
			return item.Name, rest
		}
	}
	return "", l.Name() // the package is the container
}

// single writes a layer that is a file by itself: a Shapefile or GeoJSON in its
// own format, any other as a GeoPackage.
func (p *packer) single(ctx context.Context, file string, l geo.Layer) error {
	t, err := p.table(ctx, l)
	if err != nil {
		return err
	}
	stem := strings.TrimSuffix(path.Base(file), path.Ext(file))
	at := filepath.Join(p.scratch, strconv.Itoa(len(p.taken)))
	if err := os.MkdirAll(at, 0o755); err != nil {
		return err
	}
	switch ext := strings.ToLower(path.Ext(file)); {
	case ext == ".shp":
		return p.shapefile(ctx, file, at, t)
	case (ext == ".geojson" || ext == ".json") && t.CRS.Kind == geo.Geographic:
		if err := geojson.Write(ctx, filepath.Join(at, path.Base(file)), t); err != nil {
			return err
		}
		return p.put(at, path.Dir(file), file)
	}
	if err := geopackage.Write(ctx, filepath.Join(at, stem+".gpkg"), []*geo.Table{t}); err != nil {
		return err
	}
	p.renamed[file] = path.Join(path.Dir(file), stem+".gpkg")
	return p.put(at, path.Dir(file), file)
}

// shapefile writes a Shapefile in GBK, or in UTF-8 where that lacks a character;
// a .prj stays as it is, and what indexed the old shapes is left out.
func (p *packer) shapefile(ctx context.Context, file, at string, t *geo.Table) error {
	name := filepath.Join(at, path.Base(file))
	err := shapefile.Write(ctx, name, t, shapefile.GBK)
	if _, wrong := geo.AsInputError(err); wrong {
		err = shapefile.Write(ctx, name, t, shapefile.UTF8)
	}
	if err != nil {
		return err
	}
	stem := strings.TrimSuffix(file, path.Ext(file))
	var old []string
	for _, f := range p.from.Files {
		ext := path.Ext(f.Name)
		if !strings.EqualFold(strings.TrimSuffix(f.Name, ext), stem) {
			continue
		}
		switch strings.ToLower(ext) {
		case ".prj":
			if err := os.Remove(strings.TrimSuffix(name, path.Ext(name)) + ".prj"); err != nil && !os.IsNotExist(err) {
				return err
			}
		case ".shp", ".shx", ".dbf", ".cpg", ".sbn", ".sbx", ".qix":
			old = append(old, f.Name)
		}
	}
	return p.put(at, path.Dir(file), old...)
}
