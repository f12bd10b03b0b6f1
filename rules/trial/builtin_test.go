package trial_test

import (
	"context"
	"path/filepath"
	"testing"

	"landcheck/rules/rulebook"
	"landcheck/rules/trial"
)

// TestBuiltIn holds the built-in rulebooks to their cases: each rule has a
// plan that just passes and one that just fails.
func TestBuiltIn(t *testing.T) {
	for _, id := range rulebook.BuiltIn() {
		t.Run(id, func(t *testing.T) {
			suite, err := trial.Open(filepath.Join("..", "..", "testdata", "rulebooks", id))
			if err != nil {
				t.Fatal(err)
			}
			if suite.Rulebook != id {
				t.Fatalf("the cases are of %s", suite.Rulebook)
			}
			book, err := rulebook.Load(id)
			if err != nil {
				t.Fatal(err)
			}
			res, err := suite.Run(context.Background(), book, trial.Options{})
			if err != nil {
				t.Fatal(err)
			}
			on := 0
			for i := range book.Rules {
				if !book.Rules[i].Off {
					on++
				}
			}
			if len(res.Rules) != on || on < 50 {
				t.Fatalf("%d rules tried out of %d", len(res.Rules), on)
			}
			for i := range res.Rules {
				r := &res.Rules[i]
				for _, side := range []trial.Group{trial.Passing, trial.Failing} {
					if r.Lacks(side) {
						t.Errorf("%s: no plan exercises it: %s", r.ID, side)
					}
				}
				for k := range r.Outcomes {
					o := &r.Outcomes[k]
					for _, w := range o.Wrong {
						t.Errorf("%s:%d: %s: %s", o.Trial.File, o.Trial.Line, o.Trial.Title.EN, w.EN)
					}
				}
			}
		})
	}
}
