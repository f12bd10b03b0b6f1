package results

import (
	"context"
	"strings"
	"testing"

	"landcheck/api/store"
)

// slowArtifacts has files that are read when told so, once for each check.
type slowArtifacts struct {
	store.Checks
	asked chan string // the check whose file is opened
	ready map[string]chan struct{}
}

func (s slowArtifacts) Artifact(_ context.Context, id, _ string) (store.Artifact, error) {
	s.asked <- id
	<-s.ready[id]
	return artifact{strings.NewReader(`{"schema": "landcheck-report/1", "verdict": "compliant"}`)}, nil
}

type artifact struct{ *strings.Reader }

func (artifact) Close() error { return nil }

// TestTurnsOfResults: however many results one caller reads, another's does not
// stand behind them, nor where it is one of theirs; what was read needs no place.
func TestTurnsOfResults(t *testing.T) {
	files := slowArtifacts{asked: make(chan string, 100), ready: map[string]chan struct{}{}}
	r := New(files, 100, 1<<20)
	read := make(chan error)
	reads := func(caller, id string) {
		go func() {
			_, err := r.Of(t.Context(), caller, id).Report()
			read <- err
		}()
	}
	ids := []string{"a", "b", "c"}
	for _, id := range append(ids, "h") {
		files.ready[id] = make(chan struct{})
	}
	for _, id := range ids {
		reads("flood", id)
	}
	first := <-files.asked // in the one place that the flood has
	reads("honest", "h")
	if id := <-files.asked; id != "h" {
		t.Fatalf("%s is read beside %s", id, first)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Of(over, "flood", "d").Report(); err == nil {
		t.Error("the flood has more than its place")
	}
	close(files.ready["h"])
	if err := <-read; err != nil {
		t.Error(err)
	}
	if _, err := r.Of(over, "flood", "h").Report(); err != nil {
		t.Errorf("what is in memory: %v", err)
	}
	waits := ids[0] // of the flood
	if waits == first {
		waits = ids[1]
	}
	reads("honest", waits)
	if id := <-files.asked; id != waits {
		t.Errorf("%s is read, not what the other waits for as well", id)
	}
	for _, id := range ids {
		close(files.ready[id])
	}
	for range 4 {
		if err := <-read; err != nil {
			t.Error(err)
		}
	}
}
