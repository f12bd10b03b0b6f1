package process

import (
	"bytes"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The program for Windows runs under Wine where LANDCHECK_WINDOWS names it
// (landcheck.exe of the folder that make dist packs) and Wine is installed.
// LANDCHECK_WINE_PREFIX names a prefix that is ready; Wine before 9 needs a
// bcryptprimitives.dll in its system32.

// TestWindowsService: it is installed, started, answers, is stopped when it has
// drained, and is gone.
func TestWindowsService(t *testing.T) {
	w := wine(t)
	const url = "http://127.0.0.1:18097/healthz"
	w.run(2, "没有服务 probe", "winservice", "status", "--name", "probe")
	w.run(0, "已安装", "winservice", "install", "--name", "probe", "--listen", "127.0.0.1:18097", "--metrics-listen", "none")
	defer w.run(0, "已卸载", "winservice", "uninstall", "--name", "probe")
	w.run(2, "已经有了", "winservice", "install", "--name", "probe")
	w.run(0, "已启动", "winservice", "start", "--name", "probe")
	answer, err := http.Get(url)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer, err)
	}
	answer.Body.Close()
	w.run(0, "运行中", "winservice", "status", "--name", "probe")
	w.run(0, "已停止", "winservice", "stop", "--name", "probe")
	if _, err := http.Get(url); err == nil {
		t.Error("it still answers")
	}
}

// TestWindowsPaths: Chinese and long names, of plans by a pattern, of base data, of
// what is written and of files in a package.
func TestWindowsPaths(t *testing.T) {
	w := wine(t)
	deep := filepath.Join(w.dir, strings.Repeat("全域土地综合整治/", 12), "方案")
	if err := os.MkdirAll(deep, 0o700); err != nil {
		t.Fatal(err)
	}
	for to, from := range map[string]string{"方案 一.zip": "01-compliant", "方案 二.zip": "02-over-five-percent"} {
		if err := os.WriteFile(filepath.Join(deep, to), must[[]byte](t)(os.ReadFile(plan(t, from))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path := `Z:` + strings.ReplaceAll(deep, "/", `\`)
	if len([]rune(path)) < 120 || len(path) < 300 {
		t.Fatalf("%s is short", path)
	}
	reports := []string{"check", path + `\方案 一.zip`, "--base", `Z:` + base(t)}
	for _, ending := range []string{".json", ".html", ".xlsx", ".docx", ".gpkg", ".geojson", ".sarif", ".junit.xml", ".md", ".csv"} {
		reports = append(reports, "-o", path+`\报告`+ending)
	}
	w.run(0, "符合政策要求", reports...)
	for i, r := range reports {
		if i > 0 && reports[i-1] == "-o" {
			if info, err := os.Stat(filepath.Join(deep, r[len(path)+1:])); err != nil || info.Size() == 0 {
				t.Errorf("%s: %v", r, err)
			}
		}
	}
	w.run(1, "方案 二.zip", "check", path+`\方案*.zip`, "--base", `Z:`+base(t))
}

// windows is a prefix of Wine with the program.
type windows struct {
	t            *testing.T
	program, dir string
}

func wine(t *testing.T) *windows {
	t.Helper()
	program := os.Getenv("LANDCHECK_WINDOWS")
	if _, err := exec.LookPath("wine"); err != nil || program == "" {
		t.Skip("LANDCHECK_WINDOWS names no landcheck.exe, or Wine is not installed")
	}
	return &windows{t, program, t.TempDir()}
}

// run runs the program to its end; its output has a text in it.
func (w *windows) run(status int, want string, args ...string) {
	w.t.Helper()
	var out bytes.Buffer
	cmd := exec.Command("wine", append([]string{w.program}, args...)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = w.dir, &out, &out, 5*time.Second // the service holds on to what Wine was started with
	cmd.Env = append(os.Environ(), "WINEDEBUG=-all", "LC_ALL=C.UTF-8")                // else Wine misreads names
	if prefix := os.Getenv("LANDCHECK_WINE_PREFIX"); prefix != "" {
		cmd.Env = append(cmd.Env, "WINEPREFIX="+prefix)
	}
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && !errors.Is(err, exec.ErrWaitDelay) {
		w.t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != status || !strings.Contains(out.String(), want) {
		w.t.Errorf("landcheck %s: status %d, want %d and %q\n%s", strings.Join(args, " "), got, status, want, out.String())
	}
}
