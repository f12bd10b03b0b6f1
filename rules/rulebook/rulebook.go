package rulebook

import (
	"landcheck/geo"
	"landcheck/rules/domain"
)

// Rulebook is what must hold, as data. Its file (YAML, strict: an unknown key,
// a wrong type or a misspelt name is an input error with file, line and column):
//
//	id: nmg-2025                      # lower case letters, digits, '-'
//	title: {zh: …, en: …}             # wherever {zh, en} stands both are required
//	source: {zh: …, en: …}            # the policy document
//	extends: cn-2024                  # optional: id of a built-in book, or a .yaml file in or below this one's directory
//	parameters: {sliver_area_m2: 1}   # see Parameters; missing ones keep the parent's or the default
//	require: [villages]               # optional roles whose absence makes the verdict incomplete; also "grades"
//	policy: [{section: 二（二）, title: …, text: …}]  # the document's own words, for the list of what is covered
//	not_checkable: [{clause: 二（二）, text: …, why: {zh: …, en: …}}]
//	rules: [ … ]                      # see Rule
//
// {limit} in a title or a handbook page is the rule's own limit (5 %, 1.05, …),
// so that the words stay true where a book changes it.
//
// extends: a rule with the id of a parent's rule overrides it key by key
// (mappings merge at every depth, lists and scalars replace; naming another
// kind drops the parent's kind); other rules are appended; parameters merge;
// require, policy and not_checkable, when given, replace. YAML anchors are refused.
type Rulebook struct {
	ID           string          `yaml:"id,required"`
	Title        geo.Text        `yaml:"title,required"`
	Source       geo.Text        `yaml:"source,required"`
	Extends      string          `yaml:"extends"`
	Parameters   Parameters      `yaml:"parameters"`
	Require      []domain.Role   `yaml:"require"`
	Policy       []PolicySection `yaml:"policy"`
	NotCheckable []NotCheckable  `yaml:"not_checkable"`
	Rules        []Rule          `yaml:"rules"`
	// Warnings are slips that do not make the book wrong: texts that state a
	// limit which the book overrides, papers of an unknown kind, odd limits.
	Warnings []*geo.InputError `yaml:"-"`
	// Files are those that it was read from, its own first; none of a built-in one.
	Files  []File `yaml:"-"`
	Digest string `yaml:"-"` // "sha256:…" over the content, parents included; layout and comments do not count
}

// Parameters are the numbers that belong to no single rule.
type Parameters struct {
	SliverArea      float64 `yaml:"sliver_area_m2"`       // default 1
	SliverWidth     float64 `yaml:"sliver_width_m"`       // default 0.05
	SliverTotalWarn float64 `yaml:"sliver_total_warn_m2"` // default 10: more left out is a warning
	Tolerance       float64 `yaml:"tolerance_m2"`         // default 1: a margin no larger than this is shown as close
	GradeTolerance  float64 `yaml:"tolerance_grade"`      // default 0.01, likewise for mean grades
	SlopedClass     float64 `yaml:"sloped_class"`         // default 3 (over 6°): the slope class from which cropland is sloped
	GradeMissing    float64 `yaml:"grade_missing_share"`  // default 0.01: grades unknown on more of the area is not_checked
}

// NotCheckable is a clause that no program can judge, kept so that a reader
// sees it was not forgotten.
type NotCheckable struct {
	Clause string   `yaml:"clause,required"` // 二（二）
	Text   string   `yaml:"text,required"`   // the clause's own words
	Why    geo.Text `yaml:"why,required"`
}
