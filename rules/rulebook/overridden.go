package rulebook

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/wording"

	"go.yaml.in/yaml/v4"
)

// override is a figure of a rule that a book sets otherwise than its parent.
type override struct {
	rule, key string
	was, is   string
	at        position // of the new figure
}

// wordKeys are what a rule says to people; figures stand elsewhere.
var wordKeys = []string{"id", "clause", "also", "title", "explain", "message", "remedy", "label", "lack", "text", "level", "group"}

// overrides compares a merged rule with its parent's.
func (t *tree) overrides(id, key string, parent, merged *yaml.Node) (out []override) {
	switch {
	case parent == nil || merged == nil || parent == merged:
	case parent.Kind == yaml.ScalarNode && merged.Kind == yaml.ScalarNode:
		if parent.Value != merged.Value {
			out = append(out, override{id, key, parent.Value, merged.Value, t.place(merged)})
		}
	case parent.Kind == yaml.MappingNode && merged.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(merged.Content); i += 2 {
			if k := merged.Content[i].Value; !slices.Contains(wordKeys, k) {
				out = append(out, t.overrides(id, k, child(parent, k), merged.Content[i+1])...)
			}
		}
	}
	return out
}

var inMu = regexp.MustCompile(`([0-9.]+) *\* *mu\b`)

// spoken are the ways in which a text may state the old figure, and the new one.
func (o override) spoken() (was, is []*regexp.Regexp, shown string) {
	if o.key == "of" || strings.Contains(o.was, "mu") { // a condition
		old, now := inMu.FindAllStringSubmatch(o.was, -1), inMu.FindAllStringSubmatch(o.is, -1)
		for _, m := range old {
			if !slices.ContainsFunc(now, func(n []string) bool { return n[1] == m[1] }) {
				was = append(was, said(m[1], `mu|亩`))
				shown = m[1] + " mu"
			}
		}
		for _, n := range now {
			is = append(is, said(n[1], `mu|亩`))
		}
		return was, is, shown
	}
	old, ok := new(big.Rat).SetString(o.was)
	now, too := new(big.Rat).SetString(o.is)
	if !ok || !too {
		return nil, nil, ""
	}
	ways := func(r *big.Rat, text string) (out []*regexp.Regexp) {
		switch o.key {
		case "limit", "share":
			return append(out, said(hundredfold(r), `%|％|per ?cent`), said(text, ``))
		case "factor":
			return append(out, said(text, ``), said(hundredfold(r), `%|％|per ?cent`), said(hundredfold(new(big.Rat).Sub(r, big.NewRat(1, 1))), `%|％|per ?cent`))
		}
		return append(out, said(text, `m²|m\b|平方米|米|metres?`))
	}
	shown = o.was
	if o.key == "limit" || o.key == "share" {
		shown = hundredfold(old) + " %"
	}
	return ways(old, o.was), ways(now, o.is), shown
}

// said finds a number with its unit, and no longer number that holds it.
func said(number, unit string) *regexp.Regexp {
	after := `(?:[^0-9.]|\.[^0-9]|\.?$)`
	if unit != "" {
		after = `[  ]?(?:` + unit + `)`
	}
	return regexp.MustCompile(`(?i)(?:^|[^0-9.])` + regexp.QuoteMeta(number) + after)
}

// hundredfold is a share in per cent, without trailing zeros.
func hundredfold(r *big.Rat) string {
	x := new(big.Rat).Mul(r, big.NewRat(100, 1))
	if x.IsInt() {
		return x.Num().String()
	}
	return strings.TrimRight(x.FloatString(10), "0")
}

// stale warns of texts that still state a figure that the book sets otherwise.
func (b *Rulebook) overriddenWords(list []override) (out []*geo.InputError) {
	for _, o := range list {
		r := b.Rule(o.rule)
		if r == nil || r.Off {
			continue
		}
		was, is, shown := o.spoken()
		var zh, en []string
		for _, text := range r.words() {
			if states(text.Text, was) && !states(text.Text, is) {
				zh, en = append(zh, text.name.ZH), append(en, text.name.EN)
			}
		}
		if len(zh) > 0 {
			out = append(out, o.at.fault(
				geo.Text{ZH: fmt.Sprintf("规则 %s 的 %s 由 %s 改为 %s，但%s仍写着 %s", o.rule, o.key, o.was, o.is, strings.Join(zh, "、"), shown),
					EN: fmt.Sprintf("%s of rule %s is now %s and was %s, yet its %s still state %s", o.key, o.rule, o.is, o.was, strings.Join(en, ", "), shown)},
				geo.Text{ZH: "在本规则册中一并改写这些文字，或在标题和手册中写 {limit}", EN: "Override those words as well, or write {limit} in title and handbook page."}))
		}
	}
	return out
}

func states(t geo.Text, ways []*regexp.Regexp) bool {
	return slices.ContainsFunc(ways, func(w *regexp.Regexp) bool { return w.MatchString(t.ZH) || w.MatchString(t.EN) })
}

type worded struct {
	name geo.Text
	geo.Text
}

// words are the texts of a rule with what a person calls them.
func (r *Rule) words() []worded {
	out := []worded{
		{geo.Text{ZH: "标题（title）", EN: "title"}, r.Title},
		{geo.Text{ZH: "条款（clause）", EN: "clause"}, wording.Same(r.Clause.Text)},
	}
	for _, c := range r.Also {
		out = append(out, worded{geo.Text{ZH: "条款（also）", EN: "also"}, wording.Same(c.Text)})
	}
	return append(out,
		worded{geo.Text{ZH: "计算什么（explain.measures）", EN: "explain.measures"}, r.Explain.Measures},
		worded{geo.Text{ZH: "为什么（explain.why）", EN: "explain.why"}, r.Explain.Why},
		worded{geo.Text{ZH: "算例（explain.example）", EN: "explain.example"}, r.Explain.Example},
		worded{geo.Text{ZH: "怎么改（explain.fix）", EN: "explain.fix"}, r.Explain.Fix},
		worded{geo.Text{ZH: "常见问题（explain.pitfalls）", EN: "explain.pitfalls"}, r.Explain.Pitfalls},
		worded{geo.Text{ZH: "提示语（message）", EN: "message"}, r.Message},
		worded{geo.Text{ZH: "改法（remedy）", EN: "remedy"}, r.Remedy})
}
