package convert

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
	"landcheck/geo/geopackage"
	"landcheck/geo/outfile"
	"landcheck/geo/shapefile"
	"landcheck/geo/zipped"
)

// Write makes a package: a GeoPackage where the path ends in .gpkg, which holds the
// layers alone; a zip of GBK Shapefiles with the files where it ends in .zip; else
// a directory of them, which must be new or empty. A zip or GeoPackage appears whole
// or not at all.
func Write(ctx context.Context, path string, tables []*geo.Table, files []zipped.File) error {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".gpkg":
		return geopackage.Write(ctx, path, tables)
	case ".zip":
		return writeZip(ctx, path, tables, files)
	}
	if entries, err := os.ReadDir(path); err == nil && len(entries) > 0 || err != nil && !errors.Is(err, os.ErrNotExist) {
		return &geo.InputError{File: path, Err: err,
			Message: geo.Text{ZH: "输出目录不是空的，不会覆盖", EN: "the directory to write to is not empty, and is not overwritten"},
			Advice:  geo.Text{ZH: "请换一个新目录，或以 .zip、.gpkg 结尾的文件名", EN: "Name a new directory, or a file that ends in .zip or .gpkg"}}
	}
	return writeDirectory(ctx, path, tables, files)
}

func writeDirectory(ctx context.Context, dir string, tables []*geo.Table, files []zipped.File) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write %s: %w", dir, err)
	}
	for _, t := range tables {
		if err := shapefile.Write(ctx, filepath.Join(dir, t.Name+".shp"), t, shapefile.GBK); err != nil {
			return err
		}
	}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("write %s: %w", dir, err)
		}
		if err := outfile.Write(path, f.Data, outfile.Public); err != nil {
			return fmt.Errorf("write %s: %w", dir, err)
		}
	}
	return nil
}

// packed is the time of every entry: the same plan gives the same bytes.
func packed() time.Time { return time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC) }

func writeZip(ctx context.Context, path string, tables []*geo.Table, files []zipped.File) (err error) {
	dir, err := os.MkdirTemp("", "landcheck-convert-")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer func() { err = cmp.Or(err, outfile.RemoveAll(dir)) }()
	if err := writeDirectory(ctx, dir, tables, nil); err != nil {
		return err
	}
	layers, err := zipped.ReadDirectory(dir)
	if err == nil {
		err = zipped.Write(path, slices.Concat(files, layers), packed())
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
