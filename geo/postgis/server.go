package postgis

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"landcheck/geo"
	"landcheck/geo/transient"
)

// Place says where the features of a county lie.
type Place struct {
	County  string
	Server  string // as server.sql named it; "" for this database
	Address string // host:port of the server, "" for this database
}

// Places are those of all counties with base data, by code. No other server is
// asked.
func (db *DB) Places(ctx context.Context) ([]Place, error) {
	if err := db.Ready(ctx); err != nil {
		return nil, err
	}
	rows, err := db.pool.Query(ctx, "select county, coalesce(server, ''), coalesce(address, '') from base.county_server")
	if err != nil {
		return nil, db.failed(ctx, "places", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Place])
	return all, db.failed(ctx, "places", err)
}

// querier is a pool, a connection or a transaction.
type querier interface {
	Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) pgx.Row
}

// serverOf is the server on which a county's features lie, "" for this database.
func serverOf(ctx context.Context, q querier, county string) (server string, err error) {
	err = q.QueryRow(ctx, `select s.srvname from pg_class c join pg_foreign_table t on t.ftrelid = c.oid
		join pg_foreign_server s on s.oid = t.ftserver
		where c.relnamespace = 'base'::regnamespace and c.relname = $1`, "feature_"+county).Scan(&server)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return server, err
}

// ofCounty reads a county's datasets, oldest first, as the server has them on
// which its features lie: what was loaded there is current here at once.
func (db *DB) ofCounty(ctx context.Context, county string) ([]stored, error) {
	server, err := serverOf(ctx, db.pool, county)
	if err != nil {
		return nil, db.failed(ctx, "datasets", err)
	}
	if server == "" {
		return db.datasets(ctx, "base.dataset", "where d.county = $1 order by d.id", county)
	}
	return db.asked(ctx, county, server)
}

// askServerFor is how long another server may take to say what it has.
const askServerFor = 10 * time.Second

// asked reads the datasets of a county on another server. Who asks at the same
// time shares one connection: of a server that answers nobody, more would wait
// than other counties can spare.
func (db *DB) asked(ctx context.Context, county, server string) ([]stored, error) {
	all, err, _ := db.asking.Do(county, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askServerFor)
		defer cancel()
		all, err := db.datasets(ctx, "base.remote_dataset_"+county, "order by d.id")
		for i := range all {
			all[i].server = server
		}
		return all, db.elsewhere(county, server, Unavailable(context.WithoutCancel(ctx), err))
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return all.([]stored), err
}

// elsewhere is the error of a reading of a county on another server: where that
// one is the cause, it says which. Others are not concerned.
func (db *DB) elsewhere(county, server string, err error) error {
	if server == "" || !byServer(err) {
		return err
	}
	why, advice := reason(err)
	return transient.Mark(&geo.InputError{File: db.name, Err: err, Wants: geo.ServerInput,
		Message: geo.Textf("旗县 %[1]s 的底图在服务器 %[2]s 上，该服务器现在不能用，没有作出结论：%[3]s",
			"the base data of county %[1]s is on server %[2]s, which cannot be used now, no verdict was given: %[4]s", county, server, why.ZH, why.EN),
		Advice: advice})
}

// byServer tells whether an error comes from another server, of which this one
// tells: it cannot be connected to, or it failed while it was asked.
func byServer(err error) bool {
	var said *pgconn.PgError
	switch {
	case errors.As(err, &said):
		return strings.HasPrefix(said.Code, "08") || transient.IsState(said.Code) && said.Where != ""
	default:
		return errors.Is(err, context.DeadlineExceeded)
	}
}
