package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
)

const checkColumns = "id, plan, county, state, rulebook, stage, base_version, done, total, verdict, faces, findings, attempt, problem, created, started, finished, by_whom, strict, subprojects, reservations, neighbours, interrupted, caller, decision"

func scanCheck(row pgx.CollectableRow) (c store.Check, err error) {
	var problem []byte
	err = row.Scan(&c.ID, &c.Plan, &c.County, &c.State, &c.Rulebook, &c.Stage, &c.BaseVersion, &c.Done, &c.Total, &c.Verdict,
		&c.Faces, &c.Findings, &c.Attempt, &problem, &c.Created, &c.Started, &c.Finished, &c.By, &c.Strict, &c.SubProjects, &c.Reservations, &c.Neighbours, &c.Interrupted, &c.Caller, &c.Decision)
	if len(c.SubProjects) == 0 {
		c.SubProjects = nil // as JSON leaves it out
	}
	if len(c.Neighbours) == 0 {
		c.Neighbours = nil
	}
	if err == nil && problem != nil {
		err = json.Unmarshal(problem, &c.Problem)
	}
	c.Created, c.Started, c.Finished = c.Created.UTC(), utc(c.Started), utc(c.Finished)
	return c, err
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

// AddCheck queues a check together with its ticket; see store.Checks.
func (s *Store) AddCheck(ctx context.Context, c store.Check, key store.Key, trail ...store.Entry) (kept store.Check, created bool, err error) {
	defer s.unavailable(ctx, &err)
	id, err := uuid.NewV7()
	if err != nil {
		return store.Check{}, false, err
	}
	c.ID = id.String()
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if key != (store.Key{}) {
			earlier, err := useKey(ctx, tx, key, c.ID)
			if err != nil {
				return err
			}
			if earlier != "" {
				kept, err = one(ctx, tx, scanCheck, "select "+checkColumns+" from service.check_run where id = $1", earlier)
				return err
			}
		}
		var p store.Plan
		if err := tx.QueryRow(ctx, "select county, crashes from service.plan where id = $1", c.Plan).Scan(&c.County, &p.Crashes); errors.Is(err, pgx.ErrNoRows) {
			return store.ErrNotFound
		} else if err != nil {
			return err
		}
		if p.Blocked() {
			return store.ErrBlocked
		}
		if err := s.fits(ctx, tx, c.County, 0, 0); err != nil {
			return err
		}
		if err := s.room(ctx, tx, c.County, c.Caller); err != nil {
			return err
		}
		const insert = `insert into service.check_run (id, plan, county, state, rulebook, stage, base_version, strict, subprojects, neighbours, created, by_whom, caller)
			values ($1, $2, $3, 'queued', $4, $5, $6, $7, coalesce($8::text[], '{}'), coalesce($9::text[], '{}'), clock_timestamp(), $10, $11) returning ` + checkColumns
		kept, err = one(ctx, tx, scanCheck, insert, c.ID, c.Plan, c.County, c.Rulebook, c.Stage, c.BaseVersion, c.Strict, c.SubProjects, c.Neighbours, c.By, c.Caller)
		if state(err) == "23503" { // foreign_key_violation: the plan is deleted just now
			err = store.ErrNotFound
		}
		if err != nil {
			return err
		}
		created = true
		for _, e := range trail {
			e.Object = c.ID
			if err := record(ctx, tx, e); err != nil {
				return err
			}
		}
		return s.addTickets(ctx, tx, 1)
	})
	if err != nil {
		return store.Check{}, false, fmt.Errorf("check of plan %s: %w", c.Plan, err)
	}
	return kept, created, nil
}

// useKey takes a key for a check, or says which check has it. Where another
// request with the same key is under way, it waits for that. A key whose check
// is deleted just now is free.
func useKey(ctx context.Context, tx pgx.Tx, key store.Key, check string) (earlier string, err error) {
	for {
		const insert = "insert into service.idempotency_key (caller, value, request, check_id) values ($1, $2, $3, $4) on conflict do nothing"
		tag, err := tx.Exec(ctx, insert, key.Caller, key.Value, key.Request, check)
		if err != nil || tag.RowsAffected() == 1 {
			return "", err
		}
		var request string
		const query = "select request, check_id from service.idempotency_key where caller = $1 and value = $2"
		switch err := tx.QueryRow(ctx, query, key.Caller, key.Value).Scan(&request, &earlier); {
		case errors.Is(err, pgx.ErrNoRows):
		case err != nil:
			return "", err
		case request != key.Request:
			return "", store.ErrConflict
		default:
			return earlier, nil
		}
	}
}

// room is store.ErrFull where no more checks of a county may wait, and
// store.ErrNotOwner where no more of a caller may.
func (s *Store) room(ctx context.Context, tx pgx.Tx, county, caller string) error {
	if err := roomFor(ctx, tx, "county", county, s.o.QueueLimit, store.ErrFull); err != nil {
		return err
	}
	return roomFor(ctx, tx, "caller", caller, s.o.CallerLimit, store.ErrNotOwner)
}

// roomFor is full where a limit of the checks that wait, by one of their
// columns, is reached. It has the next request of the same wait until this
// transaction ends, so that the limit is one.
func roomFor(ctx context.Context, tx pgx.Tx, column, value string, limit int, full error) error {
	if limit <= 0 {
		return nil
	}
	if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock(hashtextextended('landcheck queue ' || $1 || ' ' || $2, 0))", column, value); err != nil {
		return err
	}
	var waiting int
	query := "select count(*) from service.check_run where state = 'queued' and " + column + " = $1"
	if err := tx.QueryRow(ctx, query, value).Scan(&waiting); err != nil {
		return err
	}
	if waiting >= limit {
		return full
	}
	return nil
}

// Check finds a check.
func (s *Store) Check(ctx context.Context, id string) (c store.Check, err error) {
	defer s.unavailable(ctx, &err)
	return one(ctx, s.pool, scanCheck, "select "+checkColumns+" from service.check_run where id = $1", id)
}

// seenByPrefix is store.Check.SeenBy, of the prefix $1.
const seenByPrefix = "starts_with(county, $1) and not exists (select from unnest(neighbours) n where not starts_with(n, $1))"

// ListChecks gives checks, newest first.
func (s *Store) ListChecks(ctx context.Context, q store.Query) (page []store.Check, err error) {
	defer s.unavailable(ctx, &err)
	const query = "select " + checkColumns + ` from service.check_run
		where ` + seenByPrefix + `
		and ($2 = '' or county = $2) and ($3 = '' or plan = $3)
		and ($4 = '' or state = $4) and ($5 = '' or id < $5)
		and ($7 = '' or plan in (select id from service.plan where ($2 = '' or county = $2) and project = $7))
		order by id desc limit $6`
	return all(ctx, s.pool, scanCheck, query, q.Prefix, q.County, q.Plan, string(q.State), q.After, limit(q), q.Project)
}

// LatestChecks gives the newest check of each plan, by one query that takes one
// row of the index (plan, id) for each.
func (s *Store) LatestChecks(ctx context.Context, prefix string, plans []string) (latest map[string]store.Check, err error) {
	defer s.unavailable(ctx, &err)
	const query = `select newest.* from unnest($2::text[]) as wanted(plan) cross join lateral (
		select ` + checkColumns + ` from service.check_run
		where check_run.plan = wanted.plan and ` + seenByPrefix + ` order by id desc limit 1) newest`
	checks, err := all(ctx, s.pool, scanCheck, query, prefix, plans)
	latest = make(map[string]store.Check, len(checks))
	for _, c := range checks {
		latest[c.Plan] = c
	}
	return latest, err
}

// Cancel ends a check; its worker hears of it as any other watcher does.
func (s *Store) Cancel(ctx context.Context, id string, trail ...store.Entry) (c store.Check, err error) {
	defer s.unavailable(ctx, &err)
	const update = `update service.check_run set state = 'cancelled', finished = clock_timestamp(), lease = null
		where id = $1 and state in ('queued', 'running') returning ` + checkColumns
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if c, err = one(ctx, tx, scanCheck, update, id); err != nil {
			return err
		}
		return record(ctx, tx, trail...)
	})
	if !errors.Is(err, store.ErrNotFound) {
		return c, err
	}
	if c, err = s.Check(ctx, id); err == nil {
		err = store.ErrFinished
	}
	return c, err
}

// Queue counts checks that wait and that run, by county.
func (s *Store) Queue(ctx context.Context) (counts []store.QueueCount, err error) {
	defer s.unavailable(ctx, &err)
	const query = `select county, count(*) filter (where state = 'queued'), count(*) filter (where state = 'running')
		from service.check_run where state = 'queued' or state = 'running' group by county order by county`
	return all(ctx, s.pool, pgx.RowToStructByPos[store.QueueCount], query)
}
