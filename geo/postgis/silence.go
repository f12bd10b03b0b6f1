package postgis

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/sync/singleflight"

	"landcheck/geo/transient"
)

// errSilent is how a read ends whose database answers nobody.
var errSilent = transient.Mark(errors.New("the database no longer answers"))

// answering is a connection that does not wait for a database which has stopped
// to answer: its machine may acknowledge every packet, so that the system notices
// nothing, and the program behind hang. A long query is silent too; whether it is
// that is asked of the database by a connection of its own.
type answering struct {
	net.Conn
	after time.Duration // of silence before it is asked
	alive func() bool
	reads atomic.Int64 // begun and ended: odd while one waits
	gone  atomic.Bool
}

func (a *answering) Read(b []byte) (int, error) {
	turn := a.reads.Add(1)
	timer := time.AfterFunc(a.after, func() { a.look(turn) })
	n, err := a.Conn.Read(b)
	timer.Stop()
	a.reads.Add(1)
	if err != nil && a.gone.Load() {
		err = errSilent
	}
	return n, err
}

// watch has the connections that a configuration makes ask after their database.
func watch(config *pgx.ConnConfig, after time.Duration) {
	dial := config.DialFunc
	ask := &prober{config: config.Copy(), most: min(after, askFor)}
	config.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &answering{Conn: conn, after: after, alive: ask.alive}, nil
	}
}

// look asks after the database for as long as one read waits.
func (a *answering) look(turn int64) {
	if a.reads.Load() != turn {
		return
	}
	alive := a.alive()
	switch {
	case a.reads.Load() != turn: // something came meanwhile
	case alive:
		time.AfterFunc(a.after, func() { a.look(turn) })
	default:
		a.gone.Store(true)
		a.Conn.Close()
	}
}

// askFor is how long a database may take to answer whoever asks whether it does.
const askFor = 10 * time.Second

// prober asks a database whether it answers, once for all who want to know.
type prober struct {
	config *pgx.ConnConfig
	most   time.Duration
	asking singleflight.Group
}

// alive is false only where nothing at all comes back: one that has no place for
// another connection, or refuses it, has answered.
func (p *prober) alive() bool {
	alive, _, _ := p.asking.Do("", func() (any, error) {
		ctx, cancel := context.WithTimeout(context.Background(), p.most)
		defer cancel()
		conn, err := pgx.ConnectConfig(ctx, p.config)
		if err == nil {
			err = conn.Ping(ctx)
			conn.Close(ctx)
		}
		var said *pgconn.PgError
		return err == nil || errors.As(err, &said) || ctx.Err() == nil, nil
	})
	return alive.(bool)
}
