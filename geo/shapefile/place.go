package shapefile

import (
	"path"
	"strings"

	"landcheck/geo"
)

// place fills in the file of an input error that does not name one. Input errors of
// companions carry their ending in File until then (".dbf").
func (l *Layer) place(err error) error {
	if inputErr, ok := geo.AsInputError(err); ok {
		if inputErr.File == "" || strings.HasPrefix(inputErr.File, ".") {
			inputErr.File = l.sibling(inputErr.File)
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

// inFile marks an input error as that of a companion.
func inFile(err error, ext string) error {
	if inputErr, ok := geo.AsInputError(err); ok && inputErr.File == "" {
		inputErr.File = ext
	}
	return err
}
