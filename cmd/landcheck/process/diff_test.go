package process

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// TestDiff: two reports side by side, as the service's diff gives them too.
func TestDiff(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	report := func(name string, status int) string {
		path := filepath.Join(dir, name+".json")
		done(t, status, "check", plan(t, name), "--base", base(t), "--quiet", "-o", path)
		return path
	}
	good, bad := report("01-compliant", 0), report("02-over-five-percent", 1)
	if same := done(t, 1, "diff", good, bad, "--lang", "en").stdout; !strings.Contains(same, "New problems") || !strings.Contains(same, "5.50 %") {
		t.Errorf("worse: %s", same)
	}
	if better := done(t, 0, "diff", bad, good).stdout; !strings.Contains(better, "已改正的问题") || !strings.Contains(better, "不符合 → 符合") {
		t.Errorf("better: %s", better)
	}
	if same := done(t, 0, "diff", bad, bad, "--lang", "en").stdout; !strings.Contains(same, "0 new · 0 fixed · 4 unchanged") || strings.Contains(same, "problems") {
		t.Errorf("the same: %s", same)
	}
	done(t, 0, "diff", good, bad, "--fail-on", "never")

	p := start(t, "serve", "--base", base(t), "--listen", "127.0.0.1:0")
	a := p.order(p.upload(plan(t, "01-compliant")), "30")
	b := p.order(p.upload(plan(t, "02-over-five-percent")), "30")
	var service, command any
	if err := json.Unmarshal(p.get("/v1/checks/"+a.ID+"/diff/"+b.ID), &service); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(done(t, 1, "diff", good, bad, "--format", "json").stdout), &command); err != nil {
		t.Fatal(err)
	}
	x, y := must[[]byte](t)(json.Marshal(service)), must[[]byte](t)(json.Marshal(command))
	if string(x) != string(y) || len(x) < 1000 {
		t.Errorf("the service says %s\nthe command %s", x, y)
	}
}
