package rules

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

func (k *Documents) validate() *geo.Text {
	for _, p := range k.Need {
		if (p.Kind == "") == (len(p.OneOf) == 0) || p.Per != "" && len(p.From) > 0 {
			t := geo.Text{ZH: "每份文件须有 kind 或 one_of 之一，per 与 from 不能并用", EN: "each paper has either kind or one_of, and per or from but not both"}
			return &t
		}
	}
	if len(k.Need) == 0 {
		t := geo.Text{ZH: "need 不能为空", EN: "need must not be empty"}
		return &t
	}
	return nil
}

func (k *Documents) expressions() []*condition.Expression { return nil }

func (k *Documents) placeholders() []string { return []string{"document", "from", "lack"} }

// wanted is one paper that a rule looks for.
type wanted struct {
	Paper
	scope result.Scope
	from  geo.Text // department, village or sub-project, as a person calls it
	entry string   // what a line of documents says beside the kind
	fits  func(*plan.Document) bool
}

func (k *Documents) judge(c *court) error {
	list := k.wanted(c)
	missing, against := 0, 0
	for _, w := range list {
		found, no, conditions := c.papers(w)
		switch {
		case no != nil:
			against++
			c.lacksPaper(w, geo.Text{ZH: "不同意", EN: "is against the plan"}, wording.Textf(
				"取得同意意见后更新该文件，并把 plan.yaml 第 %[1]d 行的 agrees 改为 yes", "Obtain an opinion that agrees, replace the file, and change agrees on line %[1]d of plan.yaml to yes.", no.Line))
		case found == nil:
			missing++
			c.lacksPaper(w, geo.Text{ZH: "缺少", EN: "is missing"}, wording.Textf(
				"把文件放入方案包，并在 plan.yaml 的 documents 下登记（kind: %s）。", "Put the document in the package and name it under documents in plan.yaml (kind: %s).", strings.Join(w.kinds(), " / ")+w.entry))
		case conditions != nil:
			c.note(wording.Textf("“%[1]s”（%[2]s）附有条件，请核对是否已落实", "the “%[1]s” (%[2]s) agrees with conditions: see that they are met", w.title(), conditions.File))
		}
	}
	if n := len(list); n > 0 {
		m := result.Measure{Scope: c.whole(), Status: result.Pass, Value: float64(n - missing - against), Op: ">=", Limit: float64(n), Unit: "count",
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
				why = wording.Textf("文件“%[1]s”不在方案包内", "the document %[1]q is not in the package", d.File)
			}
			c.note(wording.Textf("plan.yaml 第 %[2]d 行：%[1]s，不计", "line %[2]d of plan.yaml: %[1]s, and does not count", why, d.Line))
		}
	}
	return nil
}

// wanted are the papers that are due, in the order of the rulebook.
func (k *Documents) wanted(c *court) (out []wanted) {
	for _, p := range k.Need {
		if !c.due(p) {
			continue
		}
		switch {
		case p.Per == "village":
			if len(c.l.ProjectVillages) == 0 {
				c.lack(plan.Villages, c.villagesUnknown())
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

// due reports whether a paper is wanted at this stage, of this plan.
func (c *court) due(p Paper) bool {
	if len(p.Stages) > 0 && !slices.Contains(p.Stages, c.o.Stage) {
		return false
	}
	return p.When != "quota-leaves-county" || c.quotaLeaves()
}

// quotaLeaves reports quota that goes to another county.
func (c *court) quotaLeaves() bool {
	q := c.l.Plan.Quota
	return q != nil && q.DestinationCounty != "" && q.DestinationCounty != c.l.Plan.County
}

// perSubProject wants a paper of each sub-project: of those up for acceptance at
// that stage, else of all that the plan's changes name. Where none has a number
// the plan is one project and one paper serves.
func (c *court) perSubProject(p Paper) (out []wanted) {
	var numbers []string
	bare := 0
	for i := range c.l.Plan.Changes {
		n := c.l.Plan.Changes[i].SubProject
		switch {
		case n == "":
			bare++
		case c.o.Stage != plan.SubprojectAcceptance || len(c.o.SubProjects) == 0 || slices.Contains(c.o.SubProjects, n):
			numbers = append(numbers, n)
		}
	}
	if c.o.Stage == plan.SubprojectAcceptance {
		numbers = append(numbers, c.o.SubProjects...)
	}
	slices.Sort(numbers)
	for _, n := range slices.Compact(numbers) {
		s := result.Scope{Kind: "subproject", Code: n}
		out = append(out, wanted{p, s, wording.Textf("子项目 %s", "sub-project %s", n), ", subproject: " + n, func(d *plan.Document) bool { return d.SubProject == n }})
	}
	if len(out) == 0 && bare > 0 {
		out = append(out, wanted{p, c.whole(), geo.Text{}, "", func(*plan.Document) bool { return true }})
	} else if bare > 0 {
		c.note(wording.Textf("有 %d 个变更图斑没有子项目编号（XMBH），不知道属于哪个子项目", "%d changes have no sub-project number (XMBH): it is not known where they belong", bare))
	}
	return out
}

// papers looks for a wanted paper: one that serves, one that is against, one
// that agrees with conditions; nil where there is none.
func (c *court) papers(w wanted) (found, no, conditions *plan.Document) {
	for i := range c.l.Plan.Documents {
		d := &c.l.Plan.Documents[i]
		if !d.Present || !w.fits(d) || !slices.ContainsFunc(w.kinds(), func(k string) bool { return domain.CurrentKind(k) == domain.CurrentKind(d.Kind) }) {
			continue
		}
		switch d.Agrees {
		case plan.Disagrees:
			no = d
		case plan.WithConditions:
			found, conditions = d, d
		default:
			found = d
		}
	}
	return found, no, conditions
}

// lacksPaper is the finding of a paper that is missing or against.
func (c *court) lacksPaper(w wanted, lack, remedy geo.Text) {
	message := geo.Text{ZH: "文件“{document}”{lack}。", EN: "The document “{document}” {lack}."}
	if !w.from.IsZero() {
		message = geo.Text{ZH: "{from}的文件“{document}”{lack}。", EN: "The document “{document}” of {from} {lack}."}
	}
	c.add(result.Finding{Status: c.broken(w.scope), Scope: w.scope}, nil, strings.Join(w.kinds(), " / ")+"\x00"+w.from.ZH,
		words{"document": w.title(), "from": w.from, "lack": lack}, message, remedy)
}

func (k *Documents) asks(c *court, kind string) bool {
	return slices.ContainsFunc(k.Need, func(p Paper) bool {
		return c.due(p) && slices.ContainsFunc(p.kinds(), func(x string) bool { return domain.CurrentKind(x) == domain.CurrentKind(kind) })
	})
}

func (p Paper) kinds() []string {
	if p.Kind != "" {
		return []string{p.Kind}
	}
	return p.OneOf
}

// title names the paper, or the papers of which one will do.
func (p Paper) title() geo.Text {
	var zh, en []string
	for _, kind := range p.kinds() {
		t := domain.DocumentTitle(kind)
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	return geo.Text{ZH: strings.Join(zh, "或"), EN: strings.Join(en, " or ")}
}
