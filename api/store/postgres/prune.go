package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
)

// Prune removes what is too old, and versions of base data. Processes that
// prune at the same time take turns; a dry run waits for nobody.
func (s *Store) Prune(ctx context.Context, r store.Retention) (gone store.Pruned, err error) {
	defer s.unavailable(ctx, &err)
	if !r.DryRun {
		release, err := s.pruning(ctx)
		if err != nil {
			return gone, err
		}
		defer release()
	}
	var now time.Time // by one clock, whoever asks
	if err := s.pool.QueryRow(ctx, "select clock_timestamp()").Scan(&now); err != nil {
		return gone, err
	}
	if r.Keep > 0 {
		if err := s.pruneChecks(ctx, r, now.Add(-r.Keep), &gone); err != nil {
			return gone, err
		}
	}
	if r.Versions > 0 {
		if err := s.pruneBases(ctx, r, &gone); err != nil {
			return gone, err
		}
	}
	if r.Audit > 0 {
		if gone.Audit, err = s.pruneAudit(ctx, r, now.Add(-r.Audit)); err != nil {
			return gone, err
		}
	}
	if !r.DryRun {
		err = s.vacuum(ctx)
	}
	return gone, err
}

// pruning waits for its turn, on a connection of its own.
func (s *Store) pruning(ctx context.Context) (release func(), err error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, "select pg_advisory_lock(hashtextextended('landcheck prune', 0))"); err != nil {
		conn.Release()
		return nil, err
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if _, err := conn.Exec(ctx, "select pg_advisory_unlock(hashtextextended('landcheck prune', 0))"); err != nil {
			conn.Conn().Close(ctx) // which gives the lock back
		}
		conn.Release()
	}, nil
}

// expired is a plan or a check that is too old.
type expired struct {
	ID, County, Digest string
	Checks             int
	Bytes              int64
}

// Plans that are to go with all of their checks, and checks of other plans. Checks
// on which a decision stands stay.
const (
	agedPlans = `
select p.id, p.county, p.digest, count(c.id), p.size + coalesce(sum(c.bytes), 0)::bigint
from service.plan p left join service.check_run c on c.plan = p.id
where p.created < $1
group by p.id
having coalesce(bool_and(c.finished < $1 and c.decision = ''), true) and count(c.id) = count(c.finished)
order by p.county, p.created, p.id`
	agedChecks = `
select c.id, c.county, p.digest, 1, c.bytes
from service.check_run c join service.plan p on p.id = c.plan
where c.finished < $1 and c.decision = '' and (p.created >= $1 or exists (
	select from service.check_run o where o.plan = c.plan and (o.finished is null or o.finished >= $1 or o.decision <> '')))
order by c.county, c.id`
)

func (s *Store) pruneChecks(ctx context.Context, r store.Retention, before time.Time, gone *store.Pruned) error {
	plans, err := all(ctx, s.pool, pgx.RowToStructByPos[expired], agedPlans, before)
	if err != nil {
		return err
	}
	checks, err := all(ctx, s.pool, pgx.RowToStructByPos[expired], agedChecks, before)
	if err != nil {
		return err
	}
	e := store.Entry{Who: r.By, What: "prune", Reason: r.Reason()}
	for _, p := range plans {
		if !r.DryRun {
			done, err := s.deletePlan(ctx, p.ID, e, before)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			if !done { // in use again, or gone
				continue
			}
		}
		c := gone.Of(p.County)
		c.Plans, c.Checks, c.Bytes = c.Plans+1, c.Checks+p.Checks, c.Bytes+p.Bytes
	}
	for _, k := range checks {
		if !r.DryRun {
			done, err := s.pruneCheck(ctx, k, e)
			if err != nil {
				return err
			}
			if !done {
				continue
			}
		}
		c := gone.Of(k.County)
		c.Checks, c.Bytes = c.Checks+1, c.Bytes+k.Bytes
	}
	return nil
}

// pruneCheck removes a check that has ended, with its entry.
func (s *Store) pruneCheck(ctx context.Context, k expired, e store.Entry) (done bool, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, "delete from service.check_run where id = $1 and decision = ''", k.ID)
		if done = tag.RowsAffected() == 1; err != nil || !done {
			return err
		}
		e.Object, e.County, e.Digest = k.ID, k.County, k.Digest
		return record(ctx, tx, e)
	})
	if err != nil {
		return false, fmt.Errorf("pruning check %s: %w", k.ID, err)
	}
	return done, nil
}

// pruneBases drops layers that only old versions are made of. A version that a
// check which waits or runs has asked for stays.
func (s *Store) pruneBases(ctx context.Context, r store.Retention, gone *store.Pruned) error {
	counties, err := s.db.Places(ctx)
	if err != nil {
		return err
	}
	for _, county := range counties {
		if county.Server != "" {
			gone.Elsewhere = append(gone.Elsewhere, store.LeftCounty{County: county.County, Server: county.Server})
			continue
		}
		asked, err := all(ctx, s.pool, pgx.RowTo[int],
			"select distinct base_version from service.check_run where county = $1 and state in ('queued', 'running') and base_version > 0", county.County)
		if err != nil {
			return err
		}
		dropped, err := s.db.DropVersions(ctx, county.County, r.Versions, asked, r.DryRun)
		if err != nil {
			return err
		}
		if len(dropped.Versions) == 0 {
			continue
		}
		c := gone.Of(county.County)
		c.Versions, c.Layers, c.Bytes = dropped.Versions, dropped.Layers, c.Bytes+dropped.Bytes
		if r.DryRun {
			continue
		}
		const emptied = "update service.base_load set bytes = 0 where county = $1 and version = any($2)" // the county's room is free again
		if _, err := s.pool.Exec(ctx, emptied, county.County, dropped.Versions); err != nil {
			return err
		}
		e := store.Entry{Who: r.By, What: "base-prune", Object: fmt.Sprint(dropped.Versions), County: county.County, Reason: fmt.Sprintf("--keep-versions %d", r.Versions)}
		if err := s.Record(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// pruneAudit removes entries that are too old.
func (s *Store) pruneAudit(ctx context.Context, r store.Retention, before time.Time) (entries int, err error) {
	if r.DryRun {
		err = s.pool.QueryRow(ctx, "select count(*) from service.audit where time < $1", before).Scan(&entries)
		return entries, err
	}
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		const until = "select set_config('landcheck.prune_audit_before', $1, true)"
		if _, err := tx.Exec(ctx, until, before.UTC().Format(time.RFC3339Nano)); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, "delete from service.audit where time < $1", before)
		if entries = int(tag.RowsAffected()); err != nil || entries == 0 {
			return err
		}
		return record(ctx, tx, store.Entry{Who: r.By, What: "audit-prune", Reason: fmt.Sprintf("--keep-audit %v: %d", r.Audit, entries)})
	})
	return entries, err
}

// vacuum makes the room of rows that went, now or before, usable at once. Where it
// cannot of one table it goes on: that may give the room which the first lacks.
// Base data needs none: its tables are dropped whole.
func (s *Store) vacuum(ctx context.Context) (err error) {
	for _, table := range []string{"artifact_part", "plan_part", "artifact", "plan", "check_run", "audit"} {
		if _, failed := s.pool.Exec(ctx, "vacuum service."+table); err == nil {
			err = failed
		}
	}
	return err
}
