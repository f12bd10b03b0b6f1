package main

import (
	"context"
	"os/exec"
	"path/filepath"
)

// loaders bring all base layers into PostGIS, each with a spatial index.
func (f *field) loaders() []implementation {
	const database = "load_fresh"
	empty := func(ctx context.Context) error { return f.pg.create(ctx, database) }
	layers := func() []string {
		found, _ := filepath.Glob(filepath.Join(f.county.base, "*.shp"))
		return found
	}
	return []implementation{{
		name: "loading: landcheck load", server: true, once: true,
		prepare: func(ctx context.Context) error {
			if err := empty(ctx); err != nil {
				return err
			}
			_, err := measure(ctx, exec.CommandContext(ctx, f.landcheck, "migrate", "--database", f.pg.url(database)))
			return err
		},
		steps: func(ctx context.Context) []step {
			return []step{{exec.CommandContext(ctx, f.landcheck, "load", f.county.base, "--to", f.pg.url(database), "--county", "150123"), nil}}
		},
	}, {
		name: "loading: ogr2ogr, COPY", server: true, once: true, prepare: empty,
		steps: func(ctx context.Context) (steps []step) {
			for _, l := range layers() {
				cmd := exec.CommandContext(ctx, "ogr2ogr", "-f", "PostgreSQL", f.pg.gdal(database), l,
					"-nlt", "PROMOTE_TO_MULTI", "-lco", "GEOMETRY_NAME=geom", "-lco", "SPATIAL_INDEX=GIST", "-a_srs", "EPSG:4525")
				cmd.Env = append(cmd.Environ(), "PG_USE_COPY=YES")
				steps = append(steps, step{cmd, nil})
			}
			return steps
		},
	}, {
		name: "loading: shp2pgsql and psql", server: true, once: true, prepare: empty,
		steps: func(ctx context.Context) (steps []step) {
			for _, l := range layers() {
				cmd := exec.CommandContext(ctx, "sh", "-c", `shp2pgsql -D -I -W GBK -s 4525 "$1" | "$2" -h "$3" -U postgres -d "$4" -X -q -v ON_ERROR_STOP=1 >/dev/null`,
					"sh", l, filepath.Join(f.pg.bin, "psql"), f.pg.socket, database)
				steps = append(steps, step{cmd, nil})
			}
			return steps
		},
	}}
}
