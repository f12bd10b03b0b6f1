package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"landcheck/api/store"
)

// ManyPlans are ten thousand plans of five thousand projects in twenty counties, two
// done checks of each plan, and their violations.
func ManyPlans() (plans []store.Plan, checks []store.Check, violations [][]string) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 10_000 {
		p := planOf(fmt.Sprintf("1501%02d", 10+i%5_000%20), fmt.Sprint(i))
		p.Code, p.Created = fmt.Sprintf("P-%d", i%5_000), now.Add(time.Duration(i)*time.Minute)
		plans = append(plans, p)
		for n := range 2 {
			at := p.Created.Add(time.Duration(n+1) * time.Second)
			found := []string{}
			for f := range i % 60 {
				found = append(found, fmt.Sprintf("%012x", i%5_000*1_000+f+i/5_000*3))
			}
			checks = append(checks, store.Check{ID: fmt.Sprintf("0190-%06d-%d", i, n), Plan: p.ID, County: p.County, State: store.Done, Verdict: "violations",
				Findings: len(found), Created: at, Started: &at, Finished: &at, By: "李四"})
			violations = append(violations, found)
		}
	}
	return plans, checks, violations
}

// BenchLists times pages of a hundred projects of ManyPlans, in each order and by
// each filter. A list may take 100 ms.
func BenchLists(b *testing.B, s store.Store) {
	page, total, err := s.ListProjects(b.Context(), store.ProjectQuery{Sort: store.ByNewest, Limit: 100})
	if err != nil || len(page) != 100 || total != 5_000 || page[0].Findings == nil || page[0].Findings.New == nil {
		b.Fatalf("%d of %d, %v", len(page), total, err)
	}
	middle := page[50].Place
	for _, q := range []struct {
		name string
		store.ProjectQuery
	}{
		{"newest", store.ProjectQuery{Sort: store.ByNewest}},
		{"next", store.ProjectQuery{Sort: store.ByNewest, After: &middle}},
		{"county", store.ProjectQuery{Sort: store.ByNewest, Prefix: "150112"}},
		{"name", store.ProjectQuery{Sort: store.ByName}},
		{"words", store.ProjectQuery{Sort: store.ByNewest, Words: []string{"示例镇", "77"}}},
		{"state", store.ProjectQuery{Sort: store.ByNewest, State: store.Done}},
		{"verdict", store.ProjectQuery{Sort: store.ByVerdict, Verdict: "violations"}},
		{"open", store.ProjectQuery{Sort: store.ByOpen, State: store.Done}},
	} {
		q.Limit = 100
		b.Run(q.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				if _, _, err := s.ListProjects(b.Context(), q.ProjectQuery); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			b.ReportMetric(float64(slices.Min(took).Microseconds())/1000, "ms/quickest")
		})
	}
}
