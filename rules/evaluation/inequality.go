package evaluation

import (
	"context"
	"math/big"
	"runtime"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

// Inequality is what a rule of quantity asks of the faces of one scope:
//
//	HaveWeight·Σ have − NeedWeight·Σ need ≥ Floor
//
// with both sums in whole 0.01 m², as the rule's evaluator compares them. It is
// linear in the faces, so that what a change adds to it can be told without
// cutting the plan again.
type Inequality struct {
	Rule  *rulebook.Rule
	Scope result.Scope
	// Binding: the rule fails where it does not hold, and no paper justifies that.
	Binding                bool
	HaveWeight, NeedWeight int64
	Floor                  int64

	haveFixed, needFixed float64
	have, need           []amountOf
	until                *instant // what counts of a balance over time; nil is all
}

// amountOf is what a face adds to a sum, m².
type amountOf struct {
	face   int
	amount float64
	at     instant
}

// Means asks that land with a trait be no worse than other land, on average.
type Means struct {
	Rule    *rulebook.Rule
	Label   geo.Text
	Binding bool
	better  []gradedFace
	than    []gradedFace
}

type gradedFace struct {
	face   int
	amount float64
	grade  int // 0 unknown
}

// Forbidden is land that no face may be, by a rule that does without patches.
type Forbidden struct {
	Rule *rulebook.Rule
	// Change is the change that the rule is about, as rulebooks name it; "" any.
	Change string
	// Meets has the faces, those that were added with the others, that break the rule.
	Meets map[int]bool
	// Bad are those of the ledger that fail it: no slivers, and no paper justifies them.
	Bad []int
}

// Demands are what the rules ask that can be told face by face.
type Demands struct {
	Inequalities []Inequality
	Means        []Means
	Forbidden    []Forbidden
	// Handled are the rules above, by id. What the others ask is only known from
	// a whole check.
	Handled map[string]bool
}

// DemandsOf reads what the rules that can fail ask of a ledger's faces, and of
// more faces that it might have instead: their places follow those of the
// ledger. The ledger must be as it was built.
func DemandsOf(ctx context.Context, book *rulebook.Rulebook, l *ledger.Ledger, more []ledger.Face, o Options) (*Demands, error) {
	if o.Stage == "" {
		o.Stage = l.Plan.Stage
	}
	if o.Stage == "" {
		o.Stage = domain.Proposal
	}
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	wide := *l
	wide.Faces = append(l.Faces[:len(l.Faces):len(l.Faces)], more...)
	own, all := newEvaluation(book, l, o), newEvaluation(book, &wide, o)
	own.stopped, all.stopped = ctx.Err, ctx.Err
	out := &Demands{Handled: map[string]bool{}}
	for i := range book.Rules {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r := &book.Rules[i]
		if r.Off || r.OwnLimit || r.Level == domain.Advisory || r.Patches != nil {
			continue
		}
		if err := out.read(newRuleEvaluation(own, r), newRuleEvaluation(all, r)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// read takes one rule in, where it is of a kind that can be told face by face
// and judged at this stage with these layers.
func (d *Demands) read(own, all *ruleEvaluation) error {
	r := own.rule
	if r.Ratio == nil && r.Balance == nil && r.Quota == nil && r.Mean == nil && r.Forbid == nil {
		return nil
	}
	for _, c := range []*ruleEvaluation{own, all} {
		if ready, err := c.ready(); !ready || err != nil {
			return err
		}
	}
	var err error
	switch {
	case r.Ratio != nil:
		err = ratioEvaluator{r.Ratio}.demands(all, d)
	case r.Balance != nil:
		err = balanceEvaluator{r.Balance}.demands(all, d)
	case r.Quota != nil:
		err = quotaEvaluator{r.Quota}.demands(all, d)
	case r.Mean != nil:
		err = meanEvaluator{r.Mean}.demands(all, d)
	case r.Forbid != nil:
		err = forbidEvaluator{r.Forbid}.demands(own, all, d)
	}
	return err
}

// ready finds the land of a rule as run does; false where the rule is not judged.
func (c *ruleEvaluation) ready() (bool, error) {
	if len(c.rule.Stages) > 0 && !containsStage(c.rule.Stages, c.o.Stage) {
		return false, nil
	}
	if ready, err := c.needs(); !ready || err != nil {
		return false, err
	}
	var err error
	if c.among, c.amongKey, err = c.within(c.all, "", c.rule.Among, nil); err != nil {
		return false, err
	}
	return c.planSays(), nil
}

// binds tells whether what does not hold in a scope fails the rule.
func (c *ruleEvaluation) binds(s result.Scope) bool { return c.broken(s) == domain.Fail }

// weights are whole numbers in the proportion of two fractions; false where
// they would be too large to multiply areas by.
func weights(fractions ...*big.Rat) (whole []int64, ok bool) {
	common := big.NewInt(1)
	for _, f := range fractions {
		gcd := new(big.Int).GCD(nil, nil, common, f.Denom())
		common.Mul(common, new(big.Int).Quo(f.Denom(), gcd))
	}
	for _, f := range fractions {
		n := new(big.Int).Mul(f.Num(), new(big.Int).Quo(common, f.Denom()))
		if n.BitLen() > 18 { // a county has up to 2⁴⁴ of 0.01 m²
			return nil, false
		}
		whole = append(whole, n.Int64())
	}
	return whole, true
}
