package faults

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"landcheck/cmd/landcheck/programtest"
)

// traffic sends plans to a service and remembers what it was promised.
type traffic struct {
	t      *testing.T
	server *process
	random *rand.Rand
	client http.Client

	mutex   sync.Mutex
	plans   map[string]string // accepted: id → name
	digests map[string]string // of their packages
	asked   []*asked
	seen    map[int]int // answers by status
	sent    int
}

// asked is a check that was ordered, accepted or not.
type asked struct {
	plan, key, id string // id "" while nobody has said that it is accepted
	state         string // the last one seen
	finished      string
}

func newTraffic(t *testing.T, server *process, r *rand.Rand) *traffic {
	return &traffic{t: t, server: server, random: r, client: http.Client{Timeout: 60 * time.Second}, plans: map[string]string{}, digests: map[string]string{}, seen: map[int]int{}}
}

// begin sends a plan and a check to a service that is ready, before any fault, so
// that there is always something to keep.
func (w *traffic) begin() {
	w.t.Helper()
	if w.round(); len(w.asked) == 0 || w.asked[0].id == "" {
		w.t.Fatal("an undisturbed service accepted nothing")
	}
}

// variant is a plan's package with a comment that makes it another one.
func (w *traffic) variant(name string) []byte {
	w.sent++
	data := must[[]byte](w.t)(os.ReadFile(plan(w.t, name)))
	in := must[*zip.Reader](w.t)(zip.NewReader(bytes.NewReader(data), int64(len(data))))
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range in.File {
		if err := z.Copy(f); err != nil {
			w.t.Fatal(err)
		}
	}
	if err := z.SetComment(fmt.Sprintf("%s %d", w.t.Name(), w.sent)); err != nil {
		w.t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		w.t.Fatal(err)
	}
	return out.Bytes()
}

// ask makes a request; status 0 where there is no whole answer. Whatever fails
// must be 503, say when to come back, and tell nothing of the place.
func (w *traffic) ask(method, path string, body []byte, headers ...string) (int, []byte) {
	r := must[*http.Request](w.t)(http.NewRequest(method, w.server.url+path, bytes.NewReader(body)))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	a, err := w.client.Do(r)
	if err != nil {
		return 0, nil
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		return 0, nil
	}
	w.mutex.Lock()
	w.seen[a.StatusCode]++
	w.mutex.Unlock()
	switch {
	case a.StatusCode == http.StatusServiceUnavailable:
		if a.Header.Get("Retry-After") == "" && path != "/readyz" {
			w.t.Errorf("%s %s: 503 without Retry-After", method, path)
		}
		for _, secret := range []string{"postgres", programtest.Scratch, "SQLSTATE", "127.0.0.1"} {
			if strings.Contains(string(text), secret) {
				w.t.Errorf("%s %s tells %q: %s", method, path, secret, text)
			}
		}
	case a.StatusCode >= 500 || a.StatusCode >= 400 && a.StatusCode != http.StatusTooManyRequests:
		w.t.Errorf("%s %s: %d %s", method, path, a.StatusCode, text)
	}
	return a.StatusCode, text
}

// round uploads a plan and orders a check of it; either may fail.
func (w *traffic) round() {
	name := names[w.random.IntN(len(names))]
	sent := w.variant(name)
	status, text := w.ask("POST", "/v1/plans", sent, "Content-Type", "application/zip")
	var p struct{ ID string }
	if status != http.StatusCreated && status != http.StatusOK || json.Unmarshal(text, &p) != nil {
		return
	}
	w.plans[p.ID], w.digests[p.ID] = name, digest(sent)
	a := &asked{plan: p.ID, key: fmt.Sprintf("%s-%d", w.t.Name(), w.sent)}
	w.asked = append(w.asked, a)
	w.order(a)
	w.look()
}

// order asks for a check, again with the same key.
func (w *traffic) order(a *asked) {
	status, text := w.ask("POST", "/v1/plans/"+a.plan+"/checks", nil, "Idempotency-Key", a.key)
	var c struct{ ID string }
	if status != http.StatusAccepted && status != http.StatusOK || json.Unmarshal(text, &c) != nil {
		return
	}
	if a.id != "" && a.id != c.ID {
		w.t.Errorf("one key gave two checks, %s and %s", a.id, c.ID)
	}
	a.id = c.ID
}

// look reads what there is, one check among it; one that ended stays as it is.
func (w *traffic) look() {
	w.ask("GET", "/v1/plans", nil)
	if a := w.asked[w.random.IntN(len(w.asked))]; a.id != "" {
		w.state(a)
	}
}

func (w *traffic) state(a *asked) string {
	status, text := w.ask("GET", "/v1/checks/"+a.id, nil)
	var c struct{ State, Finished string }
	if status != http.StatusOK || json.Unmarshal(text, &c) != nil {
		return ""
	}
	if a.finished != "" && (a.state != c.State || a.finished != c.Finished) {
		w.t.Errorf("check %s ended as %s at %s, and again as %s at %s", a.id, a.state, a.finished, c.State, c.Finished)
	}
	a.state, a.finished = c.State, c.Finished
	return c.State
}

// while sends plans until the fault is over and the server is ready again.
func (w *traffic) while(fault func()) {
	over := make(chan struct{})
	sender := make(chan struct{})
	go func() {
		defer close(sender)
		for before := len(w.plans); len(w.plans) < before+3; { // enough of them; who is turned away tries again
			w.round()
			select {
			case <-over:
				return
			case <-time.After(moment(w.random, 100*time.Millisecond)):
			}
		}
	}()
	fault()
	close(over)
	<-sender
	w.server.ready()
}
