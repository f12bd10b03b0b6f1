package repair

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/evaluation"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/proving/kit"
)

// laid opens a package of the kit over its county, ready to be checked.
func laid(t *testing.T, p *kit.Package) check.Request {
	t.Helper()
	return laidIn(t, t.TempDir(), p)
}

// laidIn is laid in a directory, where the package is called plan.
func laidIn(t *testing.T, dir string, p *kit.Package) check.Request {
	t.Helper()
	for name, of := range map[string]*kit.Package{"plan": p, "base": kit.Base()} {
		at := filepath.Join(dir, name)
		if err := os.MkdirAll(at, 0o755); err != nil {
			t.Fatal(err)
		}
		of.Files().Dir(at)
	}
	ctx := context.Background()
	read, err := plan.Open(ctx, filepath.Join(dir, "plan"), plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	base, err := plan.OpenBase(ctx, []string{filepath.Join(dir, "base")}, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { base.Close() })
	book, err := check.Book("", read)
	if err != nil {
		t.Fatal(err)
	}
	return check.Request{Plan: read, Base: base, Book: book, Version: "test"}
}

// fails checks a plan whole and lists the rules that it fails.
func fails(t *testing.T, o check.Request, p *plan.Plan) map[string]bool {
	t.Helper()
	ctx := context.Background()
	l, err := ledger.Build(ctx, p, o.Base, ledger.Options{Sliver: ledger.SliverLimits{Area: o.Book.Parameters.SliverArea, Width: o.Book.Parameters.SliverWidth}, Blocks: o.Book.BlockSpec()})
	if err != nil {
		t.Fatal(err)
	}
	r, err := evaluation.Evaluate(ctx, o.Book, l, evaluation.Options{NoGeometry: true})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, rule := range r.Rules {
		if rule.Status == domain.Fail {
			out[rule.ID] = true
		}
	}
	return out
}

// randomPlan takes PBF out in up to seven parcels, some of which become yards, and
// brings too little in.
func randomPlan(r *rand.Rand) *kit.Package {
	p := kit.Clean()
	out, in, use := p.New("YJJBNTTC"), p.New("YJJBNTBH"), p.New("DLBG")
	p.Layers = slices.DeleteFunc(p.Layers, func(l *kit.Layer) bool { return l.Name != "ZZQY" })
	n := 3 + r.Intn(4)
	for i := range n {
		col, row := float64(1+i%7), float64(4+i/7)
		box := kit.Box(col+0.1, row+0.1, col+0.3+0.01*float64(r.Intn(60)), row+0.3+0.01*float64(r.Intn(60)))
		out.Add(kit.Out(fmt.Sprintf("O%d", i), box))
		if r.Intn(3) == 0 {
			use.Add(kit.To(fmt.Sprintf("U%d", i), "1202", box))
		}
	}
	in.Add(kit.In("I1", kit.Box(2, 6, 2.5+0.01*float64(r.Intn(100)), 6.6)))
	use.Add(kit.Tilled("N1", kit.Box(2, 7, 4, 8)))
	p.Layers = append(p.Layers, out, in, use)
	return p
}

// TestNothingSmaller: of all sets of features that may be left out, each held
// against a whole check, none that repairs what the suggestion repairs, and
// breaks nothing, has less land.
func TestNothingSmaller(t *testing.T) {
	plans := 6
	if testing.Short() {
		plans = 1
	}
	repaired := 0
	for seed := range plans {
		o := laid(t, randomPlan(rand.New(rand.NewSource(int64(seed)))))
		before := fails(t, o, o.Plan)
		set, err := Suggest(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		best := set.Best(false)
		if best == nil {
			continue
		}
		repaired++
		if !best.Least {
			t.Errorf("plan %d: not known to be the least", seed)
		}
		for id := range fails(t, o, best.Plan()) {
			if !before[id] {
				t.Errorf("plan %d: the changed plan fails %s, which held", seed, id)
			}
		}
		area, parcels, ok := bruteForce(t, o, best, before)
		if !ok || area+0.02*float64(parcels+1) < best.Area || area > best.Area+0.02*float64(parcels+1) || parcels != best.Parcels {
			t.Errorf("plan %d: %.2f m² of %d features; all sets tried: %.2f m² of %d (%v)", seed, best.Area, best.Parcels, area, parcels, ok)
		}
	}
	if repaired*2 < plans {
		t.Errorf("only %d of %d plans were repaired: the test says little", repaired, plans)
	}
}

// bruteForce tries every set of features to leave out.
func bruteForce(t *testing.T, o check.Request, s *Repair, before map[string]bool) (area float64, parcels int, ok bool) {
	t.Helper()
	n := len(o.Plan.Changes)
	for drop := range 1 << n {
		p := *o.Plan
		p.Changes = nil
		land, count := map[string]float64{}, 0 // features over one place count once
		for i := range o.Plan.Changes {
			c := o.Plan.Changes[i]
			if drop&(1<<i) == 0 {
				p.Changes = append(p.Changes, c)
				continue
			}
			land[fmt.Sprint(c.Geometry.Bound())] = kit.Area(c.Geometry)
			count++
		}
		sum := 0.0
		for _, a := range land {
			sum += a
		}
		if ok && (geo.Centi(sum) > geo.Centi(area) || geo.Centi(sum) == geo.Centi(area) && count >= parcels) {
			continue
		}
		now := fails(t, o, &p)
		good := true
		for id := range now {
			good = good && before[id]
		}
		for _, r := range s.For {
			good = good && !now[r.ID]
		}
		if good {
			area, parcels, ok = sum, count, true
		}
	}
	return area, parcels, ok
}
