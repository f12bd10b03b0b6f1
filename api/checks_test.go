package api_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/store"
)

// gate lets a test decide when runs go on: each tells its check, shows some
// progress and waits.
type gate struct {
	begun chan store.Task
	open  chan struct{}
	ended chan error // why a run's context ended, if it did
}

func newGate() *gate {
	return &gate{begun: make(chan store.Task, 16), open: make(chan struct{}), ended: make(chan error, 16)}
}

func (g *gate) wrap(run store.Run) store.Run {
	return func(ctx context.Context, t store.Task) (store.Outcome, error) {
		t.Progress(0, 10)
		g.begun <- t
		select {
		case <-g.open:
			return run(ctx, t)
		case <-ctx.Done():
			g.ended <- context.Cause(ctx)
			return store.Outcome{}, ctx.Err()
		}
	}
}

func (s *service) order(p planAnswer, body string, calls ...call) *answer {
	s.Helper()
	if body != "" {
		calls = append(calls, sendingJSON(body))
	}
	return s.do("POST", p.Links["checks"], calls...)
}

func (s *service) check(id string) checkAnswer {
	s.Helper()
	var k checkAnswer
	s.get("/v1/checks/" + id).wants(200).into(&k)
	return k
}

// TestCheck: a check is queued, waited for, and ends with a verdict.
func TestCheck(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		p := s.upload(samplePlan(t, badPlan))
		a := s.order(p, `{"rulebook": "nmg-2025", "stage": "proposal", "base_version": 1}`, with("Prefer", "respond-async, wait=60")).wants(200)
		var k checkAnswer
		a.into(&k)
		if a.header.Get("Location") != "/v1/checks/"+k.ID || a.header.Get("Preference-Applied") != "wait=60" {
			t.Errorf("%v", a.header)
		}
		if k.State != store.Done || k.Verdict != "violations" || k.Plan != p.ID || k.County != county || k.Done != k.Total || k.Total == 0 ||
			k.Faces == 0 || k.Findings == 0 || k.BaseVersion != 1 || k.Attempt != 1 || k.Started == nil || k.Finished == nil || k.By != "local" {
			t.Errorf("%+v", k)
		}
		if got := s.get("/v1/checks/" + k.ID).wants(200); string(got.body) != string(a.body) || got.header.Get("Retry-After") != "" {
			t.Errorf("shown as %s %v", got.body, got.header)
		}

		// Without Prefer it is told where to look.
		a = s.order(p, "").wants(202)
		a.into(&k)
		if a.header.Get("Retry-After") == "" || a.header.Get("Location") != "/v1/checks/"+k.ID || k.State.Ended() {
			t.Errorf("%v %+v", a.header, k)
		}
		for end := time.Now().Add(patience); !k.State.Ended(); k = s.check(k.ID) {
			if time.Now().After(end) {
				t.Fatalf("does not end: %+v", k)
			}
			time.Sleep(20 * time.Millisecond)
		}
		if k.Verdict != "violations" {
			t.Errorf("%+v", k)
		}
		if all := pages[checkAnswer](s, p.Links["checks"]+"?limit=1&state=done"); len(all) != 2 || all[0].ID != k.ID {
			t.Errorf("the plan's checks are %+v", all)
		}
		if all := pages[checkAnswer](s, "/v1/checks?state=failed"); len(all) != 0 {
			t.Errorf("failed: %+v", all)
		}
	})
}

// TestStrictCheck: what is asked for besides rulebook and stage reaches the run,
// and a strict verdict with reservations is none.
func TestStrictCheck(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{run: func(run store.Run) store.Run {
		return func(ctx context.Context, task store.Task) (store.Outcome, error) {
			out, err := run(ctx, task)
			if task.Check.Strict { // as asked for, down to the run
				out.Reservations += 40 + len(task.Check.SubProjects)
			}
			return out, err
		}
	}})
	p := s.upload(samplePlan(t, goodPlan))
	var lenient, strict checkAnswer
	s.order(p, "", with("Prefer", "wait=60")).wants(200).into(&lenient)
	s.order(p, `{"strict": true, "subprojects": ["ZXM-01", "ZXM-02"]}`, with("Prefer", "wait=60")).wants(200).into(&strict)
	if lenient.Strict || !strict.Strict || len(strict.SubProjects) != 2 || strict.Reservations != lenient.Reservations+42 {
		t.Errorf("%+v\n%+v", lenient, strict)
	}
	if want := map[bool]string{true: "incomplete", false: "compliant"}[lenient.Reservations > 0]; strict.Verdict != want {
		t.Errorf("strict: %s, with %d reservations", strict.Verdict, lenient.Reservations)
	}
}

// TestCheckFails: what is wrong with the input is the check's problem, in both
// languages, and there is no report.
func TestCheckFails(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		manifest := "format: 1\nproject: {county: \"150123\"}\nrulebook: hlj-2031\n"
		var k checkAnswer
		s.order(s.upload(replaced(t, samplePlan(t, goodPlan), manifest)), "", with("Prefer", "wait=60")).wants(200).into(&k)
		p := k.Problem
		if k.State != store.Failed || p == nil || !p.Fault || p.File != "plan.yaml" || p.Field != "rulebook" ||
			!strings.Contains(p.Detail.EN, "hlj-2031") || !strings.Contains(p.Detail.ZH, "没有规则册") || !strings.Contains(p.Advice.EN, "nmg-2025") {
			t.Errorf("%+v %+v", k, p)
		}
		for _, what := range []string{"report", "overview", "findings", "ledger", "findings/x", "diff/" + k.ID} {
			a := s.get("/v1/checks/" + k.ID + "/" + what)
			if a.problem(409, "conflict"); a.header.Get("Retry-After") != "" {
				t.Errorf("%s is to be asked for again", what)
			}
		}
	})
}

// TestOrders: what cannot be checked is refused before it is queued.
func TestOrders(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{idle: true})
	p := s.upload(samplePlan(t, goodPlan))
	for _, c := range []struct {
		body    string
		status  int
		problem string
		field   string
	}{
		{`{"rulebook": "hlj-2031"}`, 422, "bad-body", "rulebook"},
		{`{"stage": "sometime"}`, 422, "bad-body", "stage"},
		{`{"subprojects": ["ZXM-01", " "]}`, 422, "bad-body", "subprojects"},
		{`{"subprojects": ["` + strings.Repeat("x", 65) + `"]}`, 422, "bad-body", "subprojects"},
		{`{"strict": "yes"}`, 400, "bad-body", "strict"},
		{`{"base_version": 7}`, 422, "bad-body", "base_version"},
		{`{"base_version": "7"}`, 400, "bad-body", "base_version"},
		{`{"base_version": 1e99}`, 400, "bad-body", "base_version"},
		{`{"colour": "red"}`, 400, "bad-body", "colour"},
		{`{"rulebook": "nmg-2025"} {}`, 400, "bad-body", ""},
		{`{"rulebook": "nmg-2025"`, 400, "bad-body", ""},
		{`{"stage": null}`, 400, "bad-body", "stage"},
		{`[]`, 400, "bad-body", ""},
		{`null`, 400, "bad-body", ""},
		{strings.Repeat(" ", 5000) + `{}`, 413, "too-large", ""},
	} {
		got := s.order(p, c.body, with("Accept-Language", "en")).problem(c.status, c.problem)
		if got.Field != c.field || got.Advice == "" {
			t.Errorf("%.40s: %+v", c.body, got)
		}
	}
	s.do("POST", p.Links["checks"], sending("text/yaml", []byte("stage: annual"))).problem(415, "unsupported-media-type")
	for _, wait := range []string{"wait=soon", "wait=-1"} {
		if got := s.order(p, "", with("Prefer", wait)).problem(400, "bad-parameter"); got.Field != "Prefer" {
			t.Errorf("%+v", got)
		}
	}
	for _, key := range []string{strings.Repeat("k", 201), "two words", "键", ""} {
		if got := s.order(p, "", with("Idempotency-Key", key)).problem(400, "bad-parameter"); got.Field != "Idempotency-Key" {
			t.Errorf("%+v", got)
		}
	}
	if all := pages[checkAnswer](s, "/v1/checks"); len(all) != 0 {
		t.Errorf("queued: %+v", all)
	}
	other := s.upload(replaced(t, samplePlan(t, goodPlan), "format: 1\nproject: {county: \"150124\"}\n"))
	if got := s.order(other, "", with("Accept-Language", "en")).problem(422, "bad-body"); !strings.Contains(got.Advice, "landcheck load") {
		t.Errorf("without base data: %+v", got)
	}
}

// TestIdempotency: a request repeated with its key is the same check, another
// request with that key is a conflict, another caller's key is another key.
func TestIdempotency(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{idle: true}, func(t *testing.T, s *service) {
		one, two := s.newToken(store.Admin, ""), s.newToken(store.Submitter, county)
		p := s.upload(samplePlan(t, goodPlan), token(one))
		key := with("Idempotency-Key", "3f0c9d5e")
		ask := func(secret, body string) *answer { return s.order(p, body, token(secret), key) }
		var first, again, others checkAnswer
		ask(one, `{"stage": "annual"}`).wants(202).into(&first)
		ask(one, ` {"stage":"annual"} `).wants(202).into(&again)
		ask(two, `{"stage": "proposal"}`).wants(202).into(&others)
		if first.ID != again.ID || first.ID == others.ID {
			t.Errorf("%s, again %s, another caller's %s", first.ID, again.ID, others.ID)
		}
		if got := ask(one, `{"stage": "proposal"}`).problem(409, "conflict"); got.Field != "Idempotency-Key" {
			t.Errorf("%+v", got)
		}
		namesake := s.newToken(store.Admin, "") // of the same name
		ask(namesake, `{"stage": "annual"}`).wants(202).into(&again)
		if first.ID == again.ID {
			t.Errorf("two tokens of one name share the key of %s", first.ID)
		}
		if all := pages[checkAnswer](s, "/v1/checks", token(one)); len(all) != 3 {
			t.Errorf("%d checks", len(all))
		}
	})
}

// TestFullQueue: a county whose queue is full is told to wait.
func TestFullQueue(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{idle: true, queue: 2}, func(t *testing.T, s *service) {
		p := s.upload(samplePlan(t, goodPlan))
		s.order(p, "").wants(202)
		s.order(p, "").wants(202)
		a := s.order(p, "")
		if a.problem(429, "busy"); a.header.Get("Retry-After") == "" {
			t.Errorf("%v", a.header)
		}
	})
}

// TestWaitInVain: Prefer: wait ends with 202 when the time is up.
func TestWaitInVain(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{idle: true})
	began := time.Now()
	a := s.order(s.upload(samplePlan(t, goodPlan)), "", with("Prefer", "wait=1")).wants(202)
	if took := time.Since(began); took < time.Second || took > 30*time.Second || a.header.Get("Preference-Applied") != "wait=1" {
		t.Errorf("%s, %v", took, a.header)
	}
}

// TestWaitersTakeNoPlace: callers who wait for their check keep nobody else
// out; one for whom there is no place among them does not wait.
func TestWaitersTakeNoPlace(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{idle: true, limits: api.Limits{Requests: 1, Streams: 1}})
	p := s.upload(samplePlan(t, goodPlan))
	first := make(chan *answer, 1)
	go func() {
		a := s.order(p, "", with("Prefer", "wait=60"))
		for a.status == http.StatusTooManyRequests { // somebody looked for its check just then
			a = s.order(p, "", with("Prefer", "wait=60"))
		}
		first <- a
	}()
	var ordered string
	for end := time.Now().Add(patience); ordered == ""; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("while somebody waits, nobody else is let in")
		}
		if a := s.get("/v1/checks"); a.status == 200 && strings.Contains(string(a.body), `"id"`) {
			ordered = pages[checkAnswer](s, "/v1/checks")[0].ID
		}
	}
	if a := s.order(p, "", with("Prefer", "wait=60")).wants(202); a.header.Get("Preference-Applied") != "" || a.header.Get("Location") == "" {
		t.Errorf("%v", a.header)
	}
	s.do("DELETE", "/v1/checks/"+ordered).wants(200)
	var k checkAnswer
	if (<-first).wants(200).into(&k); k.ID != ordered || k.State != store.Cancelled {
		t.Errorf("who waited is told %+v", k)
	}
	if a := s.order(p, "", with("Prefer", "wait=1")).wants(202); a.header.Get("Preference-Applied") != "wait=1" {
		t.Errorf("then nobody waits, and yet %v", a.header)
	}
}

// TestCancel: a check that waits or runs can be cancelled, one that has ended
// cannot.
func TestCancel(t *testing.T) {
	t.Parallel()
	g := newGate()
	eachStore(t, setup{run: g.wrap}, func(t *testing.T, s *service) {
		p := s.upload(samplePlan(t, goodPlan))
		for range 3 { // two workers
			s.order(p, "").wants(202)
		}
		<-g.begun
		<-g.begun
		inState := func(state store.State) checkAnswer {
			t.Helper()
			list := pages[checkAnswer](s, "/v1/checks?state="+string(state))
			if len(list) == 0 {
				t.Fatalf("no check is %s", state)
			}
			return list[0]
		}
		running, waiting := inState(store.Running), inState(store.Queued)
		if running.Total != 10 && s.kind == "embedded" {
			t.Errorf("%+v", running)
		}
		for _, id := range []string{waiting.ID, running.ID} {
			var k checkAnswer
			s.do("DELETE", "/v1/checks/"+id).wants(200).into(&k)
			if k.State != store.Cancelled || k.Finished == nil {
				t.Errorf("%+v", k)
			}
			s.do("DELETE", "/v1/checks/"+id).problem(409, "conflict")
			for _, of := range []string{"report", "maps/pbf-after", "passport", "suggestion", "suggestion/package"} {
				s.get("/v1/checks/"+id+"/"+of).problem(409, "conflict")
			}
		}
		select {
		case err := <-g.ended:
			if err == nil || errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the run ended by %v", err)
			}
		case <-time.After(patience):
			t.Error("the run did not hear of it")
		}
		s.do(http.MethodDelete, "/v1/checks/"+inState(store.Running).ID).wants(200)
		for _, k := range pages[checkAnswer](s, "/v1/checks") {
			if k.State != store.Cancelled {
				t.Errorf("%+v", k)
			}
		}
		<-g.ended
	})
}
