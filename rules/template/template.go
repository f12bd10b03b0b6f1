// Package template writes a plan package to begin with: empty layers with every
// field that a plan may have, a commented plan.yaml, folders for papers and a
// QGIS project, all from the tables of rules/domain.
package template

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"landcheck/geo"
	"landcheck/geo/geopackage"
	"landcheck/geo/outfile"
	"landcheck/geo/shapefile"
	"landcheck/rules/report"
	"landcheck/rules/schema"
)

// Options say what is known of the plan.
type Options struct {
	County string  // 6 digits; "" leaves it to be filled in
	CRS    geo.CRS // of the layers; zero is CGCS2000 longitude and latitude
	Lang   string  // of plan.yaml and the fields' titles: zh or en
	Readme string  // README.txt: what to do next, which whoever runs the program knows
	Help   string  // where plan.yaml and its papers are explained
}

// The names of what is written.
const (
	containerName = "plan.gpkg"
	projectName   = "plan.qgz"
	shapefiles    = "shapefile"
	schemaName    = "plan.schema.json" // by which an editor completes and checks plan.yaml, without a network
)

// Write fills a directory, which it makes where it is not there. One that holds
// anything is a *geo.InputError: nothing of somebody's is overwritten.
func Write(ctx context.Context, dir string, o Options) error {
	if err := vacant(dir); err != nil {
		return err
	}
	if o.CRS.IsZero() {
		o.CRS = geo.CRS{Kind: geo.Geographic}
	}
	for _, sub := range append(folders(), shapefiles) {
		if err := os.MkdirAll(filepath.Join(dir, filepath.FromSlash(sub)), 0o755); err != nil {
			return err
		}
	}
	tables := tablesOf(o)
	if err := geopackage.Write(ctx, filepath.Join(dir, containerName), tables); err != nil {
		return err
	}
	for _, t := range tables {
		if err := shapefile.Write(ctx, filepath.Join(dir, shapefiles, t.Name+".shp"), t, shapefile.GBK); err != nil {
			return err
		}
	}
	project, err := projectFile(o, tables)
	if err != nil {
		return err
	}
	var keys bytes.Buffer
	if err := report.EncodeJSON(&keys, schema.Of("plan", o.Lang)); err != nil {
		return err
	}
	for name, data := range map[string][]byte{"plan.yaml": []byte(manifest(o)), "README.txt": []byte(o.Readme), projectName: project, schemaName: keys.Bytes()} {
		if err := outfile.Write(filepath.Join(dir, name), data, outfile.Public); err != nil {
			return err
		}
	}
	return nil
}

// vacant refuses a directory that holds anything, and what is no directory.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return &geo.InputError{File: dir, Err: err, Message: geo.Textf("不能用作目录（%v）", "cannot be used as a directory (%v)", geo.SystemText(err)),
			Advice: geo.Text{ZH: "请换一个名称", EN: "Choose another name"}}
	case len(entries) > 0:
		return &geo.InputError{File: dir, Message: geo.Textf("目录里已有 %[1]d 项内容，不会写入", "the directory holds %[1]d item(s) already; nothing is written", len(entries)),
			Advice: geo.Text{ZH: "请给出新目录或空目录", EN: "Name a new or an empty directory"}}
	}
	return nil
}
