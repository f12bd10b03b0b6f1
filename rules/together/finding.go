package together

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// complete gives a finding its packages and its id: a hash of rule, projects and
// features that does not depend on the order in which packages were given.
// Which tells apart findings about the same features.
func (c *checker) complete(f *result.Finding, rule string, plans []int, which string) {
	key := map[string]string{}
	for _, i := range plans {
		f.Packages = append(f.Packages, c.plans[i].Name)
		key[c.plans[i].Name] = c.plans[i].key()
	}
	text := strconv.AppendQuote(nil, rule)
	text = strconv.AppendQuote(append(text, ' '), which)
	var parts []string
	if len(f.Features) == 0 {
		for _, k := range key {
			parts = append(parts, strconv.Quote(k))
		}
	}
	for _, r := range f.Features {
		parts = append(parts, strings.Join([]string{strconv.Quote(key[r.Package]), strconv.Quote(r.Role), strconv.Quote(r.ID)}, " "))
	}
	slices.Sort(parts)
	for _, p := range parts {
		text = append(append(text, ' '), p...)
	}
	sum := sha256.Sum256(text)
	f.ID = hex.EncodeToString(sum[:6])
}

// labels are plans as people call them.
func (c *checker) labels(plans []int) geo.Text {
	var all []geo.Text
	for i, p := range plans {
		if i == mostNamed && len(plans) > mostNamed+1 {
			n := len(plans) - i
			all = append(all, geo.Textf("另 %d 个", "%d more", n))
			break
		}
		all = append(all, c.plans[p].label())
	}
	return wording.List(all)
}

// mostNamed is how many plans a message names.
const mostNamed = 8

// order is that of a report: the largest first. Findings that nothing tells apart
// (features that share an id) get ids of their own.
func order(all []result.Finding) {
	slices.SortStableFunc(all, func(a, b result.Finding) int {
		return cmp.Or(cmp.Compare(a.Scope.Kind, b.Scope.Kind), cmp.Compare(a.Scope.Code, b.Scope.Code), cmp.Compare(b.Area, a.Area), strings.Compare(a.ID, b.ID))
	})
	seen := map[string]int{}
	for i := range all {
		id := all[i].ID
		if seen[id]++; seen[id] > 1 {
			all[i].ID = fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%s#%d", id, seen[id])))[:12]
		}
	}
}
