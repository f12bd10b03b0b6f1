package repair

import (
	"context"
	"math"
	"math/rand"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/evaluation"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

func builtFrom(t *testing.T, p *plan.Plan, s *suggester) *ledger.Ledger {
	t.Helper()
	l, err := s.build(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// sumsOf are what a plan comes to, m².
func sumsOf(faces []ledger.Face) (out [5]float64) {
	for i := range faces {
		f := &faces[i]
		out[0] += f.After.PBFNet
		out[1] += f.After.CroplandNet
		if f.After.Construction {
			out[2] += f.Area
		}
		out[3] += f.Before.PBFNet
		out[4] += f.Area
	}
	return out
}

// TestStates: the faces that a plan keeps without one change are, in sum, those that
// the plan without it is cut into.
func TestStates(t *testing.T) {
	for seed := range 4 {
		o := laid(t, randomPlan(rand.New(rand.NewSource(int64(seed)))))
		s := &suggester{Request: o}
		states := statesOf(builtFrom(t, o.Plan, s))
		for n := range o.Plan.Changes {
			drop := &states.ledger.Plan.Changes[n]
			var left []ledger.Face
			for i := range states.ledger.Faces {
				if set := states.whole(i) &^ states.bit(i, drop); set != 0 {
					left = append(left, states.face(i, set))
				}
			}
			p := *o.Plan
			p.Changes = nil
			for i := range o.Plan.Changes {
				if i != n {
					p.Changes = append(p.Changes, o.Plan.Changes[i])
				}
			}
			got, want := sumsOf(left), sumsOf(builtFrom(t, &p, s).Faces)
			for k := range got {
				if math.Abs(got[k]-want[k]) > 0.001 {
					t.Errorf("plan %d without %s: %v, cut anew %v", seed, drop.ID, got, want)
					break
				}
			}
		}
	}
}

// TestDemands: what the rules ask of faces fails where their evaluation does.
func TestDemands(t *testing.T) {
	failed, held, margins := 0, 0, 0
	for seed := range 12 {
		o := laid(t, randomPlan(rand.New(rand.NewSource(int64(seed)))))
		s := &suggester{Request: o}
		l := builtFrom(t, o.Plan, s)
		k, err := sketchOf(context.Background(), o, l, nil)
		if err != nil {
			t.Fatal(err)
		}
		broken := map[string]bool{}
		for i := range k.limits {
			if k.margins[i] < 0 {
				broken[k.limits[i].rule.ID] = true
			}
		}
		for _, f := range k.demands.Forbidden {
			if len(f.Bad) > 0 {
				broken[f.Rule.ID] = true
			}
		}
		r, err := evaluation.Evaluate(context.Background(), o.Book, l, evaluation.Options{NoGeometry: true})
		if err != nil {
			t.Fatal(err)
		}
		margins += sameMargins(t, k, r)
		for _, rule := range r.Rules {
			if !k.demands.Handled[rule.ID] || rule.Status == domain.NotChecked {
				continue
			}
			if fails := rule.Status == domain.Fail; fails != broken[rule.ID] {
				t.Errorf("plan %d: %s is %s, its demands broken: %v", seed, rule.ID, rule.Status, broken[rule.ID])
			} else if fails {
				failed++
			} else {
				held++
			}
		}
	}
	if failed < 10 || held < 100 || margins < 50 {
		t.Errorf("%d failed, %d held, %d margins: the test says little", failed, held, margins)
	}
}

// sameMargins holds what balances leave against the report, to 0.01 m².
func sameMargins(t *testing.T, k *sketch, r *result.Report) (n int) {
	t.Helper()
	for i := range k.limits {
		l := &k.limits[i]
		if l.rule.Balance == nil || l.inequality.NeedWeight != 1 {
			continue
		}
		for _, rule := range r.Rules {
			for _, m := range rule.Measures {
				if rule.ID != l.rule.ID || m.Scope.Kind != l.inequality.Scope.Kind || m.Scope.Kind == "date" && m.Scope.Code != l.inequality.Scope.Code {
					continue
				}
				if n++; math.Abs(k.margins[i]-100*m.Margin) > 1 {
					t.Errorf("%s, %v: %v left, the report says %v", rule.ID, m.Scope, k.margins[i]/100, m.Margin)
				}
			}
		}
	}
	return n
}

// TestHandled: the rules of quantity of the built-in books are told face by face.
func TestHandled(t *testing.T) {
	for _, id := range rulebook.BuiltIn() {
		book, err := rulebook.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		s := &suggester{}
		s.Book = book
		for i := range book.Rules {
			r := &book.Rules[i]
			if r.Off || r.Level == domain.Advisory || !s.notShape(r.ID).IsZero() {
				continue
			}
			if r.Ratio == nil && r.Balance == nil && r.Quota == nil && r.Mean == nil && r.Forbid == nil {
				t.Errorf("%s: nothing tells how %s is repaired, or that it is not", id, r.ID)
			}
		}
	}
}
