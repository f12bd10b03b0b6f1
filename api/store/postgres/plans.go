package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"landcheck/api/store"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"

	"github.com/jackc/pgx/v5"
)

const planColumns = "id, digest, file, size, county, code, name, stage, rulebook, created, by_whom, bound, crashes"

func scanPlan(row pgx.CollectableRow) (p store.Plan, err error) {
	err = row.Scan(&p.ID, &p.Digest, &p.File, &p.Size, &p.County, &p.Code, &p.Name, &p.Stage, &p.Rulebook, &p.Created, &p.By, &p.Bound, &p.Crashes)
	p.Created = p.Created.UTC()
	return p, err
}

// AddPlan takes in a package; see store.Plans. Two uploads of one plan at a
// time: the second waits for the first and gives back what that one kept. A plan
// that was there and is deleted just now is added again.
func (s *Store) AddPlan(ctx context.Context, p store.Plan, path string, trail ...store.Entry) (kept store.Plan, created bool, err error) {
	defer s.unavailable(ctx, &err)
	p.File = store.FileName(p.File)
	if p.Created.IsZero() {
		p.Created = time.Now()
	}
	for {
		kept, created, err = s.addPlan(ctx, p, path, trail)
		if !errors.Is(err, store.ErrNotFound) {
			break
		}
	}
	if err != nil {
		return store.Plan{}, false, fmt.Errorf("plan %s: %w", p.ID, err)
	}
	return kept, created, nil
}

// addPlan adds a plan or finds it. Its size is written last, and with it the
// county's use: uploads of one county go on side by side until then.
func (s *Store) addPlan(ctx context.Context, p store.Plan, path string, trail []store.Entry) (kept store.Plan, created bool, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		const insert = "insert into service.plan (" + planColumns + ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id) do nothing"
		tag, err := tx.Exec(ctx, insert, p.ID, p.Digest, p.File, 0, p.County, p.Code, p.Name, p.Stage, p.Rulebook, p.Created, p.By, p.Bound, p.Crashes)
		if err != nil {
			return err
		}
		if created = tag.RowsAffected() == 1; created {
			if err := s.fits(ctx, tx, p.County, p.Size, 0); err != nil {
				return err
			}
			size, err := putParts(ctx, tx, "plan_part", "plan", p.ID, path)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, "update service.plan set size = $2 where id = $1", p.ID, size); err != nil {
				return err
			}
			if err := s.fits(ctx, tx, p.County, size, size); err != nil { // with those that came side by side
				return err
			}
		}
		if kept, err = one(ctx, tx, scanPlan, "select "+planColumns+" from service.plan where id = $1", p.ID); err != nil {
			return err
		}
		return record(ctx, tx, trail...)
	})
	return kept, created, err
}

// Plan finds a plan.
func (s *Store) Plan(ctx context.Context, id string) (p store.Plan, err error) {
	defer s.unavailable(ctx, &err)
	return one(ctx, s.pool, scanPlan, "select "+planColumns+" from service.plan where id = $1", id)
}

// Unblock lets a blocked plan be checked again.
func (s *Store) Unblock(ctx context.Context, id string, trail ...store.Entry) (p store.Plan, err error) {
	defer s.unavailable(ctx, &err)
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if p, err = one(ctx, tx, scanPlan, "update service.plan set crashes = 0 where id = $1 returning "+planColumns, id); err != nil {
			return err
		}
		return record(ctx, tx, trail...)
	})
	return p, err
}

// ListPlans gives plans, newest first.
func (s *Store) ListPlans(ctx context.Context, q store.Query) (page []store.Plan, err error) {
	defer s.unavailable(ctx, &err)
	const query = "select " + planColumns + ` from service.plan
		where starts_with(county, $1) and ($2 = '' or county = $2)
		and ($3 = '' or (created, id) < (select created, id from service.plan where id = $3 and starts_with(county, $1)))
		and ($5 = '' or project = $5)
		order by created desc, id desc limit $4`
	return all(ctx, s.pool, scanPlan, query, q.Prefix, q.County, q.After, limit(q), q.Project)
}

// Package writes the uploaded file to a directory of its own, which release
// removes.
func (s *Store) Package(ctx context.Context, id string) (path string, release func(), err error) {
	defer s.unavailable(ctx, &err)
	p, err := s.Plan(ctx, id)
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "landcheck-package-")
	if err != nil {
		return "", nil, transient.Mark(err)
	}
	release = func() { outfile.RemoveAll(dir) }
	path = filepath.Join(dir, store.FileName(p.File))
	if err := s.writePackage(ctx, p, path); err != nil {
		release()
		return "", nil, fmt.Errorf("package of plan %s: %w", id, err)
	}
	return path, release, nil
}

func (s *Store) writePackage(ctx context.Context, p store.Plan, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return transient.Mark(err)
	}
	defer f.Close()
	if _, err := io.Copy(f, s.open(ctx, planPart, p.ID, p.Size)); err != nil {
		return err
	}
	return f.Close()
}
