package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/geo"
)

// TestReady: the probes tell database, schema and queue, and nothing else.
func TestReady(t *testing.T) {
	t.Parallel()
	m := &faultyStore{}
	s := serve(t, "embedded", setup{idle: true, wrap: func(st store.Store) store.Store { m.Store = st; return m }})
	ready := func(status int, want string) {
		t.Helper()
		var got map[string]any
		a := s.get("/readyz").wants(status)
		a.into(&got)
		delete(got, "version")
		data, err := json.Marshal(got)
		if err != nil || string(data) != want || strings.Contains(string(a.body), "secret") {
			t.Errorf("%s, want %s", a.body, want)
		}
	}
	ready(200, `{"queue":"ok","schema":"ok","status":"ok","store":"ok"}`)
	s.order(s.upload(samplePlan(t, goodPlan)), "").wants(202)
	ready(200, `{"queue":"ok","queued":1,"schema":"ok","status":"ok","store":"ok"}`)
	fails := func(where string, err error) {
		m.set(func(_ context.Context, method string) error {
			if method == where {
				return err
			}
			return nil
		})
	}
	fails("Ready", errors.New("no route to secret.db"))
	ready(503, `{"queue":"unknown","schema":"unknown","status":"unavailable","store":"unreachable"}`)
	fails("Ready", &geo.InputError{File: "postgres://secret", Message: geo.Text{ZH: "旧", EN: "too old"}})
	ready(503, `{"queue":"unknown","schema":"mismatch","status":"unavailable","store":"ok"}`)
	fails("Queue", errors.New("secret"))
	ready(503, `{"queue":"unknown","schema":"ok","status":"unavailable","store":"ok"}`)
	s.get("/healthz").wants(http.StatusOK)
	m.set(nil)
}

// metric is the value of a series, -1 where there is none.
func (s *service) metric(series string) float64 {
	s.Helper()
	body := string(s.get("/metrics").wants(200).body)
	m := regexp.MustCompile("(?m)^" + regexp.QuoteMeta(series) + " (.*)$").FindStringSubmatch(body)
	if m == nil {
		return -1
	}
	v, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		s.Fatal(err)
	}
	return v
}

// TestMetrics: requests by route and status, checks, queue, candidates, faces.
func TestMetrics(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		k := s.checked(samplePlan(t, badPlan))
		s.get("/v1/checks/" + k.ID).wants(200)
		s.get("/v1/checks/none").wants(404)
		s.get("/nothing/at/all").wants(404)
		s.do("BREW", "/v1/plans").wants(405)
		for series, want := range map[string]float64{
			`landcheck_request_seconds_count{method="GET",route="/v1/checks/:id",status="200"}`: 1,
			`landcheck_request_seconds_count{method="GET",route="/v1/checks/:id",status="404"}`: 1,
			`landcheck_request_seconds_count{method="GET",route="none",status="404"}`:           1,
			`landcheck_request_seconds_count{method="other",route="/v1/plans",status="405"}`:    1,
			`landcheck_check_seconds_count{outcome="violations"}`:                               1,
			`landcheck_job_wait_seconds_count`:                                                  1,
			`landcheck_check_faces_sum`:                                                         float64(k.Faces),
			`landcheck_check_candidates_sum`:                                                    float64(k.Total),
			`landcheck_requests_running`:                                                        1, // this one
		} {
			if got := s.metric(series); got != want {
				t.Errorf("%s is %v, want %v", series, got, want)
			}
		}
		for _, secret := range []string{k.ID, k.Plan} {
			if strings.Contains(string(s.get("/metrics").body), secret) {
				t.Errorf("%s is among the metrics", secret)
			}
		}
	})
}

// TestQueueMetrics: how busy each county is; the many that are least busy are
// counted together.
func TestQueueMetrics(t *testing.T) {
	t.Parallel()
	m := &faultyStore{}
	s := serve(t, "embedded", setup{idle: true, wrap: func(st store.Store) store.Store { m.Store = st; return m }})
	p := s.upload(samplePlan(t, goodPlan))
	s.order(p, "").wants(202)
	s.order(p, "").wants(202)
	if got := s.metric(`landcheck_queue_checks{county="150123",state="queued"}`); got != 2 {
		t.Errorf("%v are queued", got)
	}
	for n := range 250 {
		m.queue = append(m.queue, store.QueueCount{County: strconv.Itoa(100000 + n), Queued: n, Running: 1})
	}
	body := string(s.get("/metrics").wants(200).body)
	if got := strings.Count(body, "landcheck_queue_checks{"); got != 2*101 {
		t.Errorf("%d series", got)
	}
	if got := s.metric(`landcheck_queue_checks{county="100249",state="queued"}`); got != 249 {
		t.Errorf("the busiest has %v", got)
	}
	if queued, running := s.metric(`landcheck_queue_checks{county="other",state="queued"}`), s.metric(`landcheck_queue_checks{county="other",state="running"}`); queued != 149*150/2 || running != 150 {
		t.Errorf("the others have %v, %v", queued, running)
	}
	// Without a queue to ask the rest is still told.
	m.set(func(_ context.Context, method string) error {
		if method == "Queue" {
			return errors.New("no database")
		}
		return nil
	})
	if got := s.metric(`landcheck_requests_running`); got != 1 {
		t.Errorf("%v", got)
	}
	m.set(nil)
}

// TestLog: the log is JSON with the ids of requests and checks, and holds
// neither tokens nor names nor places.
func TestLog(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		admin := s.newToken(store.Admin, "")
		manifest := "format: 1\nproject: {county: \"150123\", name: 张三家的地, code: SECRET-7}\n"
		k := s.checked(replaced(t, samplePlan(t, badPlan), manifest), token(admin))
		found := pages[listedFinding](s, k.Links["findings"]+"?township=150123101&bbox=111.1234,40.1,112,42", token(admin))
		s.get(k.Links["ledger"], token(admin)).wants(200)
		request := s.get(k.Links["report"], token(admin)).wants(200).header.Get("X-Request-Id")
		s.get("/v1/plans/none?colour=111.1234", token(admin)).wants(400)
		s.get("/v1/plans", token("lc_wrong")).wants(401)
		var requests, checks, callers bool
		for line := range strings.Lines(s.log.String()) {
			var entry map[string]any
			if err := json.Unmarshal([]byte(line), &entry); err != nil {
				t.Fatalf("%v: %s", err, line)
			}
			if by, ok := entry["token"].(map[string]any); ok && entry["request"] == request {
				callers = by["name"] == "admin of" && len(fmt.Sprint(by["id"])) == 12
			}
			requests = requests || entry["request"] == request && entry["route"] == "/v1/checks/:id/report" && entry["object"] == k.ID && entry["status"] == 200.0
			checks = checks || entry["msg"] == "check done" && entry["check"] == k.ID && entry["verdict"] == "violations"
		}
		if !requests || !checks || !callers {
			t.Errorf("request told: %v, check told: %v, whose token: %v", requests, checks, callers)
		}
		log := s.log.String()
		secrets := []string{admin, "lc_wrong", "张三", "SECRET-7", "111.1234", "MultiPolygon", "coordinates", "bbox"}
		for _, f := range found {
			secrets = append(secrets, strconv.FormatFloat(f.BBox[0], 'f', -1, 64), f.Message.ZH)
		}
		for _, secret := range secrets {
			if strings.Contains(log, secret) {
				t.Errorf("%q is in the log", secret)
			}
		}
	})
}
