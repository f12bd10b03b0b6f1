package storetest

import (
	"errors"
	"fmt"
	"sync"

	"landcheck/api/store"
)

func reviewTests() []test {
	return []test{
		{name: "standings and comments", run: reviewsGrow},
		{name: "at once", run: remarksAtOnce},
		{name: "outlive plans", run: reviewsOutlivePlans},
	}
}

func subject(project, finding string) store.Subject {
	return store.Subject{County: "150123", Project: project, Finding: finding}
}

// accepted is the standing of an exception.
func accepted(paper string) store.Remark {
	return store.Remark{By: "王五", Check: "k1", Area: 0.1 + 0.2,
		Standing: &store.Standing{State: store.AcceptedFinding, Reason: "已获批准", Paper: paper}}
}

// reviewsGrow: a standing holds until the next, whoever has seen an older one is told
// so, comments come whenever, and nothing of it is lost.
func reviewsGrow(r *fixture) {
	of, entry := subject("旗县/2026 一号", "0a1b2c3d4e5f"), store.Entry{Who: "王五", What: "finding"}
	add := func(of store.Subject, version int, m store.Remark, key string, want bool, failure error) store.Review {
		r.Helper()
		now, added, err := r.Remark(r.Context(), of, version, m, key, entry)
		if !errors.Is(err, failure) || added != want {
			r.Errorf("added %v, %v", added, err)
		}
		return now
	}
	none, err := r.Review(r.Context(), of)
	r.must(err)
	r.same(none, store.NewReview(of))
	first := add(of, 0, accepted("内自然资函〔2026〕1 号"), "", true, nil)
	if first.Version != 1 || first.State != store.AcceptedFinding || first.By != "王五" || first.Check != "k1" || first.Area != 0.1+0.2 || first.Since == nil || len(first.History) != 1 {
		r.Errorf("%+v", first)
	}
	r.same(add(of, 0, accepted("2 号"), "", false, store.ErrStale), first)
	comment := store.Remark{By: "张三", Comment: "见附图"}
	second := add(of, 0, comment, "张三 1", true, nil)
	r.same(add(of, 0, comment, "张三 1", false, nil), second)
	assigned := accepted("内自然资函〔2026〕1 号")
	assigned.By, assigned.Check, assigned.Area, assigned.Standing.Assignee = "赵六", "k2", 7, "张三"
	third := add(of, 1, assigned, "", true, nil)
	if third.Version != 2 || third.Assignee != "张三" || third.By != "王五" || third.Check != "k1" || third.Comments != 1 || len(third.History) != 3 || third.History[1].Comment != "见附图" {
		r.Errorf("who is to look at it is no new acceptance: %+v", third)
	}
	other := add(subject(of.Project, "000000000000"), 0, comment, "张三 1", true, nil)
	add(subject("另一个", of.Finding), 0, comment, "", true, nil)
	r.reopen()
	kept, err := r.Review(r.Context(), of)
	r.must(err)
	r.same(kept, third)
	all, err := r.Reviews(r.Context(), of.County, of.Project)
	r.must(err)
	third.History, other.History = nil, nil
	r.same(all, []store.Review{other, third})
	trail, err := r.Entries(r.Context(), store.Query{})
	r.must(err)
	if len(trail) != 5 {
		r.Errorf("%d entries", len(trail))
	}
}

// remarksAtOnce: of many who have seen the same, one says what holds.
func remarksAtOnce(r *fixture) {
	var group sync.WaitGroup
	said := make(chan bool, 16)
	for i := range cap(said) {
		group.Go(func() {
			_, added, err := r.Remark(r.Context(), subject("A", "0a1b2c3d4e5f"), 0, accepted(fmt.Sprint(i)), "")
			if err != nil && !errors.Is(err, store.ErrStale) {
				r.Error(err)
			}
			said <- added
		})
	}
	group.Wait()
	close(said)
	n := 0
	for added := range said {
		if added {
			n++
		}
	}
	now, err := r.Review(r.Context(), subject("A", "0a1b2c3d4e5f"))
	r.must(err)
	if n != 1 || now.Version != 1 || len(now.History) != 1 {
		r.Errorf("%d said it: %+v", n, now)
	}
}

// reviewsOutlivePlans: what was said of a project's finding is there for its next plan.
func reviewsOutlivePlans(r *fixture) {
	p := r.plan("150123", "a")
	of := subject(p.Code, "0a1b2c3d4e5f")
	said, _, err := r.Remark(r.Context(), of, 0, accepted("1"), "")
	r.must(err)
	r.must(r.DeletePlan(r.Context(), p.ID, store.Entry{What: "delete"}))
	kept, err := r.Review(r.Context(), of)
	r.must(err)
	r.same(kept, said)
}
