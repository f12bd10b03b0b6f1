package report

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// Tone is the colour of a headline.
type Tone string

// The tones.
const (
	Clear    Tone = "clear"    // compliant, and nothing is left open
	Reserved Tone = "reserved" // compliant as far as it was checked
	Against  Tone = "against"  // violations
	Open     Tone = "open"     // no verdict yet
)

// Headline is what a report says first, in every format: the verdict true in
// every word, what it means, what to do next and, under it, what the verdict
// does not cover.
type Headline struct {
	Tone    Tone     `json:"tone"`
	Head    geo.Text `json:"head"`
	Means   geo.Text `json:"means"`
	Next    geo.Text `json:"next"`
	Remarks []Remark `json:"remarks"`
}

// HeadlineOf words the verdict of a report. Only a plan of which every binding
// rule was checked is said to be fit for submission.
func HeadlineOf(r *result.Report) Headline {
	h := Headline{Remarks: remarksOf(r)}
	left := uncheckedBinding(r)
	switch r.Verdict {
	case domain.Compliant:
		h.compliant(r, left)
	case domain.Violations:
		h.violations(r, left)
	case domain.Incomplete:
		h.incomplete(r, left)
	case domain.LayerValid, domain.LayerInvalid:
		h.layer(r)
	default:
		h.Tone, h.Head = Open, same(string(r.Verdict))
	}
	if r.Rulebook.ByPlan {
		h.Head = geo.Textf("%[2]s（按方案自选的规则册 %[1]s）", "%[3]s (by the rulebook %[1]s, which the plan chose)", clean(r.Rulebook.ID), h.Head.ZH, h.Head.EN)
	}
	return h
}

func (h *Headline) compliant(r *result.Report, left []*result.RuleResult) {
	justified := geo.Text{}
	if n := r.Summary.Justified; n > 0 {
		justified = geo.Textf("，其中 %[1]d 条已论证", "; %[1]d rule(s) are justified", n)
	}
	if len(left) > 0 {
		h.Tone = Reserved
		names := titlesOf(left, headTitles)
		if zh, en := missingOf(r); zh != "" {
			names = geo.Text{ZH: names.ZH + "（缺 " + zh + "）", EN: names.EN + " (missing: " + en + ")"}
		}
		h.Head = geo.Textf("已核查的条款均符合%[2]s；%[1]d 条约束性或原则性条款未核查：%[3]s", "What was checked holds%[4]s; %[1]d binding rule(s) were not checked: %[5]s",
			len(left), justified.ZH, names.ZH, justified.EN, names.EN)
		h.Means = geo.Text{ZH: "没有发现不符合，但下列事项不在结论之内。", EN: "Nothing was found against the plan, but the verdict does not cover the following."}
		h.Next = geo.Text{ZH: "补齐所缺资料后重新核查；在此之前，未核查的条款须由人工审定。",
			EN: "Provide what is missing and check again; until then somebody has to decide the rules that were not checked."}
		return
	}
	h.Tone = Clear
	h.Head = geo.Textf("符合政策要求，可以报送%[1]s", "Compliant, can be submitted%[2]s", justified.ZH, justified.EN)
	h.Means = geo.Text{ZH: "约束性和原则性条款都已核查，都已满足。", EN: "Every mandatory and in-principle clause was checked and holds."}
	if r.Summary.Justified > 0 {
		h.Means = geo.Text{ZH: "约束性和原则性条款都已核查，都已满足或已论证。", EN: "Every mandatory and in-principle clause was checked and holds or is justified."}
	}
	h.Next = geo.Text{ZH: "报送时随附本报告。", EN: "Attach this report."}
	warned := r.Summary.Warn
	if len(h.Remarks) > 0 {
		h.Tone = Reserved
		h.Next = geo.Text{ZH: "报送前请核对下列保留事项，并随附本报告。", EN: "Look at the reservations first, and attach this report."}
	} else if warned > 0 {
		h.Next = geo.Textf("报送前建议先看 %[1]d 条提示，并随附本报告。", "Read the %[1]d warning(s) first, and attach this report.", warned)
	}
}

func (h *Headline) violations(r *result.Report, left []*result.RuleResult) {
	all, mandatory := broken(r)
	h.Tone, h.Head = Against, verdictHead(r.Verdict)
	h.Means = geo.Textf("%[1]d 条规则不符合，其中约束性 %[2]d 条、原则性 %[3]d 条。",
		"%[1]d rule(s) fail: %[2]d mandatory, %[3]d in principle.", all, mandatory, all-mandatory)
	if n := len(left); n > 0 {
		h.Means = geo.Textf("%[2]s另有 %[1]d 条约束性或原则性条款未核查。", "%[3]s %[1]d binding rule(s) were not checked.", n, h.Means.ZH, h.Means.EN)
	}
	h.Next = geo.Text{
		ZH: "按下列问题从第 1 条起逐条修改方案，改后重新核查；原则性条款也可以在 plan.yaml 中附论证材料。",
		EN: "Fix the findings below from no. 1 on and check again; an in-principle clause can instead be justified with a document in plan.yaml.",
	}
}

func (h *Headline) incomplete(r *result.Report, left []*result.RuleResult) {
	h.Tone, h.Head = Open, verdictHead(r.Verdict)
	unread := 0
	for _, m := range h.Remarks {
		unread += b2i(m.Kind == string(result.UnreadFile))
	}
	missing := false
	for i := range r.Rules {
		missing = missing || r.Rules[i].Incomplete && r.Rules[i].ID != dataComplete
	}
	var zh, en, todoZH, todoEN []string
	say := func(z, e geo.Text) {
		zh, en, todoZH, todoEN = append(zh, z.ZH), append(en, z.EN), append(todoZH, e.ZH), append(todoEN, e.EN)
	}
	if unread > 0 {
		say(geo.Textf("方案包中有 %[1]d 项没有读取", "%[1]d item(s) of the package were not read", unread), geo.Text{
			ZH: "没有读取的文件：改成规定的图层名，转换为能读取的格式，在 plan.yaml 的 layers: 中指定，或确实无关时列入 ignore:",
			EN: "settle every unread file: rename it as the layer it is, convert it, name it under layers: of plan.yaml, or list it under ignore: where it is of no concern"})
	}
	if n := len(left); n > 0 && missing {
		say(geo.Textf("%[1]d 条约束性或原则性条款因缺少资料未能核查", "%[1]d binding rule(s) could not be checked for want of data", n), geo.Text{
			ZH: "按下列说明补齐资料", EN: "provide what is missing below"})
	} else if unread == 0 {
		say(geo.Text{ZH: "按严格核查，有保留即为资料不全", EN: "checked strictly, a verdict with reservations is none"}, geo.Text{
			ZH: "补齐资料，消除下列保留", EN: "settle the reservations below"})
	}
	h.Means = geo.Text{ZH: "已核查的条款没有不符合，但" + strings.Join(zh, "，") + "。", EN: "Nothing that was checked fails, but " + strings.Join(en, ", and ") + "."}
	h.Next = geo.Text{ZH: strings.Join(todoZH, "；") + "；然后重新核查。", EN: capital(strings.Join(todoEN, "; ")) + "; then check again."}
}

// missingOf names the layers and fields that the rules which were not checked
// lack.
func missingOf(r *result.Report) (zh, en string) {
	var inZH, inEN []string
	for _, v := range r.Reservations {
		for _, m := range v.Missing {
			if !slices.Contains(inZH, m.ZH) {
				inZH, inEN = append(inZH, m.ZH), append(inEN, m.EN)
			}
		}
	}
	return strings.Join(inZH, "、"), strings.Join(inEN, ", ")
}

// headTitles is how many rules a headline names.
const headTitles = 3

// titlesOf names the first rules of a list.
func titlesOf(list []*result.RuleResult, most int) geo.Text {
	var zh, en []string
	for i, r := range list {
		if i == most && len(list) > most {
			return geo.Textf("%[1]s等", "%[2]s and others", strings.Join(zh, "、"), strings.Join(en, ", "))
		}
		zh, en = append(zh, clean(r.Title.ZH)), append(en, clean(r.Title.EN))
	}
	return geo.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
