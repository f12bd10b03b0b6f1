package api

import (
	"errors"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/api/subprocess"
	"landcheck/geo"
	"landcheck/geo/outside"
)

// TestBlame: for each end of a child, what its check and its upload come to.
func TestBlame(t *testing.T) {
	s := &Server{Config: Config{Limits: Limits{CheckMemory: 1 << 30}}}
	own := &geo.Fault{Problem: geo.Text{EN: "its own"}}
	for _, c := range []struct {
		how                  subprocess.How
		err                  error // nil: the child said nothing
		crashed, fault, away bool  // of a check
		status               int   // of an upload
		says                 string
	}{
		{how: subprocess.Memory, crashed: true, fault: true, status: 422, says: "1.0 GiB"},
		{how: subprocess.Crash, crashed: true, status: 422, says: "broke down"},
		{how: subprocess.Killed, away: true, status: 503},
		{how: subprocess.Failed, err: own, fault: true, status: 422, says: "its own"},
		{how: subprocess.Failed, err: outside.Mark(own), fault: true, away: true, status: 503},
		{how: subprocess.Failed, err: errors.New("a bug"), status: 500},
	} {
		end := subprocess.End{How: c.how}
		err := c.err
		if err == nil {
			err = &subprocess.Ended{End: end}
		}
		got := s.blame(end, err)
		if _, fault := geo.AsFault(got); errors.Is(got, store.ErrCrashed) != c.crashed || fault != c.fault || outside.Is(got) != c.away {
			t.Errorf("%s, %v: a check comes to %v", c.how, c.err, got)
		}
		if p := problemOf(s.unread(end, err)); p.status != c.status || !strings.Contains(p.detail.EN, c.says) {
			t.Errorf("%s, %v: an upload comes to %d %s", c.how, c.err, p.status, p.detail.EN)
		}
	}
}
