package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
)

// write changes a claimed check, or is errLost.
func (s *Store) write(ctx context.Context, db execer, c claim, set string, args ...any) error {
	update := "update service.check_run set " + set + " where id = $1 and fence = $2 and state = 'running'"
	tag, err := db.Exec(ctx, update, append([]any{c.check.ID, c.fence}, args...)...)
	if err == nil && tag.RowsAffected() == 0 {
		err = errLost
	}
	return err
}

const ended = "finished = clock_timestamp(), worker = '', lease = null"

// fail ends a check for good.
func (s *Store) fail(ctx context.Context, db execer, c claim, p *store.Problem) error {
	problem, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return s.write(ctx, db, c, ended+", state = 'failed', problem = $3", string(problem))
}

// finish ends a check with what its run left in dir, all of it or nothing.
func (s *Store) finish(ctx context.Context, c claim, o store.Outcome, done, total int, dir string) error {
	names, err := filesIn(dir)
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		// The plan's row before the check's, as DeletePlan has them: each would
		// wait for the other.
		if err := s.cleared(ctx, tx, c); err != nil {
			return err
		}
		ids, sizes := make([]int64, len(names)), make([]int64, len(names))
		for i, name := range names {
			const next = "select nextval(pg_get_serial_sequence('service.artifact', 'id'))"
			if err := tx.QueryRow(ctx, next).Scan(&ids[i]); err != nil {
				return err
			}
			if sizes[i], err = putParts(ctx, tx, "artifact_part", "artifact", ids[i], filepath.Join(dir, name)); err != nil {
				return fmt.Errorf("artifact %s: %w", name, err)
			}
		}
		const set = ended + ", state = 'done', verdict = $3, base_version = $4, faces = $5, findings = $6, done = $7, total = $8, reservations = $9, bytes = $10, violations = $11"
		var bytes int64
		for _, n := range sizes {
			bytes += n
		}
		if err := s.write(ctx, tx, c, set, o.Verdict, o.BaseVersion, o.Faces, o.Findings, done, total, o.Reservations, bytes, append([]string{}, o.Violations...)); err != nil {
			return err
		}
		const insert = "insert into service.artifact (id, check_id, name, size) select id, $1, name, size from unnest($2::bigint[], $3::text[], $4::bigint[]) as a (id, name, size)"
		_, err := tx.Exec(ctx, insert, c.check.ID, ids, names, sizes)
		return err
	})
}

// filesIn names the files in a run's directory, with slashes, in order.
func filesIn(dir string) (names []string, err error) {
	err = fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			names = append(names, path)
		}
		return err
	})
	return names, err
}

// Artifact opens a file that the run of a done check left.
func (s *Store) Artifact(ctx context.Context, id, name string) (_ store.Artifact, err error) {
	defer s.unavailable(ctx, &err)
	if !store.IsArtifact(name) {
		return nil, store.ErrNotFound
	}
	var owner, size int64
	const query = "select id, size from service.artifact where check_id = $1 and name = $2"
	if err := s.pool.QueryRow(ctx, query, id, name).Scan(&owner, &size); errors.Is(err, pgx.ErrNoRows) {
		return nil, store.ErrNotFound
	} else if err != nil {
		return nil, err
	}
	return s.open(ctx, artifactPart, owner, size), nil
}
