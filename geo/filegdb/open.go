package filegdb

import (
	"context"
	"errors"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/geo/inplace"
)

// Folder is the files of a geodatabase.
type Folder struct {
	Shown string            // its name for people; a layer is "shown!name"
	Files map[string]string // where each file is, by its name in lower case
	Cache string            // a directory that remembers large layers from one process to the next, see inplace.Cache; "" for none

	small bool // remember small layers too
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
	opened, err := in.open(ctx, g, entries)
	for i, o := range opened { // what of them is open is closed even if another was not
		if o.layer != nil {
			layers = append(layers, o.layer)
		}
		if !o.reason.IsZero() {
			skipped = append(skipped, geo.Notice{Severity: o.severity, File: in.Shown + "!" + geo.Printable(entries[i].name), Message: o.reason})
		}
		if err == nil {
			err = o.err
		}
	}
	if err != nil {
		return layers, skipped, err
	}
	skipped = append(skipped, in.unlisted(g, entries)...)
	return layers, append(skipped, in.locks()...), nil
}

var noShapes = geo.Text{ZH: "没有图形的表，已跳过", EN: "a table without shapes: skipped"}

// openedEntry is what came of an entry of the catalogue.
type openedEntry struct {
	layer    geo.Layer // nil where it is none
	severity geo.Severity
	reason   geo.Text // why it is none
	err      error
}

// open opens the entries side by side: a layer that no cache knows is walked
// from end to end for the boxes of its rows, and a county's two large layers are
// most of a first check's beginning.
func (in Folder) open(ctx context.Context, g *folder, entries []entry) ([]openedEntry, error) {
	opened := make([]openedEntry, len(entries))
	group := guard.New()
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, e := range entries {
		group.Go(func() error {
			opened[i] = in.entry(ctx, g, e)
			return nil
		})
	}
	err := group.Wait() // a panic; the entries' own errors are told in their order
	return opened, errors.Join(err, ctx.Err())
}

// entry opens an entry, unless the catalogue says that it is no layer.
func (in Folder) entry(ctx context.Context, g *folder, e entry) openedEntry {
	switch {
	case ctx.Err() != nil:
		return openedEntry{err: ctx.Err()}
	case !e.other.IsZero():
		return openedEntry{reason: e.other}
	case !e.features && g.land(e.number):
		return openedEntry{severity: geo.Warning, reason: unregistered}
	case !e.features:
		return openedEntry{reason: noShapes}
	}
	l, reason, err := in.layer(ctx, g, e)
	switch d, only := in.damagedLayer(e, err); {
	case err != nil && only:
		return openedEntry{layer: d}
	case l == nil: // no geo.Layer of a nil pointer
		return openedEntry{reason: reason, err: err}
	}
	return openedEntry{layer: l}
}

// layer opens a feature class; reason says why it is none of ours.
func (in Folder) layer(ctx context.Context, g *folder, e entry) (l *Layer, reason geo.Text, err error) {
	if e.number == 0 {
		return nil, reason, broken(0, "图层没有对应的表：目录 GDB_SystemCatalog 中没有它", "the layer has no table: GDB_SystemCatalog does not list it")
	}
	l = &Layer{name: geo.Printable(e.name), alias: geo.Printable(e.alias), shown: in.Shown + "!" + geo.Printable(e.name)}
	if files := tableFiles(g.files, e.number); len(files) > 0 { // before they are mapped
		least := int64(inplace.WorthKeeping)
		if in.small {
			least = 0
		}
		l.cache.Open(in.Cache, least, boxIssues(), files...)
	}
	l.table, err = openTable(g.files, e.number)
	if errors.Is(err, errNoTable) {
		return nil, reason, broken(0, "图层的表 a%08x.gdbtable 不在文件夹中", "the layer's table a%08x.gdbtable is not in the folder", e.number)
	}
	if err != nil {
		return nil, reason, err
	}
	switch t := l.table; {
	case t.shapes == 0 || t.shape == nil:
		return nil, noShapes, l.Close()
	case t.shapes == multipatchLayer:
		return nil, geo.Text{ZH: "多面体（MultiPatch）图层，不是面图层，已跳过", EN: "a layer of multipatches (3D surfaces), not of polygons: skipped"}, l.Close()
	case t.shapes != polygonLayer:
		return nil, geo.Text{ZH: "点或线图层，已跳过", EN: "a layer of points or lines: skipped"}, l.Close()
	}
	if l.remember() {
		return l, reason, nil
	}
	if err := l.readBoxes(ctx); err != nil {
		return nil, reason, errors.Join(err, l.Close())
	}
	return l, reason, nil
}

// remember takes the boxes from the cache, if it holds them for the files as they
// are.
func (l *Layer) remember() bool {
	m, ok := l.cache.Read(len(l.table.offsets), &l.odd)
	if ok {
		l.records, l.known = m.Records, m.Digest
		l.lost.Store(&m.Lost)
	}
	return ok
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
