package postgres

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
)

// pollEvery is how often watched checks are read without being told to, in
// case a notification was lost or none can be had.
const pollEvery = 2 * time.Second

// listen marks checks as the database tells of them, until ctx is done.
func (h *hub) listen(ctx context.Context) {
	for ctx.Err() == nil {
		if err := h.listenOnce(ctx); err != nil && ctx.Err() == nil {
			h.store.o.Log.WarnContext(ctx, "not listening to the database for now", "error", err)
		}
		pause(ctx, time.Second)
	}
}

// listenOnce listens for as long as the connection lives.
func (h *hub) listenOnce(ctx context.Context) error {
	config := h.store.pool.Config().ConnConfig
	config.BuildContextWatcherHandler = hangUp
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		conn.Close(ctx)
	}()
	if _, err := conn.Exec(ctx, "listen landcheck_check"); err != nil {
		return err
	}
	h.markAll()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		h.markOne(n.Payload)
	}
}

// hangUp ends what waits on a connection at once, without the request to the
// server and the seconds of grace that the base data's connections have for
// their queries: who waits for a notification has nothing to cancel.
func hangUp(c *pgconn.PgConn) ctxwatch.Handler {
	return &pgconn.DeadlineContextWatcherHandler{Conn: c.Conn()}
}

// read reads marked checks and delivers them, until ctx is done.
func (h *hub) read(ctx context.Context) {
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-poll.C:
			h.markAll()
		case <-h.wake:
		}
		changed := h.take()
		if len(changed) == 0 {
			continue
		}
		ids := slices.Sorted(maps.Keys(changed))
		checks, err := all(ctx, h.store.pool, scanCheck, "select "+checkColumns+" from service.check_run where id = any($1)", ids)
		if err != nil {
			if ctx.Err() == nil {
				h.store.o.Log.WarnContext(ctx, "watched checks cannot be read for now", "error", err)
			}
			continue // the poll marks them again
		}
		for _, c := range checks {
			h.deliver(c, changed[c.ID])
			delete(changed, c.ID)
		}
		for id, watchers := range changed { // deleted
			h.dismiss(id, watchers)
		}
	}
}

// pause waits, or until ctx is done.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
