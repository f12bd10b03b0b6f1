package report

import (
	"encoding/json"
	"fmt"
	"io"

	"landcheck/rules"
)

type findingCollection struct {
	Type     string           `json:"type"`
	Name     string           `json:"name"`
	Features []findingFeature `json:"features"`
}

type findingFeature struct {
	Type       string            `json:"type"`
	ID         string            `json:"id"`
	BBox       []float64         `json:"bbox,omitempty"`
	Properties findingProperties `json:"properties"`
	Geometry   *rules.Geometry   `json:"geometry"` // null for a finding without a place
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
}

// allRefs is refList without folding.
const allRefs = 1 << 30

// writeGeoJSON writes the findings as a FeatureCollection (RFC 7946), worst
// first.
func writeGeoJSON(w io.Writer, in Input) error {
	if err := in.check(Format{}); err != nil {
		return err
	}
	out := findingCollection{Type: "FeatureCollection", Name: "findings", Features: []findingFeature{}}
	for _, f := range WorstFirst(in.Report) {
		out.Features = append(out.Features, findingFeature{
			Type: "Feature", ID: f.Finding.ID, BBox: f.Finding.BBox, Geometry: f.Finding.Geometry,
			Properties: propertiesOf(f, in.Lang),
		})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

func propertiesOf(f Found, lang string) findingProperties {
	d := f.Finding
	return findingProperties{
		Number: f.Number, Rule: f.Rule.ID, Title: f.Rule.Title.In(lang), Level: string(f.Rule.Level), Status: string(d.Status),
		Message: d.Message.In(lang), Remedy: d.Remedy.In(lang),
		ScopeKind: d.Scope.Kind, ScopeCode: d.Scope.Code, ScopeName: d.Scope.Name,
		Area: d.Area, Features: refList(d.Features, lang, allRefs),
	}
}
