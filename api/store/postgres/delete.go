package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
)

// DeletePlan removes a plan and all that came of it; see store.Keeping.
func (s *Store) DeletePlan(ctx context.Context, id string, e store.Entry) (err error) {
	defer s.unavailable(ctx, &err)
	_, err = s.deletePlan(ctx, id, e, time.Time{})
	return err
}

// deletePlan deletes a plan, in one transaction with its audit entry; with a
// time only one that was uploaded before, of which no check waits, runs, ended since
// or is decided. The plan's row is locked first: checks of it that are added meanwhile
// wait, and then find no plan.
func (s *Store) deletePlan(ctx context.Context, id string, e store.Entry, before time.Time) (done bool, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		p, err := one(ctx, tx, scanPlan, "select "+planColumns+" from service.plan where id = $1 for update", id)
		if err != nil {
			return err
		}
		if !before.IsZero() {
			stays := !p.Created.Before(before)
			const query = "select $3 or exists (select from service.check_run where plan = $1 and (finished is null or finished >= $2 or decision <> ''))"
			if err := tx.QueryRow(ctx, query, id, before, stays).Scan(&stays); err != nil || stays {
				return err
			}
		}
		for _, statement := range []string{
			// Who watches is told; runs stop.
			"update service.check_run set state = 'cancelled', finished = clock_timestamp(), lease = null where plan = $1 and state in ('queued', 'running')",
			"delete from service.check_run where plan = $1",
			"delete from service.plan where id = $1",
		} {
			if _, err := tx.Exec(ctx, statement, id); err != nil {
				return err
			}
		}
		done = true
		e.Object, e.County, e.Digest = id, p.County, p.Digest
		return record(ctx, tx, e)
	})
	if err != nil {
		return false, fmt.Errorf("deleting plan %s: %w", id, err)
	}
	return done, nil
}

// fits is a *store.QuotaError where a county has no room for so many bytes more,
// of which its use may hold some already.
func (s *Store) fits(ctx context.Context, tx pgx.Tx, county string, more, held int64) error {
	if s.o.Quota.Of(county) <= 0 {
		return nil
	}
	var used int64
	err := tx.QueryRow(ctx, "select bytes from service.usage where county = $1", county).Scan(&used)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	return s.o.Quota.Fits(county, used-held, more)
}
