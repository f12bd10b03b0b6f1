package api_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/store"
)

// socket is a connection that is used by hand: Go's own client is too polite.
type socket struct {
	*service
	net.Conn
	*bufio.Reader
}

func (s *service) socket() *socket {
	s.Helper()
	return s.socketFrom("127.0.0.1")
}

// socketFrom connects from one of this machine's addresses.
func (s *service) socketFrom(address string) *socket {
	s.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	conn, err := d.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		s.Fatal(err)
	}
	return &socket{s, conn, bufio.NewReader(conn)}
}

// head is the head of a request; secret "" is none.
func head(method, path, secret string, more ...string) string {
	h := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n", method, path)
	if secret != "" {
		h += "Authorization: Bearer " + secret + "\r\n"
	}
	for _, m := range more {
		h += m + "\r\n"
	}
	return h + "\r\n"
}

func (k *socket) send(text string) {
	k.Helper()
	if _, err := io.WriteString(k.Conn, text); err != nil {
		k.Fatal(err)
	}
}

// answer reads one.
func (k *socket) answer() *answer {
	k.Helper()
	response, err := http.ReadResponse(k.Reader, nil)
	if err != nil {
		k.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		k.Fatal(err)
	}
	return &answer{k.TB, response.StatusCode, response.Header, body}
}

// ended waits for the end of a connection and gives what came before.
func (k *socket) ended() string {
	k.Helper()
	rest, err := io.ReadAll(k.Reader)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		k.Fatalf("the connection stays open; so far %d bytes, %.200q", len(rest), rest)
	}
	return string(rest)
}

// until asks until the answer has a status.
func (s *service) until(status int, ask func() *answer) *answer {
	s.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		a := ask()
		if a.status == status {
			return a
		}
		if time.Now().After(end) {
			s.Fatalf("%d, never %d: %s", a.status, status, a.body)
		}
	}
}

// idleUpload begins an upload and sends no more of it.
func (s *service) idleUpload(secret string) *socket {
	s.Helper()
	k := s.socket()
	k.send(head("POST", "/v1/plans", secret, "Content-Type: application/zip", "Content-Length: 100000") + "PK")
	return k
}

// TestIdleUploads: 64 uploads of one token that stand still keep nobody else
// out, neither from reading nor from uploading nor from a check.
func TestIdleUploads(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		hostile, honest := s.newToken(store.Submitter, "1502"), s.newToken(store.Submitter, county)
		for range 64 {
			s.idleUpload(hostile)
		}
		s.until(429, func() *answer {
			return s.do("POST", "/v1/plans", sending("application/zip", []byte("PK")), token(hostile))
		})
		p := s.do("POST", "/v1/plans?lang=en", sending("application/zip", []byte("PK")), token(hostile)).problem(429, "busy")
		if p.Limit != "max-transfers-per-caller" || !strings.Contains(p.Advice, "--max-transfers-per-caller") || !strings.Contains(p.Detail, "at most 16") {
			t.Errorf("%+v", p)
		}
		s.get("/v1/plans", token(hostile)).wants(200) // which is no transfer
		if k := s.checked(samplePlan(t, goodPlan), token(honest)); k.Verdict != "compliant" {
			t.Errorf("%+v", k)
		}
	})
}

// TestIdleUploadsOpen: as TestIdleUploads where nobody has a token.
func TestIdleUploadsOpen(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{bare: true})
	for range 64 {
		s.idleUpload("")
	}
	s.until(429, func() *answer { return s.do("POST", "/v1/plans", sending("application/zip", []byte("PK"))) })
	s.get("/v1/plans").wants(200)
}

// slow is a service that gives its callers little time.
func slow(t *testing.T, kind string) *service {
	return serve(t, kind, setup{idle: true, limits: api.Limits{Rate: 64 << 10, RateTime: 3 * time.Second, Transfer: patience}})
}

// TestLeastRate: an upload that stands still, or that drips, ends with 408 and
// leaves its place; another is taken.
func TestLeastRate(t *testing.T) {
	t.Parallel()
	for _, kind := range stores() {
		t.Run(kind, func(t *testing.T) {
			s := slow(t, kind)
			idle := s.idleUpload("")
			chunked := s.socket()
			chunked.send(head("POST", "/v1/plans", "", "Content-Type: application/zip", "Transfer-Encoding: chunked"))
			drip := s.idleUpload("")
			stop := make(chan struct{})
			var dripping sync.WaitGroup
			for k, text := range map[*socket]string{drip: "x", chunked: "1\r\nx\r\n"} {
				dripping.Go(func() {
					for {
						select {
						case <-stop:
							return
						case <-time.After(20 * time.Millisecond):
							_, _ = io.WriteString(k.Conn, text) // until it is closed
						}
					}
				})
			}
			for name, k := range map[string]*socket{"idle": idle, "chunks of a byte": chunked, "a byte at a time": drip} {
				if p := k.answer().problem(408, "timeout"); p.Advice == "" {
					t.Errorf("%s: %+v", name, p)
				}
			}
			close(stop)
			dripping.Wait()
			s.upload(samplePlan(t, goodPlan))
		})
	}
}

// TestSlowReaders: a caller who does not read what it asked for is cut off,
// and keeps nobody else out until then.
func TestSlowReaders(t *testing.T) {
	t.Parallel()
	s := slow(t, "embedded")
	big := noise(t, 24<<20) // more than the kernel keeps for a connection
	p := s.upload(big)
	var readers []*socket
	for range 16 {
		k := s.socket()
		k.send(head("GET", "/v1/plans/"+p.ID+"/package", ""))
		readers = append(readers, k)
	}
	s.get("/v1/plans").wants(200)
	for end := time.Now().Add(patience); s.metric("landcheck_requests_running") > 1; time.Sleep(20 * time.Millisecond) { // this one
		if time.Now().After(end) {
			t.Fatal("those who do not read keep their places")
		}
	}
	for _, k := range readers {
		if got := k.ended(); len(got) == 0 || len(got) >= len(big) {
			t.Errorf("%d bytes of %d", len(got), len(big))
		}
	}
	if a := s.get("/v1/plans/" + p.ID + "/package").wants(200); !bytes.Equal(a.body, big) {
		t.Error("an honest reader does not get the package")
	}
}

// TestLeftover: what is refused before its body was read does not keep the
// connection.
func TestLeftover(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{idle: true, bare: true})
	s.newToken(store.Admin, "")
	for _, h := range []string{head("POST", "/v1/plans", "", "Content-Length: 1000"), head("POST", "/v1/nothing", "", "Content-Length: 1000"),
		head("POST", "/healthz", "", "Content-Length: 1000"), head("POST", "/v1/tokens", "lc_wrong", "Transfer-Encoding: chunked")} {
		k := s.socket()
		k.send(h)
		if got := k.ended(); !strings.HasPrefix(got, "HTTP/1.1 4") {
			t.Errorf("%.200q", got)
		}
	}
}

// TestPipelining: requests that come at once are answered one by one, each as
// one of its own; a hundred of them are one request at one time.
func TestPipelining(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{idle: true, bare: true, limits: api.Limits{Requests: 1, CallerRequests: 1}})
	k := s.socket()
	k.send(strings.Repeat(head("GET", "/v1/plans", ""), 100))
	ids := map[string]bool{}
	for range 100 {
		ids[k.answer().wants(200).header.Get("X-Request-Id")] = true
	}
	if len(ids) != 100 {
		t.Errorf("%d ids", len(ids))
	}
}

// TestCallerLimits: what one token may have at one time does not count against
// another, and each limit is named.
func TestCallerLimits(t *testing.T) {
	t.Parallel()
	g := newGate()
	s := serve(t, "embedded", setup{run: g.wrap, limits: api.Limits{CallerStreams: 2, DailyUpload: 300_000, Upload: 200_000}})
	a, b := s.newToken(store.Submitter, county), s.newToken(store.Submitter, county)
	var k checkAnswer
	s.order(s.upload(samplePlan(t, goodPlan), token(a)), "", token(a)).wants(202).into(&k)
	<-g.begun
	for range 2 {
		stream := s.socket()
		stream.send(head("GET", k.Links["events"], a))
		if line, err := stream.ReadString('\n'); err != nil || !strings.Contains(line, "200") {
			t.Fatalf("%q %v", line, err)
		}
	}
	if p := s.get(k.Links["events"], token(a)).problem(429, "busy"); p.Limit != "max-streams-per-caller" {
		t.Errorf("%+v", p)
	}
	if a := s.order(planAnswer{Links: map[string]string{"checks": "/v1/plans/" + k.Plan + "/checks"}}, "", token(a), with("Prefer", "wait=30")).wants(202); a.header.Get("Preference-Applied") != "" {
		t.Errorf("%v", a.header)
	}
	other := s.socket()
	other.send(head("GET", k.Links["events"], b))
	if line, err := other.ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Errorf("%q %v", line, err)
	}
	s.do("POST", "/v1/plans", sending("application/zip", noise(t, 100_000)), token(a)).wants(201)
	for name, c := range map[string]call{"announced": func(*http.Request) {}, "chunked": func(r *http.Request) { r.ContentLength = -1 }} {
		answer := s.do("POST", "/v1/plans?lang=en", sending("application/zip", noise(t, 100_000)), token(a), c)
		wait, err := strconv.Atoi(answer.header.Get("Retry-After"))
		if p := answer.problem(429, "busy"); p.Limit != "max-upload-per-day" || !strings.Contains(p.Advice, "--max-upload-per-day") || err != nil || wait < 80_000 || wait > 86_400 {
			t.Errorf("%s: %+v, %d %v", name, p, wait, err)
		}
	}
	s.do("POST", "/v1/plans", sending("application/zip", noise(t, 100_000)), token(b)).wants(201)
	close(g.open)
}

// TestBrokenOffToday: what was announced and never sent is not counted.
func TestBrokenOffToday(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{idle: true, bare: true, limits: api.Limits{DailyUpload: 250_000, Upload: 200_000}})
	for range 5 {
		k := s.socket()
		k.send(head("POST", "/v1/plans", "", "Content-Type: application/zip", "Content-Length: 200000") + "PK")
		if err := k.Conn.(*net.TCPConn).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		k.answer().problem(400, "bad-body")
	}
	s.do("POST", "/v1/plans", sending("application/zip", noise(t, 100_000))).wants(201)
}

// TestWrongTokens: who guesses is slowed down by address; a token that was
// good before goes on from there, and other addresses do not notice.
func TestWrongTokens(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{idle: true, bare: true, limits: api.Limits{WrongTokens: 20}}, func(t *testing.T, s *service) {
		good, late := s.newToken(store.Submitter, county), s.newToken(store.Submitter, county)
		s.get("/v1/me", token(good)).wants(200)
		looked := 0
		for n := range 100 {
			a := s.get("/v1/me?lang=en", token(fmt.Sprint("lc_", n)))
			if a.status == 401 {
				looked++
				continue
			}
			if p := a.problem(429, "busy"); p.Limit != "max-wrong-tokens" || a.header.Get("Retry-After") == "" || !strings.Contains(p.Detail, "this address") {
				t.Errorf("%+v", p)
			}
		}
		if looked < 20 || looked > 25 {
			t.Errorf("%d wrong tokens were looked up", looked)
		}
		s.get("/v1/me", token(good)).wants(200)
		s.get("/v1/me", token(late)).problem(429, "busy")
		s.get("/v1/me", with("X-Forwarded-For", "10.0.0.8"), token(late)).problem(429, "busy") // nobody is believed
		k := s.socketFrom("127.0.0.2")
		k.send(head("GET", "/v1/me", late))
		k.answer().wants(200)
	})
}

// TestTrustedProxy: behind a proxy of ours callers are told apart by what it
// says, and what they say themselves counts for nothing.
func TestTrustedProxy(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{idle: true, bare: true, limits: api.Limits{WrongTokens: 20}, proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	s.newToken(store.Admin, "")
	guess := func(n int, forwarded string) *answer {
		return s.get("/v1/me", token(fmt.Sprint("lc_", n)), with("X-Forwarded-For", forwarded))
	}
	for n := range 20 {
		guess(n, "192.0.2."+strconv.Itoa(n)+", 10.0.0.7").problem(401, "unauthorized") // the last is the proxy's word
	}
	guess(20, "10.0.0.7").problem(429, "busy")
	guess(21, "10.0.0.8").problem(401, "unauthorized")
	k := s.socketFrom("127.0.0.2") // which is no proxy
	k.send(head("GET", "/v1/me", "lc_x", "X-Forwarded-For: 10.0.0.7"))
	k.answer().wants(401)
}

// TestUnknownFlood: however many ask without a token, whoever has one is served.
func TestUnknownFlood(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{idle: true, bare: true}, func(t *testing.T, s *service) {
		good := s.newToken(store.Submitter, county)
		for range 300 { // more than an address may have
			k := s.socketFrom("127.0.0.2")
			_, _ = io.WriteString(k.Conn, head("POST", "/v1/plans", "", "Content-Length: 100000")) // a closed one is the server's right
		}
		for range 300 {
			k := s.socketFrom("127.0.0.3")
			_, _ = io.WriteString(k.Conn, "GET /v1/plans HT") // and no more
		}
		s.get("/v1/plans", token(good)).wants(200)
	})
}

// noise is a plan package of some n bytes more than the sample's, another each
// time.
func noise(t testing.TB, n int) []byte {
	t.Helper()
	photo := make([]byte, n)
	_, _ = rand.Read(photo) // never fails
	return zipped(t, append(contents(t, samplePlan(t, goodPlan)), entry{name: "照片.jpg", body: string(photo)})...)
}
