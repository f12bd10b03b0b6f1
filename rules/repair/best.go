package repair

import (
	"strings"

	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// Plan is the plan so changed.
func (s *Repair) Plan() *plan.Plan { return s.plan }

// IDs are the rules that it is for.
func (s *Repair) IDs() string {
	var ids []string
	for _, r := range s.For {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, ", ")
}

// Best is the suggestion that repairs most: that for all rules together, else the
// first for one. With add it is one that brings more land in, where there is
// such. nil where nothing was found.
func (s *Set) Best(add bool) *Repair {
	of := func(x *Suggestion) *Repair {
		switch {
		case x == nil:
			return nil
		case x.Or != nil && (add || !x.Found):
			return x.Or
		case x.Found:
			return &x.Repair
		}
		return nil
	}
	if best := of(s.Together); best != nil {
		return best
	}
	for i := range s.Rules {
		if best := of(&s.Rules[i]); best != nil {
			return best
		}
	}
	return nil
}

// OmitAdditions leaves out the suggestions that bring land in: they show parcels of
// base data that the plan does not touch.
func (s *Set) OmitAdditions() {
	if s.Together != nil {
		s.Together.Or = nil
	}
	for i := range s.Rules {
		s.Rules[i].Or = nil
	}
}

// Outlook is the verdict on the plan once it is changed as well as can be.
func (s *Set) Outlook(add bool) domain.Verdict {
	if best := s.Best(add); best != nil {
		return best.Verdict
	}
	return s.Verdict
}
