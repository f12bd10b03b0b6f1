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

func scanDecision(row pgx.CollectableRow) (d store.Decision, err error) {
	var body, withdrawn []byte
	if err = row.Scan(&body, &withdrawn); err != nil || body == nil {
		return d, err
	}
	if err = json.Unmarshal(body, &d); err == nil && withdrawn != nil {
		err = json.Unmarshal(withdrawn, &d.Withdrawn)
	}
	return d, err
}

const decisionQuery = "select body, withdrawn from service.decision where "

// decisionsOn are those on a check, whose row is held until the end of the
// transaction: of two who decide at a time the second finds what the first decided.
func decisionsOn(ctx context.Context, tx pgx.Tx, check string) (c store.Check, project string, decisions []store.Decision, err error) {
	const held = "select " + checkColumns + " from service.check_run where id = $1 for update"
	if c, err = one(ctx, tx, scanCheck, held, check); err != nil {
		return c, "", nil, err
	}
	if err = tx.QueryRow(ctx, "select project from service.plan where id = $1", c.Plan).Scan(&project); err != nil {
		return c, "", nil, err
	}
	decisions, err = all(ctx, tx, scanDecision, decisionQuery+"check_id = $1 order by id", check)
	return c, project, decisions, err
}

// Decide keeps a decision on a check that is done.
func (s *Store) Decide(ctx context.Context, d store.Decision, trail ...store.Entry) (kept store.Decision, created bool, err error) {
	defer s.unavailable(ctx, &err)
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		c, project, earlier, err := decisionsOn(ctx, tx, d.Check)
		if err != nil {
			return err
		}
		if c.State != store.Done {
			return store.ErrNotFound
		}
		if stands := store.StandingOf(earlier); stands != nil {
			if kept = *stands; !stands.Says(d.Decision) {
				return store.ErrDecided
			}
			return putLedger(ctx, tx, stands.Entered)
		}
		if err := complete(&d, c, project); err != nil {
			return err
		}
		body, err := json.Marshal(d)
		if err != nil {
			return err
		}
		const insert = "insert into service.decision (id, check_id, county, project, body) values ($1, $2, $3, $4, $5)"
		if _, err := tx.Exec(ctx, insert, d.ID, d.Check, d.County, d.Project, body); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "update service.check_run set decision = $2 where id = $1", d.Check, d.Kind); err != nil {
			return err
		}
		if err := putLedger(ctx, tx, d.Entered); err != nil {
			return err
		}
		kept, created = d, true
		return record(ctx, tx, trail...)
	})
	return kept, created, err
}

// complete says of a decision what the store has to say.
func complete(d *store.Decision, c store.Check, project string) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	d.ID, d.Plan, d.County, d.Project, d.Withdrawn = id.String(), c.Plan, c.County, project, nil
	if d.Made.IsZero() {
		d.Made = time.Now()
	}
	d.Made = d.Made.UTC().Truncate(time.Microsecond)
	if d.Entered != nil {
		entered := *d.Entered
		if entered.Entered.IsZero() {
			entered.Entered = d.Made
		}
		d.Entered = &entered
	}
	return nil
}

// putLedger has an entry in its county's ledger; nil changes nothing.
func putLedger(ctx context.Context, tx pgx.Tx, p *store.LedgerEntry) error {
	if p == nil {
		return nil
	}
	moves, err := json.Marshal(p.Moves)
	if err != nil {
		return err
	}
	const put = "insert into service.township_ledger (" + ledgerColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (county, code) do update
		set name = excluded.name, check_id = excluded.check_id, plan_id = excluded.plan_id, digest = excluded.digest,
			moves = excluded.moves, entered = excluded.entered, by_whom = excluded.by_whom`
	_, err = tx.Exec(ctx, put, p.County, p.Code, p.Name, p.Check, p.Plan, p.Digest, moves, p.Entered, p.By)
	return err
}

// Withdraw ends the decision that stands.
func (s *Store) Withdraw(ctx context.Context, check string, w store.Withdrawal, trail ...store.Entry) (d store.Decision, err error) {
	defer s.unavailable(ctx, &err)
	if w.Time.IsZero() {
		w.Time = time.Now()
	}
	w.Time = w.Time.UTC().Truncate(time.Microsecond)
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		_, _, earlier, err := decisionsOn(ctx, tx, check)
		if err != nil {
			return err
		}
		stands := store.StandingOf(earlier)
		if stands == nil {
			return store.ErrNotFound
		}
		body, err := json.Marshal(w)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "update service.decision set withdrawn = $2 where id = $1", stands.ID, body); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "update service.check_run set decision = '' where id = $1", check); err != nil {
			return err
		}
		if err := takeOut(ctx, tx, *stands); err != nil {
			return err
		}
		d = *stands
		d.Withdrawn = &w
		return record(ctx, tx, trail...)
	})
	return d, err
}

// takeOut has the ledger without what a decision entered, unless that is another
// version's by now, or an officer's own figures.
func takeOut(ctx context.Context, tx pgx.Tx, d store.Decision) error {
	if d.Entered == nil {
		return nil
	}
	of, err := one(ctx, tx, pgx.RowTo[string], "select check_id from service.township_ledger where county = $1 and code = $2 for update", d.County, d.Entered.Code)
	if errors.Is(err, store.ErrNotFound) || err == nil && of != d.Check {
		return nil
	}
	if err != nil {
		return err
	}
	others, err := all(ctx, tx, scanDecision, decisionQuery+"county = $1 and project = $2 order by id", d.County, d.Project)
	if err != nil {
		return err
	}
	if before := store.EnteredBefore(others, d.ID); before != nil {
		return putLedger(ctx, tx, before)
	}
	_, err = tx.Exec(ctx, "delete from service.township_ledger where county = $1 and code = $2", d.County, d.Entered.Code)
	return err
}

// Decisions on a check, the oldest first.
func (s *Store) Decisions(ctx context.Context, check string) (decisions []store.Decision, err error) {
	defer s.unavailable(ctx, &err)
	if _, err := s.Check(ctx, check); err != nil {
		return nil, err
	}
	return all(ctx, s.pool, scanDecision, decisionQuery+"check_id = $1 order by id", check)
}

// ProjectDecisions are those on all checks of a project, the oldest first.
func (s *Store) ProjectDecisions(ctx context.Context, county, project string) (decisions []store.Decision, err error) {
	defer s.unavailable(ctx, &err)
	return all(ctx, s.pool, scanDecision, decisionQuery+"county = $1 and project = $2 order by id", county, project)
}
