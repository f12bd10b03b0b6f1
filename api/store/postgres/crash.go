package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
	"landcheck/geo"
)

// crashed counts a run that ended its process against its plan, and fails the
// check or has it tried again, after that long.
func (s *Store) crashed(ctx context.Context, c claim, cause error) (again time.Duration, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		again = 0
		var n int
		const count = "update service.plan set crashes = crashes + 1 where id = $1 returning crashes"
		if err := tx.QueryRow(ctx, count, c.check.Plan).Scan(&n); errors.Is(err, pgx.ErrNoRows) {
			return errLost // the plan was deleted, and the check with it
		} else if err != nil {
			return err
		}
		end := store.Crashed(cause, n)
		if _, inputErr := geo.AsInputError(end); inputErr || c.check.Attempt >= store.MaxAttempts {
			return s.fail(ctx, tx, c, store.ProblemOf(end))
		}
		again = retryAfter << (c.check.Attempt - 1)
		return s.retry(ctx, tx, c, again)
	})
	return again, err
}

// cleared forgets what a plan did before a run of it was done.
func (s *Store) cleared(ctx context.Context, db execer, c claim) error {
	_, err := db.Exec(ctx, "update service.plan set crashes = 0 where id = $1 and crashes > 0 and crashes < $2", c.check.Plan, store.MaxCrashes)
	return err
}
