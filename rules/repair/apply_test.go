package repair

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"landcheck/rules/plan"
	"landcheck/rules/proving/kit"
)

// houseInRedLine is the clean plan with a house of which one half lies in the red line.
func houseInRedLine() *kit.Package {
	p := kit.Clean()
	p.Layer("DLBG").Add(kit.To("R1", "0702", kit.Box(8.2, 7.8, 8.5, 8.2)))
	return p
}

// TestCut: what lies in the red line is cut off, and the feature that is left states
// its share of its area.
func TestCut(t *testing.T) {
	dir := t.TempDir()
	o := laidIn(t, dir, houseInRedLine())
	ctx := context.Background()
	set, err := Suggest(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	best := set.Best(false)
	if best == nil || len(best.Changes) != 1 || best.Changes[0].Action != Cut || best.Changes[0].ID != "R1" {
		t.Fatalf("%+v", set.Rules)
	}
	inside, left := kit.Area(kit.Box(8.2, 8, 8.5, 8.2)), kit.Area(kit.Box(8.2, 7.8, 8.5, 8))
	c := best.Changes[0]
	if math.Abs(c.Area-inside) > 0.02 || math.Abs(c.Left-left) > 0.02 {
		t.Errorf("%.2f m² are cut off, %.2f are left; want %.2f and %.2f", c.Area, c.Left, inside, left)
	}
	out := filepath.Join(dir, "changed.zip")
	if _, err := set.Apply(ctx, filepath.Join(dir, "plan"), plan.Options{}, best, out); err != nil {
		t.Fatal(err)
	}
	p, err := plan.Open(ctx, out, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(p.Name, Mark) {
		t.Errorf("the plan is called %q", p.Name)
	}
	for i := range p.Changes {
		x := &p.Changes[i]
		want, stated := 0.0, x.Declared.Value
		switch x.ID {
		case "R1":
			want = left
		case "N1":
			want, stated = kit.Area(kit.Box(2, 7, 3.6, 8)), x.Surveyed.Value
		default:
			continue
		}
		if got := kit.Area(x.Geometry); math.Abs(got-want) > 0.02 || math.Abs(stated-want) > 0.02 {
			t.Errorf("%s has %.2f m² and states %.2f; want %.2f", x.ID, got, stated, want)
		}
	}
}

// TestNothingToLeaveOut: a quota that nothing released could meet has no repair, and
// that is said.
func TestNothingToLeaveOut(t *testing.T) {
	p := kit.Clean()
	p.Manifest.More = "quota: {tradable_m2: 1000000}\n"
	set, err := Suggest(context.Background(), laid(t, p))
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Rules) != 1 || set.Rules[0].Found || set.Rules[0].Why == nil || set.Together != nil || set.Best(false) != nil {
		t.Errorf("%+v", set.Rules)
	}
}

// TestCancelled: it ends with its context.
func TestCancelled(t *testing.T) {
	o := laid(t, houseInRedLine())
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	if _, err := Suggest(ctx, o); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}
