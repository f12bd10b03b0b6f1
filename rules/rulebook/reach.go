package rulebook

import (
	"slices"

	"landcheck/geo"
)

// reachable looks for what a rule says and can never mean: a condition that
// contradicts among, and years accounted for at stages that the rule skips.
func (r *Rule) reachable(d *diagnostics) error {
	kind, err := r.constraint()
	if err != nil {
		return err
	}
	if r.Among.Given() {
		for _, c := range kind.expressions() {
			if c.IsCondition() && c.Contradicts(&r.Among.Expression) {
				_ = d.note(c.Fault(
					geo.Textf("在 among（%[1]s）之内，此条件恒为假，规则永远不会生效", "within among (%[1]s) this condition is always false: the rule can never apply", r.Among.Text),
					geo.Text{ZH: "每个条件只在 among 的范围内判断，请检查两者是否矛盾", EN: "Every condition is read within among; check that the two do not contradict each other."}))
			}
		}
	}
	b := r.Balance
	if b == nil || b.Yearly == nil || len(r.Stages) == 0 || len(b.Yearly.Stages) == 0 {
		return nil
	}
	for _, s := range b.Yearly.Stages {
		if slices.Contains(r.Stages, s) {
			return nil
		}
	}
	_ = d.note(r.at.fault(geo.Text{ZH: "yearly 的阶段都不在规则的 stages 之内，永远不会核算", EN: "none of the stages of yearly is among the rule's stages: years are never accounted for"},
		geo.Text{ZH: "请改 yearly.stages 或 stages", EN: "Change yearly.stages or stages."}))
	return nil
}
