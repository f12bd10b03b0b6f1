package deliver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"landcheck/geo"
	"landcheck/geo/coordtxt"
	"landcheck/geo/geopackage"
	"landcheck/geo/outfile"
	"landcheck/geo/shapefile"
	"landcheck/geo/zipped"
)

// Write makes the files of a deliverable: in a directory, which must be new or
// empty, or in a zip where the path ends in .zip. Either appears whole or not at
// all. It returns the names of the files, in order.
func (d *Deliverable) Write(ctx context.Context, path, lang string) (files []string, err error) {
	zip := strings.EqualFold(filepath.Ext(path), ".zip")
	if err := fit(path, zip); err != nil {
		return nil, err
	}
	beside := "" // where temporary files are made anyway
	if !zip {
		beside = filepath.Dir(filepath.Clean(path))
		if err := os.MkdirAll(beside, 0o755); err != nil {
			return nil, fmt.Errorf("write %s: %w", path, err)
		}
	}
	dir, err := os.MkdirTemp(beside, ".landcheck-export-")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	defer func() { err = cmp.Or(err, outfile.RemoveAll(dir)) }()
	if err := d.fill(ctx, dir, lang); err != nil {
		return nil, err
	}
	if files, err = namesIn(dir); err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if zip {
		err = pack(dir, path)
	} else {
		err = place(dir, path)
	}
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return files, nil
}

// fit refuses a path that cannot be written to.
func fit(path string, zip bool) error {
	advice := geo.Text{ZH: "请用 -o 给出一个新目录，或以 .zip 结尾的文件名", EN: "Name a new directory by -o, or a file that ends in .zip"}
	if ext := strings.ToLower(filepath.Ext(path)); slices.Contains([]string{".shp", ".dbf", ".gpkg", ".gdb", ".xlsx", ".txt"}, ext) {
		return &geo.InputError{File: path, Advice: advice,
			Message: geo.Textf("成果是一组文件，不能写成一个 %s", "a deliverable is several files, and cannot be written as one %s", ext)}
	}
	if zip {
		return nil
	}
	entries, err := os.ReadDir(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return &geo.InputError{File: path, Err: err, Advice: advice,
			Message: geo.Text{ZH: "不能作为输出目录", EN: "this cannot be the directory to write to"}}
	case len(entries) > 0:
		return &geo.InputError{File: path, Advice: advice,
			Message: geo.Text{ZH: "输出目录不是空的，不会覆盖", EN: "the directory to write to is not empty, and is not overwritten"}}
	}
	return nil
}

// fill writes all files into a directory.
func (d *Deliverable) fill(ctx context.Context, dir, lang string) error {
	stem := filepath.Join(dir, d.named(d.stem))
	var tables []*geo.Table
	for _, l := range d.layers {
		tables = append(tables, l.Table)
	}
	if err := geopackage.Write(ctx, stem+".gpkg", tables); err != nil {
		return err
	}
	for _, l := range d.layers {
		if err := shapefile.Write(ctx, filepath.Join(dir, l.Name+".shp"), l.Table, shapefile.GBK); err != nil {
			return err
		}
		if err := d.coordinates(ctx, dir, l.coordinates); err != nil {
			return err
		}
	}
	book, err := d.workbook(lang)
	if err != nil {
		return err
	}
	return os.WriteFile(stem+".xlsx", book, 0o644)
}

// coordinates writes coordinate text in both variants.
func (d *Deliverable) coordinates(ctx context.Context, dir string, t *geo.Table) error {
	if t == nil || len(t.Rows) == 0 {
		return nil
	}
	for _, v := range []struct {
		ending  string
		variant coordtxt.Variant
	}{{"_9项.txt", coordtxt.Survey}, {"_13项.txt", coordtxt.Improvement}} {
		meta := coordtxt.Meta{Producer: d.producer, Date: d.dated, Variant: v.variant}
		if err := coordtxt.Write(ctx, filepath.Join(dir, t.Name+v.ending), meta, t); err != nil {
			return err
		}
	}
	return nil
}

func namesIn(dir string) (names []string, err error) {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}

// place moves a directory to where it belongs; an empty one there gives way.
func place(dir, path string) error {
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(dir, path)
}

// packed is the time of every entry: the same plan gives the same bytes.
func packed() time.Time { return time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC) }

func pack(dir, path string) error {
	files, err := zipped.ReadDirectory(dir)
	if err != nil {
		return err
	}
	return zipped.Write(path, files, packed())
}
