package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
)

const loadColumns = "id, county, state, file, size, make_current, done, total, version, missing, problem, created, finished, by_whom"

func scanLoad(row pgx.CollectableRow) (l store.Load, err error) {
	var problem []byte
	err = row.Scan(&l.ID, &l.County, &l.State, &l.File, &l.Size, &l.Current, &l.Done, &l.Total, &l.Version, &l.Missing, &problem, &l.Created, &l.Finished, &l.By)
	if len(l.Missing) == 0 {
		l.Missing = nil
	}
	if err == nil && problem != nil {
		err = json.Unmarshal(problem, &l.Problem)
	}
	l.Created, l.Finished = l.Created.UTC(), utc(l.Finished)
	return l, err
}

// AddLoad notes a load; see store.Loads.
func (s *Store) AddLoad(ctx context.Context, l store.Load, trail ...store.Entry) (kept store.Load, err error) {
	defer s.unavailable(ctx, &err)
	id, err := uuid.NewV7()
	if err != nil {
		return store.Load{}, err
	}
	if err := s.giveUp(ctx); err != nil {
		return store.Load{}, err
	}
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if err := s.fits(ctx, tx, l.County, l.Size, 0); err != nil {
			return err
		}
		const insert = `insert into service.base_load (id, county, state, file, size, make_current, created, by_whom, noted)
			values ($1, $2, 'running', $3, $4, $5, clock_timestamp(), $6, clock_timestamp()) returning ` + loadColumns
		kept, err = one(ctx, tx, scanLoad, insert, id.String(), l.County, l.File, l.Size, l.Current, l.By)
		if state(err) == "23505" { // unique_violation: another one of the county runs
			return store.ErrConflict
		}
		if err != nil {
			return err
		}
		for i := range trail {
			trail[i].Object = kept.ID
		}
		return record(ctx, tx, trail...)
	})
	return kept, err
}

// giveUp ends loads whose processes are gone.
func (s *Store) giveUp(ctx context.Context) error {
	problem, err := json.Marshal(store.Interrupted())
	if err != nil {
		return err
	}
	const update = `update service.base_load set state = 'failed', problem = $1, finished = clock_timestamp()
		where state = 'running' and noted < clock_timestamp() - make_interval(secs => $2)`
	_, err = s.pool.Exec(ctx, update, problem, s.o.loadSilence().Seconds())
	return err
}

// LoadDir is none: base data lies in the database.
func (s *Store) LoadDir(context.Context, string) (string, error) { return "", nil }

// Keep loads base data; see store.Loads.
func (s *Store) Keep(ctx context.Context, t store.LoadTask) (l store.Load, err error) {
	defer s.unavailable(ctx, &err)
	return KeepBase(ctx, s.db, t)
}

// NoteLoad keeps how far a load is.
func (s *Store) NoteLoad(ctx context.Context, id string, done, total int) (err error) {
	defer s.unavailable(ctx, &err)
	const update = "update service.base_load set done = greatest(done, $2), total = $3, noted = clock_timestamp() where id = $1 and state = 'running'"
	tag, err := s.pool.Exec(ctx, update, id, done, total)
	if err == nil && tag.RowsAffected() == 0 {
		err = s.hasEnded(ctx, id)
	}
	return err
}

// hasEnded is why a load does not run.
func (s *Store) hasEnded(ctx context.Context, id string) error {
	if _, err := one(ctx, s.pool, scanLoad, "select "+loadColumns+" from service.base_load where id = $1", id); err != nil {
		return err
	}
	return store.ErrFinished
}

// FailLoad ends a load.
func (s *Store) FailLoad(ctx context.Context, id string, p *store.Problem) (err error) {
	defer s.unavailable(ctx, &err)
	problem, err := json.Marshal(p)
	if err != nil {
		return err
	}
	const update = "update service.base_load set state = 'failed', problem = $2, finished = clock_timestamp() where id = $1 and state = 'running'"
	tag, err := s.pool.Exec(ctx, update, id, problem)
	if err == nil && tag.RowsAffected() == 0 {
		if err = s.hasEnded(ctx, id); errors.Is(err, store.ErrFinished) {
			err = nil
		}
	}
	return err
}

// CancelLoad ends a load.
func (s *Store) CancelLoad(ctx context.Context, id string, trail ...store.Entry) (l store.Load, err error) {
	defer s.unavailable(ctx, &err)
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		const update = "update service.base_load set state = 'cancelled', finished = clock_timestamp() where id = $1 and state = 'running' returning " + loadColumns
		l, err = one(ctx, tx, scanLoad, update, id)
		if errors.Is(err, store.ErrNotFound) {
			return s.hasEnded(ctx, id)
		}
		if err != nil {
			return err
		}
		return record(ctx, tx, trail...)
	})
	return l, err
}

// Load by id.
func (s *Store) Load(ctx context.Context, id string) (l store.Load, err error) {
	defer s.unavailable(ctx, &err)
	if err := s.giveUp(ctx); err != nil {
		return l, err
	}
	return one(ctx, s.pool, scanLoad, "select "+loadColumns+" from service.base_load where id = $1", id)
}

// ListLoads of a county.
func (s *Store) ListLoads(ctx context.Context, county string) (list []store.Load, err error) {
	defer s.unavailable(ctx, &err)
	if err := s.giveUp(ctx); err != nil {
		return nil, err
	}
	return all(ctx, s.pool, scanLoad, "select "+loadColumns+" from service.base_load where county = $1 order by id desc limit $2", county, store.ListedLoads)
}

// SetCurrent puts a version to use.
func (s *Store) SetCurrent(ctx context.Context, county string, version int, trail ...store.Entry) (changed bool, err error) {
	defer s.unavailable(ctx, &err)
	if version < 1 { // 0 is another name of the current one
		return false, store.ErrNotFound
	}
	if err := s.hasVersion(ctx, county, version); err != nil {
		return false, err
	}
	return s.db.SetCurrent(ctx, county, version, func(ctx context.Context, tx pgx.Tx) error { return record(ctx, tx, trail...) })
}

// loadSilence is store.LoadSilence but in tests.
func (o Options) loadSilence() time.Duration {
	if o.LoadSilence > 0 {
		return o.LoadSilence
	}
	return store.LoadSilence
}

// loadDone ends a load within the transaction that makes its version.
func loadDone(ctx context.Context, tx pgx.Tx, t store.LoadTask, version int, missing []string) (store.Load, error) {
	const update = `update service.base_load set state = 'done', version = $2, make_current = make_current or $2 = 1, missing = coalesce($3::text[], '{}'), done = total, bytes = size, finished = clock_timestamp()
		where id = $1 and state = 'running' returning ` + loadColumns
	l, err := one(ctx, tx, scanLoad, update, t.Load.ID, version, missing)
	if errors.Is(err, store.ErrNotFound) {
		return l, store.ErrFinished // somebody has cancelled it
	}
	if err != nil {
		return l, fmt.Errorf("load %s: %w", t.Load.ID, err)
	}
	for i := range t.Trail {
		t.Trail[i].Object = strconv.Itoa(version)
	}
	return l, record(ctx, tx, t.Trail...)
}
