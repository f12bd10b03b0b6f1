package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"landcheck/api"
	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/geo/postgis"
)

// entrance is where a service listens. Before its store is there it says that
// it waits, to people and to probes.
type entrance struct {
	app      *app
	flags    *serviceFlags
	address  string // "" for none
	listener net.Listener
	leave    func() error // the waiting, where there is some
}

// open opens the service, for as long as --database-wait where its database is
// away: machines start before their databases. A wrong address, user, password
// or schema is said at once.
func (e *entrance) open(ctx context.Context) (s *service, err error) {
	until := time.Now().Add(e.flags.databaseWait)
	for pause := 250 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		s, err = e.flags.open(ctx)
		if e.flags.database == "" || !postgis.MayCome(err) || ctx.Err() != nil || !time.Now().Before(until) {
			break
		}
		e.flags.log.Warn("waiting for the database", "error", err, "again", pause.String(), "until", until.UTC().Format(time.RFC3339))
		if err := e.wait(ctx); err != nil {
			return nil, err
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
	if e.leave != nil {
		err = errors.Join(err, e.leave())
	}
	if err != nil && s != nil {
		err = errors.Join(err, s.close())
	}
	if err != nil && e.listener != nil {
		err = errors.Join(err, e.listener.Close())
	}
	return s, err
}

// stopped tells whether a service was told to stop while it waited, which is an
// end like another.
func (e *entrance) stopped(err error) bool { return e.leave != nil && errors.Is(err, context.Canceled) }

// wait says that the service waits, once.
func (e *entrance) wait(ctx context.Context) error {
	if e.leave != nil {
		return nil
	}
	e.leave = func() error { return nil }
	probes := geo.Text{ZH: "不监听", EN: "listening nowhere"}
	if l, err := e.listen(ctx); err != nil {
		return err
	} else if tcp, ok := l.(*net.TCPListener); ok {
		waiting, stop := context.WithCancel(ctx)
		done := guard.Go("waiting", func() error { return api.Wait(waiting, tcp, version, e.flags.log) })
		e.leave = func() error { stop(); return <-done }
		probes = geo.Textf("状态见 %[1]sreadyz", "see %[1]sreadyz", visit(l.Addr()))
	}
	_, err := fmt.Fprintln(e.app.stdout, geo.Textf("数据库现在不能用，本服务等它恢复，%[1]s", "the database cannot be used now; this service waits for it, %[2]s", probes.ZH, probes.EN).In(e.app.lang))
	return err
}

// listen takes the address; nil where there is none.
func (e *entrance) listen(ctx context.Context) (l net.Listener, err error) {
	if e.listener == nil && e.address != "" {
		e.listener, err = listenAt(ctx, "--listen", e.address)
	}
	return e.listener, err
}
