package report

import (
	"cmp"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// dataComplete is the rule that accounts for every file of a package.
const dataComplete = "data-complete"

// Remark is one line under a headline: something that the verdict does not
// cover.
type Remark struct {
	Kind string   `json:"kind"` // that of a reservation, or missing: a core or required input
	Text geo.Text `json:"text"`
}

const missingInput = "missing"

// remarksOf are the lines under a headline: files that were not read, then
// rules that were not checked, joined where the same input is missing, then
// land beyond the county, doubts about base data and slivers. A report of an older program, which
// states no reservations, is read by its rules.
func remarksOf(r *result.Report) []Remark {
	out := []Remark{}
	unread := false
	for _, v := range r.Reservations {
		switch v.Kind {
		case result.Unchecked: // with its rule, below
			if ruleOf(r, v.Rule) != nil {
				continue
			}
		case result.UnreadFile:
			unread = true
		}
		out = append(out, Remark{string(v.Kind), v.Message})
	}
	if !unread {
		out = append(out, unreadByRule(r)...)
	}
	out = append(out, uncheckedRemarks(r)...)
	if sl := slivers(r); r.Reservations == nil && r.Ledger.Slivers.Area > 10 {
		out = append(out, Remark{string(result.LeftOutSlivers), sl})
	}
	slices.SortStableFunc(out, func(a, b Remark) int { return cmp.Compare(remarkOrder(a.Kind), remarkOrder(b.Kind)) })
	return out
}

func remarkOrder(kind string) int {
	order := []string{string(result.UnreadFile), missingInput, string(result.Unchecked), string(result.BeyondCounty), string(result.DoubtfulBase), string(result.LeftOutSlivers)}
	if i := slices.Index(order, kind); i >= 0 {
		return i
	}
	return len(order)
}

// unreadByRule takes unread files from the findings of data-complete.
func unreadByRule(r *result.Report) []Remark {
	rule := ruleOf(r, dataComplete)
	if rule == nil || rule.Status != domain.NotChecked {
		return nil
	}
	var out []Remark
	for i := range rule.Findings {
		out = append(out, Remark{string(result.UnreadFile), rule.Findings[i].Message})
	}
	if len(out) == 0 && rule.Note != nil {
		out = append(out, Remark{string(result.UnreadFile), *rule.Note})
	}
	return out
}

// uncheckedRemarks say of every binding rule that was not checked, or not
// whole, why: rules that lack the same are one remark.
func uncheckedRemarks(r *result.Report) []Remark {
	type reason struct {
		why   geo.Text
		core  bool
		rules []*result.RuleResult
	}
	var reasons []*reason
	for _, rule := range uncheckedBinding(r) {
		why := whyUnchecked(r, rule)
		at := slices.IndexFunc(reasons, func(x *reason) bool { return x.why == why && x.core == rule.Incomplete })
		if at < 0 {
			at = len(reasons)
			reasons = append(reasons, &reason{why: why, core: rule.Incomplete})
		}
		reasons[at].rules = append(reasons[at].rules, rule)
	}
	var out []Remark
	for _, x := range reasons {
		kind := string(result.Unchecked)
		if x.core {
			kind = missingInput
		}
		names := titlesOf(x.rules, remarkTitles)
		text := geo.Textf("未核查：%[1]s", "Not checked: %[2]s", names.ZH, names.EN)
		if n := len(x.rules); n > remarkTitles {
			text = geo.Textf("%[2]s（共 %[1]d 条）", "%[3]s (%[1]d rules)", n, text.ZH, text.EN)
		}
		if !x.why.IsZero() {
			text = geo.Textf("%[1]s（%[2]s）", "%[3]s (%[4]s)", text.ZH, strings.TrimRight(x.why.ZH, "。"), text.EN, strings.TrimRight(x.why.EN, "."))
		}
		out = append(out, Remark{kind, text})
	}
	return out
}

// remarkTitles is how many rules a remark names.
const remarkTitles = 4

// whyUnchecked is the reason that a reservation gives, else the rule's note,
// else the note of its first measure that was not checked.
func whyUnchecked(r *result.Report, rule *result.RuleResult) geo.Text {
	if rule.Status == domain.NotChecked && rule.Note != nil {
		return *rule.Note
	}
	for _, v := range r.Reservations {
		if v.Kind == result.Unchecked && v.Rule == rule.ID {
			return v.Message
		}
	}
	for _, m := range rule.Measures {
		if m.Status == domain.NotChecked && m.Note != nil {
			return *m.Note
		}
	}
	if rule.Note != nil {
		return *rule.Note
	}
	return geo.Text{}
}

// uncheckedBinding are the mandatory and in-principle rules that were not
// checked, or not whole: as a reservation or the rule itself says. That files
// were left unread is no rule that lacks an input.
func uncheckedBinding(r *result.Report) []*result.RuleResult {
	reserved := map[string]bool{}
	for _, v := range r.Reservations {
		if v.Kind == result.Unchecked {
			reserved[v.Rule] = true
		}
	}
	var out []*result.RuleResult
	for i := range r.Rules {
		rule := &r.Rules[i]
		binding := rule.Level != domain.Advisory && (rule.Status == domain.NotChecked || rule.Incomplete)
		if rule.ID != dataComplete && (binding || reserved[rule.ID]) {
			out = append(out, rule)
		}
	}
	return out
}

func ruleOf(r *result.Report, id string) *result.RuleResult {
	for i := range r.Rules {
		if r.Rules[i].ID == id {
			return &r.Rules[i]
		}
	}
	return nil
}
