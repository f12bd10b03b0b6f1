package domain

import (
	"slices"

	"landcheck/geo"
)

// Verdict of a report.
type Verdict string

// The verdicts.
const (
	Compliant  Verdict = "compliant"
	Violations Verdict = "violations"
	Incomplete Verdict = "incomplete"
)

var verdicts = []Term[Verdict]{
	{Code: Compliant, Title: geo.Text{ZH: "符合政策要求", EN: "compliant"}},
	{Code: Violations, Title: geo.Text{ZH: "不符合政策要求", EN: "violations found"}},
	{Code: Incomplete, Title: geo.Text{ZH: "资料不全", EN: "incomplete"}},
}

// What is said of one layer that was checked by itself is no verdict on a plan.
const (
	LayerValid   Verdict = "layer_valid"
	LayerInvalid Verdict = "layer_invalid"
)

var layerVerdicts = []Term[Verdict]{
	{Code: LayerValid, Title: geo.Text{ZH: "图层符合数据规则（未核查方案）", EN: "the layer keeps the rules about data (no plan was checked)"}},
	{Code: LayerInvalid, Title: geo.Text{ZH: "图层不符合数据规则", EN: "the layer breaks rules about data"}},
}

// Verdicts are the verdicts on plans, best first.
func Verdicts() []Verdict { return codesOf(verdicts) }

// LayerVerdicts are what a check of one layer may say, the better first.
func LayerVerdicts() []Verdict { return codesOf(layerVerdicts) }

// Title names the verdict for a person.
func (v Verdict) Title() geo.Text { return titleOf(slices.Concat(verdicts, layerVerdicts), v) }

// Status of a rule, a measure or a finding.
type Status string

// The statuses.
const (
	Pass          Status = "pass"
	Fail          Status = "fail"
	Justified     Status = "justified"
	Warn          Status = "warn"
	NotApplicable Status = "not_applicable"
	NotChecked    Status = "not_checked"
)

var statuses = []Term[Status]{
	{Code: Pass, Title: geo.Text{ZH: "符合", EN: "pass"}, Means: geo.Text{ZH: "条款已满足", EN: "the clause holds"}},
	{Code: Fail, Title: geo.Text{ZH: "不符合", EN: "fail"}, Means: geo.Text{ZH: "条款不满足，需要修改方案", EN: "the clause does not hold: the plan must change"}},
	{Code: Justified, Title: geo.Text{ZH: "已论证", EN: "justified"}, Means: geo.Text{ZH: "原则性条款不满足，但附有论证材料", EN: "an in-principle clause does not hold, but a document justifies it"}},
	{Code: Warn, Title: geo.Text{ZH: "提示", EN: "warning"}, Means: geo.Text{ZH: "提示性条款不满足，供参考", EN: "an advisory clause does not hold"}},
	{Code: NotApplicable, Title: geo.Text{ZH: "不涉及", EN: "not applicable"}, Means: geo.Text{ZH: "方案没有这类变更", EN: "the plan has no such change"}},
	{Code: NotChecked, Title: geo.Text{ZH: "未核查", EN: "not checked"}, Means: geo.Text{ZH: "缺少资料，没有核查，不算通过", EN: "data is missing: not checked, which is no pass"}},
}

// Statuses are the statuses in the order of a report's summary.
func Statuses() []Status { return codesOf(statuses) }

// Title names the status for a person.
func (s Status) Title() geo.Text { return titleOf(statuses, s) }

// Means says in one line what the status means for a plan.
func (s Status) Means() geo.Text { return meansOf(statuses, s) }

// Level is the modal strength of a clause.
type Level string

// The levels, strongest first.
const (
	Mandatory   Level = "mandatory"    // 严禁, 不得, 应当, 确保
	InPrinciple Level = "in_principle" // 原则上
	Advisory    Level = "advisory"     // 鼓励, 有序, 重点
)

var levels = []Term[Level]{
	{Code: Mandatory, Title: geo.Text{ZH: "约束性", EN: "mandatory"}, Means: geo.Text{ZH: "严禁、不得、应当、确保", EN: "must, must not"}},
	{Code: InPrinciple, Title: geo.Text{ZH: "原则性", EN: "in principle"}, Means: geo.Text{ZH: "原则上；可附论证说明", EN: "in principle; may be justified"}},
	{Code: Advisory, Title: geo.Text{ZH: "提示性", EN: "advisory"}, Means: geo.Text{ZH: "鼓励、重点、有序", EN: "encouraged"}},
}

// Levels are the levels, strongest first.
func Levels() []Level { return codesOf(levels) }

// Title names the level for a person.
func (l Level) Title() geo.Text { return titleOf(levels, l) }

// groups are the subjects of rules, in the order of a report.
var groups = []Term[string]{
	{Code: "pbf", Title: geo.Text{ZH: "永久基本农田", EN: "Permanent basic farmland"}},
	{Code: "cropland", Title: geo.Text{ZH: "耕地", EN: "Cropland"}},
	{Code: "construction", Title: geo.Text{ZH: "建设用地", EN: "Construction land"}},
	{Code: "ecology", Title: geo.Text{ZH: "生态", EN: "Ecology"}},
	{Code: "procedure", Title: geo.Text{ZH: "程序", EN: "Procedure"}},
	{Code: "data", Title: geo.Text{ZH: "数据", EN: "Data"}},
	{Code: "", Title: geo.Text{ZH: "其他", EN: "Other"}},
}

// RuleGroups are the subjects of rules, in the order of a report; "" is any
// other.
func RuleGroups() []string { return codesOf(groups) }

// RuleGroupTitle names the subject of a group of rules.
func RuleGroupTitle(group string) geo.Text { return titleOf(groups, group) }

// severities are the weights of a notice (geo.Severity).
var severities = []Term[geo.Severity]{
	{Code: geo.Info, Title: geo.Text{ZH: "说明", EN: "info"}},
	{Code: geo.Warning, Title: geo.Text{ZH: "注意", EN: "warning"}},
	{Code: geo.Error, Title: geo.Text{ZH: "错误", EN: "error"}},
}

// Severities are the weights of a notice, lightest first.
func Severities() []geo.Severity { return codesOf(severities) }

// SeverityTitle names the weight of a notice.
func SeverityTitle(s geo.Severity) geo.Text { return titleOf(severities, s) }
