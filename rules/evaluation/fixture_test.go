package evaluation

import (
	"context"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/rulebook/rulebooktest"

	"github.com/paulmach/orb"
)

// book is a rulebook with one rule: its kind and what stands beside it, as YAML.
func book(t testing.TB, level, body string) *rulebook.Rulebook {
	t.Helper()
	b, err := rulebook.Parse("test.yaml", []byte(rulebooktest.Book(level, body)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// scene builds ledgers by hand. Every face is a 10 m square of its own, far
// from the others, unless it is placed.
type scene struct {
	l *ledger.Ledger
}

func newScene() *scene {
	present := map[domain.Role]bool{}
	for _, r := range domain.BaseRoles() {
		present[r] = true
	}
	return &scene{&ledger.Ledger{
		Plan:       &plan.Plan{Code: "P", Name: "方案", County: "150123", Stage: domain.Proposal, Year: 2025, Changes: make([]plan.Change, 0, 100)},
		Present:    present,
		Designated: map[string]ledger.Designation{},
		Townships:  map[string]string{"150123101": "一镇", "150123102": "二镇"},
		CRS:        geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000},
		Sliver:     ledger.SliverLimits{Area: 1, Width: 0.05},
	}}
}

func (s *scene) change(c plan.Change) *plan.Change {
	c.Exists = true
	s.l.Plan.Changes = append(s.l.Plan.Changes, c) // never beyond its capacity: pointers stay
	p := &s.l.Plan.Changes[len(s.l.Plan.Changes)-1]
	s.l.Features = append(s.l.Features, ledger.Measured{Change: p})
	return p
}

func (s *scene) named(role domain.Role, id string) *plan.Change {
	return s.change(plan.Change{Feature: plan.Feature{Role: role, ID: id, Record: len(s.l.Plan.Changes) + 1}})
}

func (s *scene) face(f ledger.Face) *ledger.Face {
	f.ID = len(s.l.Faces) + 1
	if f.Township == "" {
		f.Township = "150123101"
	}
	if f.Geometry == nil {
		f.Geometry = square(37540000+float64(f.ID)*100, 4562900, 10)
	}
	for _, c := range []**plan.Change{&f.Out, &f.In, &f.Use, &f.Urban, &f.Line} {
		if *c == nil {
			*c = plan.NoChange
		}
		if (*c).Exists {
			f.Refs = append(f.Refs, ledger.Ref{Role: (*c).Role, ID: (*c).ID})
		}
	}
	s.l.Faces = append(s.l.Faces, f)
	return &s.l.Faces[len(s.l.Faces)-1]
}

// out adds a face that leaves PBF, in one that enters it.
func (s *scene) out(net float64, c *plan.Change) *ledger.Face {
	return s.face(ledger.Face{Area: net, Out: c, Before: ledger.State{PBF: true, PBFNet: net, Cropland: true, Class: "0103", Grade: 8}, After: ledger.State{Class: "0103", Cropland: true}})
}

func (s *scene) in(net float64, c *plan.Change) *ledger.Face {
	return s.face(ledger.Face{Area: net, In: c, Before: ledger.State{Class: "0103", Cropland: true}, After: ledger.State{PBF: true, PBFNet: net, Cropland: true, Class: "0103", Grade: 8}})
}

func square(x, y, side float64) orb.Polygon {
	return orb.Polygon{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}
}

func (s *scene) check(t testing.TB, b *rulebook.Rulebook) *result.Report {
	t.Helper()
	r, err := Evaluate(context.Background(), b, s.l, Options{Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// status is that of the only rule.
func (s *scene) status(t testing.TB, b *rulebook.Rulebook) domain.Status {
	t.Helper()
	return s.check(t, b).Rules[0].Status
}
