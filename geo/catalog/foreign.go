package catalog

import (
	"bytes"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/regular"
)

// noGeodatabase refuses a file geodatabase by name.
var noGeodatabase = geo.InputError{
	Message: geo.Text{ZH: "文件地理数据库（File Geodatabase）本版本不能读取，请导出为 GeoPackage 或 Shapefile", EN: "a File Geodatabase is not read by this version; export it as a GeoPackage or Shapefiles"},
	Advice:  geo.Text{ZH: "在 ArcGIS 或 QGIS 中将其要素类另存为 GeoPackage 或 Shapefile", EN: "In ArcGIS or QGIS, save its feature classes as a GeoPackage or as Shapefiles"},
}

// foreign says why a file that holds land data, or may hold some, is not read:
// archives within archives and the formats of other programs. The zero text:
// it is no such file.
func foreign(name string) geo.Text {
	ext := strings.ToLower(path.Ext(name))
	format, known := foreignFormats[ext]
	switch {
	case known:
		return geo.Textf("%s 格式不支持，未读取；请转换为 GeoPackage 或 Shapefile", "%s is a format that is not read; convert it to a GeoPackage or a Shapefile", format)
	case ext == ".zip" && strings.HasSuffix(strings.ToLower(name), ".gdb.zip"):
		return noGeodatabase.Message
	}
	switch ext {
	case ".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst":
		return geo.Text{ZH: "包内的压缩包不会展开，其中的内容未读取；请解压后放入方案包", EN: "an archive inside the package is not unpacked and its contents are not read; unpack it into the package"}
	}
	return geo.Text{}
}

// findGeodatabases notes the folders of file geodatabases, and refuses a
// package that is nothing else.
func (c *Catalog) findGeodatabases(name string) error {
	c.tables = map[string]bool{}
	top := strings.EqualFold(filepath.Ext(name), ".gdb")
	for _, f := range c.Files {
		if strings.EqualFold(path.Ext(f.Name), ".gdbtable") {
			dir := path.Dir(f.Name)
			c.tables[dir] = true
			top = top || dir == "."
		}
	}
	if top && !c.singleFile {
		f := noGeodatabase
		f.File = c.shown
		return &f
	}
	c.emptyGeodatabases()
	told := map[string]bool{}
	for _, f := range c.Files {
		if g := c.geodatabase(f.Name); g != "" && !told[g] {
			told[g] = true
			c.notRead(geo.Warning, g, noGeodatabase.Message)
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
		why := geo.Text{ZH: "文件地理数据库的目录是空的，其中的图层丢失了；请重新导出", EN: "the folder of a file geodatabase is empty: its layers went missing; export it again"}
		c.notRead(geo.Warning, g, why)
		c.others = append(c.others, Item{Name: g, Usage: Unread, Why: why})
	}
}

// archiveKind names a packed file that is no zip by its first bytes, "" if it
// is neither.
func archiveKind(head []byte) string {
	for mark, kind := range map[string]string{
		"Rar!\x1a\x07": "RAR", "7z\xbc\xaf\x27\x1c": "7z", "\x1f\x8b": "gzip", "BZh": "bzip2", "\xfd7zXZ\x00": "xz",
	} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return kind
		}
	}
	if len(head) > 262 && string(head[257:262]) == "ustar" {
		return "tar"
	}
	return ""
}

// packedAs is archiveKind of a file.
func packedAs(name string) string {
	f, err := regular.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	head := make([]byte, 512)
	n, _ := io.ReadFull(f, head)
	return archiveKind(head[:n])
}

// notPackage refuses a file that is no package, by what it is.
func (c *Catalog) notPackage(name, ext string) error {
	if kind := packedAs(name); kind != "" {
		return c.otherArchive(kind)
	}
	if why := foreign(name); !why.IsZero() {
		return c.inputError("", why, packageAdvice())
	}
	return c.inputError("", geo.Textf("不支持的文件类型 %q", "files of type %q are not supported", ext), packageAdvice())
}

func (c *Catalog) otherArchive(kind string) error {
	return c.inputError("", geo.Textf("这是 %s 压缩包，不是 zip", "this is a %s archive, not a zip", kind),
		geo.Text{ZH: "请解压后重新压缩为 zip，或直接提交目录", EN: "Unpack it and make a zip, or give the directory itself"})
}
