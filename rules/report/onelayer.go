package report

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// layer words what is said of one layer that was checked by itself. However good
// its data is, that is no verdict on a plan.
func (h *Headline) layer(r *result.Report) {
	role := domain.Role(r.Layer.Role)
	title := role.TitleWithName()
	rules := make([]*result.RuleResult, len(r.Rules))
	for i := range r.Rules {
		rules[i] = &r.Rules[i]
	}
	names := titlesOf(rules, len(rules))
	what := geo.Textf("核查了%[3]s的 %[1]d 个图斑：%[2]s。", "%[1]d features of %[4]s were checked: %[5]s.", r.Layer.Features, names.ZH, title.ZH, title.EN, names.EN)
	h.Means = what
	h.Next = geo.Text{ZH: "画完后，连同方案的其他图层、材料和底图核查整个方案。", EN: "Once it is drawn, check the whole plan with its other layers, its papers and base data."}
	if len(r.Base.Layers) > 0 {
		h.Next = geo.Text{ZH: "用作底图核查方案；那时还会与其他底图图层核对。", EN: "Use it as base data in the check of a plan, which holds it against the other base layers too."}
	}
	switch {
	case r.Verdict == domain.LayerInvalid:
		all, _ := broken(r)
		h.Tone, h.Head = Against, geo.Textf("图层不符合数据规则：%[1]d 条", "The layer breaks %[1]d rule(s) about data", all)
		h.Next = geo.Text{ZH: "从第 1 条问题改起，改后重新核查。", EN: "Fix the findings below from no. 1 on and check again."}
	case r.Summary.Warn > 0:
		h.Tone, h.Head = Reserved, geo.Textf("图层符合数据规则，有 %[1]d 条提示；只核查了这一个图层，没有核查方案", "The layer keeps the rules about data, with %[1]d warning(s); this one layer was checked, no plan was", r.Summary.Warn)
	default:
		h.Tone, h.Head = Clear, geo.Text{ZH: "图层符合数据规则；只核查了这一个图层，没有核查方案", EN: "The layer keeps the rules about data; this one layer was checked, no plan was"}
	}
}

// nameOf is what a report is about: the plan's name, else its code; the file of
// a layer that was checked by itself.
func nameOf(r *result.Report) string {
	switch {
	case r.Layer != nil:
		return r.Layer.File
	case r.Plan.Name != "":
		return r.Plan.Name
	}
	return r.Plan.Code
}
