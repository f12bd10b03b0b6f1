package process

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"landcheck/rules/sample"
)

const scripts = "../../../scripts/"

func script(t testing.TB, name string) string {
	t.Helper()
	path := must[string](t)(filepath.Abs(scripts + name))
	return path
}

// TestServiceScript runs the walk through the service as make service does, on
// two of its plans, and looks for what it may have left.
func TestServiceScript(t *testing.T) {
	t.Parallel()
	postgres.Database(t) // else it is skipped, saying what is missing
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed: run scripts/install.sh service")
	}
	dir := filepath.Join(t.TempDir(), "walk")
	cmd := exec.Command(script(t, "service.sh"), must[string](t)(program()), dir, "0[12]*")
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{`01-compliant.zip +compliant\n`, `02-over-five-percent.zip +violations\n`, `→`, `150123`} {
		if n := len(regexp.MustCompile(want).FindAll(out, -1)); n < 2 {
			t.Errorf("%d times %s in\n%s", n, want, out)
		}
	}
	cluster := regexp.MustCompile(`/tmp/landcheck-pg\.\w+`).Find(out)
	if _, err := os.Stat(string(cluster)); len(cluster) == 0 || !os.IsNotExist(err) {
		t.Errorf("the cluster %s: %v", cluster, err)
	}
	for _, p := range must[[]string](t)(filepath.Glob("/proc/[0-9]*/cmdline")) {
		if line, _ := os.ReadFile(p); bytes.Contains(line, []byte(dir)) || bytes.Contains(line, cluster) {
			t.Errorf("left running: %q", line)
		}
	}
}

// TestExampleSettings: what the example says are settings of serve.
func TestExampleSettings(t *testing.T) {
	t.Parallel()
	example := script(t, "serve.conf")
	other := t.TempDir()
	if err := sample.Write(t.Context(), other, sample.Options{County: "150124"}); err != nil {
		t.Fatal(err)
	}
	p := start(t, "serve", "--config", example, "--data", "data", "--base", base(t), "--base", "150124="+filepath.Join(other, "base"), "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0")
	p.get("/readyz")
	if list := string(p.get("/v1/counties")); !strings.Contains(list, `"code":"150123"`) || !strings.Contains(list, `"code":"150124"`) {
		t.Errorf("with two bases the counties are %s", list)
	}
	text := string(must[[]byte](t)(os.ReadFile(example)))
	help := landcheck(t, "serve", "-h").stderr
	for _, line := range regexp.MustCompile(`(?m)^#? ?([a-z-]+) \S+$`).FindAllStringSubmatch(text, -1) {
		if !strings.Contains(help, "\n  -"+line[1]+" ") {
			t.Errorf("serve has no --%s", line[1])
		}
	}
}

// TestUnits: systemd takes the units as they are, and finds them well shut.
func TestUnits(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not installed: apt-get install systemd")
	}
	for _, name := range []string{"landcheck.service", "landcheck-worker.service"} {
		text := string(must[[]byte](t)(os.ReadFile(script(t, name))))
		unit := filepath.Join(t.TempDir(), name)
		here := strings.Replace(text, "/usr/local/bin/landcheck ", must[string](t)(program())+" ", 1)
		if here == text {
			t.Fatalf("%s does not run /usr/local/bin/landcheck", name)
		}
		if err := os.WriteFile(unit, []byte(here), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("systemd-analyze", "verify", "--man=no", unit).CombinedOutput(); err != nil || strings.Contains(string(out), name) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		// Exposure of 0 to 100; 20 is the best fifth.
		if out, err := exec.Command("systemd-analyze", "security", "--no-pager", "--offline=yes", "--threshold=20", unit).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		command := regexp.MustCompile(`(?m)^ExecStart=\S+ (.*)$`).FindStringSubmatch(text)
		for _, word := range strings.Fields(command[1])[1:] {
			if help := landcheck(t, strings.Fields(command[1])[0], "-h").stderr; strings.HasPrefix(word, "--") && !strings.Contains(help, "\n  -"+word[2:]+" ") {
				t.Errorf("%s: there is no %s", name, word)
			}
		}
	}
}

// TestContainerfile: the image has every library that the program loads, and
// nothing but make build builds it.
func TestContainerfile(t *testing.T) {
	t.Parallel()
	text := string(must[[]byte](t)(os.ReadFile(script(t, "Containerfile"))))
	if builds := regexp.MustCompile(`(?m)\b(make|go|gcc) .*$`).FindAllString(regexp.MustCompile(`(?m)^#.*$`).ReplaceAllString(text, ""), -1); !slices.Equal(builds, []string{"make build"}) {
		t.Errorf("it builds with %q", builds)
	}
	needed := must[[]byte](t)(exec.Command("objdump", "-p", must[string](t)(program())).Output())
	for _, m := range regexp.MustCompile(`NEEDED +(\S+)`).FindAllSubmatch(needed, -1) {
		library := string(m[1])
		out, err := exec.Command("dpkg-query", "-S", "*/"+library).Output()
		if err != nil {
			t.Skip("the libraries here are not from Debian's packages")
		}
		pkg, _, _ := strings.Cut(string(out), ":")
		if pkg != "libc6" && !strings.Contains(text, " "+pkg+" ") {
			t.Errorf("%s is in %s, which the image lacks", library, pkg)
		}
	}
}
