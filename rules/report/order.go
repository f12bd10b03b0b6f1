package report

import (
	"slices"

	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// subject is a group of rules in the order in which reports list them.
type subject struct {
	Group string
	Rules []*result.RuleResult
}

// subjects groups rules: the six subjects of the handbook first, then any other
// in order of appearance. Rules keep their order.
func subjects(r *result.Report) []subject {
	var out []subject
	at := map[string]int{}
	for _, g := range []string{"pbf", "cropland", "construction", "ecology", "procedure", "data"} {
		at[g] = len(out)
		out = append(out, subject{Group: g})
	}
	for i := range r.Rules {
		g := r.Rules[i].Group
		if _, ok := at[g]; !ok {
			at[g] = len(out)
			out = append(out, subject{Group: g})
		}
		s := &out[at[g]]
		s.Rules = append(s.Rules, &r.Rules[i])
	}
	return slices.DeleteFunc(out, func(s subject) bool { return len(s.Rules) == 0 })
}

// NumberedFinding is a finding and the rule that it breaks.
type NumberedFinding struct {
	Number  int // 1-based, worst first; the number on the map
	Rule    *result.RuleResult
	Finding *result.Finding
}

// WorstFirst lists every finding: by status, then by the strength of the
// clause, then by area, then as the rules come.
func WorstFirst(r *result.Report) []NumberedFinding {
	var out []NumberedFinding
	for i := range r.Rules {
		for j := range r.Rules[i].Findings {
			out = append(out, NumberedFinding{Rule: &r.Rules[i], Finding: &r.Rules[i].Findings[j]})
		}
	}
	slices.SortStableFunc(out, func(a, b NumberedFinding) int {
		if d := weight(a.Finding.Status) - weight(b.Finding.Status); d != 0 {
			return d
		}
		if d := strength(a.Rule.Level) - strength(b.Rule.Level); d != 0 {
			return d
		}
		switch {
		case a.Finding.Area > b.Finding.Area:
			return -1
		case a.Finding.Area < b.Finding.Area:
			return 1
		}
		return 0
	})
	for i := range out {
		out[i].Number = i + 1
	}
	return out
}

// problems lists the findings that somebody has to look at, worst first. Those
// of status pass only show where something lies: the tables have them.
func problems(r *result.Report) []NumberedFinding {
	return slices.DeleteFunc(WorstFirst(r), func(f NumberedFinding) bool { return f.Finding.Status == domain.Pass })
}

func weight(s domain.Status) int {
	return placeOf(s, []domain.Status{domain.Fail, domain.NotChecked, domain.Warn, domain.Justified})
}

// levels are all there are, the strictest first.
var levels = []domain.Level{domain.Mandatory, domain.InPrinciple, domain.Advisory}

func strength(l domain.Level) int {
	return placeOf(l, levels)
}

// worstMeasures lists a rule's measures, judged ones first and the worst of
// them on top; only shown ones after.
func worstMeasures(r *result.RuleResult) []result.Measure {
	out := slices.Clone(r.Measures)
	slices.SortStableFunc(out, func(a, b result.Measure) int {
		ja, jb := b2i(a.Op == ""), b2i(b.Op == "")
		if ja != jb {
			return ja - jb
		}
		return weight(a.Status) - weight(b.Status)
	})
	return out
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// broken counts failed rules by level.
func broken(r *result.Report) (all, mandatory int) {
	for i := range r.Rules {
		if r.Rules[i].Status == domain.Fail {
			all++
			if r.Rules[i].Level == domain.Mandatory {
				mandatory++
			}
		}
	}
	return all, mandatory
}

// unchecked lists the rules that could not be judged.
func unchecked(r *result.Report) []*result.RuleResult {
	var out []*result.RuleResult
	for i := range r.Rules {
		if r.Rules[i].Status == domain.NotChecked {
			out = append(out, &r.Rules[i])
		}
	}
	return out
}

// placeOf is a value's place in a list; one that is not in it comes after all.
func placeOf[T comparable](v T, list []T) int {
	if at := slices.Index(list, v); at >= 0 {
		return at
	}
	return len(list)
}
