package store

import (
	"cmp"
	"context"
	"strings"

	"landcheck/rules/domain"
)

// Projects sees plans as versions of projects: the plans of a county that say the
// same project code are one project, a plan that says none is one by itself.
type Projects interface {
	// ListProjects gives a page of the projects that a query chooses, in its order,
	// and how many there are on all pages.
	ListProjects(ctx context.Context, q ProjectQuery) (page []Project, total int, err error)
	// ListVersions gives the versions of a project, newest first, limit at most.
	// Their checks are those that Check.SeenBy the prefix.
	ListVersions(ctx context.Context, prefix, county, project string, limit int) ([]Version, error)
}

// Project is its newest version, with how many there are.
type Project struct {
	Version
	Versions int
	Place    ProjectPlace
}

// Version is a plan as a version of its project, with those of its checks that a
// caller sees.
type Version struct {
	Plan     Plan
	Latest   *Check         // the newest one, in whatever state; nil: none
	Done     *Check         // the newest one that is done; nil: none
	Findings *FindingCounts // of Done; nil: none, or kept by a landcheck that noted no violations
	Decided  *Check         // the newest one on which a decision stands; nil: none
}

// FindingCounts counts the violations of a check.
type FindingCounts struct {
	// Open are those that nobody accepted as an exception or holds to be a false alarm.
	Open int `json:"open"`
	// New are those that Against had not, Fixed those that only Against had; nil
	// without Against, or where its violations were not noted.
	New   *int `json:"new,omitempty"`
	Fixed *int `json:"fixed,omitempty"`
	// Against is the newest done check of the nearest earlier version that has one.
	Against string `json:"against,omitempty"`
}

// CountFindings counts the violations of a check, of which so many are excepted,
// against those of an earlier one; nil slices were not noted.
func CountFindings(violations []string, excepted int, against string, earlier []string) *FindingCounts {
	if violations == nil {
		return nil
	}
	n := &FindingCounts{Open: len(violations) - excepted, Against: against}
	if against == "" || earlier == nil {
		return n
	}
	was := make(map[string]bool, len(earlier))
	for _, id := range earlier {
		was[id] = true
	}
	added := 0
	for _, id := range violations {
		if !was[id] {
			added++
		}
	}
	fixed := len(earlier) - (len(violations) - added)
	n.New, n.Fixed = &added, &fixed
	return n
}

// ProjectQuery chooses projects, by their newest version but for Words. Zero
// fields choose all.
type ProjectQuery struct {
	Prefix  string   // administrative code
	County  string   // all of it
	Project string   // see ProjectOf
	Words   []string // each in code, name, file, county or uploader of one of its versions; see Folded
	Stage   string
	Verdict string // of its last done check
	State   State  // of its latest check, or Unchecked
	// Decision is the one that stands on it, or Awaited: it has a done check and none.
	Decision domain.Decision
	Sort     ProjectSort
	After    *ProjectPlace // the last row of the page before
	Limit    int           // rows at most; 0 all of them
}

// Unchecked is the state of a plan that has no check.
const Unchecked State = "unchecked"

// Awaited is the decision on what is to be reviewed.
const Awaited domain.Decision = "awaited"

// Awaits tells whether a version is to be reviewed.
func (v Version) Awaits() bool { return v.Done != nil && v.Decided == nil }

// ProjectSort is an order of projects.
type ProjectSort string

// The orders. Projects that an order does not tell apart come newest first.
const (
	ByNewest  ProjectSort = "newest"  // by the upload of the newest version
	ByName    ProjectSort = "name"    // by code points; those without one by their code
	ByVerdict ProjectSort = "verdict" // the worst first, unchecked ones last
	ByOpen    ProjectSort = "open"    // those with the most open findings first, unknown numbers last
)

// ProjectPlace is where a project stands in an order: by Rank, then Label, Age, ID,
// the least first.
type ProjectPlace struct {
	Sort  ProjectSort `json:"s"`
	Rank  int64       `json:"r,omitempty"`
	Label string      `json:"l,omitempty"`
	Age   int64       `json:"a"` // when the newest version came, in µs since 1970, negative
	ID    string      `json:"i"` // of the newest version
}

// Compare two places in one order.
func (a ProjectPlace) Compare(b ProjectPlace) int {
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), strings.Compare(a.Label, b.Label), cmp.Compare(a.Age, b.Age), strings.Compare(a.ID, b.ID))
}

// PlaceOf is where a version stands.
func (v Version) PlaceOf(sort ProjectSort) ProjectPlace {
	p := ProjectPlace{Sort: sort, Age: -v.Plan.Created.UnixMicro(), ID: v.Plan.ID}
	switch sort {
	case ByName:
		p.Label = cmp.Or(v.Plan.Name, v.Plan.Code)
	case ByVerdict:
		p.Rank = v.verdictRank()
	case ByOpen:
		p.Rank = 1
		if v.Findings != nil {
			p.Rank = int64(-v.Findings.Open)
		}
	}
	return p
}

func (v Version) verdictRank() int64 {
	switch {
	case v.Done == nil:
		return 4
	case v.Done.Verdict == string(domain.Violations):
		return 0
	case v.Done.Verdict == string(domain.Incomplete):
		return 1
	case v.Done.Reservations > 0:
		return 2
	}
	return 3
}

// Folded is a text as words are looked for in it: Latin letters in lower case.
func Folded(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, text)
}

// Searched is what of a plan words are looked for in, folded.
func Searched(p Plan) string {
	return Folded(strings.Join([]string{p.Code, p.Name, p.File, p.County, p.By}, "\n"))
}
