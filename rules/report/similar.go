package report

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// similarFindings is findings of one rule that say the same of different places: the
// first of them in full, the rest to be summed up in a line.
type similarFindings struct {
	Full, Rest []NumberedFinding
}

// groupSimilar joins findings of one rule and status whose messages differ only in
// figures and names. Of each kind the first some stay in full; one more than
// that is not worth a line of its own. Order and numbers stay.
func groupSimilar(all []NumberedFinding, most int) []similarFindings {
	type key struct {
		rule   *result.RuleResult
		status domain.Status
		kind   string
	}
	groups := map[key][]int{}
	keys := make([]key, len(all))
	for i, f := range all {
		keys[i] = key{f.Rule, f.Finding.Status, kindOfFinding(f.Finding)}
		groups[keys[i]] = append(groups[keys[i]], i)
	}
	var out []similarFindings
	at := map[key]int{}
	for i, f := range all {
		group := groups[keys[i]]
		if len(group) <= most+1 {
			out = append(out, similarFindings{Full: []NumberedFinding{f}})
			continue
		}
		k, ok := at[keys[i]]
		if !ok {
			k = len(out)
			at[keys[i]] = k
			out = append(out, similarFindings{})
		}
		if len(out[k].Full) < most {
			out[k].Full = append(out[k].Full, f)
		} else {
			out[k].Rest = append(out[k].Rest, f)
		}
	}
	return out
}

// kindOfFinding is a finding's message without figures and without the names of
// what it is about.
func kindOfFinding(f *result.Finding) string {
	s := f.Message.ZH
	for i, ref := range f.Features {
		if i == 8 { // a message names a few, then counts
			break
		}
		if len(ref.ID) > 1 {
			s = strings.ReplaceAll(s, ref.ID, "#")
		}
		if len(ref.File) > 1 {
			s = strings.ReplaceAll(s, ref.File, "#")
		}
	}
	for _, name := range []string{f.Scope.Name, f.Scope.Code} {
		if len(name) > 1 {
			s = strings.ReplaceAll(s, name, "#")
		}
	}
	return kindOf(s)
}

// restLine sums up findings like those before them.
func restLine(rest []NumberedFinding, lang string, most int) string {
	refs := make([]result.FeatureRef, 0, len(rest))
	for _, f := range rest {
		if len(f.Finding.Features) > 0 {
			refs = append(refs, f.Finding.Features[0])
		}
	}
	text := geo.Textf("同类问题另 %[1]d 处", "%[1]d more of the same kind", len(rest)).In(lang)
	if names := refList(refs, lang, most); names != "" {
		text += geo.Text{ZH: "：", EN: ": "}.In(lang) + names
	}
	return text
}
