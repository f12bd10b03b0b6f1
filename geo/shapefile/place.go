package shapefile

import (
	"path"
	"strings"

	"landcheck/geo"
)

// place fills in the file of a fault that does not name one. Faults of
// companions carry their ending in File until then (".dbf").
func (l *Layer) place(err error) error {
	if fault, ok := geo.AsFault(err); ok {
		if fault.File == "" || strings.HasPrefix(fault.File, ".") {
			fault.File = l.sibling(fault.File)
		}
	}
	return err
}

// sibling is the shown name of a companion: "plan.zip!ZZQY.dbf".
func (l *Layer) sibling(ext string) string {
	if ext == "" || ext == ".shp" {
		return l.shown
	}
	return strings.TrimSuffix(l.shown, path.Ext(l.shown)) + ext
}

// inFile marks a fault as that of a companion.
func inFile(err error, ext string) error {
	if fault, ok := geo.AsFault(err); ok && fault.File == "" {
		fault.File = ext
	}
	return err
}
