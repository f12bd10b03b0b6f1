package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
)

const ledgerColumns = "county, code, name, check_id, plan_id, digest, moves, entered, by_whom"

func scanLedgerEntry(row pgx.CollectableRow) (p store.LedgerEntry, err error) {
	var moves []byte
	err = row.Scan(&p.County, &p.Code, &p.Name, &p.Check, &p.Plan, &p.Digest, &moves, &p.Entered, &p.By)
	p.Entered = p.Entered.UTC()
	return p, errors.Join(err, decodeMoves(moves, &p))
}

func decodeMoves(moves []byte, p *store.LedgerEntry) error {
	if moves == nil {
		return nil // the row was not read
	}
	return json.Unmarshal(moves, &p.Moves)
}

// EnterLedger keeps a project in its county's ledger. Two at a time: the second
// waits for the first, and replaces it where it says something else.
func (s *Store) EnterLedger(ctx context.Context, p store.LedgerEntry, trail ...store.Entry) (kept store.LedgerEntry, entered bool, err error) {
	defer s.unavailable(ctx, &err)
	if p.Entered.IsZero() {
		p.Entered = time.Now()
	}
	moves, err := json.Marshal(p.Moves)
	if err != nil {
		return store.LedgerEntry{}, false, err
	}
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		const insert = "insert into service.township_ledger (" + ledgerColumns + ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (county, code) do nothing"
		tag, err := tx.Exec(ctx, insert, p.County, p.Code, p.Name, p.Check, p.Plan, p.Digest, moves, p.Entered, p.By)
		if err != nil {
			return err
		}
		const held = "select " + ledgerColumns + " from service.township_ledger where county = $1 and code = $2 for update"
		if kept, err = one(ctx, tx, scanLedgerEntry, held, p.County, p.Code); err != nil {
			return err
		}
		if entered = tag.RowsAffected() == 1; !entered && kept.Says(p) {
			return nil
		}
		if !entered {
			const update = `update service.township_ledger set name = $3, check_id = $4, plan_id = $5, digest = $6, moves = $7, entered = $8, by_whom = $9
				where county = $1 and code = $2 returning ` + ledgerColumns
			if kept, err = one(ctx, tx, scanLedgerEntry, update, p.County, p.Code, p.Name, p.Check, p.Plan, p.Digest, moves, p.Entered, p.By); err != nil {
				return err
			}
			entered = true
		}
		return record(ctx, tx, trail...)
	})
	return kept, entered, err
}

// RemoveFromLedger takes a project out of its county's ledger.
func (s *Store) RemoveFromLedger(ctx context.Context, county, code string, trail ...store.Entry) (err error) {
	defer s.unavailable(ctx, &err)
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, "delete from service.township_ledger where county = $1 and code = $2", county, code)
		if err == nil && tag.RowsAffected() == 0 {
			err = store.ErrNotFound
		}
		if err != nil {
			return err
		}
		return record(ctx, tx, trail...)
	})
}

// LedgerEntries of a county, by code of the project.
func (s *Store) LedgerEntries(ctx context.Context, county string) (entries []store.LedgerEntry, err error) {
	defer s.unavailable(ctx, &err)
	return all(ctx, s.pool, scanLedgerEntry, "select "+ledgerColumns+` from service.township_ledger where county = $1 order by code collate "C"`, county)
}
