package rulebook

import (
	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
)

// The kinds of constraints on land piece by piece: what no face may be, what
// each change must carry.

// Forbid: no face beyond slivers meets the condition. One finding for each
// scope and change feature.
//
//	forbid: {where: before.urban}
//	forbid: {where: before.basic_grassland && after.construction, change: use,
//	         unless: {that: 'use.purpose in ["NMZZ", "NCGL"]', document: grassland-approval}}
//
// warn names land that is warned of and breaks nothing, whatever the level; it
// is read on its own within among. tell adds sentences to a finding, as {told}:
// each says what part of the finding's land meets a condition ({part}).
//
//	forbid: {where: before.urban_enclosed, change: pbf_out, tell: [{that: "!before.urban", text: {zh: 其中 {part} 在天窗内。, en: "{part} of it lies in a window."}}]}
//
// scope: plan (default) or township (findings and justifications per
// township). change says which change a finding is about (pbf_out, pbf_in,
// use, urban_change, red_line_change); default: the first that covers the
// face. with: other rules of the book that must not fail either; when one
// does, this fails with a finding that names it. Not applicable where `among`
// is given and nothing meets it. {share} is the finding's part of the change feature's area.
type Forbid struct {
	Where  condition.Condition `yaml:"where,required"`
	Scope  string              `yaml:"scope" oneof:"plan,township"`
	Change string              `yaml:"change" oneof:"pbf_out,pbf_in,use,urban_change,red_line_change"`
	Unless *Unless             `yaml:"unless"`
	With   []string            `yaml:"with"` // rule ids
	Warn   condition.Condition `yaml:"warn"`
	Tell   []Told              `yaml:"tell"`
}

// Told is a sentence about the part of a finding's land that meets a condition.
type Told struct {
	That condition.Condition `yaml:"that,required"`
	Text geo.Text            `yaml:"text,required"` // with {part}, the area of that land
}

// Unless excuses faces when the package holds a document of that kind.
type Unless struct {
	That     condition.Condition `yaml:"that,required"`
	Document string              `yaml:"document,required"`
}

// Require: each change that covers land of Where (beyond slivers) satisfies
// every demand. One finding for each change and unmet demand.
//
//	require:
//	  change: use
//	  where: "!before.cropland && after.cropland"
//	  each:
//	    - {that: 'use.survey_method not in ["TSZY", "XSCS"]', lack: {zh: …, en: …}}
//	    - {that: use.surveyed.known, stages: [annual, subproject-acceptance, acceptance], lack: {zh: 缺少实测面积（SCMJ）, en: no surveyed area (SCMJ)}}
//
// A demand with warn: true is never broken, only warned of. subprojects: true
// asks, at sub-project acceptance, only changes of the sub-projects that are up
// for it (those that a check is told of; without one, all).
//
// {lack} is the text of the unmet demand. Not applicable where no change does.
type Require struct {
	Change      string              `yaml:"change,required" oneof:"pbf_out,pbf_in,use,urban_change,red_line_change"`
	Where       condition.Condition `yaml:"where,required"`
	SubProjects bool                `yaml:"subprojects"`
	Each        []Demand            `yaml:"each,required"`
}

// Demand is one thing a change must carry.
type Demand struct {
	That   condition.Condition `yaml:"that,required"`
	Stages []domain.Stage      `yaml:"stages"` // default all
	Warn   bool                `yaml:"warn"`
	Lack   geo.Text            `yaml:"lack,required"`
}

// List shows land without judging it: a measure with the sum and one finding
// of status pass for each change feature. Where Warn is given, the faces that
// meet it are findings of status warn. Not applicable where nothing meets Where.
//
//	list: {of: area, where: "!before.ecological && after.ecological", change: use, warn: …}
type List struct {
	Of     condition.Amount    `yaml:"of,required"`
	Where  condition.Condition `yaml:"where,required"`
	Change string              `yaml:"change" oneof:"pbf_out,pbf_in,use,urban_change,red_line_change"`
	Warn   condition.Condition `yaml:"warn"` // read on its own, within among only
}

// Areas: a stated area of each change feature agrees with the computed one:
// |stated − computed| ≤ max(absolute_m2, share·computed).
//
//	areas: {stated: surveyed, where: "!before.cropland && after.cropland", absolute_m2: 1, share: 0.001}
//	areas: {stated: declared, absolute_m2: 1, share: 0.001}
//
// stated: declared (MJ) or surveyed (SCMJ). where: only features with such
// land beyond slivers (default all). A feature without the figure is not
// judged; the note counts them. A finding says when the figure equals the
// planar area or looks like hectares or mu. Not applicable where no feature
// states it. {stated} {computed} {difference} {limit} are areas, {hint} the
// guess (a sentence, or empty).
type Areas struct {
	Stated   string              `yaml:"stated,required" oneof:"declared,surveyed"`
	Where    condition.Condition `yaml:"where"`
	Absolute Exact               `yaml:"absolute_m2,required"`
	Share    Exact               `yaml:"share,required"`
}
