package api

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"landcheck/api/problem"
	"landcheck/api/store"
	"landcheck/api/subprocess"
	"landcheck/api/throttle"
	"landcheck/geo"
	"landcheck/geo/transient"
)

// TestBlame: for each end of a child, what its check and its upload come to.
func TestBlame(t *testing.T) {
	s := &Server{Config: Config{Limits: Limits{CheckMemory: 1 << 30}}}
	own := &geo.InputError{Message: geo.Text{EN: "its own"}}
	for _, c := range []struct {
		how                              subprocess.EndKind
		err                              error // nil: the child said nothing
		crashed, inputError, unavailable bool  // of a check
		status                           int   // of an upload
		says                             string
	}{
		{how: subprocess.Memory, crashed: true, inputError: true, status: 422, says: "1.0 GiB"},
		{how: subprocess.Crash, crashed: true, status: 422, says: "broke down"},
		{how: subprocess.Killed, unavailable: true, status: 503},
		{how: subprocess.Failed, err: own, inputError: true, status: 422, says: "its own"},
		{how: subprocess.Failed, err: transient.Mark(own), inputError: true, unavailable: true, status: 503},
		{how: subprocess.Failed, err: errors.New("a bug"), status: 500},
	} {
		end := subprocess.End{How: c.how}
		err := c.err
		if err == nil {
			err = &subprocess.Ended{End: end}
		}
		got := s.blame(end, err)
		if _, inputErr := geo.AsInputError(got); errors.Is(got, store.ErrCrashed) != c.crashed || inputErr != c.inputError || transient.Is(got) != c.unavailable {
			t.Errorf("%s, %v: a check comes to %v", c.how, c.err, got)
		}
		if p := problem.Of(s.unread(end, err)); p.Status != c.status || !strings.Contains(p.Detail.EN, c.says) {
			t.Errorf("%s, %v: an upload comes to %d %s", c.how, c.err, p.Status, p.Detail.EN)
		}
	}
}

// TestReadersOfOneCaller: who has packages read that take long keeps his own
// next ones waiting, not those of others.
func TestReadersOfOneCaller(t *testing.T) {
	s := &Server{Config: Config{Limits: Limits{ReadTime: time.Nanosecond}}, readers: throttle.NewQueue(2)}
	leave, ok := s.readers.Wait(t.Context(), "flood")
	if !ok {
		t.Fatal("there is no place")
	}
	defer leave()
	absent := filepath.Join(t.TempDir(), "plan.zip")
	for caller, want := range map[string]string{"flood": "too many large plans", "honest": "did not end within"} {
		if _, err := s.readPackage(t.Context(), absent, caller); !strings.Contains(problem.Of(err).Detail.EN, want) {
			t.Errorf("%s: %v", caller, err)
		}
	}
}
