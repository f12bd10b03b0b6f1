package process

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestStatementTimeout: a check whose queries the database always ends is not
// tried for ever; it says what ran out and what to do, and once that is mended
// the plan is checked.
func TestStatementTimeout(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	server := start(t, "serve", "--database", url, "--listen", "127.0.0.1:0")
	address := server.upload(plan(t, "01-compliant"))
	name := text(t, url, "select current_database()::text")
	execute(t, url, "alter database "+name+" set statement_timeout = '1s'")
	letGo := hold(t, url, "base.feature")
	c := server.until(server.order(address, "0").ID, "failed")
	words, err := json.Marshal(c.Problem)
	if err != nil {
		t.Fatal(err)
	}
	if c.Attempt != 3 || c.Interrupted != 0 || strings.Count(string(words), "statement_timeout") != 2 || strings.Contains(string(words), name) {
		t.Errorf("%+v %s", c, words)
	}
	letGo()
	execute(t, url, "alter database "+name+" reset statement_timeout")
	server.until(server.order(address, "0").ID, "done")
}

// TestLockedUpload: an upload whose place cannot be looked up, because somebody
// has locked the base data, is told to come again and is taken afterwards.
func TestLockedUpload(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	server := start(t, "serve", "--database", url, "--listen", "127.0.0.1:0", "--request-time", "2s")
	zip := must[[]byte](t)(os.ReadFile(plan(t, "01-compliant")))
	letGo := hold(t, url, "base.feature")
	a := server.ask("POST", "/v1/plans", zip, "Content-Type", "application/zip")
	if a.status != 503 || a.header.Get("Retry-After") == "" {
		t.Errorf("%d %s", a.status, a.body)
	}
	letGo()
	if a := server.ask("POST", "/v1/plans", zip, "Content-Type", "application/zip"); a.status != 201 {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func execute(t testing.TB, url, statement string) {
	t.Helper()
	conn := connect(t, url)
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}
