package result

import "landcheck/rules/domain"

// BaselineState says of a finding whether an earlier report, the baseline, holds
// it. The words are SARIF's.
type BaselineState string

// The states; a finding has none where there is no baseline.
const (
	NewFinding   BaselineState = "new"
	KnownFinding BaselineState = "unchanged"
)

// BaselineInfo counts the findings that somebody has to look at against the
// baseline.
type BaselineInfo struct {
	Known int `json:"unchanged"` // in the baseline too
	New   int `json:"new"`
	Gone  int `json:"absent"` // in the baseline, and not here
}

// HoldAgainst marks findings by whether an earlier report has them. Those of
// status pass are marked too and not counted.
func (r *Report) HoldAgainst(old *Report) {
	left := map[string]bool{} // counts in old
	known := map[string]bool{}
	for i := range old.Rules {
		for _, f := range old.Rules[i].Findings {
			known[f.ID] = true
			if f.Status != domain.Pass {
				left[f.ID] = true
			}
		}
	}
	r.Baseline = &BaselineInfo{}
	for i := range r.Rules {
		for j := range r.Rules[i].Findings {
			f := &r.Rules[i].Findings[j]
			f.Baseline = NewFinding
			if known[f.ID] {
				f.Baseline = KnownFinding
			}
			if f.Status == domain.Pass {
				continue
			}
			delete(left, f.ID)
			if known[f.ID] {
				r.Baseline.Known++
			} else {
				r.Baseline.New++
			}
		}
	}
	r.Baseline.Gone = len(left)
}
