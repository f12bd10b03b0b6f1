package domain

import "landcheck/geo"

// Decision is what a reviewing body decides on a plan.
type Decision string

// The decisions.
const (
	Approve     Decision = "pass"
	Conditional Decision = "conditions"
	SendBack    Decision = "return"
)

var decisions = []Term[Decision]{
	{Code: Approve, Title: geo.Text{ZH: "审查通过", EN: "passed"}, Means: geo.Text{ZH: "没有未处理的不符合项，登记乡镇台账", EN: "no violation is open; it enters the township ledger"}},
	{Code: Conditional, Title: geo.Text{ZH: "附条件通过", EN: "passed with conditions"}, Means: geo.Text{ZH: "满足所列条件后报新版本，暂不登记台账", EN: "once the conditions are met a new version is handed in; the ledger waits for it"}},
	{Code: SendBack, Title: geo.Text{ZH: "退回修改", EN: "returned"}, Means: geo.Text{ZH: "退回上传者修改后重报", EN: "goes back to who handed it in"}},
}

// Decisions are the decisions, the best first.
func Decisions() []Decision { return codesOf(decisions) }

// Title names the decision for a person.
func (d Decision) Title() geo.Text { return titleOf(decisions, d) }

// Means says in one line what the decision means for a plan.
func (d Decision) Means() geo.Text { return meansOf(decisions, d) }
