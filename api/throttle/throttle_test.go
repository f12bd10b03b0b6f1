package throttle

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestGate: whatever comes and goes, nobody is refused for whom there is room,
// nobody is let in for whom there is none, and nothing is kept of who has left.
func TestGate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most, each := rapid.IntRange(1, 6).Draw(t, "most"), rapid.IntRange(1, 6).Draw(t, "each")
		g := NewLimiter(most, each)
		inside := map[string]int{}
		all := 0
		type place struct {
			caller string
			leave  func()
		}
		var places []place
		t.Repeat(map[string]func(*rapid.T){
			"enter": func(t *rapid.T) {
				caller := rapid.SampledFrom([]string{"a", "b", "c", ""}).Draw(t, "caller")
				leave, r := g.Enter(caller)
				want := Admitted
				switch {
				case inside[caller] == each:
					want = OfTheirs
				case all == most:
					want = OfAll
				}
				if r != want || (leave != nil) != (want == Admitted) {
					t.Fatalf("%q is told %v, want %v", caller, r, want)
				}
				if want == Admitted {
					inside[caller]++
					all++
					places = append(places, place{caller, leave})
				}
			},
			"leave": func(t *rapid.T) {
				if len(places) == 0 {
					t.Skip("nobody is inside")
				}
				i := rapid.IntRange(0, len(places)-1).Draw(t, "place")
				p := places[i]
				places = append(places[:i:i], places[i+1:]...)
				p.leave()
				p.leave() // again
				if all--; inside[p.caller] == 1 {
					delete(inside, p.caller)
				} else {
					inside[p.caller]--
				}
			},
			"": func(t *rapid.T) {
				if g.inside != all || !maps.Equal(g.of, inside) {
					t.Fatalf("%d inside, %v; want %d, %v", g.inside, g.of, all, inside)
				}
			},
		})
	})
}

type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// TestDaily: no caller uses more than the amount in a day that begins with its
// first use; the next day it has all of it again; another caller has its own.
func TestDaily(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := &clock{time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)}
		d := NewDaily(100, c.now)
		type day struct {
			since time.Time
			n     int64
		}
		days := map[string]day{}
		for range 60 {
			c.at = c.at.Add(time.Duration(rapid.IntRange(0, 10).Draw(t, "hours")) * time.Hour)
			caller := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "caller")
			n := rapid.Int64Range(0, 110).Draw(t, "n")
			was, ok := days[caller]
			if !ok || c.at.Sub(was.since) >= Day {
				was = day{c.at, 0}
			}
			wait, ok := d.Use(caller, n)
			if want := was.n+n <= 100; ok != want || !ok && !c.at.Add(wait).Equal(was.since.Add(Day)) {
				t.Fatalf("%d after %d: %v, wait %s", n, was.n, ok, wait)
			}
			if ok {
				was.n += n
			}
			days[caller] = was
		}
	})
	c := &clock{time.Now()}
	d := NewDaily(100, c.now)
	for i := range 10_000 {
		d.Use(fmt.Sprint(i), 1)
	}
	c.at = c.at.Add(25 * time.Hour)
	if d.Use("x", 1); len(d.used) != 1 {
		t.Errorf("%d days that have ended are kept", len(d.used)-1)
	}
}

// TestAttempts: after so many wrong secrets an address has to wait for each;
// what was right lately goes on, and so do other addresses.
func TestAttempts(t *testing.T) {
	c := &clock{time.Now()}
	a := NewAttempts(3, 10*time.Second, c.now)
	a.Was("office", "good", true)
	try := func(address, secret string) bool {
		t.Helper()
		wait, ok := a.May(address, secret)
		if ok {
			a.Was(address, secret, secret == "good" || secret == "new")
		} else if wait <= 0 || wait > 10*time.Second {
			t.Errorf("wait %s", wait)
		}
		return ok
	}
	tries := 0
	for range 1000 {
		if try("office", "bad") {
			tries++
		}
	}
	if tries != 3 || try("office", "new") || !try("office", "good") || !try("home", "bad") {
		t.Errorf("%d wrong secrets were looked at", tries)
	}
	c.at = c.at.Add(10 * time.Second)
	if !try("office", "new") || !try("office", "worse") || try("office", "worst") {
		t.Error("after the pause it is not one more")
	}
	a.Was("office", "good", false) // revoked
	if try("office", "good") {
		t.Error("a revoked secret goes on")
	}
	for i := range 3 * remembered {
		a.Was(fmt.Sprint(i), fmt.Sprint(i), i%2 == 0)
	}
	if len(a.wrong.at) > remembered || len(a.right.at) > remembered || a.wrong.order.Len() != len(a.wrong.at) {
		t.Errorf("%d addresses and %d secrets are kept", len(a.wrong.at), len(a.right.at))
	}
}

// TestNetwork: a customer's whole /64 is one address; IPv4 is itself however
// it is written.
func TestNetwork(t *testing.T) {
	for text, want := range map[string]string{"10.0.0.7": "10.0.0.7", "::ffff:10.0.0.7": "10.0.0.7", "2001:db8::1": "2001:db8::/64",
		"2001:db8::ffff:ffff:ffff:ffff": "2001:db8::/64", "2001:db8:0:1::1": "2001:db8:0:1::/64", "fe80::1%eth0": "fe80::/64"} {
		if got := Network(mustAddr(t, text)); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}
