// Package faults ends, cuts off and starves the program while it works, at
// random moments, and holds what it promises against what is there after: every
// plan and check that was accepted, each check ended once with the report of an
// undisturbed one, no failure but 503, nothing left behind. It has tests alone.
//
// LANDCHECK_FAULTS says how often each fault is made (once in a plain test run,
// 20 times in make test-faults), LANDCHECK_FAULTS_SEED repeats a run's moments.
package faults
