package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"landcheck/api/store"
)

// querier is a pool or a transaction.
type querier interface {
	Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
}

// execer is a pool or a transaction, to write by.
type execer interface {
	Exec(ctx context.Context, query string, args ...any) (pgconn.CommandTag, error)
}

// one row, or store.ErrNotFound.
func one[T any](ctx context.Context, q querier, scan pgx.RowToFunc[T], query string, args ...any) (T, error) {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		var none T
		return none, err
	}
	row, err := pgx.CollectExactlyOneRow(rows, scan)
	if errors.Is(err, pgx.ErrNoRows) {
		err = store.ErrNotFound
	}
	return row, err
}

// all rows; none is an empty list.
func all[T any](ctx context.Context, q querier, scan pgx.RowToFunc[T], query string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

// limit of a page; nil is none.
func limit(q store.Query) *int {
	if q.Limit <= 0 {
		return nil
	}
	return &q.Limit
}

// state is the SQLSTATE of an error that the database told, "" of others.
func state(err error) string {
	var problem *pgconn.PgError
	if errors.As(err, &problem) {
		return problem.Code
	}
	return ""
}
