package main

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/report"
)

// failedRun is the part of a SARIF log that tells of a failure.
type failedRun struct {
	Runs []struct {
		Results     []any
		Invocations []struct {
			ExecutionSuccessful        bool
			ExitCode                   int
			ToolExecutionNotifications []struct {
				Level      string
				Message    struct{ Text string }
				Descriptor struct{ ID string }
				Locations  []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           *struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
}

type failedSuites struct {
	Errors int `xml:"errors,attr"`
	Suites []struct {
		Cases []struct {
			Error *struct {
				Type    string `xml:"type,attr"`
				Message string `xml:"message,attr"`
				Text    string `xml:",chardata"`
			} `xml:"error"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

// TestFailuresForMachines: whatever ends with 2 is told to the machine that
// asked, on standard output and in files, as it is told to the person.
func TestFailuresForMachines(t *testing.T) {
	base, good := filepath.Join(sampleDir(t), "base"), filepath.Join(sampleDir(t), "plans", "01-compliant.zip")
	broken, slips := unpacked(t), unpacked(t)
	edit(t, broken, "DLBG.shp", func(b []byte) []byte { return b[:3000] })
	replace(t, slips, "plan.yaml", "project:", "quato: {}\nprojekt: {}\nproject:")
	for name, c := range map[string]struct {
		args   []string
		code   report.FailureCode
		file   string // its end
		record bool
		errors int
		files  bool // -o is known by then
	}{
		"no such plan":        {[]string{filepath.Join(t.TempDir(), "absent.zip"), "--base", base}, report.InputFailure, "absent.zip", false, 1, true},
		"a record":            {[]string{broken, "--base", base}, report.InputFailure, "DLBG.shp", true, 1, true},
		"a manifest of slips": {[]string{slips, "--base", base}, report.InputFailure, "plan.yaml", true, 2, true},
		"no base":             {[]string{good}, report.UsageFailure, "", false, 1, true},
		"no plan":             {nil, report.UsageFailure, "", false, 1, false},
		"no such flag":        {[]string{good, "--bass", base}, report.UsageFailure, "", false, 1, false},
		"no such stage":       {[]string{good, "--base", base, "--stage", "start"}, report.InputFailure, "", false, 1, true},
		"no such folder":      {[]string{good, "--base", base, "-o", filepath.Join(t.TempDir(), "absent", "x.html")}, report.FileFailure, "", false, 1, true},
		"not a baseline":      {[]string{good, "--base", base, "--baseline", filepath.Join(slips, "plan.yaml")}, report.InputFailure, "plan.yaml", false, 1, true},
	} {
		for _, lang := range []string{"zh", "en"} {
			for _, f := range []struct{ format, ending string }{{"json", ".json"}, {"sarif", ".sarif"}, {"junit", ".junit.xml"}} {
				file := filepath.Join(t.TempDir(), "report"+f.ending)
				got := landcheck(t, append([]string{"check", "--format", f.format, "-o", file, "--lang", lang, "--quiet"}, c.args...)...)
				if got.status != exitBadInput || got.stderr == "" {
					t.Errorf("%s: status %d, %q", name, got.status, got.stderr)
				}
				written, err := os.ReadFile(file)
				if c.files && (err != nil || string(written) != got.stdout) {
					t.Errorf("%s, %s: the file holds %.200q (%v), not what standard output has", name, f.format, written, err)
				}
				said := strings.TrimPrefix(strings.SplitN(got.stderr, "\n", 2)[0], "landcheck: ")
				switch f.format {
				case "json":
					var r report.Failure
					if err := json.Unmarshal([]byte(got.stdout), &r); err != nil {
						t.Fatalf("%s: %v: %q", name, err, got.stdout)
					}
					if r.Schema != "landcheck-error/1" || r.Exit != 2 || r.Code != c.code || len(r.Errors) != c.errors || !strings.HasSuffix(r.File, c.file) ||
						c.file != "" && r.File == "" || (r.Record > 0) != c.record || r.What != r.Errors[0].What || !strings.Contains(said, r.What.In(lang)) || r.What.ZH == r.What.EN || r.Advice.IsZero() {
						t.Errorf("%s: %s\n%s", name, got.stdout, said)
					}
				case "sarif":
					var r failedRun
					if err := json.Unmarshal([]byte(got.stdout), &r); err != nil {
						t.Fatalf("%s: %v: %q", name, err, got.stdout)
					}
					run := r.Runs[0]
					call := run.Invocations[0]
					if call.ExecutionSuccessful || call.ExitCode != 2 || run.Results == nil || len(run.Results) != 0 || len(call.ToolExecutionNotifications) != c.errors {
						t.Errorf("%s: %s", name, got.stdout)
					}
					n := call.ToolExecutionNotifications[0]
					if n.Level != "error" || n.Message.Text != said || n.Descriptor.ID != string(c.code) || c.file != "" && !strings.HasSuffix(n.Locations[0].PhysicalLocation.ArtifactLocation.URI, c.file) ||
						c.record && n.Locations[0].PhysicalLocation.Region.StartLine < 1 {
						t.Errorf("%s: %+v, not %s", name, n, said)
					}
				case "junit":
					var r failedSuites
					if err := xml.Unmarshal([]byte(got.stdout), &r); err != nil {
						t.Fatalf("%s: %v: %q", name, err, got.stdout)
					}
					if e := r.Suites[0].Cases[0].Error; r.Errors != 1 || e == nil || e.Type != string(c.code) || e.Message != said || strings.Count(e.Text, "\n") != c.errors {
						t.Errorf("%s: %s\n%s", name, got.stdout, said)
					}
				}
			}
		}
	}
}

// TestFailuresForPeople: standard output stays empty in formats that people read,
// and no file is written in them.
func TestFailuresForPeople(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.html")
	for _, format := range []string{"text", "html", "markdown", "geojson", "csv"} {
		got := landcheck(t, "check", filepath.Join(t.TempDir(), "absent.zip"), "--base", t.TempDir(), "--format", format, "-o", file)
		if got.status != exitBadInput || got.stdout != "" || there(file) {
			t.Errorf("%s: status %d, %q", format, got.status, got.stdout)
		}
	}
}

// TestFailureByEnvironment: the format may come from elsewhere than the command line.
func TestFailureByEnvironment(t *testing.T) {
	t.Setenv("LANDCHECK_FORMAT", "json")
	for _, args := range [][]string{{"check", "absent.zip", "--base", "absent"}, {"check", "--bogus"}, {"diff", "absent.json", "absent.json"}} {
		got := landcheck(t, args...)
		if got.status != exitBadInput || !strings.HasPrefix(got.stdout, "{\n  \"schema\": \"landcheck-error/1\"") {
			t.Errorf("%v: status %d, %q", args, got.status, got.stdout)
		}
	}
	if got := landcheck(t, "migrate", "absent"); got.stdout != "" { // takes no format
		t.Errorf("%q", got.stdout)
	}
}
