package shapefile

import (
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// Open maps the .shp at path and walks its record headers (44 bytes each).
// The .dbf, .shx, .prj and .cpg are found beside it without regard to case.
// Shown names the layer in messages and in File, for instance
// "plan.zip!ZZQY.shp"; when it is empty the path does. A file that cannot be
// read, or that holds no areas, is a *geo.InputError.
func Open(path, shown string) (*Layer, error) { return OpenCached(path, shown, "") }

// OpenCached is Open with a directory that remembers large layers from one
// process to the next: where their records lie and their digest. It is believed
// while the files' paths, lengths, inodes and times of change are as they were
// when every byte was read; the answers are the same with it and without.
func OpenCached(path, shown, cache string) (*Layer, error) {
	return openCached(path, shown, cache, inplace.WorthKeeping)
}

func openCached(path, shown, cache string, least int64) (*Layer, error) {
	if shown == "" {
		shown = path
	}
	shown = geo.Printable(shown)
	l := &Layer{name: layerName(path), shown: shown}
	if err := l.open(path, cache, least); err != nil {
		err = l.place(err)
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

func (l *Layer) open(path, cache string, least int64) error {
	var err error
	if l.parts, err = findCompanions(path); err != nil {
		return err
	}
	l.cache.Open(cache, least, walkIssues(), l.parts.files()...)
	if l.shp, err = inplace.Open(path); err != nil {
		return err
	}
	if l.parts.dbf == "" {
		l.odd.Add(noTable, 0)
	} else if l.table, err = openTable(l.parts, &l.odd); err != nil {
		return err
	}
	l.length = sync.OnceValue(l.countLive)
	if l.remember() {
		return nil
	}
	var index *inplace.File
	if l.parts.shx == "" {
		l.odd.Add(noIndex, 0)
	} else if index, err = inplace.Open(l.parts.shx); err != nil {
		return inFile(err, ".shx")
	}
	err = inplace.Guard(0, func() error { return l.readRecords(index) })
	return errors.Join(err, index.Close())
}

// layerName is the base name without its ending; names that are not UTF-8
// were made on a Chinese Windows.
func layerName(path string) string {
	name := filepath.Base(path)
	name = strings.TrimSuffix(name, filepath.Ext(name))
	if !utf8.ValidString(name) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name)
		if err != nil {
			decoded = strings.ToValidUTF8(name, "\ufffd")
		}
		name = decoded
	}
	return geo.Printable(name)
}
