package process

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestFirstCheck does what the README and the manual's first chapter tell a
// newcomer to, in an empty directory that holds files of his own as they call
// them: the sample is written, a plan over 5 % is found out, his own plan passes.
func TestFirstCheck(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"README.md", "api/manual/zh/start.md", "api/manual/en/start.md"} {
		dir, ran := t.TempDir(), 0
		sample := must[string](t)(county())
		for own, of := range map[string]string{"底图": "base", "base": "base", "方案.zip": "plans/01-compliant.zip", "plan.zip": "plans/01-compliant.zip"} {
			if err := os.Symlink(filepath.Join(sample, of), filepath.Join(dir, own)); err != nil {
				t.Fatal(err)
			}
		}
		for _, m := range regexp.MustCompile(`(?m)^    (landcheck .+?)(  +#.*)?$`).FindAllStringSubmatch(document(t, file), -1) {
			line := m[1]
			if strings.HasPrefix(line, "landcheck serve") {
				continue // goes on; TestManualOfService has it
			}
			cmd := exec.Command("sh", "-c", line)
			cmd.Dir, cmd.Env = dir, append(os.Environ(), "PATH="+filepath.Dir(must[string](t)(program()))+":"+os.Getenv("PATH"))
			out, err := cmd.CombinedOutput()
			status := 0
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				status = exit.ExitCode()
			} else if err != nil {
				t.Fatal(err)
			}
			if want := strings.Count(line, "over-five-percent"); status != want {
				t.Fatalf("%s: %s ends with %d, want %d\n%s", file, line, status, want, out)
			}
			for _, m := range regexp.MustCompile(` -o (\S+)`).FindAllStringSubmatch(line, -1) {
				written := filepath.Join(dir, m[1])
				if info, err := os.Stat(written); err != nil || info.Size() == 0 {
					t.Errorf("%s: %s: %v", file, line, err)
				}
				if filepath.Ext(written) != ".html" {
					continue
				}
				page := string(must[[]byte](t)(os.ReadFile(written)))
				if !strings.Contains(page, "<html") || strings.Contains(page, "5.50 %") != strings.Contains(line, "over-five-percent") {
					t.Errorf("%s: %s: the report is %.200s", file, line, page)
				}
			}
			ran++
		}
		if ran < 3 {
			t.Errorf("%s has %d commands", file, ran)
		}
	}
}
