package process

import (
	"strings"
	"testing"

	"landcheck/geo/postgis/pgtest"
)

// checkTime of these tests: what waits for the database is told well before.
const checkTime = "20s"

// goesOn waits until a check that the database kept waiting is done after all.
func (p *process) goesOn(id string) {
	p.t.Helper()
	c := p.until(id, "done")
	if c.Verdict != "compliant" || c.Attempt != 1 || c.Interrupted == 0 {
		p.t.Errorf("check %+v", c)
	}
}

// TestLockedTable: a check that waits for a lock gives its place back and waits;
// the time that one check may take is not spent on it.
func TestLockedTable(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	server := start(t, "serve", "--database", url, "--listen", "127.0.0.1:0", "--check-time", checkTime)
	address := server.upload(plan(t, "01-compliant"))
	letGo := hold(t, url, "base.feature")
	c := server.order(address, "0")
	held(t, url)
	if !happens(func() bool { c = server.check(c.ID); return c.Interrupted > 0 || c.State == "failed" }) || c.State == "failed" {
		t.Fatalf("it is %+v\n%s", c, server.stderr.String())
	}
	letGo()
	server.goesOn(c.ID)
}

// TestStalledDatabase: a database that takes every packet and answers nobody is
// noticed, and the check goes on when it answers again.
func TestStalledDatabase(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	proxy, through := pgtest.NewProxy(t, url)
	server := start(t, "serve", "--database", through, "--listen", "127.0.0.1:0", "--check-time", checkTime, "--lang", "en")
	address := server.upload(plan(t, "01-compliant"))
	letGo := hold(t, url, "base.feature")
	c := server.order(address, "0")
	held(t, url)
	proxy.Stall()
	letGo()
	if !happens(func() bool { return strings.Contains(server.stderr.String(), `"check failed"`) }) {
		t.Fatalf("it still waits\n%s", server.stderr.String())
	}
	proxy.Resume()
	server.goesOn(c.ID)
}
