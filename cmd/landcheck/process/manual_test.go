package process

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestManualOfService does what the manual says of the service, line by line:
// with curl against a server from a directory, then with a database; and what it
// says of backups. Both languages have the same lines (api/manual).
func TestManualOfService(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed: run scripts/install.sh service")
	}
	url := postgres.Database(t)
	dir := t.TempDir()
	if err := os.Symlink(must[string](t)(county()), filepath.Join(dir, "sample")); err != nil {
		t.Fatal(err)
	}
	section := document(t, "api/manual/en/service.md") + chapter(t, "api/manual/en/operation.md", "## Backup")
	r := &reader{t: t, dir: dir, env: append(os.Environ(), "TMPDIR="+t.TempDir(), "PATH="+filepath.Dir(must[string](t)(program()))+":"+os.Getenv("PATH"))}
	for _, m := range regexp.MustCompile(`(?m)^    (.+?)(  +#.*)?$`).FindAllStringSubmatch(section, -1) {
		line := m[1]
		switch {
		case strings.HasPrefix(line, "export LANDCHECK_DATABASE="):
			r.env = append(r.env, "LANDCHECK_DATABASE="+url)
		case strings.HasPrefix(line, "landcheck serve"), strings.HasPrefix(line, "landcheck worker"):
			r.start(line)
		case strings.Contains(line, "$TOKEN"): // of a server that asks for one
		default:
			r.run(line)
		}
	}
	if r.ran < 13 || r.report == "" {
		t.Errorf("%d lines were tried", r.ran)
	}
	page := string(must[[]byte](t)(os.ReadFile(filepath.Join(dir, "report.html"))))
	if !strings.Contains(page, "<html") || !strings.Contains(r.report, `"rule":"pbf-township-cap"`) {
		t.Errorf("the report is %.200s, the findings are %.200s", page, r.report)
	}
}

// document is a file of the repository.
func document(t testing.TB, file string) string {
	t.Helper()
	return string(must[[]byte](t)(os.ReadFile(filepath.Join("..", "..", "..", file))))
}

// chapter is what stands in a file between a heading and the next of its level.
func chapter(t testing.TB, file, heading string) string {
	t.Helper()
	level, _, _ := strings.Cut(heading, " ")
	_, rest, found := strings.Cut(document(t, file), "\n"+heading+"\n")
	if !found {
		t.Fatalf("%s has no chapter %q", file, heading)
	}
	rest, _, _ = strings.Cut(rest, "\n"+level+" ")
	return rest
}

// reader does what it reads.
type reader struct {
	t      testing.TB
	dir    string
	env    []string
	server *process
	report string // the findings
	ran    int
}

var port = regexp.MustCompile(`(--listen \S+:)\d+`)

// start is a line that goes on: at any free port. Without a database one server has
// the data at a time: the next takes the place of the one before.
func (r *reader) start(line string) {
	r.t.Helper()
	if line = port.ReplaceAllString(line, "${1}0"); !strings.Contains(line, "--listen") {
		line += " --listen 127.0.0.1:0"
	}
	if r.server != nil && !slices.ContainsFunc(r.env, func(v string) bool { return strings.HasPrefix(v, "LANDCHECK_DATABASE=") }) {
		r.server.signal(syscall.SIGTERM)
		r.server.wait(20 * time.Second)
		r.server = nil
	}
	cmd := command(r.t, strings.Fields(line)[1:]...)
	cmd.Dir, cmd.Env = r.dir, append(cmd.Env, r.env...)
	p := launch(r.t, cmd)
	if r.server == nil {
		r.server = p
	}
	p.get("/readyz")
	r.ran++
}

func (r *reader) run(line string) {
	r.t.Helper()
	if name := strings.Fields(line)[0]; name == "ogrinfo" {
		if _, err := exec.LookPath(name); err != nil {
			r.t.Skip("GDAL is not installed: run scripts/install.sh test")
		}
	}
	line = strings.ReplaceAll(strings.Replace(line, "curl ", "curl -sS --fail-with-body --max-time 60 ", 1), "http://127.0.0.1:8080", r.server.url)
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir, cmd.Env = r.dir, r.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("%s: %v\n%s", line, err, out)
	}
	r.ran++
	id := regexp.MustCompile(`"id":"([^"]+)"`).FindSubmatch(out)
	switch {
	case strings.Contains(line, "/v1/plans?"):
		r.env = append(r.env, "PLAN="+string(id[1]))
	case strings.Contains(line, "-X POST") && strings.Contains(line, "/checks"):
		r.env = append(r.env, "CHECK="+string(id[1]))
	case strings.Contains(line, "/findings"):
		r.report = string(out)
	}
}
