package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/strictyaml"
)

// asProgram makes the test program landcheck itself where it is called so, for
// shells that look for it on their path.
func asProgram() {
	if filepath.Base(os.Args[0]) == "landcheck" {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
}

// pipelineJob is what the workflow files have of a job: GitHub's and Gitea's
// steps, GitLab's script.
type pipelineJob struct {
	Steps []struct {
		If, Run string
	}
	Script []string
}

// commands are the commands of a workflow file, and those that are run after a
// failure too.
func commands(t *testing.T, file string) (checks, always []string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := strictyaml.Parse(file, data, strictyaml.Options{MaxBytes: len(data)})
	if err != nil {
		t.Fatal(err)
	}
	var whole struct {
		Jobs      map[string]pipelineJob
		Landcheck pipelineJob
	}
	if err := doc.Root().Decode(&whole); err != nil {
		t.Fatal(err)
	}
	job := whole.Landcheck
	if whole.Jobs != nil {
		job = whole.Jobs["landcheck"]
	}
	checks = job.Script
	for _, step := range job.Steps {
		switch {
		case step.Run == "":
		case step.If == "always()":
			always = append(always, step.Run)
		default:
			checks = append(checks, step.Run)
		}
	}
	return checks, always
}

// TestWorkflows runs the steps of the example workflows in a repository: the exit
// status is the check's, and what the other steps take is there.
func TestWorkflows(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "scripts", "ci", "*.yml"))
	if err != nil || len(files) != 3 {
		t.Fatalf("%v, %v", files, err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir()
	if err := os.Symlink(program, filepath.Join(path, "landcheck")); err != nil {
		t.Fatal(err)
	}
	sample := sampleDir(t)
	for _, file := range files {
		checks, always := commands(t, file)
		if len(checks) != 1 {
			t.Fatalf("%s has the commands %q", file, checks)
		}
		for plan, want := range map[string]int{"01-compliant.zip": exitCompliant, "02-over-five-percent.zip": exitViolations, "": exitBadInput} {
			repository := t.TempDir()
			if err := errors.Join(os.Mkdir(filepath.Join(repository, ".git"), 0o755), os.Mkdir(filepath.Join(repository, "plans"), 0o755),
				os.CopyFS(filepath.Join(repository, "base"), os.DirFS(filepath.Join(sample, "base")))); err != nil {
				t.Fatal(err)
			}
			data := []byte("no archive")
			if plan != "" {
				if data, err = os.ReadFile(filepath.Join(sample, "plans", plan)); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(filepath.Join(repository, "plans", "plan.zip"), data, 0o600); err != nil {
				t.Fatal(err)
			}
			summary := filepath.Join(t.TempDir(), "summary")
			shell := func(command string) int {
				c := exec.Command("sh", "-e", "-c", command)
				c.Dir = repository
				c.Env = append(os.Environ(), "PATH="+path+":"+os.Getenv("PATH"), "GITHUB_STEP_SUMMARY="+summary)
				out, err := c.CombinedOutput()
				var status *exec.ExitError
				if err != nil && !errors.As(err, &status) {
					t.Fatalf("%v: %s", err, out)
				}
				return c.ProcessState.ExitCode()
			}
			if got := shell(checks[0]); got != want {
				t.Errorf("%s, plan %q: status %d, want %d", file, plan, got, want)
			}
			for _, command := range always {
				if got := shell(command); got != 0 {
					t.Errorf("%s, plan %q: %s: status %d", file, plan, command, got)
				}
				if text, err := os.ReadFile(summary); err != nil || len(text) == 0 && want != exitBadInput {
					t.Errorf("%s, plan %q: the summary is %q, %v", file, plan, text, err)
				}
			}
			holdsLog(t, repository, strings.Contains(checks[0], ".junit.xml"))
		}
	}
}

// holdsLog tells whether a run left what pipelines take: a SARIF log about files
// of the repository, and a JUnit file where it is asked for.
func holdsLog(t *testing.T, repository string, junit bool) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(repository, "landcheck.sarif"))
	var log struct{ Runs []json.RawMessage }
	if err = errors.Join(err, json.Unmarshal(data, &log)); err != nil || len(log.Runs) != 1 {
		t.Errorf("landcheck.sarif has %d runs, %v", len(log.Runs), err)
	}
	if strings.Contains(string(data), repository) {
		t.Error("landcheck.sarif names the place of the repository")
	}
	if _, err := os.Stat(filepath.Join(repository, "landcheck.junit.xml")); junit && err != nil {
		t.Error(err)
	}
}
