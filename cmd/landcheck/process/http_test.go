package process

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

// answer is an HTTP answer, read whole.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// ask sends a request; header is pairs.
func (p *process) ask(method, path string, body []byte, header ...string) answer {
	p.t.Helper()
	a, err := p.try(method, path, body, header...)
	if err != nil {
		p.t.Fatalf("%v\n%s", err, p.stderr.String())
	}
	return a
}

func (p *process) try(method, path string, body []byte, header ...string) (answer, error) {
	r, err := http.NewRequest(method, p.url+path, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := (&http.Client{Timeout: patience}).Do(r)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, text}, err
}

// get is ask that must be answered with 200.
func (p *process) get(path string, header ...string) []byte {
	p.t.Helper()
	a := p.ask("GET", path, nil, header...)
	if a.status != http.StatusOK {
		p.t.Fatalf("GET %s: %d %s", path, a.status, a.body)
	}
	return a.body
}

// upload sends a plan package and gives its address.
func (p *process) upload(path string, header ...string) string {
	p.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		p.t.Fatal(err)
	}
	a := p.ask("POST", "/v1/plans?name="+filepath.Base(path), text, append(header, "Content-Type", "application/zip")...)
	if a.status != http.StatusCreated && a.status != http.StatusOK {
		p.t.Fatalf("upload of %s: %d %s", path, a.status, a.body)
	}
	return a.header.Get("Location")
}

// check is a check as the service shows it.
type check struct {
	ID          string
	State       string
	Verdict     string
	Attempt     int
	Interrupted int
	BaseVersion int `json:"base_version"`
	Problem     any
}

func (a answer) check(t testing.TB) check {
	t.Helper()
	var c check
	if err := json.Unmarshal(a.body, &c); err != nil || c.ID == "" {
		t.Fatalf("no check: %d %s", a.status, a.body)
	}
	return c
}

// order asks for a check of a plan and waits for so many seconds.
func (p *process) order(plan, wait string, header ...string) check {
	p.t.Helper()
	return p.ask("POST", plan+"/checks", nil, append(header, "Prefer", "wait="+wait)...).check(p.t)
}

func (p *process) check(id string) check {
	p.t.Helper()
	return p.ask("GET", "/v1/checks/"+id, nil).check(p.t)
}

// until waits for a check to be in a state.
func (p *process) until(id, state string) check {
	p.t.Helper()
	var c check
	if !happens(func() bool { c = p.check(id); return c.State != "queued" && c.State != "running" || c.State == state }) || c.State != state {
		p.t.Fatalf("check %s is %+v, not %s\n%s", id, c, state, p.stderr.String())
	}
	return c
}

// report of a done check, as JSON.
func (p *process) report(c check) string {
	p.t.Helper()
	if c.State != "done" {
		p.t.Fatalf("check %+v is not done\n%s", c, p.stderr.String())
	}
	return string(p.get("/v1/checks/" + c.ID + "/report"))
}
