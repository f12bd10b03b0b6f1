package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// implementation is one way of answering, or something to hold the ways against.
type implementation struct {
	name    string
	group   string                           // of the table
	prepare func(ctx context.Context) error  // not counted; may be nil
	steps   func(ctx context.Context) []step // counted, one after the other
	answers func() (answers, error)          // nil for what answers nothing
	server  bool                             // most work is done by a server: its memory does not show
	once    bool                             // too slow to be asked again
}

type step struct {
	cmd      *exec.Cmd
	expected []int // exit statuses that are no failure, beside 0
}

// field is everything that contestants need.
type field struct {
	dir       string // scratch
	landcheck string
	python    string // of the virtual environment; "" where it could not be made
	peers     string // scripts
	county    county
	changes   int
	pg        *postgres // nil where it could not be started
}

func (f *field) output(name string) string { return filepath.Join(f.dir, name) }

// checkOf is landcheck over some base data, with its report.
func (f *field) checkOf(name, group, base, plan string, env, flags []string) implementation {
	report := f.output(strings.NewReplacer(" ", "-", "/", "-", ",", "").Replace(name) + ".json")
	return implementation{
		name: name, group: group,
		steps: func(ctx context.Context) []step {
			cmd := exec.CommandContext(ctx, f.landcheck, append([]string{"check", plan, "--base", base, "--quiet", "-o", report}, flags...)...)
			cmd.Env = append(os.Environ(), "LANDCHECK_CACHE="+f.output("cache"))
			cmd.Env = append(cmd.Env, env...)
			return []step{{cmd, []int{1, 3}}}
		},
		answers: func() (answers, error) { return reportAnswers(report) },
	}
}

func (f *field) peer(name, script string, args ...string) implementation {
	out := f.output(script + strings.Join(args, "") + ".json")
	return implementation{
		name: name, group: "peers",
		steps: func(ctx context.Context) []step {
			return []step{{exec.CommandContext(ctx, f.python, append([]string{filepath.Join(f.peers, script), f.county.base, f.county.plans[f.changes], out}, args...)...), nil}}
		},
		answers: func() (answers, error) { return readAnswers(out) },
	}
}

// baseTables are the layers that the questions need and their columns.
var baseTables = []struct{ layer, columns string }{
	{"XZQ", "XZQDM"}, {"DLTB", "DLBM,KCXS"}, {"YJJBNTTB", "ZLDWDM,YJJBNTMJ"}, {"STBHHX", "BSM"}, {"CZKFBJ", "BSM"},
}

func ogr2ogr(ctx context.Context, target, source, table, columns string, more ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "ogr2ogr", append([]string{"-f", "PostgreSQL", target, source, "-nln", table, "-select", columns,
		"-nlt", "PROMOTE_TO_MULTI", "-lco", "GEOMETRY_NAME=geom", "-lco", "LAUNDER=YES", "-a_srs", "EPSG:4525", "-overwrite"}, more...)...)
	cmd.Env = append(os.Environ(), "PG_USE_COPY=YES")
	return cmd
}

// loadSteps load and index the base as an analyst would, only what is asked about.
func (f *field) loadSteps(ctx context.Context, database string) []step {
	var steps []step
	for _, t := range baseTables {
		steps = append(steps, step{ogr2ogr(ctx, f.pg.gdal(database), filepath.Join(f.county.base, t.layer+".shp"), strings.ToLower(t.layer), t.columns, "-lco", "SPATIAL_INDEX=NONE"), nil})
	}
	return append(steps, step{f.pg.psql(ctx, database, "-f", filepath.Join(f.peers, "load_postgis.sql")), nil})
}

func (f *field) querySteps(ctx context.Context, database, out string) []step {
	var steps []step
	for layer, t := range map[string][2]string{"ZZQY": {"project", "BSM"}, "YJJBNTTC": {"gone", "BSM"}, "YJJBNTBH": {"fresh", "BSM,KCXS"}, "DLBG": {"turned", "BSM,BGHDLBM"}} {
		steps = append(steps, step{ogr2ogr(ctx, f.pg.gdal(database), "/vsizip/"+f.county.plans[f.changes]+"/"+layer+".shp", t[0], t[1]), nil})
	}
	return append(steps, step{f.pg.psql(ctx, database, "-v", "construction="+quoted(construction), "-v", "ecological="+quoted(ecological),
		"-o", out, "-f", filepath.Join(f.peers, "with_postgis.sql")), nil})
}

// The classes of two groups, as the peers have them too.
const (
	construction = "05H1 0508 0601 0602 0603 0701 0702 08H1 08H2 08H2A 0809 0810 0810A 09 1001 1002 1003 1004 1005 1007 1008 1009 1109 1201"
	ecological   = "0301 0301K 0302 0302K 0305 0307 0307K 0401 0403 0403K 0404 0303 0304 0306 0402 1105 1106 1108 1101 1102 1110"
)

func quoted(codes string) string { return "'" + strings.Join(strings.Fields(codes), "','") + "'" }

// sqlPeers are hand-written SQL over loaded tables, and with loading them.
func (f *field) sqlPeers() []implementation {
	ready := fmt.Sprintf("sql_%d", f.county.parcels)
	fresh := "sql_fresh"
	out := f.output("postgis.json")
	return []implementation{{
		name: "PostGIS, SQL over loaded and indexed tables", group: "peers", server: true,
		prepare: func(ctx context.Context) error {
			if f.pg.has(ctx, ready) {
				return nil
			}
			fmt.Fprintln(os.Stderr, "loading PostGIS for the SQL peer")
			if err := f.pg.create(ctx, "sql_loading"); err != nil {
				return err
			}
			for _, s := range f.loadSteps(ctx, "sql_loading") {
				if _, err := measure(ctx, s.cmd); err != nil {
					return err
				}
			}
			_, err := measure(ctx, f.pg.psql(ctx, "postgres", "-c", "alter database sql_loading rename to "+ready))
			return err
		},
		steps:   func(ctx context.Context) []step { return f.querySteps(ctx, ready, out) },
		answers: func() (answers, error) { return readAnswers(out) },
	}, {
		name: "PostGIS, ogr2ogr and SQL", group: "peers", server: true,
		prepare: func(ctx context.Context) error { return f.pg.create(ctx, fresh) },
		steps: func(ctx context.Context) []step {
			return append(f.loadSteps(ctx, fresh), f.querySteps(ctx, fresh, out)...)
		},
		answers: func() (answers, error) { return readAnswers(out) },
	}}
}
