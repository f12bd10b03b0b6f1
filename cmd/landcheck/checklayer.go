package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"landcheck/geo/catalog"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

// isLayer tells whether what is to be checked without base data is a layer, to
// have its data checked: a file that may hold one, or whatever --role says to
// look into for it. A folder of a plan and an archive are plans that lack a base.
func isLayer(path, role string) bool {
	end := strings.ToLower(filepath.Ext(path))
	if info, err := os.Stat(path); err == nil && info.IsDir() && end != ".gdb" {
		return role != ""
	}
	return role != "" || end == ".gdb" || slices.Contains(catalog.Endings(), end)
}

// onlyLayer tells whether a file can hold one layer alone, and so no plan.
func onlyLayer(path string) bool {
	end := strings.ToLower(filepath.Ext(path))
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && slices.Contains(catalog.Endings(), end) && !slices.Contains(catalog.PackageEndings(), end)
}

// fitLayer refuses flags that mean nothing to one layer by itself.
func (f *checkFlags) fitLayer(fs *flag.FlagSet, several bool) error {
	if several {
		return usage("没有 --base 时一次只能核查一个图层", "without --base one layer at a time can be checked")
	}
	var wrong []string
	fs.Visit(func(x *flag.Flag) {
		if slices.Contains([]string{"stage", "strict", "against", "subproject", "key", "together"}, x.Name) {
			wrong = append(wrong, "--"+x.Name)
		}
	})
	if len(wrong) > 0 {
		list := strings.Join(wrong, " ")
		return usage("%[1]s 用于核查方案，需要 --base", "%[1]s is for checks of plans, which need --base", list)
	}
	return nil
}

// checkLayer checks the data of one layer and shows what came of it.
func (a *app) checkLayer(ctx context.Context, t target, f *checkFlags) error {
	in, status, err := a.judgeLayer(ctx, t, f)
	if err != nil {
		return err
	}
	return a.deliver(ctx, in, status, f)
}

// judgeLayer is judge for one layer.
func (a *app) judgeLayer(ctx context.Context, t target, f *checkFlags) (in report.Input, status int, err error) {
	defer a.endSoon(ctx)()
	if f.jobs > 0 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(f.jobs))
	}
	name := f.rulebook
	if name == "" {
		name = check.DefaultBook
	}
	book, err := rulebook.Load(name)
	if err != nil {
		return in, 0, err
	}
	p, err := plan.OpenLayer(ctx, t.path, plan.LayerOptions{CRS: f.crsValue, Role: f.roleValue})
	if err != nil {
		return in, 0, err
	}
	p.Notices = append(p.Notices, f.notices...)
	res, err := check.RunLayer(ctx, check.LayerRequest{Layer: p, Book: book, Version: version, Jobs: f.jobs})
	if err != nil {
		return in, 0, err
	}
	var old *result.Report
	if f.old != nil {
		old = f.old.Of(t.name)
		res.Report.HoldAgainst(old)
	}
	in = report.Input{Report: res.Report, Ledger: res.Ledger, Lang: a.lang, Colour: a.colours(), Place: placeOf(t.path), Docs: f.docs, Dated: f.dated, Browser: f.browser, OnlyProblems: f.onlyProblems}
	if f.wants(drawn) && !slices.Contains(domain.BaseRoles(), res.Ledger.Alone) {
		if in.Drawing, err = res.LayerDrawing(); err != nil {
			return in, 0, err
		}
	}
	return in, exitStatus(res.Report, f.failOn, old, false), nil
}
