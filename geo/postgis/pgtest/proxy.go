package pgtest

import (
	"io"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
)

// Proxy stands between the program and its database, and is the network's
// input errors: it refuses, cuts, stalls or truncates.
type Proxy struct {
	address string // host:port, also while it refuses
	socket  string // of the server

	mutex    sync.Mutex
	listener net.Listener
	pairs    map[*pair]bool
	stalled  chan struct{} // closed where nothing stalls
	left     int64         // bytes that servers may still send; < 0 any number
	group    sync.WaitGroup
}

type pair struct{ client, server net.Conn }

func (p *pair) cut() { p.client.Close(); p.server.Close() }

// NewProxy serves a database of a test cluster by TCP; the URL goes by it.
func NewProxy(t testing.TB, database string) (*Proxy, string) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	open := make(chan struct{})
	close(open)
	p := &Proxy{address: "127.0.0.1:0", socket: filepath.Join(u.Query().Get("host"), ".s.PGSQL.5432"),
		pairs: map[*pair]bool{}, stalled: open, left: -1}
	p.Accept(t)
	t.Cleanup(func() { p.Refuse(); p.Resume(); p.Cut(); p.group.Wait() })
	return p, "postgres://postgres@" + p.address + u.Path + "?sslmode=disable"
}

// Accept takes connections, again after Refuse.
func (p *Proxy) Accept(t testing.TB) {
	t.Helper()
	l, err := net.Listen("tcp", p.address)
	if err != nil {
		t.Fatal(err)
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.listener, p.address = l, l.Addr().String()
	p.group.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			p.group.Go(func() { p.join(client) })
		}
	})
}

func (p *Proxy) join(client net.Conn) {
	server, err := net.Dial("unix", p.socket)
	if err != nil {
		client.Close()
		return
	}
	both := &pair{client, server}
	p.mutex.Lock()
	p.pairs[both] = true
	p.mutex.Unlock()
	var ways sync.WaitGroup
	ways.Go(func() { p.copy(both, server, client, false) })
	ways.Go(func() { p.copy(both, client, server, true) })
	ways.Wait()
	p.mutex.Lock()
	delete(p.pairs, both)
	p.mutex.Unlock()
}

func (p *Proxy) copy(both *pair, to io.Writer, from io.Reader, answers bool) {
	defer both.cut()
	buffer := make([]byte, 4096)
	for {
		n, err := from.Read(buffer)
		p.mutex.Lock()
		wait := p.stalled
		if answers && p.left >= 0 {
			n = int(min(int64(n), p.left))
			p.left -= int64(n)
			if p.left == 0 {
				err = io.EOF
			}
		}
		p.mutex.Unlock()
		<-wait
		if _, failed := to.Write(buffer[:n]); err != nil || failed != nil {
			return
		}
	}
}

// Refuse turns new connections away.
func (p *Proxy) Refuse() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.listener.Close()
}

// Cut ends all connections.
func (p *Proxy) Cut() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for both := range p.pairs {
		both.cut()
	}
}

// Stall lets nothing through until Resume.
func (p *Proxy) Stall() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.stalled = make(chan struct{})
}

func (p *Proxy) Resume() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	select {
	case <-p.stalled:
	default:
		close(p.stalled)
	}
}

// Truncate ends connections once servers have sent so many bytes; < 0 not at all.
func (p *Proxy) Truncate(after int64) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.left = after
}
