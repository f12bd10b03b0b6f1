package process

import (
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"landcheck/geo/postgis/pgtest"
)

// TestUnitsWait: what the units start waits for a database that is not up yet, and
// says so, and serves once it is; systemd itself never gives up starting it.
func TestUnitsWait(t *testing.T) {
	t.Parallel()
	url := postgres.Database(t)
	done(t, 0, "migrate", "--database", url)
	proxy, through := pgtest.NewProxy(t, url)
	proxy.Refuse()
	all := map[string]*process{}
	for _, name := range []string{"landcheck.service", "landcheck-worker.service"} {
		text := string(must[[]byte](t)(os.ReadFile(script(t, name))))
		if !strings.Contains(text, "\nStartLimitIntervalSec=0\n") || !strings.Contains(text, "\nRestart=on-failure\n") {
			t.Errorf("%s: systemd gives up", name)
		}
		line := regexp.MustCompile(`(?m)^ExecStart=\S+ (.*)$`).FindStringSubmatch(text)[1]
		line = regexp.MustCompile(` --config \S+`).ReplaceAllString(line, " --listen 127.0.0.1:0")
		line = regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllString(line, "127.0.0.1:0")
		cmd := command(t, append(strings.Fields(line), "--lang", "en")...)
		cmd.Env = append(cmd.Env, "LANDCHECK_DATABASE="+through)
		p := launch(t, cmd)
		all[name] = p
		if said := p.stdout.String(); !strings.Contains(said, "waits for it") {
			t.Errorf("%s says %q", name, said)
		}
		if a := p.ask("GET", "/readyz", nil); a.status != 503 {
			t.Errorf("%s: /readyz %d", name, a.status)
		}
	}
	proxy.Accept(t)
	for name, p := range all {
		if !happens(func() bool { a, err := p.try("GET", "/readyz", nil); return err == nil && a.status == 200 }) {
			t.Errorf("%s does not serve:\n%s", name, p.stderr.String())
		}
		p.signal(syscall.SIGTERM)
		if status := p.wait(time.Minute); status != 0 {
			t.Errorf("%s ends with %d", name, status)
		}
	}
}
