package rules

import (
	"math/big"

	"landcheck/geo"
	"landcheck/rules/plan"
)

// Sum is Σ of an amount over the faces that meet a condition:
// {of: before.pbf_net, where: before.pbf && !after.pbf}.
type Sum struct {
	Of    Amount    `yaml:"of,required"`
	Where Condition `yaml:"where"` // required but for whole-area totals
}

// Over is a denominator. Either one of the names
//
//	designated        PBF designated in the township (scope township), or in all
//	                  townships involved (elsewhere: the pooled ratio)
//	project_pbf       net PBF in the project area before
//	project_area      gross, of the project area
//	urban_area        gross, of the whole urban boundary
//	project_cropland  net cropland in the project area before
//
// or the total of a group of land over a whole area, project.construction.after
// (see wholes.go), or a sum over faces: {of: …, where: …}.
type Over struct {
	Name string
	Sum  *Sum
}

// Exact is a decimal number kept as written: 0.05 is 1/20, not a float.
type Exact struct {
	Rat  *big.Rat
	Text string
}

// Ratio: Σ(of where …) / over, held against a limit, compared exactly in
// integers of 0.01 m².
//
//	ratio: {of: before.pbf_net, where: before.pbf && !after.pbf, over: designated, scope: township, limit: 0.05}
//	ratio: {of: before.pbf_net, where: patch_area <= 20 * mu || before.slope >= 4, over: {of: before.pbf_net, where: "true"}, op: ">=", limit: 0.5}
//
// scope: plan (default) or township (one measure for each township with such
// land). Not applicable where the sum is 0 (op <=) or the denominator is 0
// (op >=). where: "true" is allowed and means all of `among`. {value} {limit}
// are percentages, {numerator} {denominator} {margin} areas.
type Ratio struct {
	Of    Amount    `yaml:"of,required"`
	Where Condition `yaml:"where"` // required but for whole-area totals
	Over  Over      `yaml:"over,required"`
	Scope string    `yaml:"scope" oneof:"plan,township"`
	Op    string    `yaml:"op" oneof:"<=,>="` // "<=" (default) or ">="
	Limit Exact     `yaml:"limit,required"`
}

// Balance: Σ(plus) − factor·Σ(minus) ≥ 0, in integers of 0.01 m².
//
//	balance: {plus: {of: after.pbf_net, where: …}, minus: {of: before.pbf_net, where: …}}
//	balance: {plus: …, minus: …, scope: project}             # only faces in the project area
//	balance: {plus: …, minus: …, scope: date, plus_when: pbf_in, minus_when: pbf_out}
//	balance: {plus: …, minus: …, factor: 1.05}               # in ≥ 1.05·out
//	balance: {plus: …, minus: …, scope: project, surplus: {share: 0.05, of: project_cropland}}  # plus − minus ≥ 5 % of that total
//	balance: {plus: …, minus: …, scope: project, also: plan} # in the project area, and over all faces
//	balance: {plus: …, minus: …, scope: project, yearly: {stages: [annual], when: use}}
//
// scope: plan (default), project, date. Scope date is cumulative: at every
// date what came in so far covers what went out so far. plus_when, minus_when
// name the change whose date (else year) counts. Plus comes first within one
// day. Changes with a year only count together, plus first, at one unknown
// moment of that year: if the answer depends on that moment, or a change has
// neither date nor year, the rule is not_checked and names them.
// also: plan, with scope project, holds the balance over all faces as well,
// without the surplus. yearly adds cumulative measures at the end of each year,
// at those stages.
// Not applicable where neither side has a face. {plus} {minus} {required}
// {margin} (the shortfall, positive) are areas, {date} the first bad date or year.
type Balance struct {
	Plus      Sum      `yaml:"plus,required"`
	Minus     Sum      `yaml:"minus,required"`
	Factor    *Exact   `yaml:"factor"` // default 1
	Surplus   *Surplus `yaml:"surplus"`
	Scope     string   `yaml:"scope" oneof:"plan,project,date"`
	Also      string   `yaml:"also" oneof:"plan"` // with scope project: over all faces as well
	PlusWhen  string   `yaml:"plus_when" oneof:"pbf_out,pbf_in,use,urban_change,red_line_change"`
	MinusWhen string   `yaml:"minus_when" oneof:"pbf_out,pbf_in,use,urban_change,red_line_change"`
	Yearly    *Yearly  `yaml:"yearly"`
}

// Surplus asks for more than a balance: at least Share of a total (see Over).
type Surplus struct {
	Share Exact `yaml:"share,required"`
	Of    Over  `yaml:"of,required"`
}

// Yearly adds a cumulative measure per year at some stages.
type Yearly struct {
	Stages []plan.Stage `yaml:"stages"` // default all
	When   string       `yaml:"when,required" oneof:"pbf_out,pbf_in,use,urban_change,red_line_change"`
}

// Mean: the mean grade of one sum's land, weighted by its amount, is no worse
// (not higher) than that of another. One comparison, or several with labels:
//
//	mean:
//	  better: {value: after.grade, of: after.pbf_net, where: "!before.pbf && after.pbf"}
//	  than:   {value: before.grade, of: before.pbf_net, where: before.pbf && !after.pbf}
//	mean:
//	  measures:
//	    - {label: {zh: 补划与调出, en: in against out}, better: {…}, than: {…}}
//	    - {label: {zh: 仍为永久基本农田, en: PBF that stays}, better: {…}, than: {…}}
//
// value is before.X or after.X with X grade or slope (the slope class, 1 the
// flattest). Each comparison stands for itself: values missing on more than
// parameters.grade_missing_share of either of its sides make it not_checked
// (grades: for want of "grades"), and the rule with it unless another fails;
// where either side has no land beyond slivers it is not there. Not applicable
// where none is. {value} {limit} {margin} are means with two decimals,
// {label} the comparison.
type Mean struct {
	Better   *Graded      `yaml:"better"`
	Than     *Graded      `yaml:"than"`
	Measures []Comparison `yaml:"measures"`
}

// Comparison is one of several means that a rule compares.
type Comparison struct {
	Label  geo.Text `yaml:"label,required"`
	Better Graded   `yaml:"better,required"`
	Than   Graded   `yaml:"than,required"`
	Shown  bool     `yaml:"shown"` // reported, never judged
}

// Graded is land with a grade or a slope class, before the plan or after it.
type Graded struct {
	Value string    `yaml:"value,required" oneof:"before.grade,after.grade,before.slope,after.slope"`
	Of    Amount    `yaml:"of,required"`
	Where Condition `yaml:"where,required"`
}

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
	Where  Condition `yaml:"where,required"`
	Scope  string    `yaml:"scope" oneof:"plan,township"`
	Change string    `yaml:"change" oneof:"pbf_out,pbf_in,use,urban_change,red_line_change"`
	Unless *Unless   `yaml:"unless"`
	With   []string  `yaml:"with"` // rule ids
	Warn   Condition `yaml:"warn"`
	Tell   []Told    `yaml:"tell"`
}

// Told is a sentence about the part of a finding's land that meets a condition.
type Told struct {
	That Condition `yaml:"that,required"`
	Text geo.Text  `yaml:"text,required"` // with {part}, the area of that land
}

// Unless excuses faces when the package holds a document of that kind.
type Unless struct {
	That     Condition `yaml:"that,required"`
	Document string    `yaml:"document,required"`
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
// for it (check --subproject; without one, all).
//
// {lack} is the text of the unmet demand. Not applicable where no change does.
type Require struct {
	Change      string    `yaml:"change,required" oneof:"pbf_out,pbf_in,use,urban_change,red_line_change"`
	Where       Condition `yaml:"where,required"`
	SubProjects bool      `yaml:"subprojects"`
	Each        []Demand  `yaml:"each,required"`
}

// Demand is one thing a change must carry.
type Demand struct {
	That   Condition    `yaml:"that,required"`
	Stages []plan.Stage `yaml:"stages"` // default all
	Warn   bool         `yaml:"warn"`
	Lack   geo.Text     `yaml:"lack,required"`
}

// List shows land without judging it: a measure with the sum and one finding
// of status pass for each change feature. Where Warn is given, the faces that
// meet it are findings of status warn. Not applicable where nothing meets Where.
//
//	list: {of: area, where: "!before.ecological && after.ecological", change: use, warn: …}
type List struct {
	Of     Amount    `yaml:"of,required"`
	Where  Condition `yaml:"where,required"`
	Change string    `yaml:"change" oneof:"pbf_out,pbf_in,use,urban_change,red_line_change"`
	Warn   Condition `yaml:"warn"` // read on its own, within among only
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
	Stated   string    `yaml:"stated,required" oneof:"declared,surveyed"`
	Where    Condition `yaml:"where"`
	Absolute Exact     `yaml:"absolute_m2,required"`
	Share    Exact     `yaml:"share,required"`
}

// Compare holds the patches of one kind of land against those of another.
//
//	compare: {of: {of: after.pbf_net, where: …in…}, against: {of: before.pbf_net, where: …out…}, hold: [mean_larger], gap_m: 0}
//
// hold: mean_larger (mean patch area of `of` ≥ that of `against`), fewer
// (count ≤), total_within (total area ≤). Faces of one side that share a
// border, or come nearer than gap_m, are one patch. Not applicable where
// `of` has no land, or, but for total_within, `against` has none.
// {value} {limit} are areas (mean_larger, total_within) or counts (fewer), {hold} says which.
type Compare struct {
	Of      Sum      `yaml:"of,required"`
	Against Sum      `yaml:"against,required"`
	Hold    []string `yaml:"hold,required" oneof:"mean_larger,fewer,total_within"`
	Gap     float64  `yaml:"gap_m"`
}

// Blocks: the area-weighted mean block size Σa²/Σa of the project area's
// cropland does not fall. Blocks are measured by the ledger over all parcels
// of the project area: gap ≤ gap_m, not across the barrier classes.
//
//	blocks: {gap_m: 12, barriers: ["1001", "1003", "1101"]}
//
// {value} after, {limit} before, {margin}: areas.
type Blocks struct {
	Gap      float64  `yaml:"gap_m,required"`
	Barriers []string `yaml:"barriers"`
}

// Quota: what the manifest gives away of released construction land is there,
// and local needs come first. Released = Σ(released) − Σ(used).
//
//	quota: {released: {of: area, where: before.construction && !after.construction}, used: {…}, document: cross-county-approval}
//
// Measures: total (Σ of the manifest's quota ≤ released), local (when
// tradable > 0: housing + development + mining ≤ released), destination
// (another county: the document is there). Not applicable without a quota in
// the manifest. {value} {limit} {margin} areas, {document}, {county}.
type Quota struct {
	Released Sum    `yaml:"released,required"`
	Used     Sum    `yaml:"used,required"`
	Document string `yaml:"document,required"`
}

// Documents: the package holds these papers. One finding for each that is missing.
//
//	documents:
//	  need:
//	    - {kind: village-consent, per: village}                # one for each village the project area touches
//	    - {kind: opinion, from: [发展改革, 财政, 自然资源]}       # one from each
//	    - {kind: league-opinion}
//	    - {one_of: [league-opinion, province-review]}
//	    - {kind: subproject-acceptance, per: subproject}       # one for each XMBH of the plan, or those of --subproject
//	    - {kind: pbf-region-review, stages: [annual, subproject-acceptance, acceptance]}
//
//	    - {kind: cross-county-approval, when: quota-leaves-county}
//
// A department serves where `from` of the paper contains it (某旗水利局 for
// 水利). A paper that says `agrees: no` is there and fails; with-conditions is
// noted. With `among` the papers are wanted only when such land exists.
// {document} is the paper, {from} the department, village or sub-project, {lack}
// what is wrong with it.
type Documents struct {
	Need []Paper `yaml:"need,required"`
}

// Paper is one wanted document: Kind, or any one of OneOf.
type Paper struct {
	Kind  string   `yaml:"kind"`
	OneOf []string `yaml:"one_of"`
	From  []string `yaml:"from"` // one from each of these
	Per   string   `yaml:"per" oneof:"village,subproject"`
	// Stages at which the paper is due; default all.
	Stages []plan.Stage `yaml:"stages"`
	// When: only of plans whose quota goes to another county.
	When string `yaml:"when" oneof:"quota-leaves-county"`
}

// Within: what (only "project_area") lies in the plan's county but for
// slivers: the area outside ≤ parameters.sliver_area_m2. {area} outside.
//
//	within: {what: project_area}
type Within struct {
	What string `yaml:"what,required" oneof:"project_area"`
}

// Data reports flaws of the input. check is one of
//
//	crs geometry codes fields unique-id extent   the reader's findings (plan.Flaw.Check "data-" + check)
//	overlap      land that two features of one layer both claim (beyond slivers)
//	slivers      change features smaller than limit_m2
//	cover        changed land (beyond slivers) outside land_use or townships
//	complete     files of the package that nothing accounts for: not_checked, and the verdict incomplete
//	base         faults of base data under changed land, with the area that they put in doubt
//
// All but base judge the plan's layers; faults of base layers are the business
// of base alone, whose rule should be advisory.
// The flaw's own message and remedy are used for the reader's findings.
// {role} layer, {limit}. Declared areas are the kind areas.
type Data struct {
	Check string `yaml:"check,required" oneof:"crs,geometry,codes,fields,unique-id,extent,overlap,slivers,cover,complete,base"`
	Limit *Exact `yaml:"limit_m2"` // slivers: 10
}

// Claims lists what changes state of land that the base knows otherwise (grade,
// slope, ridge coefficient, refinement), by change and field, with area, from,
// to and sub-project: pass for what was counted, warn for what was not taken
// (未采用) and for claims without a sub-project number (XMBH). Not applicable
// without claims. {field} {from} {to} {subproject} {why}.
//
//	claims: {}
type Claims struct{}

// Deviation holds the plan against the approved one (an earlier JSON report,
// check --against): changes that are not in it, by role and id, and areas that
// differ by more than a share of what was approved. Not applicable without
// one. {approved} {now} {difference} are areas, {why} what is off.
//
//	deviation: {share: 0.05}
type Deviation struct {
	Share Exact `yaml:"share,required"`
}
