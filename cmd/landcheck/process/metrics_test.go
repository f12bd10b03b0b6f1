package process

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

var meterForm = regexp.MustCompile(`(http://127\.0\.0\.1:[0-9]+)/metrics`)

// meterOf is where a process says that its metrics are.
func meterOf(t testing.TB, p *process) string {
	t.Helper()
	for range 200 {
		if m := meterForm.FindStringSubmatch(p.stdout.String()); m != nil {
			return m[1]
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("it does not say where its metrics are:\n%s", p.stdout.String())
	return ""
}

// TestMetricsListen: metrics have an address of their own, also of a second
// service on the machine; who wants them beside the service, or nowhere, says so.
func TestMetricsListen(t *testing.T) {
	t.Parallel()
	serve := func(listen string, more ...string) *process {
		return start(t, append([]string{"serve", "--data", t.TempDir(), "--listen", listen}, more...)...)
	}
	status := func(p *process, at string) int {
		t.Helper()
		url := p.url
		defer func() { p.url = url }()
		p.url = at
		return p.ask("GET", "/metrics", nil).status
	}
	first, second := serve("127.0.0.1:0"), serve("127.0.0.1:0")
	for _, p := range []*process{first, second} {
		at := meterOf(t, p)
		if at == p.url || status(p, at) != http.StatusOK || status(p, p.url) != http.StatusNotFound {
			t.Errorf("metrics at %s, service at %s", at, p.url)
		}
	}
	if meterOf(t, first) == meterOf(t, second) {
		t.Error("two services share their metrics")
	}
	here := serve("127.0.0.3:8090", "--metrics-listen", "127.0.0.3:8090")
	if status(here, here.url) != http.StatusOK {
		t.Error("no metrics beside the service that was told to have them there")
	}
	nowhere := serve("127.0.0.1:0", "--metrics-listen", "none", "--lang", "en")
	if status(nowhere, nowhere.url) != http.StatusNotFound {
		t.Error("metrics where there are to be none")
	}
	for end := time.Now().Add(10 * time.Second); !strings.Contains(nowhere.stdout.String(), "metrics nowhere"); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s", nowhere.stdout.String())
		}
	}
	taken := strings.TrimPrefix(first.url, "http://")
	if r := landcheck(t, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--metrics-listen", taken, "--lang", "en"); r.status != 2 || !strings.Contains(r.stderr, "--metrics-listen") {
		t.Errorf("%d %s", r.status, r.stderr)
	}
}
