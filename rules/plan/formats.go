package plan

import (
	"path"
	"slices"
	"strings"

	"landcheck/geo/catalog"
	"landcheck/rules/domain"

	"github.com/bmatcuk/doublestar/v4"
	"golang.org/x/text/unicode/norm"
)

// The endings of files that no layer comes from (README.md, Every file is
// accounted for): common ones, and what offices in China use beside them; what GIS
// programs leave beside layers; the files that together with a .shp are one layer.
var (
	plainPapers = []string{".pdf", ".doc", ".docx", ".wps", ".ofd", ".ceb", ".rtf", ".odt", ".md", ".html", ".htm", ".mht", ".ppt", ".pptx", ".dps",
		".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic"}
	tablePapers = []string{".xls", ".xlsx", ".et", ".ods", ".txt"} // may hold a list of coordinates or parcels
	companions  = []string{".qgz", ".qgs", ".qpj", ".qml", ".qmd", ".qlr", ".sbn", ".sbx", ".lock", ".xml", ".lyr", ".lyrx", ".mxd", ".aprx",
		".tfw", ".jgw", ".pgw", ".wld", ".sld", ".ovr", ".rrd"}
	parts = []string{".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".fbn", ".fbx", ".ain", ".aih", ".atx", ".ixs", ".mxs", ".qix", ".qpj", ".qmd", ".cst"}
	// Land data that is not read, beside the formats of geo/catalog, or belongs to such.
	otherLandData = []string{".mid", ".map", ".dat", ".id", ".csv"}
	archives      = []string{".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".z01", ".001", ".iso"}
)

// Endings are the endings of files, with the dot and in lower case, by what
// becomes of files that end so.
type Endings struct {
	Papers, Tables, Companions, Parts, LandData, Archives []string
}

// FileEndings are what accounts for the files of a package, for the page, which
// does the same before they are sent. Tables are among Papers. Not to be changed.
func FileEndings() Endings {
	return Endings{Papers: slices.Concat(plainPapers, tablePapers), Tables: tablePapers, Companions: companions, Parts: parts,
		LandData: slices.Concat(catalog.LandDataEndings(), otherLandData), Archives: archives}
}

func paperEnding(ext string) bool { return slices.Contains(plainPapers, ext) || tableEnding(ext) }

// tableEnding tells the papers that may hold a list of coordinates or parcels.
func tableEnding(ext string) bool { return slices.Contains(tablePapers, ext) }

// companionEnding tells what GIS programs leave beside layers.
func companionEnding(name string) bool {
	lower := strings.ToLower(name)
	if slices.Contains(companions, path.Ext(lower)) {
		return true
	}
	base := path.Base(lower)
	return slices.Contains([]string{"thumbs.db", ".ds_store", "desktop.ini"}, base) || strings.HasPrefix(base, "~$") || strings.HasPrefix(base, ".~lock.") || strings.HasPrefix(base, "._")
}

// part tells the files that together with a .shp are one layer.
func part(ext string) bool { return slices.Contains(parts, ext) }

// geodata tells formats of land data, read or not, and what belongs to one that
// is not: none of them is a paper.
func geodata(ext string) bool {
	return slices.Contains(otherLandData, ext) || catalog.LandData(ext) || part(ext)
}

func archive(ext string) bool { return slices.Contains(archives, ext) }

// fold writes a path so that two spellings of one file are equal: case aside,
// and accents as one character each, which macOS writes apart (Unicode NFC).
func fold(name string) string { return strings.ToLower(norm.NFC.String(name)) }

func ending(name string) string { return strings.ToLower(path.Ext(name)) }

// stem is a file's name without its endings: DLBG of "2025/DLBG.shp.zip".
func stem(name string) string {
	base := path.Base(name)
	for {
		ext := ending(base)
		if ext == "" || ext == strings.ToLower(base) || !paperEnding(ext) && !companionEnding("x"+ext) && !geodata(ext) && !archive(ext) {
			break
		}
		base = base[:len(base)-len(ext)]
	}
	if cut := strings.TrimSuffix(base, path.Ext(base)); cut != "" && RoleOf(base, domain.PlanRoles()) == "" && RoleOf(cut, domain.PlanRoles()) != "" {
		return cut // an ending that nobody knows
	}
	return base
}

// holdsChanges is the name under which a file's stem promises a layer of a
// plan; "" if none.
func holdsChanges(name string) string {
	if role := RoleOf(name, domain.PlanRoles()); role != "" {
		return string(role)
	}
	return ""
}

func validGlob(glob string) bool { return doublestar.ValidatePattern(strings.ToLower(glob)) }

// covers reports whether a pattern means a file: its path, without its ending
// too, a folder above it, or for a pattern without folders its own name.
func (g ignored) covers(name string) bool {
	glob := fold(strings.ReplaceAll(g.glob, "!", "/"))
	name = fold(strings.ReplaceAll(name, "!", "/"))
	match := func(s string) bool {
		ok, err := doublestar.Match(glob, s)
		return ok && err == nil
	}
	if match(trimEnding(name)) {
		return true
	}
	for at := name; at != "" && at != "."; at = path.Dir(at) {
		if match(at) || !strings.Contains(glob, "/") && match(path.Base(at)) {
			return true
		}
		if at == path.Dir(at) {
			break
		}
	}
	return false
}
