package main

import (
	"context"
	"fmt"
	"os/exec"
)

// planSizes are the plans of every county, in changes.
var planSizes = []int{100, 1_000, 10_000}

// reference is the row that the others are held against.
const reference = "landcheck, files"

// implementations lists the rows of the table in the order in which they run: what
// reads all the files before the reference, its like right after it.
func (f *field) implementations(ctx context.Context) ([]implementation, error) {
	base, plan := f.county.base, f.county.plans[f.changes]
	rows := []implementation{
		{name: "cat base/* > /dev/null", group: "self", steps: func(ctx context.Context) []step {
			return []step{{exec.CommandContext(ctx, "sh", "-c", "cat \"$1\"/* > /dev/null", "sh", base), nil}}
		}},
		f.checkOf(reference, "self", base, plan, nil, nil),
		f.checkOf("landcheck, files, one processor", "self", base, plan, nil, []string{"--jobs", "1"}),
		f.checkOf("landcheck, files, without its cache", "self", base, plan, []string{"LANDCHECK_CACHE=off"}, nil),
		f.inGeodatabase("landcheck, file geodatabase", base, plan, nil),
		f.inGeodatabase("landcheck, file geodatabase, without its cache", base, plan, []string{"LANDCHECK_CACHE=off"}),
		f.firstHere(base, plan),
	}
	for _, n := range planSizes {
		if n != f.changes {
			c := f.checkOf(fmt.Sprintf("landcheck, files, plan of %d changes", n), "self", base, f.county.plans[n], nil, nil)
			c.answers = nil // to other questions
			rows = append(rows, c)
		}
	}
	if tenth := f.county.parcels / 10; tenth >= 3*projectParcels {
		small, err := makeCounty(ctx, f.dir, tenth)
		if err != nil {
			return nil, err
		}
		c := f.checkOf(fmt.Sprintf("landcheck, files, county of %d parcels", tenth), "self", small.base, small.plans[f.changes], nil, nil)
		c.answers = nil // to other questions
		rows = append(rows, c)
	}
	if f.pg != nil {
		rows = append(rows, f.onPostGIS())
	}
	if f.python != "" {
		rows = append(rows,
			f.peer("GeoPandas, boxes and columns pushed down", "with_geopandas.py"),
			f.peer("GeoPandas, layers read whole", "with_geopandas.py", "whole"),
			f.peer("DuckDB spatial", "with_duckdb.py"))
	}
	if f.pg != nil {
		rows = append(rows, f.sqlPeers()...)
		rows = append(rows, f.loaders()...)
	}
	return rows, nil
}

// firstHere is landcheck over layers that it has read before, but of which no
// plan in this place has had it measure anything.
func (f *field) firstHere(base, plan string) implementation {
	c := f.checkOf("landcheck, files, first plan in this place", "self", base, plan, nil, nil)
	c.prepare = func(ctx context.Context) error {
		_, err := measure(ctx, exec.CommandContext(ctx, "find", f.output("cache"), "-name", "*.figures", "-delete"))
		return err
	}
	return c
}

// onPostGIS is landcheck over base data that landcheck loaded.
func (f *field) onPostGIS() implementation {
	database := fmt.Sprintf("landcheck_%d", f.county.parcels)
	url := f.pg.url(database)
	c := f.checkOf("landcheck, PostGIS", "self", url, f.county.plans[f.changes], nil, nil)
	c.server = true
	c.prepare = func(ctx context.Context) error {
		if f.pg.has(ctx, database) { // by an earlier run, of an older program perhaps
			if _, err := measure(ctx, exec.CommandContext(ctx, f.landcheck, "migrate", "--database", url)); err != nil {
				return err
			}
			noted := f.pg.psql(ctx, database, "-c", "select 1 / count(*) from base.dataset where notes <> '{}'")
			if noted.Run() == nil { // loaded by a program that makes notes
				return nil
			}
		}
		if err := f.pg.create(ctx, "loading"); err != nil {
			return err
		}
		for _, cmd := range []*exec.Cmd{
			exec.CommandContext(ctx, f.landcheck, "migrate", "--database", f.pg.url("loading")),
			exec.CommandContext(ctx, f.landcheck, "load", f.county.base, "--to", f.pg.url("loading"), "--county", "150123"),
			f.pg.psql(ctx, "loading", "-c", "vacuum analyze"),
			f.pg.psql(ctx, "postgres", "-c", "drop database if exists "+database, "-c", "alter database loading rename to "+database),
		} {
			if _, err := measure(ctx, cmd); err != nil {
				return err
			}
		}
		return nil
	}
	return c
}
