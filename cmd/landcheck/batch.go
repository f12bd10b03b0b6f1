package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo/guard"
	"landcheck/rules/check"
	"landcheck/rules/report"
)

// target is one package of a command line.
type target struct {
	path string
	name string // tells it from the others: a path with slashes
}

// targets are the packages that a command line names, folders of several opened
// up, each once; several tells whether one summary is due, which a folder of one
// package gets too.
func targets(ctx context.Context, args []string) (list []target, several bool, err error) {
	several = len(args) > 1
	var paths []string
	for _, arg := range args {
		inside, err := check.Packages(ctx, arg)
		if err != nil {
			return nil, false, err
		}
		several = several || inside != nil
		if inside == nil {
			inside = []string{arg}
		}
		for _, path := range inside {
			if !slices.ContainsFunc(paths, func(seen string) bool { return sameFile(seen, path) }) {
				paths = append(paths, path)
			}
		}
	}
	dir := commonDir(paths)
	for _, path := range paths {
		list = append(list, target{path: path, name: nameIn(dir, path)})
	}
	return list, several, nil
}

// commonDir is the folder that all paths lie in; absolute. The root, which lies
// in none, is its own.
func commonDir(paths []string) string {
	dir := filepath.Dir(absolute(paths[0]))
	for _, path := range paths[1:] {
		for up := filepath.Dir(dir); !within(dir, absolute(path)) && up != dir; up = filepath.Dir(dir) {
			dir = up
		}
	}
	return dir
}

func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}

// within tells whether a path lies in a folder; in the root everything does.
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err != nil || rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) && rel != "."
}

// nameIn is a path as seen from a folder.
func nameIn(dir, path string) string {
	rel, err := filepath.Rel(dir, absolute(path))
	if err != nil || rel == "." {
		rel = filepath.Base(path)
	}
	return filepath.ToSlash(rel)
}

// checkAll checks packages one after the other. What stops one is told of it and
// does not stop the others; the status is the worst of all.
func (a *app) checkAll(ctx context.Context, list []target, f *checkFlags) error {
	b := report.Batch{Version: version, Lang: a.lang, Colour: a.colours(), Docs: f.docs}
	var plans joint
	for i, t := range list {
		if !f.quiet {
			fmt.Fprintf(a.stderr, "%d/%d %s\n", i+1, len(list), t.name)
		}
		item, err := a.checkOne(ctx, t, f, &plans)
		if err != nil {
			return err
		}
		b.Packages = append(b.Packages, item)
		b.Exit = worse(b.Exit, item.Exit)
	}
	if f.together {
		if err := a.holdTogether(ctx, &b, &plans, f); err != nil {
			return err
		}
	}
	for _, path := range f.outputs {
		if holdsSeveral(path) {
			if err := report.WriteBatchFile(ctx, path, b); err != nil {
				return err
			}
		}
	}
	b.Brief = true        // files hold the reports
	a.machine.format = "" // it gets the summary
	if err := f.stdoutFormat.WriteBatch(a.rawOut, b); err != nil {
		return err
	}
	if b.Exit != exitCompliant {
		return verdictError(b.Exit)
	}
	return nil
}

// checkOne checks one package of several and writes the files that are its own.
// The error is an interruption, which ends the run; what else goes wrong is the
// package's.
func (a *app) checkOne(ctx context.Context, t target, f *checkFlags, plans *joint) (report.BatchItem, error) {
	item := report.BatchItem{Name: t.name}
	err := guard.Do(t.name, func() (err error) {
		item.Input, item.Exit, err = a.judge(ctx, t, f)
		if err != nil {
			return err
		}
		if f.together {
			plans.add(t.name, item.Input)
		}
		for _, path := range f.outputs {
			if !holdsSeveral(path) {
				if err := report.WriteFile(ctx, ownFile(path, t.name), item.Input); err != nil {
					return err
				}
			}
		}
		return nil
	})
	item.Input.Ledger, item.Input.Drawing = nil, nil // as large as the county; no summary needs them
	if err == nil {
		return item, nil
	}
	if ctx.Err() != nil || errors.Is(err, context.Canceled) {
		return item, err
	}
	c := complaintOf(err)
	a.printError("%[1]s 没有结论：", "no verdict of %[1]s:", t.name)
	a.complainOfAll(c)
	plans.remove(t.name)
	failure := c.failure()
	failure.Place = placeIn(t.path)
	return report.BatchItem{Name: t.name, Exit: c.status, Failure: &failure}, nil
}

// worse is the status that says more: an error of the program, then an input
// that cannot be read, violations, an incomplete check.
func worse(a, b int) int {
	order := []int{exitCompliant, exitIncomplete, exitViolations, exitBadInput, exitInternal}
	if slices.Index(order, b) > slices.Index(order, a) {
		return b
	}
	return a
}

// holdsSeveral tells whether a file of this ending holds what came of several
// packages; else each has a file of its own.
func holdsSeveral(path string) bool {
	format, err := report.ByPath(path)
	return err == nil && format.WriteBatch != nil
}

// ownFile is the file of one package among several: report.html is
// report-NAME.html, the folders of the name joined by dashes.
func ownFile(path, name string) string {
	name = strings.TrimSuffix(name, filepath.Ext(name))
	name = strings.ReplaceAll(name, "/", "-")
	format, err := report.ByPath(path)
	if err != nil {
		return path
	}
	for _, ending := range format.Endings {
		if at := len(path) - len(ending); at >= 0 && strings.EqualFold(path[at:], ending) {
			return path[:at] + "-" + name + path[at:]
		}
	}
	return path
}

// files are all files that a run over these packages writes.
func (f *checkFlags) files(list []target, several bool) []string {
	if !several {
		return append(slices.Clone(f.outputs), f.passports()...)
	}
	var all []string
	for _, path := range f.outputs {
		if _, err := report.ByPath(path); err != nil || holdsSeveral(path) {
			all = append(all, path)
			continue
		}
		for _, t := range list {
			all = append(all, ownFile(path, t.name))
		}
		if f.together && showsTogether(path) {
			all = append(all, ownFile(path, togetherFile))
		}
	}
	return all
}

// fitSeveral refuses what is of one plan.
func (f *checkFlags) fitSeveral() error {
	if f.stdoutFormat.WriteBatch == nil {
		var names []string
		for _, format := range report.Formats() {
			if format.WriteBatch != nil {
				names = append(names, format.Name)
			}
		}
		list := strings.Join(names, ", ")
		return usage("多个方案包不能以 %[1]s 写到标准输出，可用：%[2]s；-o 文件%[3]s 为每个方案包各写一份",
			"several packages cannot go to standard output as %[1]s, only as %[2]s; -o file%[3]s writes one for each package", f.format, list, f.stdoutFormat.Endings[0])
	}
	if f.against != "" {
		return usage("--against 是一个方案的已批准报告，不能用于多个方案包", "--against is the approved report of one plan, and not for several packages")
	}
	if f.key != "" {
		return usage("--key 签发一个方案的报告，不能用于多个方案包", "--key signs the report of one plan, and not of several packages")
	}
	if f.old != nil && !f.old.Several() {
		return usage("多个方案包的 --baseline 应是多个方案包的汇总（landcheck check 多个方案包 -o summary.json）",
			"the --baseline of several packages has to be the summary of several (landcheck check of several packages, -o summary.json)")
	}
	return nil
}

// readBaseline reads an earlier report, or the summary of several.
func readBaseline(path string) (b *report.Baseline, err error) {
	err = readJSON(path, func(r io.Reader) error {
		b, err = report.ReadBaseline(r)
		return err
	})
	return b, err
}

// colours tells whether standard output shows colours.
func (a *app) colours() bool { return terminal(a.rawOut) && os.Getenv("NO_COLOR") == "" }
