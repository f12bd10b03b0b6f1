package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules/report"
	"landcheck/rules/result"
	"landcheck/rules/together"
)

// joint is the plans of a run that are to be held against each other, and the
// packages that gave none.
type joint struct {
	plans   []*together.Plan
	leftOut []string
}

func (j *joint) add(name string, in report.Input) {
	j.plans = append(j.plans, together.PlanOf(name, in.Ledger, in.Report))
}

// remove leaves out a package that ended without a report after all.
func (j *joint) remove(name string) {
	j.plans = slices.DeleteFunc(j.plans, func(p *together.Plan) bool { return p.Name == name })
	j.leftOut = append(j.leftOut, name)
}

// togetherFile is what takes the place of a package's name in the file of what the
// plans do to each other: report-together.geojson.
const togetherFile = "together"

// showsTogether tells whether a format has a file of its own for that.
func showsTogether(path string) bool {
	format, err := report.ByPath(path)
	return err == nil && format.WriteTogether != nil
}

// holdTogether holds the plans against each other and writes the files that are
// about that alone. Land that cannot be overlaid is told, and stops no report.
func (a *app) holdTogether(ctx context.Context, b *report.Batch, plans *joint, f *checkFlags) error {
	if !f.quiet {
		fmt.Fprintln(a.stderr, geo.Textf("比对 %d 个方案", "holding %d plans against each other", len(plans.plans)).In(a.lang))
	}
	err := guard.Do("--together", func() (err error) {
		b.Together, err = together.Check(ctx, plans.plans, plans.leftOut)
		return err
	})
	switch {
	case err == nil:
	case ctx.Err() != nil || errors.Is(err, context.Canceled):
		return err
	default:
		c := complaintOf(err)
		a.printError("方案之间没有结论：", "no verdict between the plans:")
		a.complainOfAll(c)
		b.Exit = worse(b.Exit, c.status)
		return nil
	}
	var old *result.Report
	if f.old != nil {
		b.Together.HoldAgainst(f.old.Together)
		old = (&result.Together{}).AsReport()
		if f.old.Together != nil {
			old = f.old.Together.AsReport()
		}
	}
	b.Exit = worse(b.Exit, exitStatus(b.Together.AsReport(), f.failOn, old, f.strict))
	for _, path := range f.outputs {
		if showsTogether(path) {
			if err := report.WriteTogetherFile(ctx, ownFile(path, togetherFile), *b); err != nil {
				return err
			}
		}
	}
	return nil
}
