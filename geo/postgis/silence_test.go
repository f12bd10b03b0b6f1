package postgis

import (
	"net"
	"testing"
	"time"

	"landcheck/geo/transient"
)

// TestAnswering: a silent connection stays while its database answers others, and
// ends as transient when it does not; one that is not read is left alone.
func TestAnswering(t *testing.T) {
	here, there := net.Pipe()
	defer there.Close()
	answers := make(chan bool)
	a := &answering{Conn: here, after: time.Millisecond, alive: func() bool { return <-answers }}
	type read struct {
		n   int
		err error
	}
	got := make(chan read)
	reads := func() {
		n, err := a.Read(make([]byte, 1))
		got <- read{n, err}
	}
	go reads()
	answers <- true
	answers <- true // asked again, for as long as it is silent
	if _, err := there.Write([]byte("a")); err != nil {
		t.Fatal(err)
	}
	if r := <-got; r.n != 1 || r.err != nil {
		t.Errorf("after a silence %+v", r)
	}
	go reads()
	for {
		select {
		case answers <- false: // the first may be of the read before, for which it comes too late
		case r := <-got:
			if r.n != 0 || !transient.Is(r.err) {
				t.Errorf("without an answer %+v", r)
			}
			return
		}
	}
}
