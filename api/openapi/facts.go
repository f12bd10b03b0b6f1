package openapi

import (
	"fmt"
	"strings"

	"landcheck/api/store"
	"landcheck/rules/deliver"
	"landcheck/rules/domain"
	"landcheck/rules/mapsheet"
	"landcheck/rules/report"
	"landcheck/rules/roomreport"
)

// enums are the tables that the files name by x-enum.
func enums() map[string][]any {
	return map[string][]any{
		"report-formats":     list(report.Names(false)),
		"room-formats":       list(roomreport.Names(false)),
		"suggestion-formats": list([]string{"json", "gpkg"}),
		"deliverables":       list(deliver.KindNames()),
		"map-sheets":         list(mapsheet.Kinds()),
		"severities":         list(domain.Severities()),
		"statuses":           list(domain.Statuses()),
		"levels":             list(domain.Levels()),
		"verdicts":           list(domain.Verdicts()),
		"decisions":          list(domain.Decisions()),
		"project-decisions":  list(append([]domain.Decision{store.Awaited}, domain.Decisions()...)),
		"stages":             list(domain.Stages()),
		"constraint-kinds":   list(domain.ConstraintKinds()),
	}
}

func list[C ~string](codes []C) []any {
	all := make([]any, len(codes))
	for i, c := range codes {
		all[i] = string(c)
	}
	return all
}

// facts puts the program's tables where a file names them: the codes of a
// table for x-enum, and for x-content the media types of report formats that
// the file does not describe itself.
func facts(node any) error {
	switch node := node.(type) {
	case map[string]any:
		if name, ok := node["x-enum"]; ok {
			codes, known := enums()[fmt.Sprint(name)]
			if !known {
				return fmt.Errorf("openapi: x-enum: there is no table %v", name)
			}
			delete(node, "x-enum")
			node["enum"] = codes
		}
		if name, ok := node["x-content"]; ok {
			if name != "report-formats" {
				return fmt.Errorf("openapi: x-content: there is no table %v", name)
			}
			delete(node, "x-content")
			reportContent(node)
		}
		for _, value := range node {
			if err := facts(value); err != nil {
				return err
			}
		}
	case []any:
		for _, value := range node {
			if err := facts(value); err != nil {
				return err
			}
		}
	}
	return nil
}

// reportContent adds the report formats that content lacks: text as a string,
// the rest as bytes.
func reportContent(content map[string]any) {
	for _, f := range report.Formats() {
		if _, ok := content[f.Media]; ok {
			continue
		}
		described := map[string]any{}
		if strings.HasPrefix(f.Media, "text/") || f.Media == "application/xml" {
			described["schema"] = map[string]any{"type": "string"}
		}
		content[f.Media] = described
	}
}
