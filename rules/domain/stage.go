package domain

import "landcheck/geo"

// Stage of a project.
type Stage string

// The stages, in the order in which a project passes them.
const (
	Proposal             Stage = "proposal"
	Annual               Stage = "annual"
	SubprojectAcceptance Stage = "subproject-acceptance"
	Acceptance           Stage = "acceptance"
)

var stages = []Term[Stage]{
	{Code: Proposal, Title: geo.Text{ZH: "立项", EN: "proposal"}},
	{Code: Annual, Title: geo.Text{ZH: "年度核算", EN: "annual accounting"}},
	{Code: SubprojectAcceptance, Title: geo.Text{ZH: "子项目验收", EN: "sub-project acceptance"}},
	{Code: Acceptance, Title: geo.Text{ZH: "整体验收", EN: "overall acceptance"}},
}

// Stages are the stages in order.
func Stages() []Stage { return codesOf(stages) }

// Title names the stage for a person.
func (s Stage) Title() geo.Text { return titleOf(stages, s) }
