package main

import (
	"path/filepath"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// TestViolationsDoNotHideWhatWasNotChecked: plan 06 fails one in-principle
// rule, and without the red line others cannot be checked. Whoever lets the
// failure pass still learns that the check is incomplete.
func TestViolationsDoNotHideWhatWasNotChecked(t *testing.T) {
	dir := sampleDir(t)
	plan, base := filepath.Join(dir, "plans", "06-urban-pbf-taken.zip"), filepath.Join(dir, "base")
	bare, old := without(t, base, "STBHHX"), filepath.Join(t.TempDir(), "old.json")
	if got := landcheck(t, "check", plan, "--base", bare, "-o", old).status; got != exitViolations {
		t.Fatalf("status %d, want 1: what fails comes first", got)
	}
	for _, c := range []struct {
		base string
		args []string
		want int
	}{
		{bare, []string{"--fail-on", "mandatory"}, exitIncomplete},
		{bare, []string{"--fail-on", "never"}, exitIncomplete},
		{bare, []string{"--baseline", old}, exitIncomplete},
		{base, []string{"--baseline", old}, exitCompliant},
		{base, []string{"--fail-on", "mandatory"}, exitCompliant},
		{without(t, base, "LSWHBHX"), []string{"--fail-on", "never"}, exitCompliant}, // an optional layer
	} {
		if res := landcheck(t, append([]string{"check", plan, "--base", c.base}, c.args...)...); res.status != c.want {
			t.Errorf("%v: status %d, want %d: %s", c.args, res.status, c.want, res.stderr)
		}
	}
}

// TestStatusOfReservations: a file that was not read is never let pass, other
// reservations only where nobody is strict.
func TestStatusOfReservations(t *testing.T) {
	fails := []result.RuleResult{{ID: "a", Level: domain.Mandatory, Status: domain.Fail}}
	reserved := func(kind result.ReservationKind) []result.Reservation { return []result.Reservation{{Kind: kind}} }
	for _, c := range []struct {
		report result.Report
		failOn string
		strict bool
		want   int
	}{
		{result.Report{Verdict: domain.Compliant}, "in_principle", true, exitCompliant},
		{result.Report{Verdict: domain.Compliant, Reservations: reserved(result.Unchecked)}, "in_principle", false, exitCompliant},
		{result.Report{Verdict: domain.Compliant, Reservations: reserved(result.Unchecked)}, "in_principle", true, exitIncomplete},
		{result.Report{Verdict: domain.Incomplete, Reservations: reserved(result.UnreadFile)}, "never", false, exitIncomplete},
		{result.Report{Verdict: domain.Violations, Rules: fails, Reservations: reserved(result.UnreadFile)}, "in_principle", false, exitViolations},
		{result.Report{Verdict: domain.Violations, Rules: fails, Reservations: reserved(result.UnreadFile)}, "never", false, exitIncomplete},
		{result.Report{Verdict: domain.Violations, Rules: fails, Reservations: reserved(result.DoubtfulBase)}, "never", false, exitCompliant},
		{result.Report{Verdict: domain.Violations, Rules: fails, Reservations: reserved(result.DoubtfulBase)}, "never", true, exitIncomplete},
	} {
		if got := exitStatus(&c.report, c.failOn, nil, c.strict); got != c.want {
			t.Errorf("%s, %v, fail on %s, strict %t: %d, want %d", c.report.Verdict, c.report.Reservations, c.failOn, c.strict, got, c.want)
		}
	}
}
