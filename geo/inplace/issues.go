package inplace

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"landcheck/geo"
)

// IssueKind is a kind of notice; several records may show the same one.
type IssueKind struct {
	severity geo.Severity
	part     string // the file of the layer that is concerned, as the reader knows it; "" is the first
	zh, en   string
}

// Kind makes a kind of issue of a part of a layer.
func Kind(severity geo.Severity, part, zh, en string) IssueKind {
	return IssueKind{severity, part, zh, en}
}

// Issues collects what was odd. Its zero value is ready; it is safe for
// concurrent use.
type Issues struct {
	mu   sync.Mutex
	seen map[IssueKind]map[int]struct{}
}

// Add notes an issue of a record (1-based), or of the whole file (0). Adding
// the same twice changes nothing, so that a layer may be read again.
func (o *Issues) Add(what IssueKind, record int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.seen == nil {
		o.seen = make(map[IssueKind]map[int]struct{})
	}
	if o.seen[what] == nil {
		o.seen[what] = make(map[int]struct{})
	}
	o.seen[what][record] = struct{}{}
}

// Of tells whether a kind of issue was noted of anything.
func (o *Issues) Of(what IssueKind) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.seen[what]) > 0
}

// Records are those about which anything is odd (1-based).
func (o *Issues) Records() map[int]bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := map[int]bool{}
	for _, set := range o.seen {
		for r := range set {
			all[r] = true
		}
	}
	return all
}

// Snapshot and Restore undo what a reading noted that proved wrong.
func (o *Issues) Snapshot() map[IssueKind]map[int]struct{} {
	o.mu.Lock()
	defer o.mu.Unlock()
	copied := make(map[IssueKind]map[int]struct{}, len(o.seen))
	for what, set := range o.seen {
		copied[what] = maps.Clone(set)
	}
	return copied
}

// Restore takes back what a Snapshot holds.
func (o *Issues) Restore(seen map[IssueKind]map[int]struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.seen = seen
}

// List gives the kinds with their records.
func (o *Issues) List(file func(ext string) string) []geo.Issue {
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []geo.Issue
	for what, set := range o.seen {
		odd := geo.Issue{Severity: what.severity, File: file(what.part), Message: geo.Text{ZH: what.zh, EN: what.en}}
		for r := range set {
			if r > 0 {
				odd.Records = append(odd.Records, r)
			}
		}
		slices.Sort(odd.Records)
		list = append(list, odd)
	}
	slices.SortFunc(list, func(a, b geo.Issue) int { return strings.Compare(a.File+a.Message.EN, b.File+b.Message.EN) })
	return list
}

// Notices gives one notice a kind, the first record's first.
func (o *Issues) Notices(file func(ext string) string) []geo.Notice {
	var list []geo.Notice
	for _, odd := range o.List(file) {
		list = append(list, odd.Notice())
	}
	slices.SortStableFunc(list, func(a, b geo.Notice) int { return a.Record - b.Record })
	return list
}
