package catalog

import (
	"context"
	"path"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/filegdb"
)

// catalogueTable is the file that makes a folder a file geodatabase.
const catalogueTable = "a00000001.gdbtable"

// Geodatabases that are not read.
var (
	personalGeodatabase = geo.Text{
		ZH: "个人地理数据库（.mdb）不能读取，请在 ArcGIS 中导出为文件地理数据库（.gdb）或 Shapefile",
		EN: "a personal geodatabase (.mdb) is not read; export it in ArcGIS to a file geodatabase (.gdb) or to Shapefiles"}
	enterpriseGeodatabase = geo.Text{
		ZH: "企业级地理数据库的连接文件（.sde）不含数据，不能读取，请在 ArcGIS 中将图层导出为文件地理数据库（.gdb）或 Shapefile",
		EN: "a connection to an enterprise geodatabase (.sde) holds no data and is not read; export its layers in ArcGIS to a file geodatabase (.gdb) or to Shapefiles"}
	looseTable = geo.Text{
		ZH: "文件地理数据库的表，但旁边没有目录表 a00000001.gdbtable，未读取；请提供完整的 .gdb 文件夹",
		EN: "a table of a file geodatabase without the catalogue a00000001.gdbtable beside it, and not read; give the whole .gdb folder"}
	emptyGeodatabase = geo.Text{
		ZH: "文件地理数据库的目录是空的，其中的图层丢失了；请重新导出",
		EN: "the folder of a file geodatabase is empty: its layers went missing; export it again"}
	incompleteGeodatabase = geo.Text{
		ZH: "文件地理数据库的文件夹中没有目录表 a00000001.gdbtable，不完整，未读取；请提供完整的 .gdb 文件夹",
		EN: "the folder of a file geodatabase lacks the catalogue a00000001.gdbtable: it is not whole, and not read; give the whole .gdb folder"}
	wholeFolder = geo.Text{
		ZH: "请重新完整复制整个 .gdb 文件夹（或将其压缩为 zip）后再提交",
		EN: "Copy the whole .gdb folder again, or zip it, and resubmit it"}
)

// isGeodatabase reports whether a folder is, or is called as, a file
// geodatabase.
func isGeodatabase(files []File, dir string) bool {
	return strings.EqualFold(path.Ext(dir), ".gdb") ||
		slices.ContainsFunc(files, func(f File) bool { return strings.EqualFold(f.Name, dir+"/"+catalogueTable) })
}

// ownGeodatabase lists the files of a package that is a geodatabase itself under
// a folder of its name, so that it is one thing in all that follows. What else
// lies there, a manifest, stays beside it.
func (c *Catalog) ownGeodatabase() {
	if !slices.ContainsFunc(c.Files, func(f File) bool { return strings.EqualFold(f.Name, catalogueTable) }) {
		return
	}
	c.own = path.Base(c.shown)
	if ext := path.Ext(c.own); strings.EqualFold(ext, ".zip") {
		c.own = strings.TrimSuffix(c.own, ext)
	}
	if !strings.EqualFold(path.Ext(c.own), ".gdb") {
		c.own += ".gdb"
	}
	for i := range c.Files {
		if ofGeodatabase(c.Files[i].Name) {
			c.Files[i].Name = c.own + "/" + c.Files[i].Name
		}
	}
}

// ofGeodatabase tells the files of a geodatabase from others that lie beside
// them.
func ofGeodatabase(name string) bool {
	if strings.Contains(name, "/") {
		return false
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".gdbtable", ".gdbtablx", ".gdbindexes", ".atx", ".spx", ".freelist", ".horizon", ".lock", ".cdf", ".sdc", ".sdi", ".rdx":
		return true
	}
	return strings.EqualFold(name, "gdb") || strings.EqualFold(name, "timestamps")
}

// geodatabase is the folder of a file geodatabase in which a file lies: one
// that is called so, or holds a catalogue; "" if there is none.
func (c *Catalog) geodatabase(name string) string {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if _, is := c.geodatabases[dir]; is || strings.EqualFold(path.Ext(dir), ".gdb") {
			return dir
		}
	}
	return ""
}

// findGeodatabases notes the folders of file geodatabases, and refuses a
// package that is called as one and is none.
func (c *Catalog) findGeodatabases() error {
	c.geodatabases = map[string]bool{}
	for _, f := range c.Files {
		if strings.EqualFold(path.Base(f.Name), catalogueTable) {
			c.geodatabases[path.Dir(f.Name)] = true
		}
	}
	if !c.singleFile && !c.archive && strings.EqualFold(path.Ext(c.shown), ".gdb") && c.own == "" {
		f := &geo.InputError{File: c.shown, Message: incompleteGeodatabase, Advice: wholeFolder}
		if len(c.Files) == 0 {
			f.Message = emptyGeodatabase
		}
		return f
	}
	c.emptyGeodatabases()
	for _, f := range c.Files {
		if g := c.geodatabase(f.Name); g != "" {
			if _, known := c.geodatabases[g]; !known {
				c.geodatabases[g] = false
				c.skip(Unread, geo.Warning, g, incompleteGeodatabase)
			}
		}
	}
	return nil
}

// folder notes a folder that is called as a file geodatabase is: without files
// in it nothing else would speak of it.
func (c *Catalog) folder(name string) {
	if strings.EqualFold(path.Ext(name), ".gdb") {
		c.geodatabaseNames = append(c.geodatabaseNames, name)
	}
}

// emptyGeodatabases accounts for the folders of geodatabases that have nothing in
// them: what was exported went missing on the way.
func (c *Catalog) emptyGeodatabases() {
	for _, g := range c.geodatabaseNames {
		at, _ := slices.BinarySearchFunc(c.Files, g+"/", func(f File, name string) int { return strings.Compare(f.Name, name) })
		if at < len(c.Files) && strings.HasPrefix(c.Files[at].Name, g+"/") {
			continue
		}
		c.notRead(geo.Warning, g, emptyGeodatabase)
		c.others = append(c.others, Item{Name: g, Usage: Unread, Why: emptyGeodatabase})
	}
}

// openGeodatabase opens the layers of a file geodatabase, once.
func (c *Catalog) openGeodatabase(ctx context.Context, dir string) error {
	if !c.geodatabases[dir] {
		return nil
	}
	c.geodatabases[dir] = false
	if c.leave != nil && c.leave(dir) {
		return nil
	}
	in := filegdb.Folder{Shown: c.entry(dir), Files: map[string]string{}, Cache: c.cache}
	for _, f := range c.Files {
		if path.Dir(f.Name) == dir {
			in.Files[strings.ToLower(path.Base(f.Name))] = f.path
		}
	}
	layers, skipped, err := filegdb.Open(ctx, in)
	if err != nil {
		return err
	}
	c.contained(dir, layers, skipped)
	return nil
}

// geodatabaseFile refuses a file where the folder of a geodatabase should be.
func (c *Catalog) geodatabaseFile(_ context.Context, f File, _ *openedEarly) error {
	why := geo.Text{ZH: "文件地理数据库应是文件夹，这里却是一个文件，未读取", EN: "a file geodatabase is a folder; this is a file, and is not read"}
	if c.singleFile {
		return &geo.InputError{File: c.entry(f.Name), Message: why, Advice: wholeFolder}
	}
	c.skip(Unread, geo.Warning, f.Name, why)
	return nil
}
