package main

import (
	"encoding/json"
	"flag"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/rulebook"
)

// TestCompletionInBash types words into bash and reads what it offers.
func TestCompletionInBash(t *testing.T) {
	script := filepath.Join(t.TempDir(), "landcheck.bash")
	got := landcheck(t, "completion", "bash")
	put(t, script, got.stdout)
	if got.status != exitCompliant {
		t.Fatal(got.stderr)
	}
	for typed, want := range map[string]string{
		"ch": "check", "completion po": "powershell", "check --form": "--format", "check a.zip --format js": "json", "rules --format t": "text",
		"check --stage sub": "subproject-acceptance", "check --lang": "--lang", "explain pbf-township": "pbf-township-cap", "--lang en expl": "explain",
		"help inp": "inputs", "check --rulebook nmg": "nmg-2025", "check " + filepath.Dir(script) + "/": script, "check -o " + filepath.Dir(script) + "/": script,
	} {
		c := exec.Command("bash", "-c", `source "$0"; COMP_WORDS=(landcheck "$@"); COMP_CWORD=$#; _landcheck; printf '%s\n' "${COMPREPLY[@]}"`, script)
		c.Args = append(c.Args, strings.Fields(typed)...)
		if strings.HasSuffix(typed, " ") {
			c.Args = append(c.Args, "")
		}
		out, err := c.CombinedOutput()
		if err != nil || strings.TrimSpace(string(out)) != want {
			t.Errorf("%q: %q, want %q (%v)", typed, out, want, err)
		}
	}
}

// TestCompletionKnowsAll: each script has every command and flag, and is read
// without complaint by its shell, where that is here.
func TestCompletionKnowsAll(t *testing.T) {
	for shell, program := range map[string][]string{"bash": {"bash", "-n"}, "zsh": {"zsh", "-n"}, "fish": {"fish", "-n"}, "powershell": {"pwsh", "-NoProfile", "-File"}} {
		text := landcheck(t, "completion", shell).stdout
		for _, c := range (&app{}).commands() {
			c.FlagSet.VisitAll(func(f *flag.Flag) {
				if !strings.Contains(text, c.Name) || !strings.Contains(text, f.Name) {
					t.Errorf("%s: no %s --%s", shell, c.Name, f.Name)
				}
			})
		}
		if _, err := exec.LookPath(program[0]); err != nil {
			continue
		}
		file := filepath.Join(t.TempDir(), "script")
		put(t, file, text)
		if out, err := exec.Command(program[0], append(program[1:], file)...).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v: %s", shell, err, out)
		}
	}
	if got := landcheck(t, "completion", "tcsh"); got.status != exitBadInput || !strings.Contains(got.stderr, "powershell") {
		t.Error(got.stderr)
	}
}

func TestVersion(t *testing.T) {
	a, b := landcheck(t, "--version"), landcheck(t, "version")
	if a.status != exitCompliant || !strings.HasPrefix(a.stdout, "landcheck ") || a != b {
		t.Errorf("%+v, %+v", a, b)
	}
}

// TestRulesForMachines: every rule that a rulebook has on is listed, with its page.
func TestRulesForMachines(t *testing.T) {
	for _, id := range rulebook.BuiltIn() {
		var list ruleList
		if err := json.Unmarshal([]byte(landcheck(t, "rules", "--rulebook", id, "--format", "json").stdout), &list); err != nil {
			t.Fatal(err)
		}
		book, err := rulebook.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		at := 0
		for i := range book.Rules {
			if r := &book.Rules[i]; !r.Off {
				if at == len(list.Rules) || list.Rules[at].ID != r.ID || list.Rules[at].Clause.Text != r.Clause.Text || list.Rules[at].Kind == "" || len(list.Rules[at].Page) < 4 {
					t.Fatalf("%s: rule %d is not %s", id, at, r.ID)
				}
				at++
			}
		}
		if at != len(list.Rules) || list.Digest != book.Digest {
			t.Errorf("%s: %d rules of %d", id, len(list.Rules), at)
		}
	}
}

// TestHandbook: explain --all has the page of each rule, in both languages.
func TestHandbook(t *testing.T) {
	book, err := rulebook.Load("nmg-2025")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"zh", "en"} {
		all := landcheck(t, "explain", "--all", "--lang", lang).stdout
		for i := range book.Rules {
			r := &book.Rules[i]
			for _, want := range []string{"\n## " + r.ID + "\n", "](#" + r.ID + ")"} {
				if strings.Count(all, want) != 1 && !r.Off {
					t.Errorf("%s: %q stands %d times", lang, want, strings.Count(all, want))
				}
			}
		}
	}
	if got := landcheck(t, "explain", "--all", "pbf-area-kept"); got.status != exitBadInput {
		t.Error(got.stdout)
	}
	if got := landcheck(t, "explain", "pbf-area-kep", "--lang", "en"); !strings.Contains(got.stderr, "did you mean pbf-area-kept") {
		t.Error(got.stderr)
	}
	if got := landcheck(t, "chekc", "--lang", "en"); got.status != exitBadInput || !strings.Contains(got.stderr, "did you mean check") {
		t.Error(got.stderr)
	}
}
