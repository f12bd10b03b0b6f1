package report

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"

	"landcheck/geo"
)

// FailureSchema names the shape of a failure in JSON.
const FailureSchema = "landcheck-error/1"

// FailureCode says what kind of thing stopped a check.
type FailureCode string

// The codes, by what whoever started the check can do.
const (
	UsageFailure       FailureCode = "usage"       // the request cannot be carried out: correct it
	InputFailure       FailureCode = "input"       // an input cannot be read: correct it
	FileFailure        FailureCode = "file"        // a file cannot be opened or written
	UnavailableFailure FailureCode = "unavailable" // a database or a disk does not answer: try again
	InternalFailure    FailureCode = "internal"    // an error of the program: report it
)

// FailureCodes are all of them.
func FailureCodes() []FailureCode {
	return []FailureCode{UsageFailure, InputFailure, FileFailure, UnavailableFailure, InternalFailure}
}

// Failure is what a machine is told in place of a report where a check gave no
// verdict. The fields of the first problem stand at its top.
type Failure struct {
	Schema string      `json:"schema"`
	Exit   int         `json:"exit"` // the exit status
	Code   FailureCode `json:"code"`
	Problem
	Errors []Problem `json:"errors"` // all of them, in the order of the input

	Version string                   `json:"-"` // of the program
	Place   func(file string) string `json:"-"` // where a file lies in the repository, for SARIF; nil leaves it
}

// Problem is one thing that stopped a check: where, what, what to do. Places are
// empty and numbers 0 where there is nothing to name.
type Problem struct {
	File   string    `json:"file"`
	Record int       `json:"record"` // 1-based; the line of a text file
	Column int       `json:"column"` // 1-based, in a line of a text file
	Field  string    `json:"field"`
	Offset int64     `json:"offset"` // byte in the file
	Wants  geo.Input `json:"wants"`  // which input would settle it
	What   geo.Text  `json:"problem"`
	Advice geo.Text  `json:"advice"`

	whole geo.Text // place, problem and advice in one sentence
}

// NewFailure tells of errors, of which there is one at least. Advice that says
// how an input is given is added by advise, which knows the command line.
func NewFailure(exit int, code FailureCode, version string, errors []*geo.InputError, advise func(*geo.InputError) geo.Text) Failure {
	f := Failure{Schema: FailureSchema, Exit: exit, Code: code, Version: version}
	for _, e := range errors {
		how := advise(e)
		said := *e
		said.Advice = e.Advice.Then(how)
		f.Errors = append(f.Errors, Problem{File: e.File, Record: e.Record, Column: e.Column, Field: e.Field, Offset: e.Offset, Wants: e.Wants,
			What: e.Message, Advice: said.Advice, whole: said.Text()})
	}
	f.Problem = f.Errors[0]
	return f
}

// Text is place, problem and advice of the failure's first problem.
func (p Problem) Text() geo.Text { return p.whole }

// WriteFailureFile writes a failure to a file in the format of its ending, as
// WriteFile writes a report; nothing where no format ends so, or people read it.
func WriteFailureFile(ctx context.Context, path string, failure Failure, lang string) error {
	f, err := ByPath(path)
	if err != nil || f.WriteFailure == nil {
		return nil // what is wrong with the name is told of the report
	}
	return replace(ctx, path, func(w io.Writer) error { return f.WriteFailure(w, failure, lang) })
}

func writeJSONFailure(w io.Writer, f Failure, _ string) error { return EncodeJSON(w, f) }

// writeSARIFFailure writes a run that was not successful, with a notification
// for each problem and no result.
func writeSARIFFailure(w io.Writer, f Failure, lang string) error {
	return EncodeJSON(w, sarifFile(sarifFailure(f, lang)))
}

func sarifFailure(f Failure, lang string) sarifRun {
	run := newSARIFRun(f.Version, lang)
	call := &run.Invocations[0]
	call.Successful, call.ExitCode = false, &f.Exit
	for _, p := range f.Errors {
		n := sarifNotification{Level: "error", Message: sarifMessage{noLink(p.whole.In(lang))}, Descriptor: &sarifDescriptor{ID: string(f.Code)}}
		if p.File != "" {
			where := &sarifPhysical{Artifact: sarifFileAt(p.File, f.Place)}
			if p.Record > 0 {
				where.Region = &sarifRegion{StartLine: p.Record, StartColumn: p.Column}
			}
			n.Locations = []sarifLocation{{Physical: where}}
		}
		call.Notifications = append(call.Notifications, n)
	}
	return run
}

// writeJUnitFailure writes one case, which ends with an error that names all
// problems.
func writeJUnitFailure(w io.Writer, f Failure, lang string) error {
	suite := junitFailureSuite("landcheck", f, lang)
	return encodeJUnit(w, junitSuites{Name: "landcheck", Tests: 1, Errors: 1, Suites: []junitSuite{suite}})
}

func junitFailureSuite(name string, f Failure, lang string) junitSuite {
	text := ""
	for _, p := range f.Errors {
		text += clean(p.whole.In(lang)) + "\n"
	}
	c := junitCase{Name: "verdict", Class: "landcheck", Error: &junitFailure{Type: string(f.Code), Message: clean(f.whole.In(lang)), Text: text}}
	return junitSuite{Name: name, Tests: 1, Errors: 1, Cases: []junitCase{c}}
}

func encodeJUnit(w io.Writer, all junitSuites) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}
