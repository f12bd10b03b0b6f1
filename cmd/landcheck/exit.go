package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"landcheck/geo"
	"landcheck/geo/transient"
	"landcheck/rules/report"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// The exit statuses; 130 is the shell's own for an interrupt.
const (
	exitCompliant   = 0
	exitViolations  = 1
	exitBadInput    = 2
	exitIncomplete  = 3
	exitInternal    = 4
	exitInterrupted = 130
)

// verdictError carries a verdict's exit status; it is no failure.
type verdictError int

func (e verdictError) Error() string { return fmt.Sprintf("verdict %d", int(e)) }

// usageError is a command line that cannot be carried out.
type usageError struct{ text geo.Text }

func (e *usageError) Error() string { return e.text.EN }

func usage(zh, en string, args ...any) error { return &usageError{geo.Textf(zh, en, args...)} }

// interruption is what to say of a command that was stopped, where files are
// not the point.
type interruption struct{ text geo.Text }

func (e *interruption) Error() string { return e.text.EN }

// exitStatus turns what a command ended with into a message, an answer to the
// machine that asked, and an exit status.
func (a *app) exitStatus(err error) int {
	var verdict verdictError
	var stopped *interruption
	switch {
	case err == nil:
		return exitCompliant
	case errors.As(err, &verdict):
		return int(verdict)
	case errors.As(err, &stopped):
		a.printError("%s", "%s", stopped.text.In(a.lang))
		return exitInterrupted
	case errors.Is(err, context.Canceled):
		a.printError("已中断，没有写出任何文件", "interrupted; no file was written")
		return exitInterrupted
	}
	c := complaintOf(err)
	a.complainOfAll(c)
	a.answerFailure(c)
	return c.status
}

// complaint is an error as it is told: to people, and to machines.
type complaint struct {
	status int
	code   report.FailureCode
	errors geo.InputErrors
	file   string // for machines, where the message names it and the error does not
}

// complaintOf sorts an error by what whoever ran the command can do about it.
func complaintOf(err error) complaint {
	var wrong *usageError
	var several geo.InputErrors
	var path *fs.PathError
	var link *os.LinkError
	inputErr, isInputError := geo.AsInputError(err)
	one := func(status int, code report.FailureCode, message, advice geo.Text) complaint {
		return complaint{status: status, code: code, errors: geo.InputErrors{{Message: message, Advice: advice}}}
	}
	switch {
	case errors.As(err, &wrong):
		return one(exitBadInput, report.UsageFailure, wrong.text, geo.Text{ZH: "命令列表见 landcheck -h", EN: "See landcheck -h"})
	case errors.As(err, &several):
		return complaint{status: exitBadInput, code: report.InputFailure, errors: several}
	case isInputError:
		return complaint{status: exitBadInput, code: report.InputFailure, errors: geo.InputErrors{inputErr}}
	case errors.As(err, &path), errors.As(err, &link):
		c := one(exitBadInput, report.FileFailure, geo.Textf("文件读写失败：%v", "a file cannot be read or written: %v", geo.SystemText(err)),
			geo.Text{ZH: "请检查目录是否存在、是否有权限、磁盘是否已满", EN: "Check that its folder exists, that you may write there, and that the disk is not full"})
		if path != nil {
			c.file = path.Path
		} else {
			c.file = link.New
		}
		return c
	case transient.Is(err):
		return one(exitBadInput, report.UnavailableFailure,
			geo.Textf("所依赖的系统（数据库、磁盘等）暂不可用，没有作出结论：%v", "what this depends on (a database, a disk) cannot be used now, no verdict was given: %v", err),
			geo.Text{ZH: "请待恢复后重试", EN: "Try again when it is back"})
	}
	return one(exitInternal, report.InternalFailure, geo.Textf("内部错误，未作出结论：%v", "internal error, no verdict given: %v", err),
		geo.Text{ZH: "请把命令和这条信息一并反馈", EN: "Please report it together with the command"})
}

func (a *app) printError(zh, en string, args ...any) {
	fmt.Fprintln(a.stderr, "landcheck: "+geo.Textf(zh, en, args...).In(a.lang))
}

// complainOf shows an input error and, of a text file, the line with a caret under the
// column.
func (a *app) complainOf(f *geo.InputError) {
	a.printError("%s", "%s", inputErrorText(f).In(a.lang))
	if f.Excerpt != "" {
		fmt.Fprintln(a.stderr, "    "+strings.ReplaceAll(f.Excerpt, "\n", "\n    "))
	}
}

func (a *app) complainOfAll(c complaint) {
	for _, f := range c.errors {
		a.complainOf(f)
	}
	switch n := len(c.errors); n {
	case 1:
	case geo.MaxInputErrors:
		a.printError("以上是前 %d 处错误，更正后再看其余", "these are the first %d faults: correct them to see the others", n)
	default:
		a.printError("共有 %d 处错误", "%d faults", n)
	}
}

func unknownCommand(name string, commands []*ffcli.Command) error {
	var names []string
	for _, c := range commands {
		names = append(names, c.Name)
	}
	list := strings.Join(names, ", ")
	near := didYouMean(name, names)
	return usage("没有命令 %[1]q%[3]s可用的有：%[2]s", "there is no command %[1]q%[4]s there are %[2]s", name, list, cmp.Or(near.ZH, "，"), cmp.Or(near.EN, ";"))
}

// wrongFlag says in both languages what package flag and ff say in English.
func wrongFlag(err error, command *ffcli.Command) error {
	text := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "error parsing commandline arguments: "), "error parsing environment variables: ")
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		name = strings.TrimPrefix(name, "-")
		near := geo.Text{}
		if command != nil {
			near = didYouMean(name, flagNames(command.FlagSet))
		}
		return usage("没有 --%[1]s 这个选项%[2]s", "there is no flag --%[1]s%[3]s", name, strings.Replace(near.ZH, "应为 ", "应为 --", 1), strings.Replace(near.EN, "mean ", "mean --", 1))
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return usage("--%[1]s 后面缺少值", "--%[1]s lacks its value", name)
	}
	if name, ok := strings.CutPrefix(text, "config file flag "); ok {
		name, _, _ = strings.Cut(strings.TrimPrefix(name, `"`), `"`)
		return usage("配置文件中的 %[1]s 不是本命令的选项", "%[1]s in the configuration file is no flag of this command", name)
	}
	if rest, ok := strings.CutPrefix(text, "invalid "); ok {
		return usage("选项的值有误：%[1]s", "a flag has a wrong value: %[1]s", rest)
	}
	return usage("%s", "%s", text)
}
