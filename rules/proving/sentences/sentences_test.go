// Package sentences takes the rules for inputs (packages, base data, land
// classes) one sentence at a time: each is quoted with inputs that only keep it
// or only break it, and how a check of them has to end.
package sentences

import (
	"slices"
	"strings"
	"testing"

	"landcheck/rules/proving/kit"
)

// sentence is one rule for inputs and what keeps or breaks it.
type sentence struct {
	text string
	rows []row
}

// row is an input that deviates from the clean plan by one thing.
type row struct {
	name string
	do   func(c *kit.Case)
	end  string // "refused", or a verdict and the rules that fail or, of an incomplete one, are not checked
	says string // what the report or the refusal tells of it
}

func hold(t *testing.T, list []sentence) {
	t.Helper()
	for _, s := range list {
		for _, x := range s.rows {
			t.Run(s.text+"/"+x.name, func(t *testing.T) {
				c := kit.NewCase()
				x.do(c)
				a := c.Judge(t)
				if got := ended(a, x.end); got != x.end {
					t.Errorf("ended %s, not %s; told:\n%s", got, x.end, told(a))
				}
				if !strings.Contains(told(a), x.says) {
					t.Errorf("nothing tells of %q; told:\n%s", x.says, told(a))
				}
			})
		}
	}
}

// ended is how a check ended, with as many rules as are asked for.
func ended(a *kit.Result, want string) string {
	words := []string{a.Verdict()}
	if a.Fault != nil {
		return words[0]
	}
	for _, id := range strings.Fields(want)[1:] {
		r := a.Rule(id)
		if r != nil && (slices.Contains(a.Fails(), id) || r.Status == "not_checked" && words[0] == "incomplete") {
			words = append(words, id)
		}
	}
	if len(words) == 1 && words[0] == "violations" {
		words = append(words, a.Fails()...)
	}
	return strings.Join(words, " ")
}

// told is everything that a report tells, but for its figures.
func told(a *kit.Result) string {
	if a.Fault != nil {
		return a.Fault.Text().ZH
	}
	var b strings.Builder
	for _, n := range a.Report.Inputs {
		b.WriteString(n.File + " " + n.Message.ZH + "\n")
	}
	for _, r := range a.Report.Reservations {
		b.WriteString(r.Message.ZH + "\n")
	}
	for _, file := range a.Report.Plan.Ignored {
		b.WriteString("ignored " + file + "\n")
	}
	for _, r := range a.Report.Rules {
		if r.Note != nil && r.Status == "not_checked" {
			b.WriteString(r.ID + " " + r.Note.ZH + "\n")
		}
		for _, f := range r.Findings {
			b.WriteString(r.ID + " " + string(f.Status) + " " + f.Message.ZH + "\n")
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

func rename(from, to string) func(*kit.Case) {
	return func(c *kit.Case) { c.Plan.Layer(from).Name = to }
}

func renameBase(from, to string) func(*kit.Case) {
	return func(c *kit.Case) { c.Base.Layer(from).Name = to }
}

func file(name, data string) func(*kit.Case) {
	return func(c *kit.Case) { c.Plan.File(name, data) }
}

func manifest(more string) func(*kit.Case) {
	return func(c *kit.Case) { c.Plan.Manifest.More += more }
}

func baseYAML(text string) func(*kit.Case) {
	return func(c *kit.Case) { c.Base.File("base.yaml", text) }
}

func set(layer, id, field string, value any) func(*kit.Case) {
	return func(c *kit.Case) { c.Plan.Layer(layer).Row(id).F[field] = value }
}

// call gives a column of a layer another name.
func call(l *kit.Layer, from, to string) {
	for _, r := range l.Rows {
		if v, there := r.F[from]; there {
			r.F[to] = v
			delete(r.F, from)
		}
	}
}

func column(layer, from, to string) func(*kit.Case) {
	return func(c *kit.Case) { call(c.Plan.Layer(layer), from, to) }
}

// overCap takes 6.25 % of a township's basic farmland out and compensates it.
func overCap(c *kit.Case) {
	c.Plan.Layer("YJJBNTTC").Add(kit.Out("O3", kit.Box(3, 5, 5, 6)))
	c.Plan.Layer("YJJBNTBH").Add(kit.In("I3", kit.Box(3.2, 6, 6, 7)))
}

func justified(more string) func(*kit.Case) {
	return all(overCap, manifest("justifications:\n  - {rule: pbf-township-cap, "+more+"}\n"))
}
