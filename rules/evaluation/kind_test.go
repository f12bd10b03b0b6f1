package evaluation

import (
	"testing"

	"landcheck/rules/domain"
)

// TestEveryKindHasAnEvaluator: what a rulebook may hold can be judged.
func TestEveryKindHasAnEvaluator(t *testing.T) {
	for _, kind := range domain.ConstraintKinds() {
		if evaluators[kind] == nil {
			t.Errorf("no evaluator for the kind %s", kind)
		}
	}
	if len(evaluators) != len(domain.ConstraintKinds()) {
		t.Errorf("%d evaluators, %d kinds", len(evaluators), len(domain.ConstraintKinds()))
	}
}
