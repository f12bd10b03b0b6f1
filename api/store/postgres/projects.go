package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
)

// projectRow is a row of projectsQuery.
type projectRow struct {
	total                 int
	plan                  string
	versions              int
	place                 store.ProjectPlace
	latest, done, decided *string
	open                  *int
	against               *string
	added, removed        *int
}

func scanProjectRow(row pgx.CollectableRow) (r projectRow, err error) {
	err = row.Scan(&r.total, &r.plan, &r.versions, &r.place.Rank, &r.place.Label, &r.place.Age, &r.latest, &r.done, &r.decided, &r.open, &r.against, &r.added, &r.removed)
	r.place.ID = r.plan
	return r, err
}

// counts of a row, as store.CountFindings has them.
func (r projectRow) counts() *store.FindingCounts {
	if r.open == nil {
		return nil
	}
	n := &store.FindingCounts{Open: *r.open, New: r.added, Fixed: r.removed}
	if r.against != nil {
		n.Against = *r.against
	}
	return n
}

// snapshot reads what belongs together as of one moment.
func (s *Store) snapshot(ctx context.Context, read func(tx pgx.Tx) error) error {
	return pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, read)
}

// versionsOf are the plans of rows with their checks, by one query each.
func versionsOf(ctx context.Context, tx pgx.Tx, rows []projectRow) ([]store.Version, error) {
	var plans, checks []string
	for _, r := range rows {
		plans = append(plans, r.plan)
		for _, id := range []*string{r.latest, r.done, r.decided} {
			if id != nil {
				checks = append(checks, *id)
			}
		}
	}
	foundPlans, err := all(ctx, tx, scanPlan, "select "+planColumns+" from service.plan where id = any($1)", plans)
	if err != nil {
		return nil, err
	}
	foundChecks, err := all(ctx, tx, scanCheck, "select "+checkColumns+" from service.check_run where id = any($1)", checks)
	if err != nil {
		return nil, err
	}
	plan, check := map[string]store.Plan{}, map[string]store.Check{}
	for _, p := range foundPlans {
		plan[p.ID] = p
	}
	for _, c := range foundChecks {
		check[c.ID] = c
	}
	of := func(id *string) *store.Check {
		if id == nil {
			return nil
		}
		c := check[*id]
		return &c
	}
	versions := make([]store.Version, 0, len(rows))
	for _, r := range rows {
		versions = append(versions, store.Version{Plan: plan[r.plan], Latest: of(r.latest), Done: of(r.done), Findings: r.counts(), Decided: of(r.decided)})
	}
	return versions, nil
}

// ListProjects gives projects; see store.Projects.
func (s *Store) ListProjects(ctx context.Context, q store.ProjectQuery) (page []store.Project, total int, err error) {
	defer s.unavailable(ctx, &err)
	query, args, err := projectsQuery(q)
	if err != nil {
		return nil, 0, err
	}
	page = []store.Project{}
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		rows, err := all(ctx, tx, scanProjectRow, query, args...)
		if err != nil || len(rows) == 0 {
			return err
		}
		total = rows[0].total
		if rows[0].plan == "" {
			return nil // no page, but a total
		}
		versions, err := versionsOf(ctx, tx, rows)
		if err != nil {
			return err
		}
		for i, r := range rows {
			r.place.Sort = q.Sort
			page = append(page, store.Project{Version: versions[i], Versions: r.versions, Place: r.place})
		}
		return nil
	})
	return page, total, err
}

// ListVersions gives the versions of a project, newest first.
func (s *Store) ListVersions(ctx context.Context, prefix, county, project string, most int) (versions []store.Version, err error) {
	defer s.unavailable(ctx, &err)
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		rows, err := all(ctx, tx, scanProjectRow, versionsQuery, prefix, county, project, most)
		if err != nil {
			return err
		}
		versions, err = versionsOf(ctx, tx, rows)
		return err
	})
	return versions, err
}
