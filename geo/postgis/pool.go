package postgis

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"landcheck/geo"
)

// Connections that a process makes at most, unless the URL says pool_max_conns.
// Each costs a process of the server, and many programs share one.
const (
	fewConnections     = 4 // a command, or one check
	ServiceConnections = 8 // a service's requests
)

// limit sets how many connections a pool has at most.
func limit(config *pgxpool.Config, address string, most int32) {
	if u, err := url.Parse(address); err == nil && u.Query().Has("pool_max_conns") {
		return
	}
	config.MaxConns = max(most, config.MinConns)
}

// prepare has each connection set up in one statement, and notes whether a
// connection pooler such as pgbouncer stands before the database: it tells another
// process number than the server's own.
func (db *DB) prepare(config *pgxpool.Config, patience time.Duration) {
	lock := "" // as the server has it, or the URL
	if _, said := config.ConnConfig.RuntimeParams["lock_timeout"]; !said && patience > 0 {
		lock = strconv.FormatInt(max(patience.Milliseconds(), 1), 10)
	}
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		// Compiling these queries (jit) takes longer than they do.
		const statement = `select pg_backend_pid(), set_config('jit', 'off', false),
			set_config('lock_timeout', coalesce(nullif($1, ''), current_setting('lock_timeout')), false)`
		var pid uint32
		rows, err := c.Query(ctx, statement, pgx.QueryExecModeExec, lock)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			values := rows.RawValues()
			n, err := strconv.ParseUint(string(values[0]), 10, 32)
			if err != nil {
				return err
			}
			pid = uint32(n)
		}
		if pid != 0 && pid != c.PgConn().PID() {
			db.pooled.Store(true)
		}
		return rows.Err()
	}
}

// poolerFor is how long another connection may take to be had of a pooler.
const poolerFor = 5 * time.Second

// sessions refuses a pooler that gives one server connection to several clients in
// turn: locks, settings, notifications and prepared statements of one would meet
// those of another, and a query be answered with another's rows.
func (db *DB) sessions(ctx context.Context) error {
	if !db.pooled.Load() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, poolerFor)
	defer cancel()
	shared, err := db.shared(ctx)
	var said *pgconn.PgError
	var connecting *pgconn.ConnectError // no place for a connection, for instance
	if err != nil && (!errors.As(err, &said) || errors.As(err, &connecting)) || err == nil && !shared {
		return nil // whether it can be used at all shows with the first question
	}
	return &geo.InputError{File: db.name, // without err, which looks transient
		Message: geo.Text{ZH: "数据库前面的连接池（如 pgbouncer）不是会话模式", EN: "the connection pooler before the database (such as pgbouncer) is not in session mode"},
		Advice:  geo.Text{ZH: "请为该数据库设 pool_mode = session，或直接连接数据库", EN: "Set pool_mode = session for this database, or connect to the database itself"}}
}

// shared tells whether two clients meet on one connection of the server.
func (db *DB) shared(ctx context.Context) (bool, error) {
	const who = "select pg_backend_pid()"
	var first, second, again int32
	one, err := pgx.ConnectConfig(ctx, db.pool.Config().ConnConfig)
	if err != nil {
		return false, err
	}
	defer one.Close(context.WithoutCancel(ctx))
	other, err := pgx.ConnectConfig(ctx, db.pool.Config().ConnConfig)
	if err != nil {
		return false, err
	}
	defer other.Close(context.WithoutCancel(ctx))
	if err := one.QueryRow(ctx, who, pgx.QueryExecModeSimpleProtocol).Scan(&first); err != nil {
		return false, err
	}
	tx, err := other.Begin(ctx) // which keeps its connection until the end
	if err != nil {
		return false, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	if err := tx.QueryRow(ctx, who, pgx.QueryExecModeSimpleProtocol).Scan(&second); err != nil {
		return false, err
	}
	if err := one.QueryRow(ctx, who, pgx.QueryExecModeSimpleProtocol).Scan(&again); err != nil {
		return false, err
	}
	return first == second || first != again, nil
}
