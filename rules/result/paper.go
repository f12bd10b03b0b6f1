package result

import "landcheck/geo"

// PaperState says what became of a paper.
type PaperState string

// The states of a paper.
const (
	HandedIn       PaperState = "handed_in"
	WithConditions PaperState = "with_conditions" // an opinion that agrees with conditions
	Against        PaperState = "against"         // an opinion that does not agree
	Missing        PaperState = "missing"
	NotCounted     PaperState = "not_counted" // plan.yaml names it, but it is no paper of the package; Note says why
)

// PaperStates are all of them.
func PaperStates() []PaperState {
	return []PaperState{HandedIn, WithConditions, Against, Missing, NotCounted}
}

// Paper is a document that a rule asks for at the plan's stage, or one that
// plan.yaml names and no rule asks for.
type Paper struct {
	Rule  string     `json:"rule,omitempty"` // id of the first rule that asks for it
	Title geo.Text   `json:"title"`
	Of    geo.Text   `json:"of"` // the village, department or sub-project whose it is; empty of the whole plan
	File  string     `json:"file,omitempty"`
	State PaperState `json:"state"`
	Note  *geo.Text  `json:"note,omitempty"`
}

// SubProjectRow is a row of the table of sub-projects; Code "" gathers changes
// without a number and comes last. Figures are those of YearRow, divided by
// sub-project instead: columns of both tables have the same sums.
type SubProjectRow struct {
	Code    string `json:"code"`    // XMBH
	Changes int    `json:"changes"` // change features that bear the number
	Years   []int  `json:"years"`   // in which they are made, in order; empty where none says
	Flow
}

// TownshipInfo names a township.
type TownshipInfo struct {
	Code string `json:"code"` // 9 digits
	Name string `json:"name"`
}
