package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/store"

	"go.uber.org/goleak"
)

// event is one Server-Sent Event.
type event struct {
	name, id string
	check    checkAnswer
}

// stream is an open event stream.
type stream struct {
	testing.TB
	response *http.Response
	lines    *bufio.Reader
	leave    context.CancelFunc
}

func (s *service) listen(id string, calls ...call) *stream {
	s.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s.Cleanup(cancel)
	response, err := s.client.Do(s.request("GET", "/v1/checks/"+id+"/events", calls...).WithContext(ctx))
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { response.Body.Close() })
	if kind := response.Header.Get("Content-Type"); response.StatusCode != 200 || !strings.HasPrefix(kind, "text/event-stream") {
		s.Fatalf("%d %s", response.StatusCode, kind)
	}
	return &stream{s.TB, response, bufio.NewReader(response.Body), cancel}
}

// next reads an event; false at the end of the stream.
func (s *stream) next() (e event, ok bool) {
	s.Helper()
	data := ""
	for {
		line, err := s.lines.ReadString('\n')
		if err == io.EOF && line == "" {
			return e, false
		}
		if err != nil {
			s.Fatal(err)
		}
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch name {
		case "":
			if e.name == "" {
				continue // a beat
			}
			c, err := promises()
			if err == nil {
				err = c.checkEvent(map[string]any{"event": e.name, "id": e.id, "data": data})
			}
			if err != nil {
				s.Error(err)
			}
			return e, true
		case "event":
			e.name = value
		case "id":
			e.id = value
		case "data":
			data = value
			if err := json.Unmarshal([]byte(value), &e.check); err != nil {
				s.Fatal(err)
			}
		}
	}
}

// TestEvents: a reader sees how far a check is, may come back, hears the end,
// and is then told to stay away.
func TestEvents(t *testing.T) {
	g := newGate()
	eachStore(t, setup{run: g.wrap}, func(t *testing.T, s *service) {
		g.open = make(chan struct{})
		var k checkAnswer
		s.order(s.upload(samplePlan(t, badPlan)), "").wants(202).into(&k)
		<-g.begun
		first := s.listen(k.ID)
		e, _ := first.next()
		for e.check.State == store.Queued { // a store may say so late
			e, _ = first.next()
		}
		if e.name != "check" || e.id == "" || e.check.ID != k.ID || e.check.State != store.Running || e.check.Links["self"] != "/v1/checks/"+k.ID {
			t.Errorf("%+v", e)
		}
		first.leave()

		second := s.listen(k.ID, with("Last-Event-ID", e.id))
		close(g.open)
		var last event
		done := -1
		for {
			e, ok := second.next()
			if !ok {
				break
			}
			if e.check.Done < done {
				t.Errorf("progress goes back from %d to %d", done, e.check.Done)
			}
			done, last = e.check.Done, e
		}
		if last.check.State != store.Done || last.check.Verdict != "violations" || last.check.Links["report"] == "" || last.check.Done != last.check.Total {
			t.Errorf("the last event is %+v", last)
		}
		late := s.listen(k.ID)
		if e, ok := late.next(); !ok || e.id != last.id || e.check.State != store.Done {
			t.Errorf("a late reader gets %+v", e)
		}
		if _, ok := late.next(); ok {
			t.Error("the stream of an ended check goes on")
		}
		s.get("/v1/checks/"+k.ID+"/events", with("Last-Event-ID", last.id)).wants(204)
	})
}

// TestEventsLeave: readers that go leave nothing running; a service that
// drains ends the streams of those who stay.
func TestEventsLeave(t *testing.T) {
	eachStore(t, setup{idle: true, drain: patience, limits: api.Limits{Streams: 3}}, func(t *testing.T, s *service) {
		var k checkAnswer
		s.order(s.upload(samplePlan(t, goodPlan)), "").wants(202).into(&k)
		watches := s.listen(k.ID) // a database is listened to from the first reader on
		watches.next()
		watches.leave()
		watches.response.Body.Close()
		for end := time.Now().Add(patience); s.metric("landcheck_requests_running") != 1; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal("the reader that left is still served")
			}
		}
		s.client.CloseIdleConnections()
		before := goleak.IgnoreCurrent()
		var streams []*stream
		for range 3 {
			one := s.listen(k.ID)
			if e, ok := one.next(); !ok || e.check.State != store.Queued {
				t.Fatalf("%+v", e)
			}
			streams = append(streams, one)
		}
		s.get("/v1/checks/"+k.ID+"/events").problem(429, "busy")
		for _, one := range streams {
			one.leave()
			one.response.Body.Close()
		}
		s.client.CloseIdleConnections()
		err := goleak.Find(before)
		for end := time.Now().Add(patience); err != nil && time.Now().Before(end); {
			err = goleak.Find(before) // which waits for a while itself
		}
		if err != nil {
			t.Errorf("readers that left: %v", err)
		}

		stays := s.listen(k.ID)
		stays.next()
		began := time.Now()
		s.stop()
		if _, ok := stays.next(); ok {
			t.Error("the stream goes on")
		}
		if took := time.Since(began); took > patience/2 {
			t.Errorf("draining took %s", took)
		}
	})
}
