package subprocess

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/geo/transient"
)

// maxLine is the longest message in bytes; what is larger goes by files.
const maxLine = 16 << 20

// kind of a message.
type kind string

const (
	ready    kind = "ready"    // child: a task may come
	began    kind = "began"    // child: the task is here
	note     kind = "note"     // child: how far it is
	question kind = "question" // child: it waits for an answer
	result   kind = "result"   // child: the task is done
	failed   kind = "failed"   // child: the task has failed
	task     kind = "task"     // parent
	answer   kind = "answer"   // parent
)

// message is one line.
type message struct {
	Kind  kind            `json:"kind"`
	Body  json.RawMessage `json:"body,omitempty"`
	Error *failure        `json:"error,omitempty"`
	Peak  int64           `json:"peak,omitempty"` // of the child's memory, so far
}

// send writes one line.
func send(w io.Writer, k kind, body any, err error) error {
	m := message{Kind: k, Error: failureOf(err)}
	if k == result || k == failed {
		_, m.Peak, _ = memoryOf("self")
	}
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("message %s: %w", k, err)
		}
		m.Body = data
	}
	line, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("message %s: %w", k, err)
	}
	if len(line) >= maxLine {
		return fmt.Errorf("message %s: it has %d bytes", k, len(line))
	}
	_, err = w.Write(append(line, '\n'))
	return err
}

// listener reads lines.
type listener struct{ lines *bufio.Scanner }

func listen(r io.Reader) listener {
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxLine)
	return listener{s}
}

// next message; io.EOF after the last one.
func (l listener) next() (m message, err error) {
	if !l.lines.Scan() {
		if err := l.lines.Err(); err != nil {
			return m, err
		}
		return m, io.EOF
	}
	if err := json.Unmarshal(l.lines.Bytes(), &m); err != nil {
		return m, fmt.Errorf("message: %w", err)
	}
	return m, nil
}

// failure is an error on its way from one process to another: its text, and
// what of it decides what is done about it.
type failure struct {
	Text        string        `json:"text"`
	Fault       *inputError   `json:"fault,omitempty"`
	Faults      []*inputError `json:"faults,omitempty"` // in place of Fault: all of one input
	Panic       bool          `json:"panic,omitempty"`
	Memory      bool          `json:"memory,omitempty"`
	Unavailable bool          `json:"unavailable,omitempty"` // the outside caused it (transient.Is)
	Cut         bool          `json:"cut,omitempty"`         // so it did, by a limit (transient.CutShort)
}

// inputError is a geo.InputError without what it wraps.
type inputError struct {
	File    string    `json:"file,omitempty"`
	Record  int       `json:"record,omitempty"`
	Column  int       `json:"column,omitempty"`
	Field   string    `json:"field,omitempty"`
	Offset  int64     `json:"offset,omitempty"`
	Problem geo.Text  `json:"problem"`
	Advice  geo.Text  `json:"advice"`
	Wants   geo.Input `json:"wants,omitempty"`
	Excerpt string    `json:"excerpt,omitempty"`
}

func inputErrorOf(f *geo.InputError) *inputError {
	return &inputError{f.File, f.Record, f.Column, f.Field, f.Offset, f.Message, f.Advice, f.Wants, f.Excerpt}
}

func (f *inputError) inputError() *geo.InputError {
	return &geo.InputError{File: f.File, Record: f.Record, Column: f.Column, Field: f.Field, Offset: f.Offset,
		Message: f.Problem, Advice: f.Advice, Wants: f.Wants, Excerpt: f.Excerpt}
}

func failureOf(err error) *failure {
	if err == nil {
		return nil
	}
	var p *guard.Panic
	out := &failure{Text: err.Error(), Panic: errors.As(err, &p), Memory: isNoMemory(err)}
	out.Unavailable = transient.Is(err) && !out.Memory // a child's own limit is not the outside's
	out.Cut = transient.CutShort(err)
	var all geo.InputErrors
	if errors.As(err, &all) {
		for _, f := range all {
			out.Faults = append(out.Faults, inputErrorOf(f))
		}
	} else if f, ok := geo.AsInputError(err); ok {
		out.Fault = inputErrorOf(f)
	}
	return out
}

// isNoMemory tells that an allocation was refused, by the system or, in words
// only, by a library in C++.
func isNoMemory(err error) bool {
	return errors.Is(err, syscall.ENOMEM) || strings.Contains(err.Error(), "bad_alloc")
}

// error is the failure as the receiver has it.
func (f *failure) error() error {
	if f == nil {
		return nil
	}
	out := error(&remote{text: f.Text})
	switch {
	case len(f.Faults) > 0:
		var all geo.InputErrors
		for _, one := range f.Faults {
			all = append(all, one.inputError())
		}
		out = &remote{text: f.Text, cause: all}
	case f.Fault != nil:
		out = &remote{text: f.Text, cause: f.Fault.inputError()}
	}
	switch {
	case f.Cut:
		return transient.MarkCut(out)
	case f.Unavailable:
		return transient.Mark(out)
	}
	return out
}

// remote is an error of the other process, with its words.
type remote struct {
	text  string
	cause error
}

func (r *remote) Error() string { return r.text }
func (r *remote) Unwrap() error { return r.cause }
