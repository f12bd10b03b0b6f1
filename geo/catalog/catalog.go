package catalog

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/outfile"
)

// Catalog is an open package. Close it: that closes the layers and removes
// what was unpacked.
type Catalog struct {
	Layers  []geo.Layer // by file name, then by table name
	Files   []File      // by name
	Notices []geo.Notice
	Skipped []geo.Notice // those of Notices that are about what may be meant as a layer and was not read

	usages           map[string]found // what files were found to be, by name
	others           []Item           // tables of GeoPackages that are not read
	geodatabases     map[string]bool  // folders of file geodatabases; false once it was opened
	geodatabaseNames []string         // folders that are called as one is, by relative name
	own              string           // the folder that the package's own files are listed under where it is a geodatabase itself

	shown      string // the package's name for people
	archive    bool
	singleFile bool   // one file given by its own name
	sandbox    string // directory to remove
	byName     map[string]int
	leave      func(name string) bool // of Options.Leave
	cache      string                 // "" for what was unpacked: it will not be there again
}

// Open reads a directory, a .gdb among them, a .zip, a .gpkg, a .shp, a .geojson,
// a .json or a .txt. What cannot be read or is not safe is a *geo.InputError that names the
// entry; nothing unpacked is then left behind.
func Open(ctx context.Context, name string, o Options) (*Catalog, error) {
	o = o.WithDefaults()
	c := &Catalog{shown: geo.Printable(cmp.Or(o.Shown, shownName(name)))}
	if err := c.open(ctx, name, o); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// shownName is the last element of a path, so that messages and reports do not
// depend on where a package lies.
func shownName(name string) string {
	if abs, err := filepath.Abs(name); err == nil {
		name = abs
	}
	return filepath.Base(name)
}

func (c *Catalog) open(ctx context.Context, name string, o Options) error {
	info, err := os.Stat(name)
	if err != nil {
		return &geo.InputError{File: c.shown, Err: err,
			Message: geo.Textf("无法打开（%v）", "cannot be opened (%v)", geo.SystemText(err)),
			Advice:  geo.Text{ZH: "请检查路径和权限", EN: "Check the path and its permissions"}}
	}
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case info.IsDir():
		c.cache = o.Cache
		err = c.walk(ctx, name, o)
	case !info.Mode().IsRegular():
		err = c.inputError("", geo.Text{ZH: "不是普通文件", EN: "this is not a regular file"}, packageAdvice())
	case ext == ".zip":
		c.archive = true
		err = c.unpack(ctx, name, o)
	case slices.Contains(Endings(), ext):
		c.singleFile, c.cache = true, o.Cache
		err = c.single(name)
	default:
		err = c.notPackage(name, ext)
	}
	if err != nil {
		return err
	}
	if !c.singleFile {
		c.unwrap()
		c.ownGeodatabase()
	}
	if err := c.index(); err != nil {
		return err
	}
	if err := c.findGeodatabases(); err != nil {
		return err
	}
	if o.Leave != nil {
		if c.leave, err = o.Leave(c); err != nil {
			return err
		}
	}
	return c.openLayers(ctx)
}

// index sorts the files and refuses names that differ by case only: which of
// them a reader meets would depend on the file system.
func (c *Catalog) index() error {
	slices.SortFunc(c.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	c.byName = make(map[string]int, len(c.Files))
	for i, f := range c.Files {
		key := strings.ToLower(f.Name)
		if other, ok := c.byName[key]; ok {
			return c.inputError(f.Name, geo.Textf("与 %s 重名（不区分大小写）", "has the same name as %s but for upper and lower case", c.Files[other].Name),
				geo.Text{ZH: "请删除或改名其中一个", EN: "Remove or rename one of them"})
		}
		c.byName[key] = i
	}
	return nil
}

// Close closes every layer and removes what was unpacked.
func (c *Catalog) Close() error {
	var errs []error
	for _, l := range c.Layers {
		errs = append(errs, l.Close())
	}
	c.Layers = nil
	if c.sandbox != "" {
		errs = append(errs, outfile.RemoveAll(c.sandbox))
		c.sandbox = ""
	}
	return errors.Join(errs...)
}
