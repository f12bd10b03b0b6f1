package api

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"landcheck/api/access"
	"landcheck/api/store"
	"landcheck/geo/guard"

	"github.com/labstack/echo/v4"
)

// recheck is how often the tokens of requests that last are looked at again.
const recheck = 2 * time.Second

// sessions ends requests that last, streams, waits and transfers, when their
// token is revoked or expires. It asks for each token once, however many
// requests it has, and only while there are any.
type sessions struct {
	valid func(ctx context.Context, digest string) error
	mutex sync.Mutex
	open  map[string]map[*session]struct{} // by digest of the token
	stop  chan struct{}                    // ends the looking; nil while nobody looks
}

// session is one request.
type session struct{ end context.CancelCauseFunc }

func newSessions(tokens store.Tokens) *sessions {
	return &sessions{open: map[string]map[*session]struct{}{}, valid: func(ctx context.Context, digest string) error {
		_, err := tokens.TokenByHash(ctx, digest)
		return err
	}}
}

// enter has a request end with its token; leave is for when it ends by itself.
func (s *sessions) enter(digest string, end context.CancelCauseFunc) (leave func()) {
	one := &session{end}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.open[digest] == nil {
		s.open[digest] = map[*session]struct{}{}
	}
	s.open[digest][one] = struct{}{}
	if s.stop == nil {
		stop := make(chan struct{})
		s.stop = stop
		_ = guard.Go("looking at tokens", func() error { s.look(stop); return nil })
	}
	return func() {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		if delete(s.open[digest], one); len(s.open[digest]) == 0 {
			delete(s.open, digest)
		}
		if len(s.open) == 0 && s.stop != nil {
			close(s.stop)
			s.stop = nil
		}
	}
}

func (s *sessions) look(stop chan struct{}) {
	tick := time.NewTicker(recheck)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
		}
		for _, digest := range s.digests() {
			ctx, cancel := context.WithTimeout(context.Background(), recheck)
			err := s.valid(ctx, digest)
			cancel()
			if errors.Is(err, store.ErrNotFound) { // what else goes wrong is no revocation
				s.end(digest)
			}
		}
	}
}

func (s *sessions) digests() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	all := make([]string, 0, len(s.open))
	for digest := range s.open {
		all = append(all, digest)
	}
	return all
}

func (s *sessions) end(digest string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for one := range s.open[digest] {
		one.end(errNoToken)
	}
}

// whileValid ends a request that lasts with the token that it came by.
func (s *Server) whileValid(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		in, r := access.Who(c), c.Request()
		ctx, end := context.WithCancelCause(r.Context())
		defer end(nil)
		if !in.Until.IsZero() {
			var cancel context.CancelFunc
			ctx, cancel = context.WithDeadlineCause(ctx, in.Until, errNoToken)
			defer cancel()
		}
		if in.Digest != "" {
			defer s.sessions.enter(in.Digest, end)()
		}
		control := http.NewResponseController(c.Response().Writer)
		cut := make(chan struct{})
		over := context.AfterFunc(ctx, func() {
			defer close(cut)
			if tokenEnded(ctx) { // what waits for the other side waits no more
				_ = control.SetReadDeadline(time.Now())
				_ = control.SetWriteDeadline(time.Now())
			}
		})
		defer over()
		c.SetRequest(r.WithContext(ctx))
		err := next(c)
		if !over() {
			<-cut // else it could cut short what is said here as well
		}
		if tokenEnded(ctx) && !c.Response().Committed {
			_ = control.SetWriteDeadline(time.Now().Add(finalWriteTime))
			return errNoToken
		}
		return err
	}
}

// tokenEnded tells whether a request ended with its token.
func tokenEnded(ctx context.Context) bool { return errors.Is(context.Cause(ctx), errNoToken) }
