package catalog

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/regular"
)

// Options are the limits of a package; zero means the default.
type Options struct {
	Entries       int    // files, default 10 000
	UnpackedBytes int64  // of all the entries of a zip, default 8 GiB
	EntryBytes    int64  // of one entry, default 4 GiB
	Ratio         int64  // unpacked to packed, once past 10 MiB; default 200
	TempDir       string // where zips are unpacked, default the system's
	Cache         string // where large layers are remembered, see shapefile.OpenCached; "" nowhere
	Shown         string // the package's name for people, default the last element of its path
	// Leave says which files are not to be opened as layers, by relative name,
	// once the package is listed; nil opens all.
	Leave func(*Catalog) (func(name string) bool, error) `json:"-"`
}

// ratioFree is what an entry may unpack to whatever its ratio: empty rasters
// and DBF padding pack very well.
const ratioFree = 10 << 20

// WithDefaults fills in what is zero.
func (o Options) WithDefaults() Options {
	if o.Entries == 0 {
		o.Entries = 10_000
	}
	if o.UnpackedBytes == 0 {
		o.UnpackedBytes = 8 << 30
	}
	if o.EntryBytes == 0 {
		o.EntryBytes = 4 << 30
	}
	if o.Ratio == 0 {
		o.Ratio = 200
	}
	return o
}

// File is one file of the package.
type File struct {
	Name string // relative, with slashes, a wrapping folder taken off
	Size int64
	path string
	sum  []byte // SHA-256 of what was unpacked; nil of what lay there
}

// Catalog is an open package. Close it: that closes the layers and removes
// what was unpacked.
type Catalog struct {
	Layers  []geo.Layer // by file name, then by table name
	Files   []File      // by name
	Notices []geo.Notice
	Skipped []geo.Notice // those of Notices that are about what may be meant as a layer and was not read

	parts  map[string]found // what files were found to be, by name
	others []Item           // tables of GeoPackages that are not read
	tables map[string]bool  // folders that hold tables of a file geodatabase
	called []string         // folders that are called as one is, by relative name

	shown   string // the package's name for people
	archive bool
	lone    bool   // one file given by its own name
	sandbox string // directory to remove
	byName  map[string]int
	leave   func(name string) bool // of Options.Leave
	cache   string                 // "" for what was unpacked: it will not be there again
}

// Open reads a directory, a .zip, a .gpkg, a .shp, a .geojson, a .json or a
// .txt. What cannot be read or is not safe is a *geo.Fault that names the
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
		return &geo.Fault{File: c.shown, Err: err,
			Problem: geo.Textf("无法打开（%v）", "cannot be opened (%v)", err),
			Advice:  geo.Text{ZH: "请检查路径和权限", EN: "Check the path and its permissions"}}
	}
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case info.IsDir():
		c.cache = o.Cache
		err = c.walk(ctx, name, o)
	case !info.Mode().IsRegular():
		err = c.fault("", geo.Text{ZH: "不是普通文件", EN: "this is not a regular file"}, kindsAdvice)
	case ext == ".zip":
		c.archive = true
		err = c.unpack(ctx, name, o)
	case ext == ".shp", ext == ".gpkg", ext == ".geojson", ext == ".json", ext == ".txt":
		c.lone, c.cache = true, o.Cache
		err = c.single(name)
	default:
		err = c.notPackage(name, ext)
	}
	if err != nil {
		return err
	}
	if !c.lone {
		c.unwrap()
	}
	if err := c.index(); err != nil {
		return err
	}
	if err := c.findGeodatabases(name); err != nil {
		return err
	}
	if o.Leave != nil {
		if c.leave, err = o.Leave(c); err != nil {
			return err
		}
	}
	return c.openLayers(ctx)
}

var kindsAdvice = geo.Text{
	ZH: "请提供目录、.zip、.gpkg、.shp、.geojson 或坐标 .txt",
	EN: "Give a directory, a .zip, a .gpkg, a .shp, a .geojson or a coordinate .txt",
}

// unwrap takes off the folder that holds everything, and the one inside it.
func (c *Catalog) unwrap() {
	for len(c.Files) > 0 {
		top, _, ok := strings.Cut(c.Files[0].Name, "/")
		if !ok || strings.EqualFold(path.Ext(top), ".gdb") || slices.ContainsFunc(c.Files, func(f File) bool { return !strings.HasPrefix(f.Name, top+"/") }) {
			return
		}
		for i := range c.Files {
			c.Files[i].Name = c.Files[i].Name[len(top)+1:]
		}
		for i := range c.called {
			c.called[i] = strings.TrimPrefix(c.called[i], top+"/")
		}
	}
}

// index sorts the files and refuses names that differ by case only: which of
// them a reader meets would depend on the file system.
func (c *Catalog) index() error {
	slices.SortFunc(c.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	c.byName = make(map[string]int, len(c.Files))
	for i, f := range c.Files {
		key := strings.ToLower(f.Name)
		if other, ok := c.byName[key]; ok {
			return c.fault(f.Name, geo.Textf("与 %s 重名（不区分大小写）", "has the same name as %s but for upper and lower case", c.Files[other].Name),
				geo.Text{ZH: "请删除或改名其中一个", EN: "Remove or rename one of them"})
		}
		c.byName[key] = i
	}
	return nil
}

func (c *Catalog) find(name string) (File, bool) {
	i, ok := c.byName[strings.ToLower(path.Clean(strings.ReplaceAll(name, `\`, "/")))]
	if !ok {
		return File{}, false
	}
	return c.Files[i], true
}

// Has reports whether the package holds a file, by its relative name without
// regard to case.
func (c *Catalog) Has(name string) bool {
	_, ok := c.find(name)
	return ok
}

// Size of a file in bytes, and whether there is one of that name.
func (c *Catalog) Size(name string) (int64, bool) {
	f, ok := c.find(name)
	return f.Size, ok
}

// ReadFile gives the bytes of a file: a manifest, a document. One that is
// absent gives an error that is fs.ErrNotExist, one larger than max a Fault.
func (c *Catalog) ReadFile(name string, max int64) ([]byte, error) {
	f, ok := c.find(name)
	if !ok {
		return nil, fmt.Errorf("%s: %w", c.entry(name), fs.ErrNotExist)
	}
	in, err := regular.Open(f.path)
	if err != nil {
		return nil, regular.In(err, c.entry(name))
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, max+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.entry(name), err)
	}
	if int64(len(data)) > max {
		return nil, c.fault(f.Name, geo.Textf("文件超过 %d 字节", "the file has more than %d bytes", max),
			geo.Text{ZH: "请缩小该文件", EN: "Make the file smaller"})
	}
	return data, nil
}

// LayerBytes tells a file that begins as a part of a layer does (Shapefile,
// .dbf, SQLite), whatever its name says: a layer that was copied or linked
// under the name of something else.
func (c *Catalog) LayerBytes(name string) bool {
	f, ok := c.find(name)
	if !ok {
		return false
	}
	head, err := readHead(f.path)
	return err == nil && layerHead(head)
}

// Digest is "sha256:…" over names and contents in order of name. It does not
// depend on the wrapping, times or permissions.
func (c *Catalog) Digest(ctx context.Context) (string, error) {
	all := sha256.New()
	for _, f := range c.Files {
		one := f.sum
		if one == nil {
			var err error
			if one, err = digestFile(ctx, f.path); err != nil {
				return "", fmt.Errorf("%s: %w", c.entry(f.Name), err)
			}
		}
		fmt.Fprintf(all, "%s\x00%x\n", f.Name, one)
	}
	return "sha256:" + hex.EncodeToString(all.Sum(nil)), nil
}

func digestFile(ctx context.Context, name string) ([]byte, error) {
	f, err := regular.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, geo.Cancelled(ctx, f)); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}

// Close closes every layer and removes what was unpacked.
func (c *Catalog) Close() error {
	var errs []error
	for _, l := range c.Layers {
		errs = append(errs, l.Close())
	}
	c.Layers = nil
	if c.sandbox != "" {
		errs = append(errs, os.RemoveAll(c.sandbox))
		c.sandbox = ""
	}
	return errors.Join(errs...)
}

// Entry names a file for people, as layers and notices of it do.
func (c *Catalog) Entry(name string) string { return c.entry(name) }

// entry names a file for people: "plan.zip!ZZQY.shp", "base/DLTB.shp". What in
// a name would steer a terminal is written out.
func (c *Catalog) entry(name string) string {
	name = geo.Printable(name)
	switch {
	case name == "":
		return c.shown
	case c.archive:
		return c.shown + "!" + name
	case c.lone:
		return path.Join(path.Dir(c.shown), name)
	}
	return c.shown + "/" + name
}

func (c *Catalog) fault(name string, problem, advice geo.Text) *geo.Fault {
	return &geo.Fault{File: c.entry(name), Problem: problem, Advice: advice}
}

// unreadable is what the file system will not give, unlisted a directory of it.
func (c *Catalog) unreadable(name string, err error, advice geo.Text) *geo.Fault {
	return &geo.Fault{File: c.entry(name), Err: err, Advice: advice, Problem: geo.Textf("无法读取（%v）", "cannot be read (%v)", err)}
}

func (c *Catalog) unlisted(err error) *geo.Fault {
	return &geo.Fault{File: c.entry(""), Err: err, Advice: kindsAdvice,
		Problem: geo.Textf("无法读取目录（%v）", "the directory cannot be read (%v)", err)}
}

func (c *Catalog) note(severity geo.Severity, name string, message geo.Text) {
	c.Notices = append(c.Notices, geo.Notice{Severity: severity, File: c.entry(name), Message: message})
}

// skip says of a file that it is not read, whatever its name promises.
func (c *Catalog) skip(part Part, severity geo.Severity, name string, message geo.Text) {
	c.mark(name, part, message)
	c.note(severity, name, message)
	c.Skipped = append(c.Skipped, c.Notices[len(c.Notices)-1])
}
