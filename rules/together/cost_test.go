package together_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/together"
)

// many are n plans of 16 fields each, side by side, of which one in ten takes a
// field of the one before.
func many(t testing.TB, n int) []*together.Plan {
	t.Helper()
	random := rand.New(rand.NewPCG(uint64(n), 3))
	var plans []*together.Plan
	for i := range n {
		x, y := float64(i%40)*400, float64(i/40)*400
		d := &drawn{name: fmt.Sprintf("P%04d", i), area: box(x, y, x+400, y+400)}
		for k := range 16 {
			fx, fy := x+float64(k%4)*100, y+float64(k/4)*100
			d.add([]domain.Role{domain.PBFOut, domain.PBFIn, domain.LandUseChange}[random.IntN(3)], box(fx, fy, fx+100, fy+100))
		}
		if i%10 == 9 {
			d.add(domain.PBFOut, box(x-60, y+10, x-20, y+50))
		}
		plans = append(plans, d.read(t))
	}
	return plans
}

// TestCostIsLinear: ten times the plans cost about ten times as many steps, where
// pairs would cost a hundred times as many.
func TestCostIsLinear(t *testing.T) {
	spent := func(n int) int64 {
		steps, err := together.Spent(t.Context(), many(t, n))
		if err != nil {
			t.Fatal(err)
		}
		return steps
	}
	small, large := spent(100), spent(1000)
	t.Logf("100 plans %d steps, 1000 plans %d", small, large)
	if small == 0 || large > 15*small {
		t.Errorf("1000 plans take %d steps, 100 take %d", large, small)
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		plans := many(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := together.Check(b.Context(), plans, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
