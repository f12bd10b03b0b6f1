// Package check is the corridor in one call: a plan and base data in, a report
// and the ledger behind it out. The command line and the service both go
// through it, so that they give the same answer to the byte.
package check

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules/domain"
	"landcheck/rules/evaluation"
	"landcheck/rules/ledger"
	"landcheck/rules/mapsheet"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

// DefaultBook judges plans that name no rulebook.
const DefaultBook = "nmg-2025"

// Book loads the rulebook that is asked for (id or file), else the plan's own,
// else the default. A plan names a built-in one: it does not bring the rules by
// which it is judged, nor have other files read.
func Book(asked string, p *plan.Plan) (*rulebook.Rulebook, error) {
	switch {
	case asked != "":
		return rulebook.Load(asked)
	case p.Rulebook == "":
		return rulebook.Load(DefaultBook)
	case slices.Contains(rulebook.BuiltIn(), p.Rulebook):
		return rulebook.Load(p.Rulebook)
	}
	return nil, &geo.InputError{File: "plan.yaml", Field: "rulebook",
		Message: geo.Textf("没有名为“%s”的内置规则册", "there is no built-in rulebook %q", p.Rulebook),
		Advice: geo.Textf("内置：%[1]s；自己的规则册不由方案指定",
			"Built in: %[1]s; a rulebook of your own is not for the plan to name", strings.Join(rulebook.BuiltIn(), ", ")), Wants: geo.RulebookInput}
}

// Ahead begins to load the rulebook that is asked for, else the default, while
// the plan is still being read. What it gives is Book, and has to be called.
func Ahead(asked string) func(p *plan.Plan) (*rulebook.Rulebook, error) {
	guess := asked
	if guess == "" {
		guess = DefaultBook
	}
	var book *rulebook.Rulebook
	loaded := guard.Go("rulebook "+guess, func() (err error) {
		book, err = rulebook.Load(guess)
		return err
	})
	result := sync.OnceValue(func() error { return <-loaded })
	return func(p *plan.Plan) (*rulebook.Rulebook, error) {
		err := result()
		if p == nil || asked != "" || p.Rulebook == "" || p.Rulebook == guess {
			return book, err
		}
		return Book(asked, p)
	}
}

// Request is one check to be made.
type Request struct {
	Plan  *plan.Plan
	Base  *plan.Base
	Book  *rulebook.Rulebook
	Asked string // rulebook that whoever runs the check asked for; "" left the choice to the plan
	// Default is the id of the rulebook that judges plans which name none; "" is
	// DefaultBook. A plan that names it has chosen nothing.
	Default string
	Stage   domain.Stage // "" is the plan's own
	Strict  bool         // reservations make the verdict incomplete
	// SubProjects are the numbers (XMBH) of those up for acceptance; none is all.
	SubProjects []string
	// Prior is what a township ledger has of other projects of the county; it counts
	// beside what the plan says of them.
	Prior    []plan.Prior
	Against  *result.Report        // of the approved plan, nil for none
	Notices  []geo.Notice          // on how the check was asked for, to stand first in the report
	Version  string                // of the program, for the report
	Jobs     int                   // processors to use, 0 for all
	Progress func(done, total int) // changes cut so far; any goroutine, any order; may be nil
}

// Result is what came of it.
type Result struct {
	Report *result.Report
	Ledger *ledger.Ledger
	base   *plan.Base
}

// Run makes a check. The base must stay open for as long as Drawing may be
// called.
func Run(ctx context.Context, o Request) (*Result, error) {
	if err := up(o); err != nil {
		return nil, err
	}
	counted := countPrior(o.Plan, o.Prior)
	var l *ledger.Ledger
	var layers []plan.LayerInfo
	read := make(chan struct{})
	group, gctx := guard.WithContext(ctx)
	group.Go(func() (err error) {
		defer close(read)
		layers, err = o.Base.Layers(gctx)
		return err
	})
	group.Go(func() (err error) {
		l, err = ledger.Build(gctx, o.Plan, o.Base, ledger.Options{
			Sliver:   ledger.SliverLimits{Area: o.Book.Parameters.SliverArea, Width: o.Book.Parameters.SliverWidth},
			Blocks:   o.Book.BlockSpec(),
			Jobs:     o.Jobs,
			Progress: o.Progress,
			Read:     read,
		})
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	l.Notices = slices.Concat(o.Notices, overruled(o), counted, l.Notices)
	r, err := evaluation.Evaluate(ctx, o.Book, l, evaluation.Options{
		Stage: o.Stage, Version: o.Version, GEOS: geo.GEOSVersion(), Jobs: o.Jobs,
		Base:   result.BaseInfo{Source: o.Base.Source(), Layers: evaluation.LayerInfos(layers)},
		Strict: o.Strict, SubProjects: o.SubProjects, Against: o.Against,
		BookByPlan: o.Asked == "" && o.Plan.Rulebook != "" && o.Plan.Rulebook != cmp.Or(o.Default, DefaultBook),
	})
	if err != nil {
		return nil, err
	}
	return &Result{Report: r, Ledger: l, base: o.Base}, nil
}

// overruled says what the plan asks for and whoever runs the check decided
// otherwise.
func overruled(o Request) (list []geo.Notice) {
	tell := func(m geo.Text) { list = append(list, geo.Notice{Severity: geo.Info, File: "plan.yaml", Message: m}) }
	if of := o.Plan.Rulebook; of != "" && o.Asked != "" && of != o.Book.ID {
		tell(geo.Textf("方案要求用规则册 %[1]s，未采用：核查方指定了 %[2]s", "the plan asks for the rulebook %[1]s, which was not used: whoever runs the check named %[2]s", of, o.Book.ID))
	}
	if of := o.Plan.Stage; of != "" && o.Stage != "" && of != o.Stage {
		own, named := of.Title(), o.Stage.Title()
		tell(geo.Textf("方案处于“%[1]s”阶段，核查方指定按“%[2]s”阶段核查", "the plan is at the stage %[3]s; whoever runs the check named %[4]s", own.ZH, named.ZH, of, o.Stage))
	}
	return list
}

// Drawing is the map of the page: the plan and what was found over townships,
// urban boundary and red line.
func (r *Result) Drawing(ctx context.Context) (*report.Drawing, error) {
	var outlines []report.DrawLayer
	for _, role := range []domain.Role{domain.Townships, domain.UrbanBoundary, domain.RedLine} {
		if !r.base.Has(role) {
			continue
		}
		parcels, err := r.base.Near(ctx, role, r.Ledger.CRS, nil)
		if err != nil {
			return nil, err
		}
		outlines = append(outlines, report.BaseLayer(role, parcels))
	}
	return report.NewDrawing(r.Report, r.Ledger, outlines...)
}

// MapLand is what of the base data map sheets draw beside the ledger. The base
// must be open.
func (r *Result) MapLand(ctx context.Context) (*mapsheet.Land, error) {
	return mapsheet.Read(ctx, r.base, r.Ledger)
}
