package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/geo/regular"
	"landcheck/rules/diff"
	"landcheck/rules/report"
	"landcheck/rules/result"

	"github.com/peterbourgon/ff/v3"
	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) watchCommand() *ffcli.Command {
	fs, _, _ := a.watchFlags()
	return &ffcli.Command{
		Name: "watch", ShortUsage: "landcheck watch PLAN --base BASE [flags of check] | landcheck watch LAYER [--role ROLE]",
		ShortHelp: "check again whenever a file of the plan changes 文件改动后自动重新核查",
		LongHelp: "Takes what check takes, of one plan package or layer. Files of the plan, of base data, the rulebook, landcheck.yaml and the reports that were named are looked at; after a change the plan is checked again, files of -o are written anew, and what is new and fixed since the last check is listed. What cannot be read is told, and waited for. Ctrl-C ends it. A database as --base is not looked at.\n" +
			"用法同 check，限一个方案包或图层。方案、底图、规则册、landcheck.yaml 和所给报告的文件一有改动就重新核查，-o 文件随之更新，并列出与上次相比新增和已改正的问题；读不了的先说明，等它改好。Ctrl-C 结束。数据库底图不在其列。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) != 1 {
				return usage("watch 需要一个方案包：landcheck watch 方案包 --base 底图", "watch takes one plan package: landcheck watch PLAN --base BASE")
			}
			if _, err := os.Stat(args[0]); err != nil {
				return regular.In(regular.InputError(err), args[0])
			}
			return a.watch(ctx, args[0])
		},
	}
}

// watchFlags are those of check, and how often to look.
func (a *app) watchFlags() (*flag.FlagSet, *checkFlags, *time.Duration) {
	fs, f, every := a.flags("watch"), &checkFlags{}, 500*time.Millisecond
	f.define(fs)
	fs.DurationVar(&every, "every", every, "how often to look for changes, as a `time` 多久看一次")
	return fs, f, &every
}

// watch checks until it is interrupted. Each check reads command line, variables
// and settings again, as a check of its own; base data that did not change is what
// --cache remembers of it, or stays unpacked (keptBase).
func (a *app) watch(ctx context.Context, path string) error {
	files, kept := watched{plan: path}, keptBase{}
	defer kept.close()
	var last *result.Report
	for n := 1; ; n++ {
		now, every, err := a.watchOnce(ctx, last, &files, &kept)
		var wrong *usageError
		switch {
		case ctx.Err() != nil:
			return stoppedWatching()
		case n == 1 && errors.As(err, &wrong):
			return err
		case err != nil:
			c := complaintOf(err)
			a.complainOfAll(c)
			a.answerFailure(c)
		default:
			last = now
		}
		a.tell("等待改动（Ctrl-C 结束）", "waiting for changes (Ctrl-C ends)")
		changed, err := files.next(ctx, every, func() { a.tell("文件还在写入", "files are still being written") })
		if err != nil {
			return stoppedWatching()
		}
		a.tell("第 %[1]d 次核查：%[2]s 有改动", "check %[1]d: %[2]s changed", n+1, shortList(changed))
	}
}

func stoppedWatching() error {
	return &interruption{geo.Text{ZH: "已停止", EN: "stopped"}}
}

// tell says on standard error how the watching goes.
func (a *app) tell(zh, en string, args ...any) {
	fmt.Fprintln(a.stderr, "— "+geo.Textf(zh, en, args...).In(a.lang))
}

func shortList(names []string) string {
	const most = 4
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" … (%d)", len(names))
	}
	return strings.Join(names, ", ")
}

// watchOnce makes one check, shows it with what is another since the last, and
// notes the files as they were before it.
func (a *app) watchOnce(ctx context.Context, last *result.Report, files *watched, kept *keptBase) (now *result.Report, every time.Duration, err error) {
	early := files.look()
	files.seen = early
	fs, f, wait := a.watchFlags()
	f.kept = kept
	if err := ff.Parse(fs, a.args, options(fs)...); err != nil {
		return nil, *wait, wrongFlag(err, nil)
	}
	if *wait < 10*time.Millisecond {
		return nil, *wait, usage("--every 至少为 10ms", "--every is at least 10ms")
	}
	a.machine.format = f.format
	q, err := a.prepare(ctx, fs, f, fs.Args())
	files.inputs, files.outputs = q.inputs, append(f.outputs, f.passports()...)
	files.seen = files.look()
	for path := range files.seen {
		if s, there := early[path]; there { // before they were read
			files.seen[path] = s
		}
	}
	if err != nil {
		return nil, *wait, err
	}
	if out := inPackage(q.list[0].path, files.outputs); out != "" {
		return nil, *wait, usage("-o %[1]s 在方案包里，下一次核查会把它当作方案的文件：请写到别处", "-o %[1]s lies in the package, whose next check would take it for a file of the plan: write it elsewhere", out)
	}
	if q.several {
		return nil, *wait, usage("watch 一次看一个方案包", "watch takes one plan package at a time")
	}
	err = guard.Do("check", func() (err error) {
		now, err = a.checkWatched(ctx, q, f, last)
		return err
	})
	return now, *wait, err
}

// inPackage is an output that lies in the folder of a package, "" without one.
func inPackage(pkg string, outputs []string) string {
	for _, out := range outputs {
		if within(follow(pkg), follow(out)) {
			return out
		}
	}
	return ""
}

func (a *app) checkWatched(ctx context.Context, q asked, f *checkFlags, last *result.Report) (*result.Report, error) {
	judge := a.judge
	if q.alone {
		judge = a.judgeLayer
	}
	in, status, err := judge(ctx, q.list[0], f)
	if err != nil {
		return nil, err
	}
	var verdict verdictError
	if err := a.deliver(ctx, in, status, f); err != nil && !errors.As(err, &verdict) {
		return nil, err
	}
	if last == nil {
		return in.Report, nil
	}
	return in.Report, a.showChanges(diff.Compare(last, in.Report), f.stdoutFormat)
}

// showChanges tells what is another since the last check: under a report for
// people, else on standard error.
func (a *app) showChanges(d *diff.Diff, format report.Format) error {
	w := &diffText{lang: a.lang}
	w.line(geo.Text{ZH: "与上次核查相比：", EN: "Since the last check:"})
	w.changes(d)
	out := a.stderr
	if format.Name == "text" {
		out = a.stdout
	}
	_, err := io.WriteString(out, "\n"+w.String())
	return err
}
