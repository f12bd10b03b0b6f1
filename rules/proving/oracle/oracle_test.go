// Package oracle judges random plans twice: by the engine, and by a plain
// account of the contract that shares no code with it. The overlay here
// is GEOS, one polygon after the other; areas are integrals of the map scale
// (kit.Area); the rules are written out by hand from the READMEs of
// rules/ledger and rules.
//
//	ORACLE_SEED=n   begin with that seed (a failing seed is printed)
//	ORACLE_PLANS=n  number of plans, 240 by default
package oracle

import (
	"math"
	"os"
	"strconv"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/proving/kit"
)

// setting is a number from the environment.
func setting(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// near allows for the grid of 0.0001 m on which the engine overlays and for
// the areas' agreement of 1e-8: m².
func near(a, b float64) bool { return math.Abs(a-b) <= 0.15+2e-8*math.Max(math.Abs(a), math.Abs(b)) }

func TestRandomPlans(t *testing.T) {
	seed, plans := setting("ORACLE_SEED", 20_260_101), setting("ORACLE_PLANS", 240)
	t.Logf("seeds %d to %d", seed, seed+plans-1)
	var all tally
	bad := 0
	for s := seed; s < seed+plans && bad < setting("ORACLE_BAD", 8); s++ {
		w := newWorld(uint64(s))
		c := &kit.Case{Plan: w.plan(), Base: w.base()}
		a := c.Judge(t)
		if a.Fault != nil {
			t.Errorf("seed %d: refused: %v", s, a.Fault)
			bad++
			continue
		}
		j := judge(w)
		if wrong := compare(a, j, &all); len(wrong) > 0 {
			bad++
			for _, x := range wrong {
				t.Errorf("ORACLE_SEED=%d ORACLE_PLANS=1: %s", s, x)
			}
		}
	}
	t.Logf("%v", all)
	for _, rule := range ruleIDs {
		if bad == 0 && plans >= 200 && (all[rule].fail < 5 || all[rule].pass < 5) {
			t.Errorf("%s failed %d times and passed %d times: the plans do not try it", rule, all[rule].fail, all[rule].pass)
		}
	}
}

// tally counts how often a rule was judged either way.
type tally map[string]struct{ pass, fail, open int }

// note counts one judgement.
func (t *tally) note(rule string, s domain.Status) {
	if *t == nil {
		*t = tally{}
	}
	x := (*t)[rule]
	switch s {
	case domain.Pass:
		x.pass++
	case domain.Fail:
		x.fail++
	default:
		x.open++
	}
	(*t)[rule] = x
}
