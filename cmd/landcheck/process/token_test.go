package process

import (
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

var secretForm = regexp.MustCompile(`^lc_[0-9a-f]{64}\n$`)

// token makes one and gives its secret and id.
func token(t testing.TB, where []string, more ...string) (secret, id string) {
	t.Helper()
	r := done(t, 0, append(append([]string{"token", "create", "--lang", "en"}, where...), more...)...)
	if !secretForm.MatchString(r.stdout) {
		t.Fatalf("the secret is %q", r.stdout)
	}
	_, after, _ := strings.Cut(r.stderr, "token ")
	id, _, _ = strings.Cut(after, " ")
	return strings.TrimSpace(r.stdout), id
}

// briefToken makes a token and says when it ends: soon, but not before a slow
// machine has made it.
func briefToken(t testing.TB, where []string) (secret string, end time.Time) {
	t.Helper()
	for life := 6 * time.Second; life < 2*patience; life *= 2 {
		end = time.Now().Add(life).Truncate(time.Second)
		r := landcheck(t, append(append([]string{"token", "create"}, where...), "--name", "临时", "--expires", end.Format(time.RFC3339))...)
		if r.status == 0 {
			return strings.TrimSpace(r.stdout), end
		}
	}
	t.Fatal("a token that expires cannot be made")
	return "", end
}

// TestTokens: who has one comes in, to what its area holds; who has none does
// not; and it may listen on the network.
func TestTokens(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	url := loaded(t)
	t.Run("directory", func(t *testing.T) {
		testTokens(t, []string{"--data", data}, func(t *testing.T) *process {
			return start(t, "serve", "--data", data, "--base", base(t), "--listen", "0.0.0.0:0")
		}, false)
	})
	t.Run("database", func(t *testing.T) {
		testTokens(t, []string{"--database", url}, func(t *testing.T) *process {
			return start(t, "serve", "--database", url, "--listen", "0.0.0.0:0")
		}, true)
	})
}

func testTokens(t *testing.T, where []string, serve func(*testing.T) *process, live bool) {
	admin, _ := token(t, where, "--name", "主任", "--role", "admin")
	clerk, clerkID := token(t, where, "--name", "王工", "--prefix", "1501")
	stranger, _ := token(t, where, "--name", "邻县", "--prefix", "2201", "--expires", "720h")
	brief, end := briefToken(t, where)
	list := func() string { return done(t, 0, append([]string{"token", "list"}, where...)...).stdout }
	before := list()
	for _, secret := range []string{admin, clerk} {
		if strings.Contains(before, secret) || strings.Contains(before, strings.TrimPrefix(secret, "lc_")) {
			t.Error("the list shows a secret")
		}
	}
	p := serve(t)
	p.url = strings.Replace(p.url, "localhost", "127.0.0.1", 1)
	bearer := func(secret string) []string { return []string{"Authorization", "Bearer " + secret} }
	status := func(path, secret string) int {
		t.Helper()
		if secret == "" {
			return p.ask("GET", path, nil).status
		}
		return p.ask("GET", path, nil, bearer(secret)...).status
	}
	at := p.upload(plan(t, "01-compliant"), bearer(clerk)...)
	c := p.order(at, "30", bearer(clerk)...)
	for _, want := range []struct {
		path, secret string
		status       int
	}{
		{at, "", http.StatusUnauthorized},
		{at, "lc_" + strings.Repeat("0", 64), http.StatusUnauthorized},
		{at, clerk, http.StatusOK}, {at, admin, http.StatusOK},
		{at, stranger, http.StatusNotFound},
		{"/v1/checks/" + c.ID + "/report", stranger, http.StatusNotFound},
		{"/v1/tokens", clerk, http.StatusForbidden}, {"/v1/tokens", admin, http.StatusOK},
		{"/healthz", "", http.StatusOK},
	} {
		if got := status(want.path, want.secret); got != want.status {
			t.Errorf("GET %s: %d, want %d", want.path, got, want.status)
		}
	}
	time.Sleep(time.Until(end))
	if got := status(at, brief); got != http.StatusUnauthorized {
		t.Errorf("an expired token: %d", got)
	}
	if !live { // one process at a time has the directory
		busy := done(t, 2, append([]string{"token", "revoke", clerkID}, where...)...)
		if !strings.Contains(busy.stderr, "/v1/tokens") {
			t.Errorf("while the service runs: %s", busy.stderr)
		}
		p.signal(syscall.SIGTERM)
		p.wait(patience)
	}
	done(t, 0, append([]string{"token", "revoke", clerkID}, where...)...)
	if !live {
		p = serve(t)
		p.url = strings.Replace(p.url, "localhost", "127.0.0.1", 1)
	}
	if got := status(at, clerk); got != http.StatusUnauthorized {
		t.Errorf("a revoked token: %d", got)
	}
	audit := string(p.get("/v1/audit", bearer(admin)...))
	for _, want := range []string{`"what":"token-create"`, `"what":"token-revoke"`, `"what":"upload"`, `"what":"check"`, `"who":"王工"`, `"who":"shell:`} {
		if !strings.Contains(audit, want) {
			t.Errorf("the audit trail lacks %s: %s", want, audit)
		}
	}
	if strings.Contains(audit, admin) || strings.Contains(p.stderr.String(), admin) {
		t.Error("a secret is in the audit trail or the log")
	}
	if !live {
		p.signal(syscall.SIGTERM)
		p.wait(patience)
	}
	for _, state := range []string{"有效", "已撤销", "已过期"} {
		if after := list(); !strings.Contains(after, state) {
			t.Errorf("the list lacks %s: %s", state, after)
		}
	}
}
