package plan

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/spelling"
)

// markPapers looks up the papers that the manifest names. What is no paper of
// the package does not count, and is told; nor does a justification that gives
// no reason.
func (p *Plan) markPapers(a *inventory) {
	say := func(line int, why geo.Text) {
		p.Notices = append(p.Notices, geo.Notice{Severity: geo.Warning, File: ManifestNames()[0], Message: geo.Text{
			ZH: fmt.Sprintf("第 %d 行：%s，不予计入", line, why.ZH),
			EN: fmt.Sprintf("line %d: %s, and does not count", line, why.EN)}})
	}
	for i := range p.Justifications {
		j := &p.Justifications[i]
		switch {
		case !saysSomething(j.Reason):
			j.Why = geo.Textf("规则“%s”的论证说明没有写明理由（reason）", "the justification of rule %q gives no reason (reason)", j.Rule)
		case j.Document == "":
			continue // the rule says so, if it needs the justification
		default:
			j.Why = a.noPaper(j.Document)
		}
		if j.Present = j.Why.IsZero(); !j.Present {
			say(j.Line, j.Why)
		}
	}
	for i := range p.Documents {
		d := &p.Documents[i]
		d.Why = a.noPaper(d.File)
		if d.Present = d.Why.IsZero(); !d.Present {
			say(d.Line, d.Why)
		}
	}
	for _, prior := range p.Prior {
		if prior.Report == "" {
			continue
		}
		if why := a.noPaper(prior.Report); !why.IsZero() {
			say(prior.Line, why)
		}
	}
	p.knowKinds()
}

// digestPapers notes what each paper that counts is by its bytes: the same paper
// may serve another plan too.
func (p *Plan) digestPapers(ctx context.Context, c contents) (err error) {
	for i := range p.Documents {
		if d := &p.Documents[i]; d.Present {
			if d.Digest, err = c.fileDigest(ctx, d.File); err != nil {
				return err
			}
		}
	}
	return nil
}

// noPaper says why a file that the manifest names is no paper; the zero text
// when it is one.
func (a *inventory) noPaper(file string) geo.Text {
	name, there := a.actual[fold(file)]
	size, ok := a.c.size(name)
	h := a.group[name]
	switch {
	case !ok || !there:
		return geo.Textf("文件“%s”不在方案包中", "the file %q is not in the package", file)
	case slices.Contains(ManifestNames(), strings.ToLower(name)):
		return geo.Textf("文件“%s”是方案清单本身", "the file %q is the manifest itself", file)
	case len(a.layers[h]) > 0 || h != name:
		return geo.Textf("文件“%s”是图层或其组成文件，不是材料", "the file %q is a layer or part of one, not a paper", file)
	case a.landData(h):
		return geo.Textf("文件“%s”是空间数据，不是材料", "the file %q is land data, not a paper", file)
	case companionEnding(name):
		return geo.Textf("文件“%s”是软件的附属文件，不是材料", "the file %q is what a program leaves, not a paper", file)
	case a.c.isLayer(name):
		return geo.Textf("文件“%s”的内容是图层，不是材料", "what the file %q holds is a layer, not a paper", file)
	case size == 0 || a.blank(name, size):
		return geo.Textf("文件“%s”是空的", "the file %q is empty", file)
	}
	return geo.Text{}
}

// blank tells a file of nothing but space and NULs.
func (a *inventory) blank(name string, size int64) bool {
	const small = 4096
	if size > small {
		return false
	}
	data, err := a.c.readFile(name)
	return err == nil && !slices.ContainsFunc([]byte(strings.TrimPrefix(string(data), "\ufeff")), func(b byte) bool { return b > ' ' })
}

// saysSomething tells a reason from a blank, from punctuation, and from the words
// that stand where there is nothing to say.
func saysSomething(reason string) bool {
	letters := strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, reason))
	switch letters {
	case "", "无", "略", "没有", "暂无", "待补", "待补充", "待定", "同上", "none", "na", "null", "nil", "todo", "tbd", "xxx", "理由", "reason":
		return false
	}
	return true
}

// knowKinds follows older kinds of papers to those of today and tells of kinds
// and departments that no rule asks for.
func (p *Plan) knowKinds() {
	note := func(severity geo.Severity, message geo.Text) {
		p.Notices = append(p.Notices, geo.Notice{Severity: severity, File: ManifestNames()[0], Message: message})
	}
	for i := range p.Documents {
		d := &p.Documents[i]
		if now := domain.CurrentKind(d.Kind); now != d.Kind {
			title := domain.DocumentTitle(now)
			note(geo.Info, geo.Textf("第 %[1]d 行：材料类别 %[2]s 现称 %[3]s（%[4]s），按后者计入", "line %[1]d: documents of kind %[2]s are now called %[3]s (%[5]s) and count as such",
				d.Line, d.Kind, now, title.ZH, title.EN))
			d.Kind = now
		}
		if near := spelling.Nearest(d.Kind, domain.DocumentKinds()); near != "" && near != d.Kind {
			title := domain.DocumentTitle(near)
			note(geo.Warning, geo.Textf(
				"第 %[1]d 行：材料类别“%[2]s”没有规定，是否应为 %[3]s（%[4]s）", "line %[1]d: no rule asks for documents of kind %[2]q; is it %[3]s (%[5]s)?",
				d.Line, d.Kind, near, title.ZH, title.EN))
		}
		if d.Kind == "opinion" && (p.Rulebook == "" || p.Rulebook == "nmg-2025") && !slices.ContainsFunc(domain.Departments(), func(name string) bool { return domain.IsFrom(d.From, name) }) {
			list := strings.Join(domain.Departments(), "、")
			note(geo.Warning, geo.Textf("第 %[1]d 行：没有规则要求“%[2]s”的意见；要求的部门为%[3]s", "line %[1]d: no rule asks for the opinion of %[2]q; the departments asked are %[3]s", d.Line, d.From, list))
		}
	}
}
