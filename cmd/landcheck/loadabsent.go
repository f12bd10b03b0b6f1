package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"landcheck/api/store/postgres"
	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// manifestOf is what the current version of a county's base data says in words
// (base.yaml); nil where the county has none.
func manifestOf(ctx context.Context, db *postgis.DB, county string) (stated *plan.BaseManifest, err error) {
	datasets, err := db.Datasets(ctx, county)
	if err != nil || len(datasets) == 0 {
		return nil, err
	}
	base, _, err := postgres.OpenBase(ctx, db, county, 0, orb.Bound{}, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	return base.Manifest(), nil
}

// printAbsent tells which statements a load has outdated, since it brought the
// layer that they spoke of without saying them again.
func (a *app) printAbsent(before, after *plan.BaseManifest) {
	if before == nil || after == nil {
		return
	}
	var decrees, absent []string
	for _, code := range slices.Sorted(maps.Keys(before.Designated)) {
		if _, still := after.Designated[code]; !still {
			decrees = append(decrees, code)
		}
	}
	for _, role := range slices.Sorted(maps.Keys(before.Absent)) {
		if before.Absent[role] && !after.Absent[role] {
			absent = append(absent, string(role))
		}
	}
	if len(decrees) > 0 {
		fmt.Fprintln(a.stdout, geo.Textf("注意：永久基本农田图层已重新装载，以前写明的划定面积不再有效：%[1]s。仍然有效的请写入 base.yaml 的 designated 后再装载",
			"note: basic farmland is loaded anew, so the designated areas that were stated before no longer count: %[1]s. Those that still hold go under designated in base.yaml; then load again",
			strings.Join(decrees, ", ")).In(a.lang))
	}
	if len(absent) > 0 {
		fmt.Fprintln(a.stdout, geo.Textf("注意：以前写明没有的图层现在有了：%s", "note: layers that were stated to be absent are there now: %s", strings.Join(absent, ", ")).In(a.lang))
	}
}
