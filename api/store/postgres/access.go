package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
)

const tokenColumns = "id, name, hash, role, prefix, created, expires, revoked"

func scanToken(row pgx.CollectableRow) (t store.Token, err error) {
	err = row.Scan(&t.ID, &t.Name, &t.Hash, &t.Role, &t.Prefix, &t.Created, &t.Expires, &t.Revoked)
	t.Created, t.Expires, t.Revoked = t.Created.UTC(), utc(t.Expires), utc(t.Revoked)
	return t, err
}

// AddToken keeps a token; store.ErrConflict where its id or hash is not new.
func (s *Store) AddToken(ctx context.Context, t store.Token) (err error) {
	defer s.unavailable(ctx, &err)
	if t.Created.IsZero() {
		t.Created = time.Now()
	}
	const insert = "insert into service.token (" + tokenColumns + ") values ($1, $2, $3, $4, $5, $6, $7, $8)"
	_, err = s.pool.Exec(ctx, insert, t.ID, t.Name, t.Hash, t.Role, t.Prefix, t.Created, t.Expires, t.Revoked)
	if state(err) == "23505" { // unique_violation
		return store.ErrConflict
	}
	return err
}

// TokenByHash finds a token that is valid now, by this machine's clock.
func (s *Store) TokenByHash(ctx context.Context, hash string) (t store.Token, err error) {
	defer s.unavailable(ctx, &err)
	t, err = one(ctx, s.pool, scanToken, "select "+tokenColumns+" from service.token where hash = $1", hash)
	if err == nil && !t.Valid(time.Now()) {
		return store.Token{}, store.ErrNotFound
	}
	return t, err
}

// ListTokens gives all tokens, newest first.
func (s *Store) ListTokens(ctx context.Context) (tokens []store.Token, err error) {
	defer s.unavailable(ctx, &err)
	return all(ctx, s.pool, scanToken, "select "+tokenColumns+" from service.token order by created desc, id desc")
}

// RevokeToken ends a token now, unless it was ended before.
func (s *Store) RevokeToken(ctx context.Context, id string) (err error) {
	defer s.unavailable(ctx, &err)
	const update = "update service.token set revoked = coalesce(revoked, clock_timestamp()) where id = $1"
	tag, err := s.pool.Exec(ctx, update, id)
	if err == nil && tag.RowsAffected() == 0 {
		err = store.ErrNotFound
	}
	return err
}

const entryColumns = "id, time, who, what, object, county, digest, request, reason"

func scanEntry(row pgx.CollectableRow) (e store.Entry, err error) {
	err = row.Scan(&e.ID, &e.Time, &e.Who, &e.What, &e.Object, &e.County, &e.Digest, &e.Request, &e.Reason)
	e.Time = e.Time.UTC()
	return e, err
}

// Record adds an entry to the audit trail.
func (s *Store) Record(ctx context.Context, e store.Entry) (err error) {
	defer s.unavailable(ctx, &err)
	return record(ctx, s.pool, e)
}

// record adds entries to the audit trail, in a transaction for instance.
func record(ctx context.Context, db execer, entries ...store.Entry) error {
	for _, e := range entries {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		if e.Time.IsZero() {
			e.Time = time.Now()
		}
		const insert = "insert into service.audit (" + entryColumns + ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
		if _, err = db.Exec(ctx, insert, id.String(), e.Time, e.Who, e.What, e.Object, e.County, e.Digest, e.Request, e.Reason); err != nil {
			return err
		}
	}
	return nil
}

// Entries of the audit trail, the last that was written first.
func (s *Store) Entries(ctx context.Context, q store.Query) (page []store.Entry, err error) {
	defer s.unavailable(ctx, &err)
	const query = "select " + entryColumns + ` from service.audit
		where starts_with(county, $1) and ($2 = '' or county = $2) and ($3 = '' or id < $3)
		order by id desc limit $4`
	return all(ctx, s.pool, scanEntry, query, q.Prefix, q.County, q.After, limit(q))
}
