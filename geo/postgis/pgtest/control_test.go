package pgtest

import "testing"

// TestDownUp: a server comes back as it was, also after a crash.
func TestDownUp(t *testing.T) {
	var c Cluster
	url := c.Database(t)
	defer c.Stop()
	name := databaseOf(url)
	if err := c.execute(name, "create table kept as select 1"); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []string{"fast", "immediate"} {
		if err := c.Down(mode); err != nil {
			t.Fatal(err)
		}
		if err := c.execute(name, "select 1"); err == nil {
			t.Error("it answers while it is down")
		}
		if err := c.Up(); err != nil {
			t.Fatal(err)
		}
		if err := c.execute(name, "select from kept"); err != nil {
			t.Error(err)
		}
	}
}
