package throttle

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func mustAddr(t *testing.T, s string) netip.Addr {
	t.Helper()
	a, err := netip.ParseAddr(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// site is a server behind a Listener.
type site struct {
	*testing.T
	addr string
	l    *Listener
	hold chan struct{} // requests for /hold end when it is closed
	in   chan struct{} // one for each that has come
}

func newSite(t *testing.T, most, each int, exempt func(netip.Addr) bool) *site {
	t.Helper()
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &site{T: t, addr: plain.Addr().String(), l: NewListener(plain, most, each, exempt), hold: make(chan struct{}), in: make(chan struct{}, 100)}
	server := &http.Server{ConnState: State, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hold" {
			s.in <- struct{}{}
			<-s.hold
		}
	})}
	done := make(chan error, 1)
	go func() { done <- server.Serve(s.l) }()
	t.Cleanup(func() {
		if err := server.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
		if len(s.l.open) != 0 || len(s.l.of) != 0 {
			t.Errorf("%d connections are kept of %v", len(s.l.open), s.l.of)
		}
	})
	return s
}

// dial connects from one of this machine's own addresses.
func (s *site) dial(from string) net.Conn {
	s.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	c, err := d.Dial("tcp", s.addr)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { c.Close() })
	return c
}

func (s *site) ask(c net.Conn, path string) {
	_, _ = io.WriteString(c, "GET "+path+" HTTP/1.1\r\nHost: x\r\n\r\n") // a closed one is told by what comes back
}

// closed tells whether the server has closed a connection: it waits for the
// end or for an answer.
func (s *site) closed(c net.Conn) bool {
	s.Helper()
	if err := c.SetReadDeadline(time.Now().Add(2 * time.Minute)); err != nil {
		s.Fatal(err)
	}
	_, err := c.Read(make([]byte, 100))
	if err != nil && errors.Is(err, context.DeadlineExceeded) {
		s.Fatal("neither an answer nor the end")
	}
	return err != nil
}

func nobody(netip.Addr) bool { return false }

// TestListener: where there are too many connections the one that has been
// quiet longest makes room; one that is at work never does.
func TestListener(t *testing.T) {
	s := newSite(t, 100, 3, nobody)
	var at []net.Conn
	for range 2 {
		c := s.dial("127.0.0.2")
		s.ask(c, "/hold")
		<-s.in
		at = append(at, c)
	}
	quiet := s.dial("127.0.0.2") // never says a word
	fourth := s.dial("127.0.0.2")
	if !s.closed(quiet) {
		t.Error("the quiet one did not make room")
	}
	s.ask(fourth, "/hold")
	<-s.in
	if fifth := s.dial("127.0.0.2"); !s.closed(fifth) {
		t.Error("with three at work a fourth is let in")
	}
	other := s.dial("127.0.0.3")
	s.ask(other, "/")
	if s.closed(other) {
		t.Error("another address was refused")
	}
	close(s.hold)
	for _, c := range append(at, fourth) {
		if s.closed(c) {
			t.Error("one that was at work was closed")
		}
	}
}

// TestListenerOfAll: where all are too many, it is the address with the most
// that gives one up, however many another one opens.
func TestListenerOfAll(t *testing.T) {
	s := newSite(t, 4, 100, nobody)
	defer close(s.hold)
	honest := s.dial("127.0.0.2")
	s.ask(honest, "/")
	if s.closed(honest) {
		t.Fatal("the first was refused")
	}
	for range 20 {
		c := s.dial("127.0.0.3")
		s.ask(c, "/")
		if s.closed(c) {
			t.Fatal("one that asks was closed")
		}
	}
	s.ask(honest, "/")
	if s.closed(honest) {
		t.Error("the one connection of another address was closed")
	}
}

// TestListenerExempt: a proxy of ours has no limit of its own.
func TestListenerExempt(t *testing.T) {
	s := newSite(t, 100, 1, func(a netip.Addr) bool { return a == netip.MustParseAddr("127.0.0.2") })
	defer close(s.hold)
	for range 3 {
		s.ask(s.dial("127.0.0.2"), "/hold")
		<-s.in
	}
}
