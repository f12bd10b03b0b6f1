// Package adversary tries to get bad plans through. Every table holds plans
// that deviate from a complete compliant one by one dishonest thing, and says
// how each has to end; none may end "compliant, may be handed in".
package adversary

import (
	"slices"
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/proving/kit"
	"landcheck/rules/result"
)

// cheat is one attempt. Want lists the allowed ends, separated by " | ":
//
//	violations [rule…]  mandatory or in-principle rules fail, these among them
//	incomplete          something that must be known is not
//	refused             exit status 2
//	reserved            compliant, but with a reservation and without 可以报送:
//	                    only where the contract of rules (README.md) lets nothing harder follow
type cheat struct {
	name string
	do   func(c *kit.Case)
	want string
}

// try judges every cheat of a table.
func try(t *testing.T, cheats []cheat) {
	t.Helper()
	for _, x := range cheats {
		t.Run(x.name, func(t *testing.T) {
			c := kit.NewCase()
			x.do(c)
			a := c.Judge(t)
			for end := range strings.SplitSeq(x.want, " | ") {
				if ended(a, end) {
					return
				}
			}
			t.Errorf("ended %s, failing %v; want %s", a.Verdict(), a.Fails(), x.want)
			if a.Fault != nil {
				t.Log(a.Fault)
			}
			if testing.Verbose() {
				t.Log(a.Text)
			}
		})
	}
}

func ended(a *kit.Result, end string) bool {
	words := strings.Fields(end)
	switch {
	case words[0] == "noted":
		return a.Verdict() == "compliant" && slices.ContainsFunc(a.Report.Reservations, func(r result.Reservation) bool { return r.Kind == result.LeftOutSlivers })
	case words[0] == "chosen":
		return a.Verdict() == "compliant" && a.Report.Rulebook.ByPlan && strings.Contains(head(a.Text), a.Report.Rulebook.ID)
	case words[0] == "ignored":
		return a.Verdict() == "compliant" && len(a.Report.Plan.Ignored) > 0 && strings.Contains(a.Text, a.Report.Plan.Ignored[0])
	}
	if a.Verdict() == string(domain.Compliant) && words[0] == "reserved" {
		return len(a.Report.Reservations) > 0 && !strings.Contains(a.Text, "可以报送")
	}
	fails := a.Fails()
	for _, rule := range words[1:] {
		if !slices.Contains(fails, rule) {
			return false
		}
	}
	return a.Verdict() == words[0]
}

// head is the first lines of a report.
func head(text string) string {
	return strings.Join(strings.Split(text, "\n")[:12], "\n")
}

// excess is land of the western township whose leaving breaks the 5 %, and
// what is brought in for it.
var excess = kit.Box(3, 5, 5, 6)

// overCap takes 6.25 % of the western township's PBF out and compensates it:
// nothing but the cap is broken.
func overCap(c *kit.Case) {
	c.Plan.Layer("YJJBNTTC").Add(kit.Out("O3", excess))
	more(c)
}

func more(c *kit.Case) { c.Plan.Layer("YJJBNTBH").Add(kit.In("I3", kit.Box(3.2, 6, 6, 7))) }

// apart puts the excess into a layer of its own.
func apart(c *kit.Case, name string) *kit.Layer {
	more(c)
	return c.Plan.New(name).Add(kit.Out("O3", excess))
}

func TestHonestPlanIsCompliant(t *testing.T) {
	if a := kit.NewCase().Judge(t); a.Verdict() != "compliant" || !strings.Contains(a.Text, "可以报送") {
		t.Errorf("the plan that the cheats deviate from ended %s, failing %v\n%s", a.Verdict(), a.Fails(), a.Text)
	}
	c := kit.NewCase()
	overCap(c)
	if a := c.Judge(t); !slices.Equal(a.Fails(), []string{"pbf-township-cap"}) {
		t.Errorf("more than 5 %% ended %s, failing %v", a.Verdict(), a.Fails())
	}
}
