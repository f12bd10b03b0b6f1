package faults

import (
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// kept holds, once all faults are over, what was promised: every accepted plan
// and check is there, each check ends, once, with the report of an undisturbed
// one, and the audit trail names each of them.
func (w *traffic) kept() {
	w.t.Helper()
	reports := must[map[string]string](w.t)(expected())
	for id := range w.plans {
		if status, text := w.ask("GET", "/v1/plans/"+id, nil); status != http.StatusOK {
			w.t.Errorf("plan %s: %d %s", id, status, text)
		}
	}
	trail := w.trail()
	for _, a := range w.asked {
		w.order(a) // what nobody answered to may have been done: the key tells
		w.order(a)
		for end := time.Now().Add(patience); w.state(a) != "done"; time.Sleep(50 * time.Millisecond) {
			if a.state == "failed" || a.state == "cancelled" || time.Now().After(end) {
				_, text := w.ask("GET", "/v1/checks/"+a.id, nil)
				w.t.Fatalf("check: %s", text)
			}
		}
		_, text := w.ask("GET", "/v1/checks/"+a.id+"/report", nil)
		if got, want := undated(string(text), w.digests[a.plan]), reports[w.plans[a.plan]]; got != want {
			w.t.Errorf("check %s: the report has %d bytes, want %d", a.id, len(got), len(want))
		}
		if trail["upload "+a.plan] == 0 {
			w.t.Errorf("the trail lacks the upload of %s", a.plan)
		}
	}
	trail = w.trail()
	for _, a := range w.asked {
		if n := trail["check "+a.id]; n != 1 {
			w.t.Errorf("check %s is in the trail %d times", a.id, n)
		}
	}
	w.t.Logf("%d plans, %d checks, answers by status %v", len(w.plans), len(w.asked), w.seen)
	if len(w.asked) == 0 {
		w.t.Error("nothing was ever accepted")
	}
}

// trail counts the entries of the audit trail, by what and object.
func (w *traffic) trail() map[string]int {
	w.t.Helper()
	all, after := map[string]int{}, ""
	for {
		status, text := w.ask("GET", "/v1/audit?limit=500"+after, nil)
		var page struct {
			Items []struct{ ID, What, Object string } `json:"items"`
		}
		if err := json.Unmarshal(text, &page); status != http.StatusOK || err != nil {
			w.t.Fatalf("audit: %d %v %s", status, err, text)
		}
		for _, e := range page.Items {
			all[e.What+" "+e.Object]++
			after = "&after=" + url.QueryEscape(e.ID)
		}
		if len(page.Items) < 500 {
			return all
		}
	}
}
