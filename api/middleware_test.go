package api_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/store"
	"landcheck/geo"
)

// TestEverywhere: what every address under /v1 takes and may answer.
func TestEverywhere(t *testing.T) {
	t.Parallel()
	m := &faultyStore{}
	s := serve(t, "embedded", setup{limits: api.Limits{Requests: 1, Streams: 1, Transfers: 1, Tiles: 1},
		wrap: func(st store.Store) store.Store { m.Store = st; return m }})
	secret := s.newToken(store.Admin, "")
	have := furnished(s, secret)
	operations := operationsUnder(t, "/v1/")
	if len(operations) < 25 {
		t.Fatalf("%d operations", len(operations))
	}
	ask := func(o operation, query string, calls ...call) *answer {
		t.Helper()
		if o.method == "POST" && o.address == "/v1/plans" {
			calls = append(calls, sending("application/zip", samplePlan(t, goodPlan)))
		} else if o.method == "POST" {
			calls = append(calls, sendingJSON(`{}`))
		}
		address := have.address(o.address)
		if strings.Contains(address, "?") {
			query = strings.Replace(query, "?", "&", 1)
		}
		return s.do(o.method, address+query, append([]call{token(secret)}, calls...)...)
	}
	each := func(name string, test func(t *testing.T, o operation)) {
		for _, o := range operations {
			t.Run(name+" "+o.method+" "+o.address, func(t *testing.T) { test(t, o) })
		}
	}
	each("unknown parameter", func(t *testing.T, o operation) {
		zh, en := ask(o, "?colour=red").problem(400, "bad-parameter"), ask(o, "?colour=red", with("Accept-Language", "en-GB,en;q=0.9")).problem(400, "bad-parameter")
		if zh.Field != "colour" || !strings.Contains(zh.Detail, "没有参数") || !strings.Contains(en.Detail, "no parameter") || zh.Type != en.Type || zh.Title == en.Title {
			t.Errorf("%+v, %+v", zh, en)
		}
	})
	each("no token", func(t *testing.T, o operation) {
		if p := ask(o, "", with("Authorization", "")).problem(401, "unauthorized"); p.Advice == "" {
			t.Errorf("%+v", p)
		}
	})
	each("another site", func(t *testing.T, o operation) {
		a := ask(o, "?colour=red", with("Sec-Fetch-Site", "cross-site"), with("Origin", "https://evil.example"))
		if o.method == "GET" {
			a.problem(400, "bad-parameter") // reading is harmless
			return
		}
		a.problem(403, "forbidden")
		ask(o, "?colour=red", with("Origin", "https://evil.example")).problem(403, "forbidden")
		ask(o, "?colour=red", with("Sec-Fetch-Site", "same-origin"), with("Origin", s.url)).problem(400, "bad-parameter")
	})
	hold := make(chan struct{})
	m.set(func(_ context.Context, method string) error {
		if method == "Plan" || method == "ListChecks" || method == "Check" {
			<-hold
		}
		return nil
	})
	var held sync.WaitGroup
	for _, path := range []string{"/v1/checks", have.address("/v1/checks/{check}/events"), have.address("/v1/plans/{plan}/package"),
		have.address("/v1/checks/{check}/tiles/{layer}/{z}/{x}/{y}")} {
		held.Go(func() { s.do("GET", path, token(secret)) })
	}
	for end := time.Now().Add(patience); s.metric("landcheck_requests_running") != 5; time.Sleep(5 * time.Millisecond) { // and that one
		if time.Now().After(end) {
			t.Fatal("the four requests do not come in")
		}
	}
	each("busy", func(t *testing.T, o operation) {
		a := ask(o, "")
		if p := a.problem(429, "busy"); a.header.Get("Retry-After") == "" || p.Advice == "" || !strings.HasPrefix(p.Limit, "max-") {
			t.Errorf("%v %+v", a.header, p)
		}
	})
	m.set(nil)
	close(hold)
	held.Wait()
	m.set(func(context.Context, string) error { return errors.New("disk on fire at /srv/secret") })
	each("broken store", func(t *testing.T, o operation) {
		a := ask(o, "")
		p := a.problem(500, "internal")
		if strings.Contains(string(a.body), "fire") || !strings.Contains(p.Advice, "X-Request-Id") {
			t.Errorf("%s", a.body)
		}
		if !strings.Contains(s.log.String(), a.header.Get("X-Request-Id")) {
			t.Error("the log does not name the request")
		}
	})
	m.set(func(ctx context.Context, method string) error {
		return &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
	})
	each("no database", func(t *testing.T, o operation) {
		a := ask(o, "")
		if a.problem(503, "unavailable"); a.header.Get("Retry-After") == "" {
			t.Errorf("%v", a.header)
		}
	})
	m.set(nil)
}

// TestTimeout: a request whose store does not answer is given up in time.
func TestTimeout(t *testing.T) {
	t.Parallel()
	m := &faultyStore{}
	s := serve(t, "embedded", setup{limits: api.Limits{Timeout: 50 * time.Millisecond, Transfer: 50 * time.Millisecond}, idle: true,
		wrap: func(st store.Store) store.Store { m.Store = st; return m }})
	secret := s.newToken(store.Admin, "")
	for _, where := range []string{"TokenByHash", "Plan"} {
		m.set(func(ctx context.Context, method string) error {
			if method == where {
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		})
		for _, path := range []string{"", "/package", "/checks"} {
			a := s.get("/v1/plans/0123456789"+path, token(secret))
			if a.problem(503, "timeout").Advice == "" || a.header.Get("Retry-After") == "" {
				t.Errorf("%v", a.header)
			}
		}
	}
	m.set(nil)
}

// TestUnrecorded: what cannot be written into the audit trail is not done; what
// is read is TestUnrecordedReading's.
func TestUnrecorded(t *testing.T) {
	t.Parallel()
	m := &faultyStore{}
	s := serve(t, "embedded", setup{wrap: func(st store.Store) store.Store { m.Store = st; return m }})
	k := s.checked(samplePlan(t, goodPlan))
	m.auditFull()
	s.get("/v1/plans/"+k.Plan+"/package").problem(500, "internal")
	s.do("POST", "/v1/plans/"+k.Plan+"/checks").problem(500, "internal")
	if a := s.do("POST", "/v1/tokens", sendingJSON(`{"name": "x", "role": "admin", "prefix": ""}`), token(s.newToken(store.Admin, ""))); a.problem(500, "internal").Status != 500 || strings.Contains(string(a.body), "lc_") {
		t.Errorf("%s", a.body)
	}
	m.set(nil)
}

// TestAddresses: what is no address, and what an address does not take.
func TestAddresses(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{bare: true})
	for _, path := range []string{"/nothing", "/v1", "/v1/", "/v1/nothing", "/v1/plans/a/b/c", "/v2/plans", "/v1/plans/..%2f..%2fetc", "/v1/plans/%00", "/v1/checks/%ff/report", "/v1/rulebooks/%2e%2e"} {
		p := s.get(path, with("Accept-Language", "en")).problem(404, "not-found")
		if p.Advice == "" {
			t.Errorf("%s: %+v", path, p)
		}
	}
	for path, allow := range map[string]string{"/v1/plans": "POST", "/v1/checks/x": "DELETE", "/healthz": "GET"} {
		a := s.do("PATCH", path)
		if a.problem(405, "method-not-allowed"); !strings.Contains(a.header.Get("Allow"), allow) {
			t.Errorf("%s allows %q", path, a.header.Get("Allow"))
		}
	}
	for _, lang := range []struct{ accept, query, want string }{
		{"", "", "zh"}, {"en", "", "en"}, {"en", "?lang=zh", "zh"}, {"zh-TW,en;q=0.5", "", "zh"}, {"en-US,en;q=0.9,zh;q=0.8", "", "en"},
		{"fr", "", "zh"}, {"fr, en;q=0.1", "", "en"}, {";;;", "", "zh"}, {"", "?lang=en", "en"},
	} {
		a := s.get("/v1/plans/none"+lang.query, with("Accept-Language", lang.accept))
		a.problem(404, "not-found")
		if got := a.header.Get("Content-Language"); got != lang.want {
			t.Errorf("%+v gives %s", lang, got)
		}
	}
	a := s.get("/v1/me").wants(200)
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"} {
		if a.header.Get(name) != want {
			t.Errorf("%s: %q", name, a.header.Get(name))
		}
	}
}

// TestDrain: a service that stops answers what it was asked before, and
// nothing after.
func TestDrain(t *testing.T) {
	t.Parallel()
	m := &faultyStore{}
	s := serve(t, "embedded", setup{idle: true, bare: true, wrap: func(st store.Store) store.Store { m.Store = st; return m }})
	begun, hold := make(chan struct{}), make(chan struct{})
	m.set(func(_ context.Context, method string) error {
		if method == "ListPlans" {
			close(begun)
			<-hold
		}
		return nil
	})
	got := make(chan *answer, 1)
	go func() { got <- s.get("/v1/plans") }()
	<-begun
	stopped := make(chan struct{})
	go func() { s.stop(); close(stopped) }()
	for {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			break // access is closed
		}
		conn.Close()
		time.Sleep(time.Millisecond)
	}
	select {
	case <-stopped:
		t.Error("it stopped with a request unanswered")
	default:
	}
	close(hold)
	(<-got).wants(200)
	<-stopped
}

// TestMayListen: without a token or an issuer it does not listen on the network.
func TestMayListen(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{idle: true, bare: true})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for addr, may := range map[string]bool{"127.0.0.1:0": true, "[::1]:0": true, "0.0.0.0:0": false} {
		l, err := net.Listen("tcp", addr)
		if err != nil {
			t.Logf("%s: %v", addr, err) // a machine without IPv6
			continue
		}
		err = s.server.MayListen(ctx, l.Addr())
		l.Close()
		f, isInputError := geo.AsInputError(err)
		if may && err != nil || !may && (!isInputError || !strings.Contains(f.Text().EN, "landcheck token create")) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	s.newToken(store.Submitter, county)
	if err := s.server.MayListen(ctx, &net.TCPAddr{IP: net.IPv4zero}); err != nil {
		t.Errorf("with a token: %v", err)
	}
}

// TestCompression: long answers are packed for those who take it.
func TestCompression(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{bare: true})
	plain := s.get("/v1/rulebooks/nmg-2025").wants(200)
	packed := s.get("/v1/rulebooks/nmg-2025", with("Accept-Encoding", "gzip")).wants(200)
	whole, err := unpacked(packed.header, packed.body)
	if err != nil || string(whole) != string(plain.body) || len(packed.body)*2 > len(plain.body) || packed.header.Get("Content-Encoding") != "gzip" {
		t.Errorf("%d bytes packed to %d: %v", len(plain.body), len(packed.body), err)
	}
	if !strings.Contains(strings.Join(packed.header.Values("Vary"), ","), "Accept-Encoding") {
		t.Errorf("Vary: %v", packed.header.Values("Vary"))
	}
	if a := s.get("/healthz", with("Accept-Encoding", "gzip")); a.header.Get("Content-Encoding") != "" {
		t.Error("a short answer is packed")
	}
}
