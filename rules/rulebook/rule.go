package rulebook

import (
	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// Rule is one entry of a rulebook: its handbook page, and one constraint kind
// with parameters.
//
//   - id: pbf-urban-kept
//     group: pbf
//     clause: {section: 三（二）, text: 城镇开发边界围合范围内的永久基本农田，原则上应当予以保留}
//     also: [{section: 三（四）, text: …}]  # further passages that the rule answers
//     level: in_principle
//     stages: [proposal, annual]        # default: all
//     needs: [pbf, urban_boundary]      # base roles; those that the conditions mention are added by themselves
//     part_needs: [water_management]    # base roles that only part of the rule needs: the rest is judged without them
//     title: {zh: …, en: …}
//     explain:
//     measures: {zh: …, en: …}
//     why: {zh: …, en: …}
//     example: {zh: …, en: …}         # optional, as is pitfalls
//     fix: {zh: …, en: …}
//     pitfalls: {zh: …, en: …}
//     among: before.pbf && !after.pbf
//     known: [before.slope]
//     forbid: {where: before.urban}     # exactly one kind
//     message: {zh: …, en: …}           # optional: each kind has a default
//     remedy: {zh: …, en: …}            # optional: default explain.fix
//
// Conditions (Condition, and among) are expr-lang expressions that yield a
// bool over one face. Names (see ledger.Face, ledger.State, plan.Change):
//
//	area width sliver township village county in_project
//	before.X after.X    X = class known cropland construction forest grassland wetland ecological
//	                    agricultural unused slope grade refinement unstable pbf red_line urban
//	                    basic_grassland heritage shelterbelt pbf_reserve water_management pbf_net cropland_net
//	before.X            X = urban_enclosed (in the urban boundary or in one of its holes), red_line_window (in a hole of the red line)
//	C.X                 C = pbf_out pbf_in use urban_change red_line_change (the change that covers the face)
//	                    X = exists year date declared.value declared.known surveyed.value surveyed.known
//	                    survey_method survey_date purpose sub_project
//	plan.county plan.year plan.stage
//	patch_area          m² of the patch that the face belongs to; only in rules with `patches:`
//	sloped_block        m² of the block of sloped cropland (parameters.sloped_class), as it stands, that the face is
//	                    part of; gap and barriers are those of the book's rule of kind blocks, else 12 m and 1001, 1003, 1101
//	mu                  m² of one mu, 10000/15
//
// Operators: && || ! == != < <= > >= + - * / in ["A", "B"], matches, startsWith
// (lists as literals). There are no functions, loops or variables. `in` the
// change is spelt pbf_in; text values take double or single quotes: quote the
// YAML scalar accordingly. Out is `before.pbf && !after.pbf`, in is
// `!before.pbf && after.pbf`. after.X of a boundary layer follows its change
// layer (red_line, urban); heritage, shelterbelt and the like do not change.
//
// Message and remedy are whole sentences with placeholders; each kind names
// those it fills, figures come with their unit ("6.12 %", "2.5200 hm²
// (37.80 mu)"). All kinds fill {scope} (name and code), {ids} (the first features and
// how many more), {count} (features), {area} (of the finding).
type Rule struct {
	ID     string          `yaml:"id,required"`
	Group  string          `yaml:"group,required" oneof:"pbf,cropland,construction,ecology,procedure,data"` // pbf, cropland, construction, ecology, procedure, data
	Clause result.Clause   `yaml:"clause,required"`
	Also   []result.Clause `yaml:"also"` // further passages that say the same
	Level  domain.Level    `yaml:"level,required"`
	Stages []domain.Stage  `yaml:"stages"`
	Needs  []domain.Role   `yaml:"needs"`
	// PartNeeds are roles that part of the rule does without: where one is
	// missing, what can be judged is, the note says which part was not, and the
	// rule is not_checked unless something breaks it all the same.
	PartNeeds []domain.Role `yaml:"part_needs"`
	Title     geo.Text      `yaml:"title,required"`
	Explain   Explain       `yaml:"explain,required"`
	Off       bool          `yaml:"off"` // switched off: not run and not in the report
	// OwnLimit: the limit is this rulebook's, the policy does not state it.
	// What it finds can only warn, whatever the level, and says 本规则册口径.
	// What a rule leans on (with) counts by the level as ever.
	OwnLimit bool `yaml:"own_limit"`

	// Among is the land that the rule is about: every condition of the kind is
	// read within it, and where no face beyond slivers matches it the rule is
	// not_applicable. Without it each kind says when it is not applicable.
	Among condition.Condition `yaml:"among"`
	// Known lists what must be known on the land of Among (beyond slivers):
	// before/after . class, slope, grade, refinement. Unknown there: not_checked, naming the
	// features. (A face that breaks the rule all the same makes it fail.)
	// Grades may be missing on parameters.grade_missing_share of the area.
	Known []string `yaml:"known" oneof:"before.class,before.slope,before.grade,before.refinement,after.class,after.slope,after.grade,after.refinement"`
	// KnownOn narrows the land on which Known must hold; default all of Among.
	KnownOn condition.Condition `yaml:"known_on"`
	// Patches gives each face that meets Patches.Of its patch_area.
	Patches *PatchSpec `yaml:"patches"`

	Message geo.Text `yaml:"message"`
	Remedy  geo.Text `yaml:"remedy"`

	// Show lists sums that are reported as measures and never judged; allowed with any kind.
	Show []Shown `yaml:"show"`

	// Exactly one of these (figures.go, land.go, input.go).
	Ratio     *Ratio     `yaml:"ratio"`
	Balance   *Balance   `yaml:"balance"`
	Mean      *Mean      `yaml:"mean"`
	Forbid    *Forbid    `yaml:"forbid"`
	Require   *Require   `yaml:"require"`
	List      *List      `yaml:"list"`
	Areas     *Areas     `yaml:"areas"`
	Compare   *Compare   `yaml:"compare"`
	Blocks    *Blocks    `yaml:"blocks"`
	Quota     *Quota     `yaml:"quota"`
	Documents *Documents `yaml:"documents"`
	Within    *Within    `yaml:"within"`
	Data      *Data      `yaml:"data"`
	Share     *Share     `yaml:"share"`
	Claims    *Claims    `yaml:"claims"`
	Deviation *Deviation `yaml:"deviation"`

	// Inherited: a rule of the parent that this book says nothing about.
	Inherited bool `yaml:"-"`

	at                              position
	asksCounty, asksYear, asksBlock bool // conditions read plan.county, plan.year, sloped_block
	sound                           bool // its own shape and expressions are in order
}

// Explain is a rule's handbook page.
type Explain struct {
	Measures geo.Text `yaml:"measures,required"` // what is measured
	Why      geo.Text `yaml:"why,required"`      // what the clause protects
	Example  geo.Text `yaml:"example"`           // a worked figure
	Fix      geo.Text `yaml:"fix,required"`      // what to do about a finding
	Pitfalls geo.Text `yaml:"pitfalls"`          // what people trip over
}

// PatchSpec says what counts as one patch: faces of Of joined where they touch
// or come nearer than Gap metres (0: they must share a border).
type PatchSpec struct {
	Of  condition.Condition `yaml:"of,required"`
	Gap float64             `yaml:"gap_m"`
}

// Shown is a figure that is reported and not judged: a sum in m², or, with
// Over, a share.
//
//	{label: {zh: 占整治区域永久基本农田比例, en: …}, of: before.pbf_net, where: before.pbf && !after.pbf, over: project_pbf}
type Shown struct {
	Label geo.Text            `yaml:"label,required"`
	Of    condition.Amount    `yaml:"of,required"`
	Where condition.Condition `yaml:"where"` // required but for whole-area totals
	Over  *Over               `yaml:"over"`
}

// ReadsCounty reports a rule whose conditions read plan.county.
func (r *Rule) ReadsCounty() bool { return r.asksCounty }

// ReadsYear reports a rule whose conditions read plan.year.
func (r *Rule) ReadsYear() bool { return r.asksYear }

// ReadsBlock reports a rule whose conditions read sloped_block.
func (r *Rule) ReadsBlock() bool { return r.asksBlock }
