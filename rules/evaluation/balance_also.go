package evaluation

// everywhere are the sides over all faces, of a balance of the project area
// that asks for both; nil for the others.
func (k balanceEvaluator) everywhere(c *ruleEvaluation) (*sides, error) {
	if k.Also == "" {
		return nil, nil
	}
	whole := *k.Balance
	whole.Scope = "plan"
	var s sides
	var err error
	if s.plus, s.ps, err = (balanceEvaluator{&whole}).side(c, k.Plus); err != nil {
		return nil, err
	}
	s.minus, s.ms, err = (balanceEvaluator{&whole}).side(c, k.Minus)
	return &s, err
}
