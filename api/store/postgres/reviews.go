package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
)

// scanJSON reads a column of JSON.
func scanJSON[T any](row pgx.CollectableRow) (v T, err error) {
	var body []byte
	if err = row.Scan(&body); err == nil && body != nil {
		err = json.Unmarshal(body, &v)
	}
	return v, err
}

// Review is what was said of a finding.
func (s *Store) Review(ctx context.Context, of store.Subject) (r store.Review, err error) {
	defer s.unavailable(ctx, &err)
	return reviewOf(ctx, s.pool, of)
}

func reviewOf(ctx context.Context, q querier, of store.Subject) (store.Review, error) {
	const query = "select body from service.finding_review where county = $1 and project = $2 and finding = $3"
	r, err := one(ctx, q, scanJSON[store.Review], query, of.County, of.Project, of.Finding)
	if errors.Is(err, store.ErrNotFound) {
		return store.NewReview(of), nil
	}
	if err != nil {
		return r, err
	}
	const history = "select body from service.finding_remark where county = $1 and project = $2 and finding = $3 order by id"
	r.History, err = all(ctx, q, scanJSON[store.Remark], history, of.County, of.Project, of.Finding)
	return r, err
}

// Reviews of a project, by finding.
func (s *Store) Reviews(ctx context.Context, county, project string) (reviews []store.Review, err error) {
	defer s.unavailable(ctx, &err)
	return all(ctx, s.pool, scanJSON[store.Review], "select body from service.finding_review where county = $1 and project = $2 order by finding", county, project)
}

// Remark adds to what was said of a finding. Two at a time: the second waits for the
// first, and finds what it said.
func (s *Store) Remark(ctx context.Context, of store.Subject, version int, m store.Remark, key string, trail ...store.Entry) (now store.Review, added bool, err error) {
	defer s.unavailable(ctx, &err)
	if m.Time.IsZero() {
		m.Time = time.Now()
	}
	m.Time = m.Time.UTC().Truncate(time.Microsecond)
	stale := false
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		was, err := holdReview(ctx, tx, of)
		if err != nil {
			return err
		}
		if key != "" {
			err := tx.QueryRow(ctx, "select exists (select from service.finding_remark where county = $1 and project = $2 and finding = $3 and key = $4)",
				of.County, of.Project, of.Finding, key).Scan(&added)
			if err != nil || added {
				added = !added // it was, before
				return err
			}
		}
		if stale = m.Standing != nil && was.Version != version; stale {
			return nil
		}
		added = true
		return putRemark(ctx, tx, was, m, key, trail)
	})
	if err == nil {
		now, err = reviewOf(ctx, s.pool, of)
	}
	if err == nil && stale {
		err = store.ErrStale
	}
	return now, added, err
}

// holdReview has the row of a finding's review until the end of the transaction. A
// row of version 0 stands for one of which nothing was said.
func holdReview(ctx context.Context, tx pgx.Tx, of store.Subject) (store.Review, error) {
	none, err := json.Marshal(store.NewReview(of))
	if err != nil {
		return store.Review{}, err
	}
	const insert = "insert into service.finding_review (county, project, finding, version, body) values ($1, $2, $3, 0, $4) on conflict do nothing"
	if _, err := tx.Exec(ctx, insert, of.County, of.Project, of.Finding, none); err != nil {
		return store.Review{}, err
	}
	const held = "select body from service.finding_review where county = $1 and project = $2 and finding = $3 for update"
	return one(ctx, tx, scanJSON[store.Review], held, of.County, of.Project, of.Finding)
}

func putRemark(ctx context.Context, tx pgx.Tx, was store.Review, m store.Remark, key string, trail []store.Entry) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	m.ID = id.String()
	now, m := was.Add(m)
	review, err := json.Marshal(now)
	if err != nil {
		return err
	}
	remark, err := json.Marshal(m)
	if err != nil {
		return err
	}
	const insert = "insert into service.finding_remark (id, county, project, finding, key, body) values ($1, $2, $3, $4, nullif($5, ''), $6)"
	if _, err := tx.Exec(ctx, insert, m.ID, now.County, now.Project, now.Finding, key, remark); err != nil {
		return err
	}
	const update = "update service.finding_review set version = $4, body = $5 where county = $1 and project = $2 and finding = $3"
	if _, err := tx.Exec(ctx, update, now.County, now.Project, now.Finding, now.Version, review); err != nil {
		return err
	}
	return record(ctx, tx, trail...)
}
