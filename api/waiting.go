package api

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"landcheck/geo/guard"
	"landcheck/geo/transient"

	"github.com/labstack/echo/v4"
)

// errNoStoreYet is what every request meets before the store is there.
var errNoStoreYet = transient.Mark(errors.New("the store is not there yet"))

// Wait answers for a service whose store is not there yet, until ctx is done: it
// lives, it is not ready, and whatever else is asked is to be asked again. The
// listener stays open, for Serve to go on with.
func Wait(ctx context.Context, l *net.TCPListener, version string, log *slog.Logger) error {
	s := &Server{Config: Config{Version: version, Log: log}}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.answer
	e.Use(s.headers, s.recover())
	e.GET("/healthz", s.health)
	e.GET("/readyz", func(c echo.Context) error {
		return c.JSON(http.StatusServiceUnavailable, readiness{Status: "unavailable", Version: version, Store: "unreachable", Schema: "unknown", Queue: "unknown"})
	})
	e.Any("/*", func(echo.Context) error { return errNoStoreYet })
	server := &http.Server{Handler: e, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	server.SetKeepAlivesEnabled(false) // who asks again meets whoever answers by then
	done := guard.Go("answering while there is no store", func() error { return server.Serve(sharedListener{l}) })
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	err := server.Shutdown(ending)
	if closed := <-done; !errors.Is(closed, http.ErrServerClosed) {
		err = errors.Join(err, closed)
	}
	return errors.Join(err, l.SetDeadline(time.Time{}))
}

// sharedListener is a listener that stays open when its server closes it: it only stops
// accepting.
type sharedListener struct{ *net.TCPListener }

// Close implements net.Listener.
func (l sharedListener) Close() error { return l.SetDeadline(time.Unix(1, 0)) }
