package main

import (
	"context"
	"os"

	"landcheck/geo"
	"landcheck/rules"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/report"

	"golang.org/x/sync/errgroup"
)

// defaultBook judges plans that name no rulebook.
const defaultBook = "nmg-2025"

// check runs the corridor: package → plan → ledger → rules → report.
func (a *app) check(ctx context.Context, path string, f *checkFlags) error {
	p, err := plan.Open(ctx, path, plan.Options{CRS: f.crsValue})
	if err != nil {
		return err
	}
	book, err := rules.LoadBook(firstOf(f.rulebook, p.Rulebook, defaultBook))
	if err != nil {
		return err
	}
	base, err := plan.OpenBase(ctx, f.base, plan.BaseOptions{CRS: f.crsValue})
	if err != nil {
		return err
	}
	defer base.Close()

	var l *ledger.Ledger
	var layers []plan.LayerInfo
	bar := a.progress(f.quiet, p)
	group, gctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		layers, err = base.Layers(gctx)
		return err
	})
	group.Go(func() (err error) {
		l, err = ledger.Build(gctx, p, base, ledger.Options{
			Sliver:   ledger.SliverLimits{Area: book.Parameters.SliverArea, Width: book.Parameters.SliverWidth},
			Blocks:   book.BlockSpec(),
			Jobs:     f.jobs,
			Progress: bar.set,
		})
		return err
	})
	err = group.Wait()
	bar.done()
	if err != nil {
		return err
	}
	r, err := rules.Evaluate(ctx, book, l, rules.Options{
		Stage: f.stageValue, Version: version, GEOS: geo.GEOSVersion(), Jobs: f.jobs,
		Base: rules.BaseInfo{Source: base.Source(), Layers: rules.LayerInfos(layers)},
	})
	if err != nil {
		return err
	}
	in, err := a.input(ctx, r, l, base, f)
	if err != nil {
		return err
	}
	return a.deliver(ctx, in, f)
}

// input gathers what the writers show; the map only where a page is written.
func (a *app) input(ctx context.Context, r *rules.Report, l *ledger.Ledger, base *plan.Base, f *checkFlags) (report.Input, error) {
	in := report.Input{Report: r, Ledger: l, Lang: a.lang, Colour: terminal(a.stdout) && os.Getenv("NO_COLOR") == ""}
	page := f.stdoutFormat.Name == "html"
	for _, path := range f.outputs {
		format, _ := report.ByPath(path)
		page = page || format.Name == "html"
	}
	if !page {
		return in, nil
	}
	var outlines []report.DrawLayer
	for _, role := range []plan.Role{plan.Townships, plan.UrbanBoundary, plan.RedLine} {
		if !base.Has(role) {
			continue
		}
		parcels, err := base.Near(ctx, role, l.CRS, nil)
		if err != nil {
			return in, err
		}
		outlines = append(outlines, report.BaseLayer(role, parcels))
	}
	var err error
	in.Drawing, err = report.NewDrawing(r, l, outlines...)
	return in, err
}

// deliver writes the files, then the report on standard output, and ends with
// the verdict's status.
func (a *app) deliver(ctx context.Context, in report.Input, f *checkFlags) error {
	for _, path := range f.outputs {
		if err := report.WriteFile(ctx, path, in); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := f.stdoutFormat.Write(a.stdout, in); err != nil {
		return err
	}
	if status := exitStatus(in.Report, f.failOn, f.old); status != exitCompliant {
		return verdictError(status)
	}
	return nil
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
