package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// reap gives checks whose worker went silent back to the queue, and adds the
// tickets that are missing because a worker died with one in its hand. Checks
// run in processes of their own, so what ended the worker was not the check: it
// does not count as an attempt. One process at a time does this.
func (s *Store) reap(ctx context.Context) error {
	const lock = "select pg_try_advisory_xact_lock(hashtextextended('landcheck reap', 0))"
	const update = `
update service.check_run set state = 'queued', started = null, done = 0, total = 0, worker = '', lease = null,
	attempt = attempt - 1, interrupted = interrupted + 1, due = clock_timestamp()
where id in (select id from service.check_run where state = 'running' and lease < clock_timestamp() for update skip locked)
returning id`
	var reaped []string
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var mine bool
		err := tx.QueryRow(ctx, lock).Scan(&mine)
		if err != nil || !mine {
			return err
		}
		if reaped, err = all(ctx, tx, pgx.RowTo[string], update); err != nil {
			return err
		}
		if err := s.addTickets(ctx, tx, len(reaped)); err != nil {
			return err
		}
		return s.addMissing(ctx, tx)
	})
	for _, id := range reaped {
		if err == nil {
			s.o.Log.WarnContext(ctx, "a worker went silent", "check", id)
		}
	}
	return err
}

// addMissing adds tickets where a check has been due for a lease and there are
// fewer tickets than checks. A ticket too many does no harm.
func (s *Store) addMissing(ctx context.Context, tx pgx.Tx) error {
	const query = `
select count(*), count(*) filter (where due + $1::interval < clock_timestamp()),
	(select count(*) from river.river_job where queue = $2 and state in ('available', 'pending', 'retryable', 'scheduled'))
from service.check_run where state = 'queued'`
	var checks, late, tickets int
	if err := tx.QueryRow(ctx, query, s.o.Lease, riverQueue).Scan(&checks, &late, &tickets); err != nil {
		return err
	}
	if late == 0 || tickets >= checks {
		return nil
	}
	return s.addTickets(ctx, tx, checks-tickets)
}

// seen says that a worker lives; those long silent are forgotten.
func (s *Store) seen(ctx context.Context, pool *pgxpool.Pool, worker, host string, pid, slots int) error {
	const upsert = `insert into service.worker (id, host, pid, slots) values ($1, $2, $3, $4)
		on conflict (id) do update set seen = clock_timestamp()`
	if _, err := pool.Exec(ctx, upsert, worker, host, pid, slots); err != nil {
		return err
	}
	_, err := pool.Exec(ctx, "delete from service.worker where seen < clock_timestamp() - $1::interval", max(10*s.o.Lease, time.Hour))
	if err == nil {
		err = s.forgetTurns(ctx, pool)
	}
	return err
}

func (s *Store) gone(ctx context.Context, worker string) error {
	_, err := s.pool.Exec(ctx, "delete from service.worker where id = $1", worker)
	return err
}
