package rulebook

import (
	"math/big"
	"regexp"
	"strings"

	"landcheck/geo"
	"landcheck/rules/wording"

	"go.yaml.in/yaml/v4"
)

// limitHole stands in titles and handbook pages for the rule's own limit.
const limitHole = "{limit}"

// limitText is the limit of a rule as its words state it; not ok where its kind
// has none.
func (r *Rule) limitText() (geo.Text, bool) {
	share := func(e Exact) (geo.Text, bool) {
		p := hundredfold(e.Rat)
		return geo.Text{ZH: p + "%", EN: p + " %"}, true
	}
	switch {
	case r.Ratio != nil:
		return share(r.Ratio.Limit)
	case r.Balance != nil && r.Balance.Surplus != nil:
		return share(r.Balance.Surplus.Share)
	case r.Balance != nil && r.Balance.Factor != nil:
		return wording.Same(r.Balance.Factor.Text), true
	case r.Areas != nil:
		return share(r.Areas.Share)
	case r.Deviation != nil:
		return share(r.Deviation.Share)
	case r.Data != nil && r.Data.Limit != nil:
		return geo.Text{ZH: r.Data.Limit.Text + " 平方米", EN: r.Data.Limit.Text + " m²"}, true
	}
	return geo.Text{}, false
}

// hole is what a title or page leaves to be filled; {limit} alone ever is, and
// a slip in it would stand in every report as it is written.
var hole = regexp.MustCompile(`\{([a-z_]+)\}`)

// fillLimits writes each rule's limit where its title and page leave a hole.
func (b *Rulebook) fillLimits(t *tree, d *diagnostics) {
	for i := range b.Rules {
		r := &b.Rules[i]
		limit, ok := r.limitText()
		for _, x := range []*geo.Text{&r.Title, &r.Explain.Measures, &r.Explain.Why, &r.Explain.Example, &r.Explain.Fix, &r.Explain.Pitfalls} {
			for _, m := range hole.FindAllStringSubmatch(x.ZH+" "+x.EN, -1) {
				if m[0] != limitHole {
					_ = d.note(r.at.unknown(geo.Text{ZH: "占位符", EN: "placeholder"}, m[1], []string{"limit"}))
					break // both languages slip alike
				}
			}
			if !strings.Contains(x.ZH+x.EN, limitHole) {
				continue
			}
			if !ok {
				_ = d.note(r.at.faultf("规则“%[1]s”的文字用了 {limit}，但它的约束没有限值", "the texts of rule %[1]q use {limit}, and its kind has no limit", r.ID))
				break
			}
			x.ZH, x.EN = strings.ReplaceAll(x.ZH, limitHole, limit.ZH), strings.ReplaceAll(x.EN, limitHole, limit.EN)
		}
	}
}

// checkLimit refuses a share above the whole of which it is a part: 3 where 3 %
// is meant. A ratio of two sums may be above 1.
func (r *Rule) checkLimit(t *tree, n *yaml.Node, d *diagnostics) {
	k := r.Ratio
	if k == nil || k.Limit.Rat == nil || k.Limit.Rat.Cmp(big.NewRat(1, 1)) <= 0 || k.Over.Name == "" || k.Of.Total != "" {
		return
	}
	small := strings.TrimRight(new(big.Rat).Quo(k.Limit.Rat, big.NewRat(100, 1)).FloatString(10), "0")
	_ = d.note(t.place(child(child(n, "ratio"), "limit")).fault(
		geo.Textf("限值 limit: %[1]s 即 %[2]s %%，部分占整体的比例不会超过 100 %%，规则永远不会起作用", "limit: %[1]s is %[2]s %%; a part of %[3]s is never more than 100 %% of it, so the limit would never bind", k.Limit.Text, hundredfold(k.Limit.Rat), k.Over.Name),
		geo.Textf("%[1]s %% 写作 limit: %[2]s", "Write %[1]s %% as limit: %[2]s.", k.Limit.Text, small)))
}
