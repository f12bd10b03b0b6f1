package postgis

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/singleflight"

	"landcheck/geo"
)

// DB is base data in one database. It is safe for concurrent use.
type DB struct {
	pool  *pgxpool.Pool
	name  string // for people, without the password
	ready atomic.Bool

	asking singleflight.Group // of other servers, by county
	pooled atomic.Bool        // a connection pooler stands before the database
}

// IsURL tells a database from a path.
func IsURL(s string) bool {
	return strings.HasPrefix(s, "postgres://") || strings.HasPrefix(s, "postgresql://")
}

// connectFor is how long a connection may take to be made, unless the URL says.
const connectFor = 10 * time.Second

// Open connects to a database by its URL. One that cannot be reached is a
// *geo.InputError; no error ever shows the password. Close it.
func Open(ctx context.Context, url string) (*DB, error) { return open(ctx, url, 0, fewConnections) }

// OpenService is Open for a service, which answers many at a time.
func OpenService(ctx context.Context, url string) (*DB, error) {
	return open(ctx, url, 0, ServiceConnections)
}

// OpenPatient is Open for a reader who does not wait for ever: a statement that
// waits for a lock for so long, and a connection to a database that answers
// nobody for so long, end with an error that transient.Is knows. A lock_timeout in
// the URL goes before. How long a query takes has no limit here.
func OpenPatient(ctx context.Context, url string, patience time.Duration) (*DB, error) {
	return open(ctx, url, patience, fewConnections)
}

func open(ctx context.Context, url string, patience time.Duration, most int32) (*DB, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		// The parser's own message may quote the URL.
		return nil, &geo.InputError{File: Redacted(url),
			Message: geo.Text{ZH: "数据库地址有误", EN: "this is not the URL of a database"},
			Advice: geo.Text{ZH: "请写成 postgres://用户:密码@主机:5432/数据库",
				EN: "Write it as postgres://user:password@host:5432/database"}}
	}
	if config.ConnConfig.ConnectTimeout == 0 { // an address that nobody answers at
		config.ConnConfig.ConnectTimeout = connectFor
	}
	config.ConnConfig.DialFunc = dialer().DialContext
	db := &DB{name: Redacted(url)}
	if patience > 0 {
		watch(config.ConnConfig, patience)
	}
	limit(config, url, most)
	db.prepare(config, patience)
	if db.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, fmt.Errorf("database %s: %w", db.name, err)
	}
	if err := db.pool.Ping(ctx); err != nil {
		db.pool.Close()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		why, advice := reason(err)
		return nil, &geo.InputError{File: db.name, Err: Unavailable(ctx, err), Advice: advice,
			Message: geo.Textf("连接不上数据库：%[1]s", "the database cannot be reached: %[2]s", why.ZH, why.EN)}
	}
	if err := db.sessions(ctx); err != nil {
		db.pool.Close()
		return nil, err
	}
	return db, nil
}

// Close waits for readers and closes the connections.
func (db *DB) Close() { db.pool.Close() }

// Pool is the connections, for others who keep things in the same database.
func (db *DB) Pool() *pgxpool.Pool { return db.pool }

// Name names the database for people: its URL without the password.
func (db *DB) Name() string { return db.name }

// Redacted is a database's URL without what nobody should see; scheme, user,
// host and database stay, so that it can still be used where no password is
// asked for or the environment holds it.
func Redacted(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme == "" {
		scheme, _, _ := strings.Cut(s, "://")
		if !IsURL(s) {
			scheme = "postgres"
		}
		return scheme + "://…"
	}
	shown := u.Scheme + "://"
	if name := u.User.Username(); name != "" {
		shown += url.User(name).String() + "@"
	}
	if h, p, err := net.SplitHostPort(u.Host); err == nil && p == "5432" && !strings.Contains(h, ":") { // of IPv6 it stays, with the brackets
		u.Host = h
	}
	shown += u.Host + u.EscapedPath()
	mark := "?"
	for _, key := range []string{"host", "port", "user"} {
		if v := u.Query().Get(key); v != "" {
			shown += mark + key + "=" + strings.ReplaceAll(url.QueryEscape(v), "%2F", "/")
			mark = "&"
		}
	}
	return shown
}
