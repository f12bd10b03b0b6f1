package pgtest

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// NewPooler puts pgbouncer before a database of a test cluster, in a mode of its
// (session, transaction, statement); the URL goes by it. The test is skipped where
// pgbouncer is not installed.
func NewPooler(t testing.TB, database, mode string) string {
	t.Helper()
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		t.Skip("pgbouncer is not installed: run scripts/install.sh test, or apt-get install pgbouncer")
	}
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp(shortTemp(), "pool")
	if err != nil {
		t.Fatal(err)
	}
	settings := fmt.Sprintf(`[databases]
%s = host=%s port=5432 user=postgres pool_mode=%s
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = %s
auth_type = any
max_client_conn = 200
default_pool_size = 40
logfile = %s
`, databaseOf(database), u.Query().Get("host"), mode, dir, filepath.Join(dir, "log"))
	file := filepath.Join(dir, "pgbouncer.ini")
	if err := os.WriteFile(file, []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/bin/sh", "-c", `"$1" -q "$2" </dev/null >/dev/null 2>&1 & cat >/dev/null; kill $!; wait`, "pooler", program, file)
	cmd.Dir, cmd.Env = "/", []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
	if err := unprivileged(cmd, dir); err != nil {
		t.Fatal(err)
	}
	life, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { life.Close(); cmd.Wait(); os.RemoveAll(dir) })
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(dir, ".s.PGSQL.6432")); err == nil {
			break
		}
		if time.Now().After(end) {
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			t.Fatalf("pgbouncer does not start: %s", log)
		}
	}
	return "postgres:///" + databaseOf(database) + "?host=" + dir + "&port=6432&user=postgres&sslmode=disable"
}
