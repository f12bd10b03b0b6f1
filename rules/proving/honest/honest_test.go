// Package honest holds plans as honest people hand them in: complete and in
// order, but with the dust, the names and the files that real work leaves.
// Every one must stay compliant.
package honest

import (
	"slices"
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/proving/kit"
	"landcheck/rules/result"
)

// untidy is a plan with one thing untidy.
type untidy struct {
	name string
	do   func(c *kit.Case)
	says string // what the notices or reservations must tell, if anything
}

func try(t *testing.T, plans []untidy) {
	t.Helper()
	for _, x := range plans {
		t.Run(x.name, func(t *testing.T) {
			c := kit.NewCase()
			x.do(c)
			a := c.Judge(t)
			if a.Verdict() != string(domain.Compliant) {
				t.Errorf("ended %s, failing %v", a.Verdict(), a.Fails())
				if a.Fault != nil {
					t.Log(a.Fault)
				} else {
					t.Log(findings(a))
				}
				return
			}
			for _, r := range a.Report.Reservations {
				if r.Kind == result.Unchecked || r.Kind == result.UnreadFile {
					t.Errorf("reserved: %s", r.Message.ZH)
				}
			}
			if !strings.Contains(told(a), x.says) {
				t.Errorf("nothing tells of %q; told:\n%s", x.says, told(a))
			}
		})
	}
}

// told is everything that the report tells beside the rules.
func told(a *kit.Result) string {
	var b strings.Builder
	for _, n := range a.Report.Inputs {
		b.WriteString(n.File + " " + n.Message.ZH + "\n")
	}
	for _, r := range a.Report.Reservations {
		b.WriteString(r.Message.ZH + "\n")
	}
	return b.String()
}

// findings are the messages of what fails or is not checked.
func findings(a *kit.Result) string {
	var b strings.Builder
	for _, r := range a.Report.Rules {
		if slices.Contains([]domain.Status{domain.Fail, domain.NotChecked}, r.Status) && r.Level != domain.Advisory {
			b.WriteString(r.ID + " " + string(r.Status))
			if r.Note != nil {
				b.WriteString(" " + r.Note.ZH)
			}
			for _, f := range r.Findings {
				b.WriteString("\n    " + f.Message.ZH)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// all does several things.
func all(steps ...func(*kit.Case)) func(*kit.Case) {
	return func(c *kit.Case) {
		for _, step := range steps {
			step(c)
		}
	}
}

// every does something to each layer of the plan.
func every(do func(l *kit.Layer)) func(*kit.Case) {
	return func(c *kit.Case) {
		for _, l := range c.Plan.Layers {
			do(l)
		}
	}
}

// base does something to each layer of the base data.
func base(do func(l *kit.Layer)) func(*kit.Case) {
	return func(c *kit.Case) {
		for _, l := range c.Base.Layers {
			do(l)
		}
	}
}

// rename gives a layer of the plan another name.
func rename(from, to string) func(*kit.Case) {
	return func(c *kit.Case) { c.Plan.Layer(from).Name = to }
}

// beside puts a file into the package.
func beside(name, data string) func(*kit.Case) {
	return func(c *kit.Case) { c.Plan.File(name, data) }
}

// edit changes the plan's bytes.
func edit(do func(f kit.Files)) func(*kit.Case) {
	return func(c *kit.Case) { c.Plan.Edit(do) }
}

func TestCleanPlan(t *testing.T) {
	a := kit.NewCase().Judge(t)
	if a.Verdict() != "compliant" || !strings.Contains(a.Text, "可以报送") || len(a.Report.Reservations) > 0 {
		t.Errorf("ended %s with %d reservations\n%s%s", a.Verdict(), len(a.Report.Reservations), told(a), a.Text)
	}
}
