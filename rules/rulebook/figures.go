package rulebook

import (
	"math/big"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
)

// The kinds of constraints on figures: sums over land, held against a limit or
// against each other.

// Sum is Σ of an amount over the faces that meet a condition:
// {of: before.pbf_net, where: before.pbf && !after.pbf}.
type Sum struct {
	Of    condition.Amount    `yaml:"of,required"`
	Where condition.Condition `yaml:"where"` // required but for whole-area totals
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
// (see condition.TotalNames), or a sum over faces: {of: …, where: …}.
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
	Of    condition.Amount    `yaml:"of,required"`
	Where condition.Condition `yaml:"where"` // required but for whole-area totals
	Over  Over                `yaml:"over,required"`
	Scope string              `yaml:"scope" oneof:"plan,township"`
	Op    string              `yaml:"op" oneof:"<=,>="` // "<=" (default) or ">="
	Limit Exact               `yaml:"limit,required"`
}

// Share holds what part of some land is of a sort against what part of other
// land is: the part of `of` is no smaller than the part of `than`.
//
//	share:
//	  of:   {of: after.pbf_net, where: "!before.pbf && after.pbf", part: 'after.class in ["0101", "0102"]'}
//	  than: {of: before.pbf_net, where: before.pbf && !after.pbf, part: 'before.class in ["0101", "0102"]'}
//
// Compared exactly, in integers of 0.01 m². Not applicable where either side
// has no land beyond slivers. {value} and {limit} are percentages, {numerator}
// and {denominator} areas of the first side.
type Share struct {
	Of   Portion `yaml:"of,required"`
	Than Portion `yaml:"than,required"`
}

// Portion is land and the part of it that counts.
type Portion struct {
	Of    condition.Amount    `yaml:"of,required"`
	Where condition.Condition `yaml:"where,required"`
	Part  condition.Condition `yaml:"part,required"` // read within where
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
	Stages []domain.Stage `yaml:"stages"` // default all
	When   string         `yaml:"when,required" oneof:"pbf_out,pbf_in,use,urban_change,red_line_change"`
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
	Value string              `yaml:"value,required" oneof:"before.grade,after.grade,before.slope,after.slope"`
	Of    condition.Amount    `yaml:"of,required"`
	Where condition.Condition `yaml:"where,required"`
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
