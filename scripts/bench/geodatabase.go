package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// inGeodatabase is landcheck over the same base data in a file geodatabase,
// which GDAL makes once, on the grid that ArcGIS takes.
func (f *field) inGeodatabase(name, base, plan string, env []string) implementation {
	at := filepath.Join(filepath.Dir(base), "county.gdb")
	c := f.checkOf(name, "self", at, plan, env, nil)
	c.prepare = func(ctx context.Context) error {
		if exists(at) {
			return nil
		}
		layers, err := filepath.Glob(filepath.Join(base, "*.shp"))
		if err != nil {
			return err
		}
		for _, shp := range layers {
			cmd := exec.CommandContext(ctx, "ogr2ogr", "-q", "-f", "OpenFileGDB", "-append", at, shp, "-nln", strings.TrimSuffix(filepath.Base(shp), ".shp"), "-nlt", "MULTIPOLYGON",
				"-lco", "XYSCALE=10000", "-lco", "XORIGIN=-5120900", "-lco", "YORIGIN=-9998100", "-lco", "XYTOLERANCE=0.001")
			if out, err := cmd.CombinedOutput(); err != nil {
				return fmt.Errorf("%s: %w: %s", filepath.Base(shp), err, out)
			}
		}
		return nil
	}
	return c
}
