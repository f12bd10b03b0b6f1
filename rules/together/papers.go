package together

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// use is one place where a plan's manifest names a paper.
type use struct {
	plan     int
	document *plan.Document
}

// papers looks for papers that serve two projects: those with the same bytes or
// the same number, of one village, or of one kind and department.
func (c *checker) papers() {
	byKey := map[string][]use{}
	var order []string
	n := 0
	for _, i := range c.counted() {
		docs := c.plans[i].documents
		for k := range docs {
			d := &docs[k]
			if !d.Present || consents(d) && !c.plans[i].meets(d.Village) {
				continue
			}
			n++
			for _, key := range paperKeys(d) {
				if byKey[key] == nil {
					order = append(order, key)
				}
				byKey[key] = append(byKey[key], use{i, d})
			}
		}
	}
	told := map[string]bool{}
	for _, key := range order {
		if uses := c.once(byKey[key]); c.projects(uses) > 1 {
			c.paper(uses, told)
		}
	}
	note := geo.Textf("比对了 %d 份材料（按内容和文号）", "%d papers were held against each other, by their bytes and numbers", n)
	c.of(samePaper).Note = &note
}

// paperKeys are what a paper is recognised by. A village's paper is one whatever
// it serves as; others are of one kind, of one department.
func paperKeys(d *plan.Document) (keys []string) {
	of := "village\x00" + d.Village
	if !consents(d) {
		of = strings.Join([]string{d.Kind, d.From, d.SubProject}, "\x00")
	}
	if d.Digest != "" {
		keys = append(keys, of+"\x00bytes\x00"+d.Digest)
	}
	if number := strings.Join(strings.Fields(d.Number), ""); number != "" {
		keys = append(keys, of+"\x00number\x00"+number)
	}
	return keys
}

// consents tells whether a paper is what a village says.
func consents(d *plan.Document) bool { return slices.Contains(domain.VillageKinds(), d.Kind) }

// meets tells whether the project area lies in a village: what another village says
// serves nothing. Where villages are not known any may.
func (p *Plan) meets(village string) bool {
	_, there := p.villages[village]
	return there || len(p.villages) == 0
}

// once is the uses of a paper, one for each plan and kind.
func (c *checker) once(uses []use) (out []use) {
	type key struct {
		plan int
		kind string
	}
	seen := map[key]bool{}
	for _, u := range uses {
		if k := (key{u.plan, u.document.Kind}); !seen[k] {
			seen[k] = true
			out = append(out, u)
		}
	}
	return out
}

func (c *checker) projects(uses []use) int {
	seen := map[int]bool{}
	for _, u := range uses {
		seen[c.project[u.plan]] = true
	}
	return len(seen)
}

// paper makes a finding of a paper that serves several projects, once where both
// bytes and number are the same.
func (c *checker) paper(uses []use, told map[string]bool) {
	var plans []int
	var kinds, files []geo.Text
	var shown []string
	for _, u := range uses {
		d := u.document
		if !slices.Contains(plans, u.plan) {
			plans = append(plans, u.plan)
			files = append(files, geo.Textf("%[1]s：%[2]s", "%[1]s: %[2]s", c.plans[u.plan].label(), d.File))
		}
		if !slices.Contains(shown, d.Kind) {
			shown, kinds = append(shown, d.Kind), append(kinds, domain.DocumentTitle(d.Kind))
		}
	}
	first := uses[0].document
	f := result.Finding{Status: domain.Warn, Scope: result.Scope{Kind: "plan"}, Features: []result.FeatureRef{}}
	for _, u := range uses {
		f.Features = append(f.Features, result.FeatureRef{Role: "document", ID: u.document.Kind, File: u.document.File, Package: c.plans[u.plan].Name})
	}
	what, count := wording.List(kinds), c.projects(uses)
	if consents(first) {
		f.Status = domain.Fail
		f.Scope = result.Scope{Kind: "village", Code: first.Village, Name: c.plans[uses[0].plan].villages[first.Village]}
		f.Message = geo.Textf("%[1]s的同一份材料（%[2]s）用于 %[3]d 个项目（%[4]s）：同意一个方案的材料不能说明同意另一个方案。",
			"One paper of %[1]s (%[2]s) serves %[3]d projects (%[4]s): consent to one plan is not consent to another.",
			place(f.Scope), what, count, wording.List(shorter(files)))
	} else {
		from := geo.Text{}
		if first.From != "" {
			from = geo.Textf("%s的", " of %s", first.From)
		}
		f.Message = geo.Textf("%[1]s同一份%[2]s用于 %[3]d 个项目（%[4]s）。", "One paper (%[2]s%[1]s) serves %[3]d projects (%[4]s).", from, what, count, wording.List(shorter(files)))
		f.Remedy = geo.Text{ZH: "请核对材料是否写明了每一个方案；没有写明的方案须另行取得。", EN: "See whether the paper names every one of the plans; a plan that it does not name needs its own."}
	}
	c.complete(&f, samePaper, plans, first.Village+first.From+first.SubProject)
	if told[f.ID] {
		return
	}
	told[f.ID] = true
	r := c.of(samePaper)
	r.Findings = append(r.Findings, f)
}

// place is a unit as people call it.
func place(s result.Scope) geo.Text {
	if s.Name == "" {
		return wording.Same(s.Code)
	}
	return geo.Textf("%[1]s（%[2]s）", "%[1]s (%[2]s)", s.Name, s.Code)
}

// shorter is a list for a message, its end counted.
func shorter(list []geo.Text) []geo.Text {
	if len(list) <= mostNamed+1 {
		return list
	}
	n := len(list) - mostNamed
	return append(slices.Clone(list[:mostNamed]), geo.Textf("另 %d 个", "%d more", n))
}
