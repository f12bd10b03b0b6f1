package throttle

import (
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// Listener limits the connections of a server: of all addresses, and of each.
// Where there are too many it closes one that nobody has asked anything by, the
// one that has been quiet longest: of the address itself, or of the one that has
// most. Where all are at work the new one is closed.
type Listener struct {
	net.Listener
	most, each int
	exempt     func(netip.Addr) bool // from the limit of each: proxies, which speak for many
	mutex      sync.Mutex
	open       map[*Conn]struct{}
	of         map[string]int
}

// Conn is a connection of a Listener's.
type Conn struct {
	net.Conn
	from  string
	quiet time.Time // since when; zero while it is at work; guarded by the listener's mutex
	of    *Listener
	once  sync.Once
}

// NewListener limits the connections of l.
func NewListener(l net.Listener, most, each int, exempt func(netip.Addr) bool) *Listener {
	return &Listener{Listener: l, most: most, each: each, exempt: exempt, open: map[*Conn]struct{}{}, of: map[string]int{}}
}

// Accept implements net.Listener.
func (l *Listener) Accept() (net.Conn, error) {
	for {
		plain, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if c := l.admit(plain); c != nil {
			return c, nil
		}
		_ = plain.Close()
	}
}

func (l *Listener) admit(plain net.Conn) *Conn {
	addr := addressOf(plain.RemoteAddr())
	c := &Conn{Conn: plain, from: Network(addr), quiet: time.Now(), of: l}
	l.mutex.Lock()
	var oldest *Conn
	full := false
	switch {
	case l.of[c.from] >= l.each && !l.exempt(addr):
		oldest, full = l.quietest(c.from), true
	case len(l.open) >= l.most:
		oldest, full = l.quietest(l.busiest()), true
	}
	if full && oldest == nil {
		l.mutex.Unlock()
		return nil
	}
	if oldest != nil {
		l.forget(oldest)
	}
	l.open[c] = struct{}{}
	l.of[c.from]++
	l.mutex.Unlock()
	if oldest != nil {
		_ = oldest.Close()
	}
	return c
}

// quietest is the connection of an address that has been quiet longest, nil
// where all are at work.
func (l *Listener) quietest(from string) (q *Conn) {
	for c := range l.open {
		if c.from == from && !c.quiet.IsZero() && (q == nil || c.quiet.Before(q.quiet)) {
			q = c
		}
	}
	return q
}

// busiest is the address that has most connections.
func (l *Listener) busiest() (from string) {
	for f, n := range l.of {
		if n > l.of[from] || n == l.of[from] && f < from {
			from = f
		}
	}
	return from
}

func (l *Listener) forget(c *Conn) {
	if _, ok := l.open[c]; !ok {
		return
	}
	delete(l.open, c)
	if l.of[c.from]--; l.of[c.from] == 0 {
		delete(l.of, c.from)
	}
}

// Close implements net.Conn.
func (c *Conn) Close() error {
	c.once.Do(func() {
		c.of.mutex.Lock()
		defer c.of.mutex.Unlock()
		c.of.forget(c)
	})
	return c.Conn.Close()
}

// State is for http.Server.ConnState: what is new or idle is quiet.
func State(conn net.Conn, state http.ConnState) {
	c, ok := conn.(*Conn)
	if !ok {
		return
	}
	c.of.mutex.Lock()
	defer c.of.mutex.Unlock()
	if c.quiet = (time.Time{}); state == http.StateIdle || state == http.StateNew {
		c.quiet = time.Now()
	}
}

func addressOf(a net.Addr) netip.Addr {
	if tcp, ok := a.(*net.TCPAddr); ok {
		return tcp.AddrPort().Addr().Unmap()
	}
	return netip.Addr{}
}

// Network is who an address counts as: itself, or, of IPv6, the 64 bits that
// are given to one customer.
func Network(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
