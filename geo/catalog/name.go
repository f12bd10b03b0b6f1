package catalog

import (
	"archive/zip"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"landcheck/geo"
)

const (
	maxName    = 1024 // bytes of a path in an archive
	maxElement = 255  // bytes of one part of it, as file systems have it
	maxDepth   = 32
)

// entryNames decodes the names of an archive. Windows writes GBK without the
// UTF-8 flag, macOS writes UTF-8 without it; a single name that is no UTF-8
// settles it for all, since short GBK words can pass for UTF-8.
func entryNames(entries []*zip.File) []string {
	gbk := false
	for _, e := range entries {
		if e.Flags&0x800 == 0 && !utf8.ValidString(e.Name) {
			gbk = true
		}
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name
		if gbk && e.Flags&0x800 == 0 {
			if s, err := simplifiedchinese.GB18030.NewDecoder().String(e.Name); err == nil {
				names[i] = s
			}
		}
		// Some Windows archivers write backslashes.
		names[i] = strings.ReplaceAll(names[i], `\`, "/")
		names[i] = withoutDots(names[i])
	}
	return names
}

// withoutDots takes the "." elements out of a name: "./DLBG.shp" is what tar
// and some zip programs write for DLBG.shp. The folder itself stays ".", and is
// no file.
func withoutDots(name string) string {
	for strings.HasPrefix(name, "./") && len(name) > 2 {
		name = name[2:]
	}
	for strings.Contains(name, "/./") {
		name = strings.ReplaceAll(name, "/./", "/")
	}
	return name
}

// unsafeName says what is wrong with an entry's name; the zero text: nothing.
func unsafeName(name string) geo.Text {
	if name == "" || len(name) > maxName || !utf8.ValidString(name) || strings.ContainsRune(name, utf8.RuneError) {
		return geo.Text{ZH: "条目名称为空、过长或无法解码", EN: "the name of the entry is empty, too long or cannot be decoded"}
	}
	if strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' {
		return geo.Text{ZH: "条目名称是绝对路径", EN: "the name of the entry is an absolute path"}
	}
	parts := strings.Split(strings.TrimSuffix(name, "/"), "/")
	if len(parts) > maxDepth {
		return geo.Text{ZH: "目录层数过多", EN: "the folders are nested too deep"}
	}
	for _, p := range parts {
		switch {
		case p == "..":
			return geo.Text{ZH: "条目名称指向压缩包之外", EN: "the name of the entry leads out of the archive"}
		case p == "", p == ".", len(p) > maxElement, strings.ContainsFunc(p, func(r rune) bool { return r < 0x20 || r == 0x7f }):
			return geo.Text{ZH: "条目名称无效", EN: "the name of the entry is not valid"}
		}
	}
	return geo.Text{}
}

// devices are names that Windows keeps for itself, with any ending.
var devices = regexp.MustCompile(`(?i)^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)`)

// isWindowsName tells whether Windows can have a file of a name. It would drop
// spaces and dots at the end and take some words for devices
// (learn.microsoft.com/windows/win32/fileio/naming-a-file).
func isWindowsName(name string) bool {
	for p := range strings.SplitSeq(strings.TrimSuffix(name, "/"), "/") {
		if strings.ContainsAny(p, `<>:"|?*`) || strings.HasSuffix(p, " ") || strings.HasSuffix(p, ".") || devices.MatchString(p) {
			return false
		}
	}
	return true
}

// Junk is what systems leave in folders and archives.
func Junk(name string) bool {
	for _, usage := range strings.Split(strings.TrimSuffix(name, "/"), "/") {
		if strings.EqualFold(usage, "__MACOSX") {
			return true
		}
	}
	base := path.Base(name)
	return strings.HasPrefix(base, "._") || base == ".DS_Store" ||
		strings.EqualFold(base, "Thumbs.db") || strings.EqualFold(base, "desktop.ini")
}
