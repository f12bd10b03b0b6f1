// Package schema describes the files that people and programs write and read as
// JSON Schema (2020-12), for editors: plan.yaml, base.yaml, a rulebook, the
// report in JSON, its passport, the summary of several, suggestions, what there is to move before any plan, and what
// stands in place of one. Lists of codes come from rules/domain; what a rulebook and a report may hold
// is read off the types that their readers fill. Tests hold every key against the readers,
// both ways.
//
// A schema is narrower than its reader where YAML has several ways to write one
// thing (a number in quotes), and wider where the reader computes (expressions,
// what a rule inherits): landcheck itself has the last word.
package schema

import (
	"landcheck/geo"
)

// draft is the dialect that all of them are written in.
const draft = "https://json-schema.org/draft/2020-12/schema"

// Schema is a JSON Schema, or a part of one.
type Schema map[string]any

// kinds are the files that have a schema, in the order of Names.
var kinds = []struct {
	name  string
	title geo.Text
	of    func(w words) Schema
}{
	{"plan", geo.Text{ZH: "方案清单 plan.yaml", EN: "plan.yaml, the manifest of a plan"}, planFile},
	{"base", geo.Text{ZH: "底图说明 base.yaml", EN: "base.yaml, beside base data"}, baseFile},
	{"rulebook", geo.Text{ZH: "规则册", EN: "a rulebook"}, rulebookFile},
	{"report", geo.Text{ZH: "JSON 报告", EN: "a report in JSON"}, reportFile},
	{"passport", geo.Text{ZH: "报告的通行证", EN: "the passport of a report"}, passportFile},
	{"summary", geo.Text{ZH: "多个方案包的 JSON 汇总", EN: "the summary of several packages in JSON"}, summaryFile},
	{"suggestion", geo.Text{ZH: "JSON 修改建议", EN: "suggestions in JSON"}, suggestionFile},
	{"room", geo.Text{ZH: "调整空间与候选地块（JSON）", EN: "what there is to move, in JSON"}, roomFile},
	{"error", geo.Text{ZH: "没有结论时的 JSON 说明", EN: "why there is no verdict, in JSON"}, errorFile},
}

// Names are the files that have a schema.
func Names() []string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.name)
	}
	return names
}

// Of is the schema of a file, with titles in a language (zh or en); nil for a
// name that is none of Names.
func Of(name, lang string) Schema {
	for _, k := range kinds {
		if k.name == name {
			s := k.of(words{lang})
			s["$schema"], s["title"] = draft, k.title.In(lang)
			return s
		}
	}
	return nil
}

// words puts titles in one language.
type words struct{ lang string }

// says gives a part what it means.
func (w words) says(s Schema, zh, en string) Schema { return w.tells(s, geo.Text{ZH: zh, EN: en}) }

func (w words) tells(s Schema, t geo.Text) Schema {
	if text := t.In(w.lang); text != "" {
		s["description"] = text
	}
	return s
}
