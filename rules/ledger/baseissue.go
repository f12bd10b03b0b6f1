package ledger

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/plan"
)

// inputError notes what is wrong with base data; the steps of a build find such
// input errors side by side.
func (w *builder) inputError(f BaseIssue) {
	f.Check = checkBase
	f.Records = max(f.Records, 1)
	w.inputErrorMutex.Lock()
	defer w.inputErrorMutex.Unlock()
	w.ledger.BaseIssues = append(w.ledger.BaseIssues, f)
}

// noticed keeps a notice that a step has; issues hands them on.
func (w *builder) noticed(n geo.Notice) {
	w.inputErrorMutex.Lock()
	defer w.inputErrorMutex.Unlock()
	w.notices = append(w.notices, n)
}

// sortInputErrors orders the input errors for reports, whoever found them first.
func (w *builder) sortInputErrors() {
	slices.SortStableFunc(w.ledger.BaseIssues, func(a, b BaseIssue) int {
		return cmp.Or(strings.Compare(string(a.Role), string(b.Role)), strings.Compare(a.File, b.File),
			cmp.Compare(a.Record, b.Record), strings.Compare(a.Field, b.Field), strings.Compare(a.Message.EN, b.Message.EN),
			slices.CompareFunc(a.With, b.With, compareFeatures))
	})
	for _, f := range w.ledger.BaseIssues {
		w.ledger.Doubted += f.Area
	}
}

// metres2 writes an area in m².
func metres2(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// bare is a feature without its shape, for lists.
func bare(f plan.Feature) plan.Feature {
	f.Geometry = nil
	return f
}
