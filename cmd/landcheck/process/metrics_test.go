package process

import (
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var meterForm = regexp.MustCompile(`(http://127\.0\.0\.1:[0-9]+)/metrics`)

// meterOf is where a process says that its metrics are.
func meterOf(t testing.TB, p *process) string {
	t.Helper()
	var m []string
	if !happens(func() bool { m = meterForm.FindStringSubmatch(p.stdout.String()); return m != nil }) {
		t.Fatalf("it does not say where its metrics are:\n%s", p.stdout.String())
	}
	return m[1]
}

// free is an address that nobody listens at. No connection of this machine
// begins there either, as they do at ports of 127.0.0.1.
func free(t testing.TB) string {
	t.Helper()
	l := must[net.Listener](t)(net.Listen("tcp", "127.0.0.3:0"))
	defer l.Close()
	return l.Addr().String()
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
	both := free(t)
	here := serve(both, "--metrics-listen", both)
	if status(here, here.url) != http.StatusOK {
		t.Error("no metrics beside the service that was told to have them there")
	}
	nowhere := serve("127.0.0.1:0", "--metrics-listen", "none", "--lang", "en")
	if status(nowhere, nowhere.url) != http.StatusNotFound {
		t.Error("metrics where there are to be none")
	}
	if !happens(func() bool { return strings.Contains(nowhere.stdout.String(), "metrics nowhere") }) {
		t.Fatalf("%s", nowhere.stdout.String())
	}
	taken := strings.TrimPrefix(first.url, "http://")
	if r := landcheck(t, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--metrics-listen", taken, "--lang", "en"); r.status != 2 || !strings.Contains(r.stderr, "--metrics-listen") {
		t.Errorf("%d %s", r.status, r.stderr)
	}
}
