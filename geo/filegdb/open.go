package filegdb

import (
	"context"
	"errors"
	"os"
	"path"
	"slices"
	"strings"

	"landcheck/geo"
)

// Folder is the files of a geodatabase.
type Folder struct {
	Shown string            // its name for people; a layer is "shown!name"
	Files map[string]string // where each file is, by its name in lower case
}

// ReadFolder lists a folder on disk.
func ReadFolder(dir, shown string) (Folder, error) {
	f := Folder{Shown: shown, Files: map[string]string{}}
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		f.Files[strings.ToLower(e.Name())] = path.Join(dir, e.Name())
	}
	return f, err
}

// Open gives the areal layers of a file geodatabase, by name. Feature classes of
// points and lines, tables without shapes and other items are named in the
// notices. A feature class that cannot be read is a geo.DamagedLayer: it stays
// in the list, and whatever needs it gets the *geo.InputError that names it. A
// catalogue that cannot be read refuses the whole.
func Open(ctx context.Context, in Folder) (layers []geo.Layer, skipped []geo.Notice, err error) {
	defer func() {
		if err != nil {
			for _, l := range layers {
				err = errors.Join(err, l.Close())
			}
			layers, skipped = nil, nil
		}
	}()
	g := &folder{files: in.Files}
	entries, err := g.catalogue(ctx)
	if err != nil {
		return nil, nil, in.place(err, "")
	}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return layers, skipped, err
		}
		severity, reason := geo.Info, e.other
		if reason.IsZero() && !e.features {
			if reason = noShapes; g.land(e.number) {
				severity, reason = geo.Warning, unregistered
			}
		}
		if reason.IsZero() {
			var l *Layer
			l, reason, err = in.layer(g, e)
			switch d, only := in.damagedLayer(e, err); {
			case err != nil && !only:
				return layers, skipped, err
			case err != nil:
				layers, err = append(layers, d), nil
				continue
			case l != nil:
				layers = append(layers, l)
				continue
			}
		}
		skipped = append(skipped, geo.Notice{Severity: severity, File: in.Shown + "!" + geo.Printable(e.name), Message: reason})
	}
	skipped = append(skipped, in.unlisted(g, entries)...)
	return layers, append(skipped, in.locks()...), nil
}

var noShapes = geo.Text{ZH: "没有图形的表，已跳过", EN: "a table without shapes: skipped"}

// layer opens a feature class; reason says why it is none of ours.
func (in Folder) layer(g *folder, e entry) (l *Layer, reason geo.Text, err error) {
	if e.number == 0 {
		return nil, reason, broken(0, "图层没有对应的表：目录 GDB_SystemCatalog 中没有它", "the layer has no table: GDB_SystemCatalog does not list it")
	}
	t, err := openTable(g.files, e.number)
	if errors.Is(err, errNoTable) {
		return nil, reason, broken(0, "图层的表 a%08x.gdbtable 不在文件夹中", "the layer's table a%08x.gdbtable is not in the folder", e.number)
	}
	if err != nil {
		return nil, reason, err
	}
	switch {
	case t.shapes == 0 || t.shape == nil:
		return nil, noShapes, t.close()
	case t.shapes == multipatchLayer:
		return nil, geo.Text{ZH: "多面体（MultiPatch）图层，不是面图层，已跳过", EN: "a layer of multipatches (3D surfaces), not of polygons: skipped"}, t.close()
	case t.shapes != polygonLayer:
		return nil, geo.Text{ZH: "点或线图层，已跳过", EN: "a layer of points or lines: skipped"}, t.close()
	}
	l = &Layer{name: geo.Printable(e.name), alias: geo.Printable(e.alias), shown: in.Shown + "!" + geo.Printable(e.name), table: t}
	if err := l.readBoxes(); err != nil {
		return nil, reason, errors.Join(err, t.close())
	}
	return l, reason, nil
}

// place names the layer of an error, or the table of the catalogue ("!GDB_Items").
func (in Folder) place(err error, layer string) error {
	f, ok := geo.AsInputError(err)
	if !ok {
		return err
	}
	switch {
	case strings.HasPrefix(f.File, "!"):
		f.File = in.Shown + f.File
	case f.File == "":
		if f.File = in.Shown; layer != "" {
			f.File += "!" + geo.Printable(layer)
		}
	}
	return err
}

// locks are notices of what has the geodatabase open for writing.
func (in Folder) locks() []geo.Notice {
	var writing []string
	for name := range in.Files {
		if strings.HasSuffix(name, ".wr.lock") || strings.HasSuffix(name, ".sw.lock") || strings.HasSuffix(name, ".ed.lock") {
			writing = append(writing, name)
		}
	}
	if len(writing) == 0 {
		return nil
	}
	slices.Sort(writing)
	return []geo.Notice{{Severity: geo.Warning, File: in.Shown, Message: geo.Textf(
		"有编辑锁文件（%s）：可能正在编辑，数据可能只写了一半；请关闭编辑后再核查", "there is a lock of an edit session (%s): the data may be half written; check again when it is closed", writing[0])}}
}
