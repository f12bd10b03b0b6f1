package rulebook

import (
	"math/big"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/spelling"
)

// warn gathers what a book may well mean and most likely does not.
func (b *Rulebook) warn(t *tree) {
	b.Warnings = append(b.Warnings, b.overriddenWords(t.overridden)...)
	for i := range b.Rules {
		if r := &b.Rules[i]; !r.Off {
			b.Warnings = append(b.Warnings, r.oddLimit()...)
			b.Warnings = append(b.Warnings, r.oddPapers()...)
		}
	}
}

// oddLimit is a ratio of two sums that is to be above 1.
func (r *Rule) oddLimit() []*geo.InputError {
	if r.Ratio == nil || r.Ratio.Limit.Rat.Cmp(big.NewRat(1, 1)) <= 0 {
		return nil
	}
	return []*geo.InputError{r.at.fault(
		geo.Textf("规则 %[1]s 的限值 limit: %[2]s 即 %[3]s %%", "the limit of rule %[1]s, limit: %[2]s, is %[3]s %%", r.ID, r.Ratio.Limit.Text, hundredfold(r.Ratio.Limit.Rat)),
		geo.Text{ZH: "限值按小数填写，3 % 写作 0.03", EN: "Limits are decimals: 3 % is 0.03."})}
}

// oddPapers are kinds of papers that no rule built in asks for: a bureau's own,
// or a slip.
func (r *Rule) oddPapers() (out []*geo.InputError) {
	var kinds []string
	switch {
	case r.Documents != nil:
		for _, p := range r.Documents.Need {
			kinds = append(kinds, p.Kinds()...)
		}
	case r.Quota != nil:
		kinds = []string{r.Quota.Document}
	case r.Forbid != nil && r.Forbid.Unless != nil:
		kinds = []string{r.Forbid.Unless.Document}
	}
	known := domain.DocumentKinds()
	for _, k := range kinds {
		if k == "" || slices.Contains(known, domain.CurrentKind(k)) {
			continue
		}
		f := r.at.fault(geo.Textf("规则 %[1]s 要的文件种类“%[2]s”不是已知种类", "rule %[1]s asks for the paper %[2]q, which is no known kind", r.ID, k),
			geo.Text{ZH: "若是本单位自定的种类，plan.yaml 的 documents 须按此填写 kind", EN: "If the kind is your own, documents in plan.yaml must name it so."})
		if near := spelling.Nearest(k, known); near != "" {
			f.Advice = geo.Textf("是否应为“%s”？", "Did you mean %q?", near)
		}
		out = append(out, f)
	}
	return out
}
