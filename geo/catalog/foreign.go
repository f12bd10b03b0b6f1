package catalog

import (
	"bytes"
	"io"
	"path"
	"strings"

	"landcheck/geo"
	"landcheck/geo/regular"
)

// foreign says why a file that holds land data, or may hold some, is not read:
// archives within archives and the formats of other programs. The zero text:
// it is no such file.
func foreign(name string) geo.Text {
	ext := strings.ToLower(path.Ext(name))
	format, known := foreignFormats[ext]
	switch {
	case ext == ".mdb":
		return personalGeodatabase
	case ext == ".sde":
		return enterpriseGeodatabase
	case ext == ".gdbtable":
		return looseTable
	case known:
		return geo.Textf("%s 格式不支持，未读取；请转换为 GeoPackage 或 Shapefile", "%s is a format that is not read; convert it to a GeoPackage or a Shapefile", format)
	}
	if ext == ".zip" || IsArchive(name) {
		return geo.Text{ZH: "包内的压缩包不会展开，其中的内容未读取；请解压后放入方案包", EN: "an archive inside the package is not unpacked and its contents are not read; unpack it into the package"}
	}
	return geo.Text{}
}

// IsArchive tells whether a file is by its ending an archive other than a zip,
// which is not unpacked.
func IsArchive(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst":
		return true
	}
	return false
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
	if IsArchive(name) {
		return c.inputError("", geo.Textf("扩展名为 %s 的文件不读取", "files that end in %s are not read", ext),
			geo.Text{ZH: "请改为 zip：内容本是 zip 的，把扩展名改成 .zip；否则解压后重新压缩，或直接提交目录", EN: "Make it a zip: one that is a zip already needs its ending changed to .zip; else unpack it and make one, or give the directory itself"})
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
