package ledger

import (
	"testing"

	"landcheck/rules/plan"
)

func TestStrayPriors(t *testing.T) {
	l := &Ledger{Plan: &plan.Plan{Prior: []plan.Prior{{Project: "A", Township: "150123101", Line: 7}, {Project: "B", Township: "150123110", Line: 8}}}}
	w := &builder{ledger: l}
	if w.strayPriors(); len(l.Notices) > 0 {
		t.Errorf("without townships nothing is known: %v", l.Notices)
	}
	l.Townships = map[string]string{"150123101": "101镇"}
	w.strayPriors()
	if len(l.Notices) != 1 || l.Notices[0].Message.ZH != "第 8 行：prior 所写乡镇 150123110 不在底图 XZQ 中，项目 B 的调出没有计入任何乡镇" {
		t.Errorf("%v", l.Notices)
	}
}
