package evaluation

import (
	"cmp"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"
)

func (k documentsEvaluator) evaluate(c *ruleEvaluation) error {
	list := k.wanted(c)
	missing, against := 0, 0
	for _, w := range list {
		found, no, conditions := c.papers(w)
		c.asked = append(c.asked, askedPaper{w, cmp.Or(no, conditions, found)})
		switch {
		case no != nil:
			against++
			c.lacksPaper(w, geo.Text{ZH: "不同意", EN: "is against the plan"}, geo.Textf(
				"取得同意意见后更新该文件，并把 plan.yaml 第 %[1]d 行的 agrees 改为 yes", "Obtain an opinion that agrees, replace the file, and change agrees on line %[1]d of plan.yaml to yes.", no.Line))
		case found == nil:
			missing++
			c.lacksPaper(w, geo.Text{ZH: "缺少", EN: "is missing"}, geo.Textf(
				"把文件放入方案包，并在 plan.yaml 的 documents 下登记（kind: %s）。", "Put the document in the package and name it under documents in plan.yaml (kind: %s).", strings.Join(w.Kinds(), " / ")+w.entry))
		case conditions != nil:
			c.note(geo.Textf("“%[1]s”（%[2]s）附有条件，请核对是否已落实", "the “%[1]s” (%[2]s) agrees with conditions: see that they are met", paperTitle(w.Paper), conditions.File))
		}
	}
	if n := len(list); n > 0 {
		m := result.Measure{Scope: c.whole(), Status: domain.Pass, Value: float64(n - missing - against), Op: ">=", Limit: float64(n), Unit: "count",
			Margin: float64(-missing - against), Terms: map[string]float64{"wanted": float64(n), "missing": float64(missing)}}
		if against > 0 {
			m.Terms["against"] = float64(against)
		}
		if missing+against > 0 {
			m.Status = c.worstFinding()
		}
		c.out.Measures = append(c.out.Measures, m)
	} else {
		c.nothing = len(c.lacking) == 0
	}
	for i := range c.l.Plan.Documents {
		if d := &c.l.Plan.Documents[i]; !d.Present && k.asks(c, d.Kind) {
			why := d.Why
			if why.IsZero() {
				why = geo.Textf("文件“%[1]s”不在方案包内", "the document %[1]q is not in the package", d.File)
			}
			c.note(geo.Textf("plan.yaml 第 %[2]d 行：%[1]s，不计", "line %[2]d of plan.yaml: %[1]s, and does not count", why, d.Line))
		}
	}
	return nil
}

// wanted are the papers that are due, in the order of the rulebook.
func (k documentsEvaluator) wanted(c *ruleEvaluation) (out []wanted) {
	for _, p := range k.Need {
		if !c.due(p) {
			continue
		}
		switch {
		case p.Per == "village":
			if len(c.l.ProjectVillages) == 0 {
				c.lack(domain.Villages, c.villagesUnknown())
			}
			for _, v := range c.l.ProjectVillages {
				s := result.Scope{Kind: "village", Code: v.Code, Name: v.Name}
				out = append(out, wanted{p, s, scopeText(s), ", village: " + v.Code, func(d *plan.Document) bool { return d.Village == v.Code }})
			}
		case p.Per == "subproject":
			out = append(out, c.perSubProject(p)...)
		case len(p.From) > 0:
			for _, from := range p.From {
				out = append(out, wanted{p, c.whole(), domain.DepartmentTitle(from), ", from: " + from, func(d *plan.Document) bool { return domain.IsFrom(d.From, from) }})
			}
		default:
			out = append(out, wanted{p, c.whole(), geo.Text{}, "", func(*plan.Document) bool { return true }})
		}
	}
	return out
}

// lacksPaper is the finding of a paper that is missing or against.
func (c *ruleEvaluation) lacksPaper(w wanted, lack, remedy geo.Text) {
	message := geo.Text{ZH: "文件“{document}”{lack}。", EN: "The document “{document}” {lack}."}
	if !w.from.IsZero() {
		message = geo.Text{ZH: "{from}的文件“{document}”{lack}。", EN: "The document “{document}” of {from} {lack}."}
	}
	c.add(result.Finding{Status: c.broken(w.scope), Scope: w.scope}, nil, strings.Join(w.Kinds(), " / ")+"\x00"+w.from.ZH,
		values{"document": paperTitle(w.Paper), "from": w.from, "lack": lack}, message, remedy)
}

func (k documentsEvaluator) asks(c *ruleEvaluation, kind string) bool {
	return slices.ContainsFunc(k.Need, func(p rulebook.Paper) bool {
		return c.due(p) && slices.ContainsFunc(p.Kinds(), func(x string) bool { return domain.CurrentKind(x) == domain.CurrentKind(kind) })
	})
}

func (c *ruleEvaluation) villagesUnknown() geo.Text {
	if c.lacksColumn(domain.LandUse, domain.UnitField) {
		return geo.Textf("不知道整治区域涉及哪些嘎查村，请在底图中提供村级调查区（CJDCQ）；图层“%s”缺少坐落单位代码字段 ZLDWDM，也可补上该字段",
			"the villages that the project area touches are unknown: add the layer of villages (CJDCQ) to the base data; column ZLDWDM is missing in layer %s, which would do as well",
			wording.RoleTitle(domain.LandUse))
	}
	return geo.Text{
		ZH: "不知道整治区域涉及哪些嘎查村，请在底图中提供村级调查区（CJDCQ），或填写地类图斑（DLTB）的坐落单位代码 ZLDWDM",
		EN: "the villages that the project area touches are unknown: add the layer of villages (CJDCQ) to the base data, or fill in ZLDWDM of the land use (DLTB)"}
}
