package evaluation

import (
	"context"
	"errors"
	"strings"
	"testing"

	"landcheck/geo/guard"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
)

// A rule that panics ends the check with an error that names it, whichever
// worker it ran on.
func TestPanicsOfRulesAreErrors(t *testing.T) {
	s := newScene()
	s.out(10, s.named(domain.PBFOut, "A"))
	b := book(t, "mandatory", "forbid: {where: before.urban}")
	b.Rules[0].Forbid.Where.Expression = condition.Expression{} // as a fault of ours would have it
	_, err := Evaluate(context.Background(), b, s.l, Options{Jobs: 2})
	var p *guard.Panic
	if !errors.As(err, &p) || !strings.Contains(err.Error(), "the-rule") {
		t.Errorf("%v", err)
	}
}
