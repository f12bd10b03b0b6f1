package trial

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"

	"golang.org/x/sync/errgroup"
)

// gap is one thing that a rule needs, taken away from a plan that it judges.
type gap struct {
	rule  *rulebook.Rule
	trial Trial
	role  domain.Role // the layer taken away, or the one that lacks fields
	field string      // what is unknown, "" where the layer itself is missing
}

// Every layer and every field that a built-in rule needs is taken away in
// turn: the rule is not checked, says what to provide, and where the input is
// one that a verdict cannot do without, the verdict is incomplete. The list
// comes from the rulebooks, so a new need is tried without anybody's doing.
func TestEveryNeedIsMissedInItsTurn(t *testing.T) {
	for _, id := range rulebook.BuiltIn() {
		t.Run(id, func(t *testing.T) {
			book, suite := built(t, id)
			gaps := gapsOf(t, book, suite)
			results := make([]result.RuleResult, len(gaps))
			var group errgroup.Group
			group.SetLimit(2)
			for i := range gaps {
				group.Go(func() (err error) {
					results[i], err = judge(context.Background(), book, gaps[i].rule.ID, &gaps[i].trial)
					return err
				})
			}
			if err := group.Wait(); err != nil {
				t.Fatal(err)
			}
			for i := range gaps {
				gaps[i].check(t, &results[i], book.Require)
			}
			t.Logf("%d needs", len(gaps))
			if len(gaps) < 60 {
				t.Errorf("only %d needs", len(gaps))
			}
		})
	}
}

func built(t *testing.T, id string) (*rulebook.Rulebook, *Suite) {
	t.Helper()
	book, err := rulebook.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	suite, err := Open(filepath.Join("..", "..", "testdata", "rulebooks", id))
	if err != nil {
		t.Fatal(err)
	}
	return book, suite
}

// gapsOf lists what a book's rules need, each with a plan to take it from.
func gapsOf(t *testing.T, book *rulebook.Rulebook, suite *Suite) []gap {
	var out []gap
	for i := range book.Rules {
		r := &book.Rules[i]
		if r.Off {
			continue
		}
		passing, failing := trialOf(suite, r.ID, Passing), trialOf(suite, r.ID, Failing)
		if passing == nil || failing == nil {
			t.Errorf("%s has no plan to try its needs on", r.ID)
			continue
		}
		for _, role := range append(slices.Clone(r.Needs), r.PartNeeds...) {
			if role == "grades" {
				continue // fields, below
			}
			// A plan that breaks the rule concerns it, one that keeps it may not.
			concerned := failing
			if r.List != nil && !r.List.Warn.Given() { // breaks by nothing
				concerned = passing
			}
			out = append(out, gap{rule: r, trial: concerned.lacking(role), role: role})
		}
		fields := slices.Clone(r.Known)
		if r.Mean != nil {
			pairs := r.Mean.Measures
			if r.Mean.Better != nil {
				pairs = []rulebook.Comparison{{Better: *r.Mean.Better, Than: *r.Mean.Than}}
			}
			for _, m := range pairs[:1] { // the first is the one that the plan which passes is about
				fields = append(fields, m.Better.Value, m.Than.Value)
			}
		}
		for _, f := range fields {
			out = append(out, gap{rule: r, trial: passing.blank(f), field: f})
		}
	}
	return out
}

// trialOf is the plan that just passes a rule, or just fails it: the rule
// judges land there.
func trialOf(s *Suite, id string, side Group) *Trial {
	for i := range s.Cases {
		for k := range s.Cases[i].Trials {
			if tr := &s.Cases[i].Trials[k]; s.Cases[i].Rule == id && tr.Group == side {
				return tr
			}
		}
	}
	return nil
}

// lacking is the trial without a base layer.
func (t *Trial) lacking(role domain.Role) Trial {
	out := *t
	out.without = map[domain.Role]bool{role: true}
	for r := range t.without {
		out.without[r] = true
	}
	return out
}

// blank is the trial with the columns of a trait (after.slope) taken out of
// all layers, or emptied.
func (t *Trial) blank(path string) Trial {
	_, trait, _ := strings.Cut(path, ".")
	columns := map[string][]string{
		"class": {"BGHDLBM"}, "slope": {"GDPDJB", "PDJB"}, "grade": {"GDDB", "ZLDB", "ZLDJDM"}, "refinement": {"TBXHDM"},
	}[trait]
	strip := func(in map[domain.Role][]feature) map[domain.Role][]feature {
		out := map[domain.Role][]feature{}
		for role, list := range in {
			for _, f := range list {
				f.fields = slices.Clone(f.fields)
				if trait == "class" { // its column is required: left empty
					for i := range f.fields {
						if f.fields[i].name == "BGHDLBM" {
							f.fields[i].value, f.fields[i].number = "", false
						}
					}
				} else {
					f.fields = slices.DeleteFunc(f.fields, func(x field) bool { return slices.Contains(columns, x.name) })
				}
				out[role] = append(out[role], f)
			}
		}
		return out
	}
	out := *t
	out.plan, out.base = strip(t.plan), strip(t.base)
	return out
}

func (g *gap) check(t *testing.T, got *result.RuleResult, require []domain.Role) {
	what := string(g.role)
	if g.field != "" {
		what = g.field
	}
	if g.role == domain.Villages {
		return // ZLDWDM of land_use stands in; the trials of village-consent say so
	}
	if got.Status != domain.NotChecked {
		t.Errorf("%s without %s: %s", g.rule.ID, what, got.Status)
		return
	}
	if got.Note == nil {
		t.Errorf("%s without %s says nothing", g.rule.ID, what)
		return
	}
	want := []string{}
	if g.field == "" {
		want = append(want, g.role.Names()[0]) // the layer as a GIS names it
	} else {
		_, trait, _ := strings.Cut(g.field, ".")
		want = append(want, map[string]string{"class": "DLBM", "slope": "GDPDJB", "grade": "ZLDB", "refinement": "TBXHDM"}[trait])
	}
	for _, w := range want {
		if !strings.Contains(got.Note.ZH, w) || !strings.Contains(got.Note.EN, w) {
			t.Errorf("%s without %s: the note does not name %s: %s", g.rule.ID, what, w, got.Note.EN)
		}
	}
	vital := g.rule.Level != domain.Advisory && (g.role.Core() || slices.Contains(require, g.role) || g.field != "" && !strings.HasSuffix(g.field, ".grade"))
	if got.Incomplete != vital {
		t.Errorf("%s (%s) without %s: incomplete is %v", g.rule.ID, g.rule.Level, what, got.Incomplete)
	}
}
