package main

import (
	"bytes"
	"cmp"
	"context"
	"runtime"

	"landcheck/geo/guard"
	"landcheck/rules/check"
	"landcheck/rules/passport"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/result"
)

// check checks one package and shows what came of it.
func (a *app) check(ctx context.Context, t target, f *checkFlags) error {
	in, status, err := a.judge(ctx, t, f)
	if err != nil {
		return err
	}
	return a.deliver(ctx, in, status, f)
}

// judge takes a plan through the corridor: package → plan → ledger → rules →
// report, and gives what writers need and the status that it means.
func (a *app) judge(ctx context.Context, t target, f *checkFlags) (in report.Input, status int, err error) {
	err = a.examine(ctx, t, f, func(res *check.Result, _ *plan.Base) error {
		var old *result.Report
		if f.old != nil {
			old = f.old.Of(t.name)
			res.Report.HoldAgainst(old)
		}
		in = report.Input{Report: res.Report, Ledger: res.Ledger, Lang: a.lang, Colour: a.colours(), Place: placeOf(t.path), Docs: f.docs, Dated: f.dated, Browser: f.browser, OnlyProblems: f.onlyProblems}
		status = exitStatus(res.Report, f.failOn, old, f.strict)
		if !f.wants(drawn) {
			return nil
		}
		in.Drawing, err = res.Drawing(ctx)
		return err
	})
	return in, status, err
}

// examine makes a check and gives what came of it to use, while the base data is
// open.
func (a *app) examine(ctx context.Context, t target, f *checkFlags, use func(*check.Result, *plan.Base) error) error {
	return a.open(ctx, t.path, f, func(req check.Request, computed func()) error {
		res, err := check.Run(ctx, req)
		computed()
		if err != nil {
			return err
		}
		return use(res, req.Base)
	})
}

// open reads a plan and what it is held against as the flags say, and has the
// request worked on, while the base data is open. The worker says when it has
// computed: the bar goes then.
func (a *app) open(ctx context.Context, path string, f *checkFlags, work func(req check.Request, computed func()) error) error {
	defer a.endSoon(ctx)()
	if f.jobs > 0 { // of the whole process: plan and base data are read by several too
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(f.jobs))
	}
	bookFor := check.Ahead(f.rulebook)
	baseFor := f.kept.open(ctx, f.base, plan.BaseOptions{CRS: f.crsValue, Cache: cacheDir(f.cache)})
	p, err := plan.Open(ctx, path, plan.Options{CRS: f.crsValue})
	book, bookErr := bookFor(p)
	if err = cmp.Or(err, bookErr); err != nil {
		_, _ = baseFor(nil)
		return err
	}
	base, err := baseFor(p)
	if err != nil {
		return err
	}
	defer base.close()
	bar := a.progress(f.quiet, p)
	return work(check.Request{Plan: p, Base: base.Base, Book: book, Asked: f.rulebook, Stage: f.stageValue,
		Strict: f.strict, SubProjects: f.subprojects, Against: f.approved, Prior: f.prior, Notices: f.notices,
		Version: version, Jobs: f.jobs, Progress: bar.set}, bar.done)
}

// wants tells whether a format of some trait is among those to be written.
func (f *checkFlags) wants(trait func(report.Format) bool) bool {
	for _, path := range f.outputs {
		if format, err := report.ByPath(path); err == nil && trait(format) {
			return true
		}
	}
	return trait(f.stdoutFormat)
}

func drawn(f report.Format) bool { return f.Drawing }

// deliver writes the files, then the report on standard output, and ends with
// the verdict's status. The text for a terminal, which is short, is made while
// the files are written.
func (a *app) deliver(ctx context.Context, in report.Input, status int, f *checkFlags) error {
	var seal *passport.Passport
	if f.signer != nil {
		var err error
		if seal, err = signed(in, f.signer); err != nil {
			return err
		}
		in.Signature = seal.OnPaper()
	}
	show := func() error { return f.stdoutFormat.Write(a.rawOut, in) }
	if f.stdoutFormat.Name == "text" {
		var text bytes.Buffer
		made := guard.Go("the report as text", func() error { return f.stdoutFormat.Write(&text, in) })
		show = func() error {
			if err := <-made; err != nil {
				return err
			}
			_, err := text.WriteTo(a.rawOut)
			return err
		}
	}
	for _, path := range f.outputs {
		if err := report.WriteFile(ctx, path, in); err != nil {
			return err
		}
	}
	for _, path := range f.passports() {
		if err := writePassport(path, seal); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	a.machine.format = "" // it gets the report
	if err := show(); err != nil {
		return err
	}
	if status != exitCompliant {
		return verdictError(status)
	}
	return nil
}
