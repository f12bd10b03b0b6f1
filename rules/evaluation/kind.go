package evaluation

import (
	"fmt"

	"landcheck/rules/domain"
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

// evaluators has the evaluator of each constraint kind.
var evaluators = map[domain.ConstraintKind]func(*rulebook.Rule) kindEvaluator{
	domain.RatioConstraint:     func(r *rulebook.Rule) kindEvaluator { return ratioEvaluator{r.Ratio} },
	domain.ShareConstraint:     func(r *rulebook.Rule) kindEvaluator { return shareEvaluator{r.Share} },
	domain.BalanceConstraint:   func(r *rulebook.Rule) kindEvaluator { return balanceEvaluator{r.Balance} },
	domain.MeanConstraint:      func(r *rulebook.Rule) kindEvaluator { return meanEvaluator{r.Mean} },
	domain.CompareConstraint:   func(r *rulebook.Rule) kindEvaluator { return compareEvaluator{r.Compare} },
	domain.BlocksConstraint:    func(r *rulebook.Rule) kindEvaluator { return blocksEvaluator{r.Blocks} },
	domain.QuotaConstraint:     func(r *rulebook.Rule) kindEvaluator { return quotaEvaluator{r.Quota} },
	domain.ForbidConstraint:    func(r *rulebook.Rule) kindEvaluator { return forbidEvaluator{r.Forbid} },
	domain.RequireConstraint:   func(r *rulebook.Rule) kindEvaluator { return requireEvaluator{r.Require} },
	domain.ListConstraint:      func(r *rulebook.Rule) kindEvaluator { return listEvaluator{r.List} },
	domain.AreasConstraint:     func(r *rulebook.Rule) kindEvaluator { return areasEvaluator{r.Areas} },
	domain.ClaimsConstraint:    func(r *rulebook.Rule) kindEvaluator { return claimsEvaluator{r.Claims} },
	domain.DocumentsConstraint: func(r *rulebook.Rule) kindEvaluator { return documentsEvaluator{r.Documents} },
	domain.WithinConstraint:    func(r *rulebook.Rule) kindEvaluator { return withinEvaluator{r.Within} },
	domain.DataConstraint:      func(r *rulebook.Rule) kindEvaluator { return dataEvaluator{r.Data} },
	domain.DeviationConstraint: func(r *rulebook.Rule) kindEvaluator { return deviationEvaluator{r.Deviation} },
}

// evaluatorOf is the evaluator of a rule's kind.
func evaluatorOf(r *rulebook.Rule) (kindEvaluator, error) {
	of, ok := evaluators[r.Kind()]
	if !ok {
		return nil, fmt.Errorf("rule %s: no evaluator for its kind %q", r.ID, r.Kind())
	}
	return of(r), nil
}
