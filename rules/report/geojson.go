package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"landcheck/rules/result"
)

type findingFeature struct {
	Type       string            `json:"type"`
	ID         string            `json:"id"`
	BBox       []float64         `json:"bbox,omitempty"`
	Properties findingProperties `json:"properties"`
	Geometry   *result.Geometry  `json:"geometry"` // always null: featureOf puts it in
}

type findingProperties struct {
	Number    int     `json:"number"`
	Rule      string  `json:"rule"`
	Title     string  `json:"title"`
	Level     string  `json:"level"`
	Status    string  `json:"status"`
	Message   string  `json:"message"`
	Remedy    string  `json:"remedy"`
	ScopeKind string  `json:"scope_kind"`
	ScopeCode string  `json:"scope_code"`
	ScopeName string  `json:"scope_name"`
	Area      float64 `json:"area_m2"`
	Features  string  `json:"features"`
	Packages  string  `json:"packages,omitempty"` // of a finding between plans
	Baseline  string  `json:"baseline,omitempty"`
}

// about is the verdict as a foreign member of the collection.
type about struct {
	Verdict      string   `json:"verdict,omitempty"` // of a plan
	Headline     string   `json:"headline"`
	Reservations []string `json:"reservations"`
}

func aboutOf(in Input) about {
	a := HeadlineOf(in.Report)
	out := about{string(in.Report.Verdict), a.Head.In(in.Lang), []string{}}
	for _, m := range a.Remarks {
		out.Reservations = append(out.Reservations, m.Text.In(in.Lang))
	}
	return out
}

// allRefs is refList without folding.
const allRefs = 1 << 30

// writeGeoJSON writes the findings as a FeatureCollection (RFC 7946), worst
// first. Each feature goes out by itself: together they are as large as the
// report.
func writeGeoJSON(w io.Writer, in Input) error {
	if err := in.check(Format{}); err != nil {
		return err
	}
	about, err := compact(aboutOf(in))
	if err != nil {
		return err
	}
	return writeFeatures(w, about, in.Report, in.Lang)
}

// writeFeatures writes findings with what they are about as a foreign member.
func writeFeatures(w io.Writer, about []byte, r *result.Report, lang string) error {
	text := append([]byte(`{"type":"FeatureCollection","name":"findings","landcheck":`), about...)
	text = append(text, `,"features":[`...)
	for i, f := range WorstFirst(r) {
		if i > 0 {
			text = append(text, ',')
		}
		feature, err := featureOf(f, lang)
		if err != nil {
			return fmt.Errorf("report: %w", err)
		}
		if _, err := w.Write(append(text, feature...)); err != nil {
			return err
		}
		text = text[:0]
	}
	_, err := w.Write(append(text, "]}\n"...))
	return err
}

// featureOf is a finding as a feature. Its geometry, which comes last, is put
// in as it is.
func featureOf(f NumberedFinding, lang string) ([]byte, error) {
	d := f.Finding
	text, err := compact(findingFeature{Type: "Feature", ID: d.ID, BBox: d.BBox, Properties: propertiesOf(f, lang)})
	if err != nil || d.Geometry == nil {
		return text, err
	}
	geometry, err := d.Geometry.MarshalJSON()
	return append(append(bytes.TrimSuffix(text, []byte("null}")), geometry...), '}'), err
}

func propertiesOf(f NumberedFinding, lang string) findingProperties {
	d := f.Finding
	return findingProperties{
		Number: f.Number, Rule: f.Rule.ID, Title: f.Rule.Title.In(lang), Level: string(f.Rule.Level), Status: string(d.Status),
		Message: d.Message.In(lang), Remedy: d.Remedy.In(lang),
		ScopeKind: d.Scope.Kind, ScopeCode: d.Scope.Code, ScopeName: d.Scope.Name,
		Area: d.Area, Features: refList(d.Features, lang, allRefs), Packages: strings.Join(d.Packages, ", "), Baseline: string(d.Baseline),
	}
}
