package repair

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/geopackage"
	"landcheck/geo/zipped"
)

// container writes a GeoPackage with the changed rows alone edited, or a file
// geodatabase as a GeoPackage.
func (p *packer) container(ctx context.Context, file string, layers []geo.Layer) error {
	if strings.EqualFold(path.Ext(file), ".gpkg") {
		if err := p.editedRows(ctx, file, layers); !errors.Is(err, geopackage.ErrNoKey) {
			return err
		}
	}
	var tables []*geo.Table
	for _, l := range layers {
		t, err := p.table(ctx, l)
		if err != nil {
			return err
		}
		tables = append(tables, t)
	}
	whole := file == "" // the package itself
	name := path.Base(file)
	if whole {
		name = "plan"
	}
	stem := strings.TrimSuffix(name, path.Ext(name))
	at := filepath.Join(p.scratch, strconv.Itoa(len(p.taken)))
	if err := os.MkdirAll(at, 0o755); err != nil {
		return err
	}
	if err := geopackage.Write(ctx, filepath.Join(at, stem+".gpkg"), tables); err != nil {
		return err
	}
	to := path.Join(path.Dir(file), stem+".gpkg")
	if to != file && !whole {
		p.renamed[file] = to
	}
	for _, item := range p.from.Items() {
		if container, table, inside := strings.Cut(item.Name, "!"); inside && (whole || container == file) {
			p.notes = append(p.notes, geo.Textf("%[1]s 不是面图层，没有写入修改后的方案包", "%[1]s is no layer of areas and is not in the changed package", table))
		}
	}
	var old []string
	for _, f := range p.from.Files {
		if whole || f.Name == file || strings.HasPrefix(f.Name, file+"/") {
			old = append(old, f.Name)
		}
	}
	return p.put(at, path.Dir(file), old...)
}

// editedRows takes a GeoPackage over with the rows of its layers edited in place.
func (p *packer) editedRows(ctx context.Context, file string, layers []geo.Layer) error {
	data, err := p.from.ReadFile(file, maxFile)
	if err != nil {
		return err
	}
	at := filepath.Join(p.scratch, strconv.Itoa(len(p.taken))+"-rows")
	if err := os.MkdirAll(at, 0o755); err != nil {
		return err
	}
	name := filepath.Join(at, path.Base(file))
	if err := os.WriteFile(name, data, 0o600); err != nil {
		return err
	}
	edits := map[string]map[int]geopackage.Edit{}
	for _, l := range layers {
		if p.edits[l.File()] == nil {
			continue
		}
		rows := map[int]geopackage.Edit{}
		for f, err := range p.rows(ctx, l) {
			if err != nil {
				return err
			}
			if e := p.edits[l.File()][f.old.Record]; e != nil {
				rows[f.old.Record] = f.edit(e, l.Fields())
			}
		}
		edits[l.Name()] = rows
	}
	if err := geopackage.EditRows(ctx, name, edits); err != nil {
		return err
	}
	return p.put(at, path.Dir(file), file)
}

// put takes the files of a scratch directory into a folder of the package, in
// place of others.
func (p *packer) put(at, folder string, old ...string) error {
	files, err := zipped.ReadDirectory(at)
	if err != nil {
		return err
	}
	for _, f := range files {
		f.Name = path.Join(folder, f.Name)
		p.files = append(p.files, f)
	}
	for _, name := range old {
		p.taken[name] = true
	}
	return nil
}
