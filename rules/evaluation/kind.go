package evaluation

import (
	"fmt"

	"landcheck/rules/rulebook"
)

// kindEvaluator judges what a rule of one kind demands: it reads the ledger's
// faces through the rule's evaluation and leaves measures and findings there.
type kindEvaluator interface {
	evaluate(c *ruleEvaluation) error
}

// One evaluator for each constraint kind.
type (
	ratioEvaluator     struct{ *rulebook.Ratio }
	balanceEvaluator   struct{ *rulebook.Balance }
	meanEvaluator      struct{ *rulebook.Mean }
	forbidEvaluator    struct{ *rulebook.Forbid }
	requireEvaluator   struct{ *rulebook.Require }
	listEvaluator      struct{ *rulebook.List }
	areasEvaluator     struct{ *rulebook.Areas }
	compareEvaluator   struct{ *rulebook.Compare }
	blocksEvaluator    struct{ *rulebook.Blocks }
	quotaEvaluator     struct{ *rulebook.Quota }
	documentsEvaluator struct{ *rulebook.Documents }
	withinEvaluator    struct{ *rulebook.Within }
	dataEvaluator      struct{ *rulebook.Data }
	shareEvaluator     struct{ *rulebook.Share }
	claimsEvaluator    struct{ *rulebook.Claims }
	deviationEvaluator struct{ *rulebook.Deviation }
)

// evaluatorOf is the evaluator of a rule's kind.
func evaluatorOf(r *rulebook.Rule) (kindEvaluator, error) {
	switch {
	case r.Ratio != nil:
		return ratioEvaluator{r.Ratio}, nil
	case r.Balance != nil:
		return balanceEvaluator{r.Balance}, nil
	case r.Mean != nil:
		return meanEvaluator{r.Mean}, nil
	case r.Forbid != nil:
		return forbidEvaluator{r.Forbid}, nil
	case r.Require != nil:
		return requireEvaluator{r.Require}, nil
	case r.List != nil:
		return listEvaluator{r.List}, nil
	case r.Areas != nil:
		return areasEvaluator{r.Areas}, nil
	case r.Compare != nil:
		return compareEvaluator{r.Compare}, nil
	case r.Blocks != nil:
		return blocksEvaluator{r.Blocks}, nil
	case r.Quota != nil:
		return quotaEvaluator{r.Quota}, nil
	case r.Documents != nil:
		return documentsEvaluator{r.Documents}, nil
	case r.Within != nil:
		return withinEvaluator{r.Within}, nil
	case r.Data != nil:
		return dataEvaluator{r.Data}, nil
	case r.Share != nil:
		return shareEvaluator{r.Share}, nil
	case r.Claims != nil:
		return claimsEvaluator{r.Claims}, nil
	case r.Deviation != nil:
		return deviationEvaluator{r.Deviation}, nil
	}
	return nil, fmt.Errorf("rule %s has no kind", r.ID)
}
