package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// writeJSON writes the report as README.md has it, The JSON report: two-space
// indent, fields in the order of the types, empty lists as [], a list of
// numbers on one line.
func writeJSON(w io.Writer, in Input) error {
	if err := in.check(Format{}); err != nil {
		return err
	}
	p, err := chunksOf(withLists(in.Report))
	if err != nil {
		return err
	}
	return p.write(w)
}

// withLists is the report with nil lists made empty, so that readers never meet
// null where a list stands.
func withLists(r *result.Report) *result.Report {
	out := *r
	if out.Schema == "" {
		out.Schema = result.Schema
	}
	out.Plan.Layers, out.Plan.Townships = list(out.Plan.Layers), list(out.Plan.Townships)
	out.Base.Layers = list(out.Base.Layers)
	out.Reservations = list(out.Reservations)
	out.SubProjects, out.Papers = slices.Clone(list(out.SubProjects)), list(out.Papers)
	for i := range out.SubProjects {
		out.SubProjects[i].Years = list(out.SubProjects[i].Years)
	}
	out.LandUse, out.Years, out.Changes, out.Inputs = list(out.LandUse), list(out.Years), list(out.Changes), list(out.Inputs)
	out.Rules = slices.Clone(list(out.Rules))
	for i := range out.Rules {
		rule := &out.Rules[i]
		rule.Measures = slices.Clone(list(rule.Measures))
		for j := range rule.Measures {
			if rule.Measures[j].Terms == nil {
				rule.Measures[j].Terms = map[string]float64{}
			}
		}
		rule.Findings = slices.Clone(list(rule.Findings))
		for j := range rule.Findings {
			rule.Findings[j].Features = list(rule.Findings[j].Features)
		}
	}
	if out.Form != nil {
		form := *out.Form
		form.Townships = list(form.Townships)
		out.Form = &form
	}
	return &out
}

func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// maxReport is the longest JSON report that Read takes, in bytes.
const maxReport = 1 << 30

// Read reads a JSON report back. What is not a landcheck report is a *geo.InputError
// without a file name; the caller knows it. Fields that this version does not
// know are left out.
func Read(r io.Reader) (*result.Report, error) {
	d := json.NewDecoder(io.LimitReader(r, maxReport))
	var out result.Report
	if err := d.Decode(&out); err != nil {
		return nil, unreadable(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, &geo.InputError{Offset: d.InputOffset(),
			Message: geo.Text{ZH: "报告之后还有内容", EN: "something follows the report"}, Advice: makeAgain(), Wants: geo.ReportInput}
	}
	if out.Schema != result.Schema {
		return nil, &geo.InputError{Field: "schema",
			Message: geo.Textf("这不是 %[1]s 报告（schema 为 %[2]q）", "not a %[1]s report (schema is %[2]q)", result.Schema, out.Schema), Advice: makeAgain(), Wants: geo.ReportInput}
	}
	if f := unknownWord(&out); f != nil {
		return nil, f
	}
	return &out, nil
}

func unreadable(err error) error {
	f := &geo.InputError{Err: err, Advice: makeAgain(), Wants: geo.ReportInput,
		Message: geo.Textf("不是 JSON 报告：%v", "not a JSON report: %v", err)}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		f.Offset = syntax.Offset
	case errors.As(err, &kind):
		f.Offset, f.Field = kind.Offset, kind.Field
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		f.Message = geo.Text{ZH: "文件为空或不完整", EN: "the file is empty or cut short"}
	}
	return f
}

// unknownWord finds a word that no report of this schema holds.
func unknownWord(r *result.Report) error {
	bad := func(field, value string) error {
		return &geo.InputError{Field: field, Advice: makeAgain(), Wants: geo.ReportInput,
			Message: geo.Textf("不认识的值 %q", "unknown value %q", value)}
	}
	verdicts := domain.Verdicts()
	if r.Layer != nil {
		verdicts = domain.LayerVerdicts()
	}
	if !slices.Contains(verdicts, r.Verdict) {
		return bad("verdict", string(r.Verdict))
	}
	for i := range r.Rules {
		rule, at := &r.Rules[i], fmt.Sprintf("rules[%d]", i)
		if rule.ID == "" {
			return bad(at+".id", "")
		}
		if !slices.Contains(levels, rule.Level) {
			return bad(at+".level", string(rule.Level))
		}
		if !known(rule.Status) {
			return bad(at+".status", string(rule.Status))
		}
		for j := range rule.Measures {
			if !known(rule.Measures[j].Status) {
				return bad(fmt.Sprintf("%s.measures[%d].status", at, j), string(rule.Measures[j].Status))
			}
		}
		for j := range rule.Findings {
			if !known(rule.Findings[j].Status) {
				return bad(fmt.Sprintf("%s.findings[%d].status", at, j), string(rule.Findings[j].Status))
			}
		}
	}
	return nil
}

func known(s domain.Status) bool {
	switch s {
	case domain.Pass, domain.Fail, domain.Justified, domain.Warn, domain.NotApplicable, domain.NotChecked:
		return true
	}
	return false
}

func makeAgain() geo.Text {
	return geo.Text{ZH: "请重新核查方案，生成新的 JSON 报告", EN: "check the plan again for a new JSON report"}
}
