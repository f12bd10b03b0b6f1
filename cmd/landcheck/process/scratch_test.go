package process

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestKilledCheck: what a check that was killed had unpacked is gone after the
// next check, at once.
func TestKilledCheck(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	temporary := t.TempDir()
	left := func() []string { return must[[]string](t)(filepath.Glob(temporary + "/*/*")) }
	letGo := hold(t, url, "base.feature")
	killed := command(t, "check", plan(t, "02-over-five-percent"), "--base", url)
	killed.Env = append(killed.Env, "TMPDIR="+temporary)
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	held(t, url) // it has unpacked the plan and asks for parcels
	if err := killed.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = killed.Wait()
	if len(left()) == 0 {
		t.Fatal("the killed check left nothing to be swept")
	}
	letGo()
	next := command(t, "check", plan(t, "01-compliant"), "--base", url)
	next.Env = append(next.Env, "TMPDIR="+temporary)
	began := time.Now()
	if err := next.Run(); err != nil {
		t.Error(err)
	}
	if now := must[[]string](t)(filepath.Glob(temporary + "/*")); len(now) > 0 {
		t.Errorf("%v after the next check began there are %q", time.Since(began), now)
	}
}
