package postgres

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// KeepBase loads base data of a store.LoadTask: its version, the end of its load and
// its entries in the audit trail in one transaction. It may be done in another process.
func KeepBase(ctx context.Context, db *postgis.DB, t store.LoadTask) (l store.Load, err error) {
	base, err := plan.OpenBase(ctx, []string{t.Path}, plan.BaseOptions{})
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	if _, err := base.Belongs(ctx, t.Load.County); err != nil {
		return l, err
	}
	before, _, err := db.County(ctx, t.Load.County)
	if err != nil {
		return l, err
	}
	sources, outside, err := SourcesOf(ctx, base)
	if err != nil {
		return l, err
	}
	missing := store.MissingCore(func(role string) bool {
		return base.Has(domain.Role(role)) || slices.Contains(before.Roles, role)
	})
	_, err = db.Load(ctx, t.Load.County, sources, postgis.LoadOptions{
		Notices: outside, Candidate: !t.Load.Current,
		Progress: func(p postgis.LoadProgress) { t.Told(p.Rows, p.TotalRows) },
		Within: func(ctx context.Context, tx pgx.Tx, version int) (err error) {
			l, err = loadDone(ctx, tx, t, version, missing)
			return err
		}})
	return l, err
}

// SourcesOf are the layers of opened base data, to be loaded.
func SourcesOf(ctx context.Context, base *plan.Base) (sources []postgis.Source, outside []geo.Notice, err error) {
	layers, outside := base.Sources()
	for _, l := range layers {
		notes, err := base.Notes(ctx, l)
		if err != nil {
			return nil, nil, err
		}
		sources = append(sources, postgis.Source{Role: string(l.Role), Layer: l.Layer, CRS: l.CRS, Columns: l.Columns, Notices: l.Notices, Notes: notes})
	}
	return sources, outside, nil
}
