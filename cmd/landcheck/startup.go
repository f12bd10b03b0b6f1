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

// startup opens what a service works with and listens. Before its store is there
// it says that it waits, to people and to probes.
type startup struct {
	app         *app
	flags       *serviceFlags
	address     string // "" for none
	free        bool   // another port where that is taken
	listener    net.Listener
	stopWaiting func() error // the waiting, where there is some
}

// open opens the service; where its database is unavailable it tries for
// --database-wait: machines start before their databases. A wrong address, user,
// password or schema is said at once.
func (st *startup) open(ctx context.Context) (s *service, err error) {
	until := time.Now().Add(st.flags.databaseWait)
	for pause := 250 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		s, err = st.flags.open(ctx)
		if st.flags.database == "" || !postgis.MayCome(err) || ctx.Err() != nil || !time.Now().Before(until) {
			break
		}
		st.flags.log.Warn("waiting for the database", "error", err, "again", pause.String(), "until", until.UTC().Format(time.RFC3339))
		if err := st.wait(ctx); err != nil {
			return nil, err
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
	if st.stopWaiting != nil {
		err = errors.Join(err, st.stopWaiting())
	}
	if err != nil && s != nil {
		err = errors.Join(err, s.close())
	}
	if err != nil && st.listener != nil {
		err = errors.Join(err, st.listener.Close())
	}
	return s, err
}

// stopped tells whether a service was told to stop while it waited, which is an
// end like another.
func (st *startup) stopped(err error) bool {
	return st.stopWaiting != nil && errors.Is(err, context.Canceled)
}

// wait says that the service waits, once.
func (st *startup) wait(ctx context.Context) error {
	if st.stopWaiting != nil {
		return nil
	}
	st.stopWaiting = func() error { return nil }
	probes := geo.Text{ZH: "不监听", EN: "listening nowhere"}
	if l, err := st.listen(ctx); err != nil {
		return err
	} else if tcp, ok := l.(*net.TCPListener); ok {
		waiting, stop := context.WithCancel(ctx)
		done := guard.Go("waiting", func() error { return api.Wait(waiting, tcp, version, st.flags.log) })
		st.stopWaiting = func() error { stop(); return <-done }
		probes = geo.Textf("状态见 %[1]sreadyz", "see %[1]sreadyz", browserURL(l.Addr()))
	}
	_, err := fmt.Fprintln(st.app.stdout, geo.Textf("数据库现在不能用，本服务等它恢复，%[1]s", "the database cannot be used now; this service waits for it, %[2]s", probes.ZH, probes.EN).In(st.app.lang))
	return err
}

// listen takes the address; nil where there is none.
func (st *startup) listen(ctx context.Context) (l net.Listener, err error) {
	if st.listener == nil && st.address != "" {
		st.listener, err = listenAt(ctx, "--listen", st.address)
		if st.free && errors.Is(err, addressInUse) {
			st.listener, err = listenAt(ctx, "--listen", "127.0.0.1:0")
		}
	}
	return st.listener, err
}
