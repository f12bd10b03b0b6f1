package embedded

import (
	"testing"

	"landcheck/api/store/storetest"
)

// BenchmarkProjects: lists of ten thousand plans.
func BenchmarkProjects(b *testing.B) {
	s, err := Open(b.TempDir(), nil, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	plans, checks, violations := storetest.ManyPlans()
	for _, p := range plans {
		s.remember(p)
	}
	for i, c := range checks {
		s.list(&record{check: c, violations: violations[i]})
	}
	storetest.BenchLists(b, s)
}
