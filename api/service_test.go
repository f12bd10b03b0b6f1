package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/problem"
	"landcheck/api/store"
	"landcheck/api/store/embedded"
	storepg "landcheck/api/store/postgres"
	"landcheck/geo/postgis"
	"landcheck/rules/passport"
	"landcheck/rules/rulebook"
)

const version = "1.2.3-test"

// setup is what a test wants of its service. The zero value has the sample
// county and two workers.
type setup struct {
	limits      api.Limits
	idle        bool // no workers: checks wait
	bare        bool // no base data
	books       []*rulebook.Rulebook
	pins        []api.Pin
	decreed     bool // plans and requests do not choose the rulebook
	queue       int  // checks of a county that may wait
	each        int  // checks of a caller that may wait
	quota       store.Quota
	issuer      api.Issuer
	public      string // address for browsers
	browser     string // that prints PDF
	proxies     []netip.Prefix
	layers      store.Role // that sees base layers
	metricsHere bool
	key         *passport.PrivateKey
	basemaps    []api.Basemap
	wrap        func(store.Store) store.Store
	run         func(store.Run) store.Run
	also        string              // code of another county, in the same place
	base        string              // directory of base data; "" the sample's
	bases       map[string][]string // base data by county; nil: as the fields above say
	db          *postgis.DB         // nil: one of the test's own
	drain       time.Duration
	noSpeak     bool // answers are not held against the description
}

// service is a running service, reached over the network.
type service struct {
	testing.TB
	url    string
	meter  string // address of /metrics
	kind   string // embedded, postgres
	store  store.Store
	server *api.Server
	client *http.Client
	log    *logBuffer
	stop   func() // drains; may be called twice
}

// patience with anything that should happen by itself.
const patience = 2 * time.Minute

// stores are the stores that a test runs against: both, with -short the one in
// a directory. That a database keeps the same promises is held by the tests of
// the stores themselves, of which -short leaves out what loads counties.
func stores() []string {
	if testing.Short() {
		return []string{"embedded"}
	}
	return []string{"embedded", "postgres"}
}

// eachStore runs a test against each store.
func eachStore(t *testing.T, o setup, test func(t *testing.T, s *service)) {
	t.Helper()
	for _, kind := range stores() {
		t.Run(kind, func(t *testing.T) { test(t, serve(t, kind, o)) })
	}
}

// serve starts a service, which ends with the test.
func serve(t testing.TB, kind string, o setup) *service {
	t.Helper()
	st := openStore(t, kind, o)
	if o.wrap != nil {
		st = o.wrap(st)
	}
	s := &service{TB: t, kind: kind, store: st, log: &logBuffer{}}
	log := slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var err error
	s.server, err = api.New(api.Config{Store: st, Version: version, Log: log, Limits: o.limits, Issuer: o.issuer, PublicURL: o.public, Browser: o.browser, Proxies: o.proxies, BaseLayers: o.layers, MetricsHere: o.metricsHere, Key: o.key, Basemaps: o.basemaps, Books: o.books, Pins: o.pins, PlanRulebooks: !o.decreed, Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.url = "http://" + l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	if o.drain == 0 {
		o.drain = 10 * time.Second
	}
	var group sync.WaitGroup
	group.Go(func() {
		if err := s.server.Serve(ctx, l, o.drain); err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	meter, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.meter = "http://" + meter.Addr().String()
	group.Go(func() {
		if err := s.server.ServeMetrics(ctx, meter, o.drain); err != nil {
			t.Errorf("ServeMetrics: %v", err)
		}
	})
	if !o.idle {
		run := s.server.Run
		if o.run != nil {
			run = o.run(run)
		}
		group.Go(func() {
			if err := st.Work(ctx, 2, o.drain, run); err != nil {
				t.Errorf("Work: %v", err)
			}
		})
	}
	transport := &http.Transport{DisableCompression: true}
	s.client = &http.Client{Transport: transport, Timeout: patience}
	if !o.noSpeak {
		s.client.Transport = &recordingStore{TB: t, next: transport}
	}
	s.stop = sync.OnceFunc(func() {
		cancel()
		group.Wait()
		transport.CloseIdleConnections()
	})
	t.Cleanup(s.stop)
	return s
}

func openStore(t testing.TB, kind string, o setup) store.Store {
	t.Helper()
	if o.base == "" {
		o.base = baseDir(t)
	}
	bases := map[string][]string{county: {o.base}}
	if o.also != "" {
		bases[o.also] = []string{baseOf(t, o.also)}
	}
	if o.bare {
		bases = nil
	}
	if o.bases != nil {
		bases = o.bases
	}
	if kind == "embedded" {
		st, err := embedded.Open(filepath.Join(t.TempDir(), "data"), bases, embedded.Options{QueueLimit: o.queue, CallerLimit: o.each, Quota: o.quota})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closed(t, st.Close()) })
		return st
	}
	db := o.db
	if db == nil {
		db = openDatabase(t, bases)
	}
	st, err := storepg.Open(context.Background(), db, storepg.Options{QueueLimit: o.queue, CallerLimit: o.each, Quota: o.quota})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, st.Close()) })
	return st
}

func closed(t testing.TB, err error) {
	if err != nil {
		t.Errorf("Close: %v", err)
	}
}

// logBuffer keeps what was logged.
type logBuffer struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.Write(p)
}

func (l *logBuffer) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.String()
}

// recordingStore holds every answer against the description.
type recordingStore struct {
	testing.TB
	next *http.Transport
}

func (w *recordingStore) CloseIdleConnections() { w.next.CloseIdleConnections() }

func (w *recordingStore) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := w.next.RoundTrip(r)
	if err != nil {
		return answer, err
	}
	c, err := promises()
	if err != nil {
		return nil, err
	}
	var body []byte
	if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/event-stream") {
		if body, err = io.ReadAll(answer.Body); err != nil {
			return nil, err
		}
		answer.Body.Close()
		answer.Body = io.NopCloser(bytes.NewReader(body))
	}
	plain, err := unpacked(answer.Header, body)
	if err == nil {
		err = c.check(answer, plain)
	}
	if err != nil {
		w.Helper()
		w.Error(err)
	}
	return answer, nil
}

// answer is what came back.
type answer struct {
	testing.TB
	status int
	header http.Header
	body   []byte
}

// call is how a request differs from an ordinary one.
type call func(*http.Request)

func with(name, value string) call { return func(r *http.Request) { r.Header.Set(name, value) } }

func token(secret string) call { return with("Authorization", "Bearer "+secret) }

func sending(kind string, body []byte) call {
	return func(r *http.Request) {
		r.Header.Set("Content-Type", kind)
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
}

func sendingJSON(body string) call { return sending("application/json", []byte(body)) }

func (s *service) request(method, path string, calls ...call) *http.Request {
	s.Helper()
	at := s.url
	if path == "/metrics" {
		at = s.meter
	}
	r, err := http.NewRequest(method, at+path, nil)
	if err != nil {
		s.Fatal(err)
	}
	for _, c := range calls {
		c(r)
	}
	return r
}

// do makes a request and reads all of the answer.
func (s *service) do(method, path string, calls ...call) *answer {
	s.Helper()
	response, err := s.client.Do(s.request(method, path, calls...))
	if err != nil {
		s.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		s.Fatal(err)
	}
	return &answer{s.TB, response.StatusCode, response.Header, body}
}

func (s *service) get(path string, calls ...call) *answer {
	s.Helper()
	return s.do(http.MethodGet, path, calls...)
}

// wants fails the test unless the answer has a status.
func (a *answer) wants(status int) *answer {
	a.Helper()
	if a.status != status {
		a.Fatalf("status %d, want %d: %.1000s", a.status, status, a.body)
	}
	return a
}

func (a *answer) into(v any) {
	a.Helper()
	if err := json.Unmarshal(a.body, v); err != nil {
		a.Fatalf("%v: %.1000s", err, a.body)
	}
}

// problem is the answer as a problem of a kind; the test fails where it is none.
func (a *answer) problem(status int, kind string) problem.Document {
	a.Helper()
	a.wants(status)
	var p problem.Document
	a.into(&p)
	if p.Type != "urn:landcheck:problem:"+kind || p.Status != status || p.Title == "" || p.Detail == "" {
		a.Fatalf("%+v is not of kind %s", p, kind)
	}
	return p
}

// The parts of answers that tests look at.
type (
	planAnswer struct {
		store.Plan
		Links map[string]string
	}
	checkAnswer struct {
		store.Check
		Links map[string]string
	}
	list[T any] struct {
		Items []T
		Next  string
	}
)

// upload uploads a plan.
func (s *service) upload(data []byte, calls ...call) planAnswer {
	s.Helper()
	a := s.do("POST", "/v1/plans", append([]call{sending("application/zip", data)}, calls...)...)
	if a.status != http.StatusCreated && a.status != http.StatusOK {
		s.Fatalf("upload: %d %s", a.status, a.body)
	}
	var p planAnswer
	a.into(&p)
	return p
}

// checked uploads a plan and checks it to the end.
func (s *service) checked(data []byte, calls ...call) checkAnswer {
	s.Helper()
	p := s.upload(data, calls...)
	a := s.do("POST", p.Links["checks"], append([]call{with("Prefer", "wait=60")}, calls...)...).wants(http.StatusOK)
	var k checkAnswer
	a.into(&k)
	if k.State != store.Done {
		s.Fatalf("the check is %s: %+v", k.State, k.Problem)
	}
	return k
}

// pages walks a list to its end.
func pages[T any](s *service, path string, calls ...call) []T {
	s.Helper()
	var all []T
	for n := 0; path != ""; n++ {
		var page list[T]
		s.get(path, calls...).wants(http.StatusOK).into(&page)
		if n > 1000 || page.Next != "" && len(page.Items) == 0 {
			s.Fatalf("%s does not end", path)
		}
		all = append(all, page.Items...)
		path = page.Next
	}
	return all
}

// stalled sends a part of a body, then nothing more. Go's own client would wait
// for the body to end.
func (s *service) stalled(path, kind, secret string) *answer {
	s.Helper()
	return s.stalledBy(http.MethodPost, path, kind, secret)
}

// stalledBy is stalled for another method.
func (s *service) stalledBy(method, path, kind, secret string) *answer {
	s.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		s.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		s.Fatal(err)
	}
	fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: 1000\r\n\r\n{", method, path, secret, kind)
	response, err := http.ReadResponse(bufio.NewReader(conn), s.request(method, path))
	if err != nil {
		s.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.Fatal(err)
	}
	c, err := promises()
	if err == nil {
		err = c.check(response, body)
	}
	if err != nil {
		s.Error(err)
	}
	return &answer{s.TB, response.StatusCode, response.Header, body}
}
