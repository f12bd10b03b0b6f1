// Package api is the service: plans come in, checks run, reports go out, over
// HTTP, to whoever may see them.
//
//	request → access (who) → handler → store → problem (what went wrong)
//	queue   → run   (package → plan → ledger → rules → archive)
package api

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"landcheck/api/access"
	"landcheck/api/basedata"
	"landcheck/api/cache"
	"landcheck/api/ogc/featureserver"
	"landcheck/api/openapi"
	"landcheck/api/results"
	"landcheck/api/store"
	"landcheck/api/subprocess"
	"landcheck/api/throttle"
	"landcheck/api/tile/tileserver"
	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules/passport"
	"landcheck/rules/room"
	"landcheck/rules/rulebook"

	"github.com/labstack/echo/v4"
)

// Config of a service. Only Store is required.
type Config struct {
	Store   store.Store
	Version string
	Log     *slog.Logger
	Books   []*rulebook.Rulebook // the bureau's own, beside the built-in ones
	Pins    []Pin                // which rulebook judges whom; none: the default everybody
	// PlanRulebooks lets plans and requests choose the rulebook.
	PlanRulebooks bool
	Issuer        Issuer // of JWTs; nil: tokens only
	// PublicURL is where browsers reach the service, as https://host, for the
	// issuer to send them back to; "": on this machine only, as they asked.
	PublicURL string
	// Proxies are the networks of reverse proxies, whose X-Forwarded-For says
	// who a caller is; nobody else's does.
	Proxies []netip.Prefix
	// BaseLayers is the least role that sees base layers themselves, as tiles and
	// OGC collections; "" is the submitter, everybody.
	BaseLayers store.Role
	// MetricsHere has /metrics beside the service, for everybody who reaches it;
	// else it is at ServeMetrics alone.
	MetricsHere bool
	// Key signs passports of reports; nil: there are none.
	Key *passport.PrivateKey
	// Basemaps are maps of the bureau's own network that the page may draw under
	// everything else; none: it asks nobody but the service.
	Basemaps []Basemap
	Limits   Limits
	Jobs     int // processors of one check, 0 for all
	// Children make checks and read packages, each in a process of its own that
	// runs Worker; nil: this process does, and goes down with what it cannot bear.
	Children *subprocess.Pool
	// Browser is the program that prints PDF; "" is the first that there is.
	Browser string
	// Database is the URL by which children reach the store's base data, a
	// secret; "" of files.
	Database string
}

// Server is the service. It holds nothing that another server would miss.
type Server struct {
	Config
	echo    *echo.Echo
	books   map[string]*rulebook.Rulebook
	order   []string // ids of books, built-in first
	results *results.Cache
	bases   *basedata.Cache
	// designations of counties, by version of base data and rulebook.
	designations *cache.LRU[*room.Designations]
	seen         *cache.LRU[*sighted] // what projects' checks found, by their ids
	tiles        *tileserver.Handlers
	ogc          *featureserver.Handlers
	metrics      *metrics
	document     []byte          // OpenAPI
	readers      *throttle.Queue // of packages that are read
	writing      *throttle.Queue // of reports that are written
	printing     *throttle.Queue // of reports that a browser prints
	loads        *loads          // of base data
	limiters     limiters
	attempts     *throttle.Attempts
	daily        *throttle.Daily
	locked       atomic.Bool // there was a token once
	sessions     *sessions
	accessLog    *access.Log
	closing      chan struct{} // closed when the server drains: event streams end
	drains       func()        // closes it
}

// New makes a service. A rulebook that cannot be loaded is a *geo.InputError.
func New(c Config) (*Server, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Limits = c.Limits.WithDefaults()
	c.BaseLayers = cmp.Or(c.BaseLayers, store.Submitter)
	s := &Server{Config: c, limiters: newLimiters(c.Limits), sessions: newSessions(c.Store), readers: throttle.NewQueue(c.Limits.Reads),
		attempts: throttle.NewAttempts(c.Limits.WrongTokens, wrongPause, time.Now), daily: throttle.NewDaily(c.Limits.DailyUpload, time.Now), closing: make(chan struct{})}
	s.accessLog = access.NewLog(s.record, time.Now, access.MaxAccesses)
	s.drains = sync.OnceFunc(func() { close(s.closing) })
	if err := s.loadBooks(); err != nil {
		return nil, err
	}
	var err error
	if s.document, err = openapi.Document(c.Version); err != nil {
		return nil, err
	}
	s.writing, s.printing = throttle.NewQueue(writeAtOnce), throttle.NewQueue(printAtOnce)
	s.loads = newLoads()
	s.results = results.New(c.Store, c.Limits.CachedRuns, c.Limits.ResultMemory)
	s.bases = basedata.New(c.Store, c.Limits.OpenBases)
	s.designations = cache.NewLRU[*room.Designations](designationMemory)
	s.seen = cache.NewLRU[*sighted](sightedMemory)
	s.tiles = tileserver.New(c.Store, s.bases, s.results, s.accessLog, c.Limits.Drawing, c.Limits.MapMemory)
	s.ogc = featureserver.New(c.Store, s.bases, s.results, s.accessLog, c.BaseLayers, s.origin)
	s.metrics = newMetrics(c.Store)
	s.echo = s.routes()
	return s, nil
}

// Handler answers requests.
func (s *Server) Handler() http.Handler { return s.echo }

// Close ends loads of base data and lets go of that which maps keep open. Serve does
// so at its end.
func (s *Server) Close() error {
	s.loads.end()
	return s.bases.Close()
}

// Serve answers requests on a listener until ctx is done, then lets those that
// run end, for as long as drain. Without any token or issuer it serves this
// machine only: any other listener is a *geo.InputError.
func (s *Server) Serve(ctx context.Context, l net.Listener, drain time.Duration) (err error) {
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.MayListen(ctx, l.Addr()); err != nil {
		return err
	}
	return s.answerAt(ctx, l, drain, s.Handler())
}

// ServeMetrics is Serve for /metrics alone, which tell how busy each county is.
func (s *Server) ServeMetrics(ctx context.Context, l net.Listener, drain time.Duration) error {
	return s.answerAt(ctx, l, drain, s.meter(l.Addr()))
}

// ServeProbes is Serve for a process that only works the queue: health and
// readiness, which tell nobody anything of anybody's plans.
func (s *Server) ServeProbes(ctx context.Context, l net.Listener, drain time.Duration) error {
	return s.answerAt(ctx, l, drain, s.probes())
}

func (s *Server) answerAt(ctx context.Context, l net.Listener, drain time.Duration, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
		ConnState:         throttle.State,
	}
	limited := throttle.NewListener(l, s.Limits.Connections, s.Limits.AddressConnections, s.isProxy)
	done := guard.Go("serving", func() error { return server.Serve(limited) })
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	s.drains()
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	err := server.Shutdown(end)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	if closed := <-done; !errors.Is(closed, http.ErrServerClosed) {
		err = errors.Join(err, closed)
	}
	return err
}

// MayListen refuses to listen on the network without access control.
func (s *Server) MayListen(ctx context.Context, addr net.Addr) error {
	open, err := s.Open(ctx)
	if err != nil {
		return err
	}
	if tcp, ok := addr.(*net.TCPAddr); !open || !ok || tcp.IP.IsLoopback() {
		return nil
	}
	return &geo.InputError{
		Message: geo.Textf("没有设置任何令牌，不能在 %s 上提供服务", "there is no token, so the service cannot be opened at %s", addr),
		Advice: geo.Text{ZH: "请先用 landcheck token create 建立令牌（或设置 --oidc-issuer），或只在 127.0.0.1 上提供服务",
			EN: "Make one with landcheck token create (or set --oidc-issuer), or serve at 127.0.0.1 only"},
	}
}

// record adds a line to the audit trail; what cannot be recorded is not done.
// What was done is recorded, also when its caller does not wait for the answer.
// What changes the store is recorded by the store, together with the change.
func (s *Server) record(c echo.Context, what, object, county, digest string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), s.Limits.Timeout)
	defer cancel()
	return s.Store.Record(ctx, access.Entry(c, what, object, county, digest))
}
