package repair

import (
	"context"
	"errors"
	"iter"
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
	"landcheck/geo/zipped"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
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

// table is a layer with its edits made, all columns as they were.
func (p *packer) table(ctx context.Context, l geo.Layer) (*geo.Table, error) {
	crs, err := l.CRS()
	if err != nil {
		return nil, err
	}
	if crs.IsZero() && len(p.edits[l.File()]) > 0 && strings.ToLower(path.Ext(l.File())) != ".shp" {
		crs = p.first.SystemOf(l.File())
	}
	t := &geo.Table{Name: l.Name(), CRS: crs, Fields: slices.Clone(l.Fields())}
	for f, err := range p.rows(ctx, l) {
		if err != nil {
			return nil, err
		}
		if f.stays {
			t.Rows = append(t.Rows, f.now)
		}
	}
	return t, nil
}

// editedRow is a record of a layer as it was and as it becomes.
type editedRow struct {
	old, now geo.Feature
	stays    bool
}

// edit is what becomes of a row of a GeoPackage.
func (r *editedRow) edit(e *edit, fields []geo.Field) geopackage.Edit {
	out := geopackage.Edit{Delete: e.to == nil, Geometry: r.now.Geometry, Values: map[string]string{}}
	for k, f := range fields {
		if !out.Delete && r.now.Values[k] != r.old.Values[k] {
			out.Values[f.Name] = r.now.Values[k]
		}
	}
	return out
}

// rows are the records of a layer with their edits made.
func (p *packer) rows(ctx context.Context, l geo.Layer) iter.Seq2[*editedRow, error] {
	return func(yield func(*editedRow, error) bool) {
		var names []string
		for _, f := range l.Fields() {
			names = append(names, f.Name)
		}
		back, err := geo.NewTransform(p.first.CRS, p.first.SystemOf(l.File()))
		if err != nil {
			yield(nil, err)
			return
		}
		for f, err := range l.Near(ctx, nil, names) {
			row := &editedRow{old: f, now: f, stays: true}
			if e := p.edits[l.File()][f.Record]; err == nil && e != nil {
				if row.stays = e.to != nil; row.stays {
					row.now.Values = e.values(l.Fields(), f.Values)
					row.now.Geometry, err = back.MultiPolygon(e.to.Geometry)
				}
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// areaColumns state areas of a whole feature, whatever the layer.
var areaColumns = []string{"MJ", "TBMJ", "SCMJ", "TBDLMJ", "KCMJ", "YJJBNTMJ", "YJJBNTTBMJ", "JBNTMJ", "TZYNDKMJ", "XZGDMJ"}

// values are those of a record of which part was cut off: the areas that it
// states are its share of them.
func (e *edit) values(fields []geo.Field, old []string) []string {
	out := slices.Clone(old)
	part := e.part()
	for i, f := range fields {
		x, err := strconv.ParseFloat(strings.TrimSpace(old[i]), 64)
		if err != nil {
			continue
		}
		states := slices.Contains(areaColumns, strings.ToUpper(f.Name)) || is(e.from.Declared, x) || is(e.from.Surveyed, x)
		if states && f.Type != geo.DateField {
			out[i] = strconv.FormatFloat(geo.RoundArea(x*part), 'f', 2, 64)
		}
	}
	return out
}

// is tells a figure that a feature states, other than by chance.
func is(n plan.Number, x float64) bool { return n.Known && n.Value == x && x != float64(int(x)) }

// part is what is left of a cut feature by area.
func (e *edit) part() float64 { return geo.PlaneArea(e.to.Geometry) / geo.PlaneArea(e.from.Geometry) }

// addedLayer writes the land that is brought in as a layer of its own, which is
// read together with the package's.
func (p *packer) addedLayer(ctx context.Context) error {
	if len(p.added) == 0 {
		return nil
	}
	name := domain.PBFIn.Names()[0]
	for n := 1; slices.ContainsFunc(p.from.Layers, func(l geo.Layer) bool { return strings.EqualFold(l.Name(), name) }); n++ {
		name = domain.PBFIn.Names()[0] + "_" + strconv.Itoa(n)
	}
	t := &geo.Table{Name: name, CRS: p.first.CRS, Fields: []geo.Field{
		{Name: "BSM", Type: geo.TextField, Width: 18}, {Name: "MJ", Type: geo.NumberField, Width: 18, Decimals: 2}, {Name: "NF", Type: geo.NumberField, Width: 4},
		{Name: "YSRQ", Type: geo.DateField, Width: 8}, {Name: "ZLDB", Type: geo.NumberField, Width: 2}}}
	known := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	for _, c := range p.added {
		t.Rows = append(t.Rows, geo.Feature{Record: len(t.Rows) + 1, Geometry: c.Geometry,
			Values: []string{c.ID, strconv.FormatFloat(c.Declared.Value, 'f', 2, 64), known(c.Year), c.Date, known(c.Traits.Grade)}})
	}
	at := filepath.Join(p.scratch, "added")
	if err := os.MkdirAll(at, 0o755); err != nil {
		return err
	}
	if err := shapefile.Write(ctx, filepath.Join(at, name+".shp"), t, shapefile.GBK); err != nil {
		return err
	}
	return p.put(at, ".")
}
