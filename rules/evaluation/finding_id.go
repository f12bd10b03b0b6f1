package evaluation

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landcheck/rules/result"
)

// findingID is stable from run to run and does not depend on other findings.
func findingID(rule string, s result.Scope, refs []result.FeatureRef, which string) string {
	text := strconv.AppendQuote(nil, rule)
	add := func(s string) { text = strconv.AppendQuote(append(text, ' '), s) }
	add(s.Kind)
	add(s.Code)
	add(which)
	for _, r := range refs {
		add(r.Role)
		add(r.ID)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6])
}

// distinguish gives findings that nothing tells apart (features that share an
// id) ids of their own.
func distinguish(fs []result.Finding) {
	seen := map[string]int{}
	for i := range fs {
		id := fs[i].ID
		if seen[id]++; seen[id] > 1 {
			fs[i].ID = fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%s#%d", id, seen[id])))[:12]
		}
	}
}

// sorted is findings in the order of a report. Their places are sorted, as they
// are large themselves.
func sorted(fs []result.Finding) []result.Finding {
	if len(fs) < 2 {
		return fs
	}
	order := make([]*result.Finding, len(fs))
	for i := range fs {
		order[i] = &fs[i]
	}
	slices.SortStableFunc(order, byScopeAreaID)
	out := make([]result.Finding, len(fs))
	for i, f := range order {
		out[i] = *f
	}
	return out
}

func byScopeAreaID(x, y *result.Finding) int {
	return cmp.Or(cmp.Compare(x.Scope.Kind, y.Scope.Kind), cmp.Compare(x.Scope.Code, y.Scope.Code),
		cmp.Compare(y.Area, x.Area), strings.Compare(x.ID, y.ID))
}
