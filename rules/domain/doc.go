// Package domain holds what the program knows of the field, one table for each
// fact: roles of layers with their names and fields, land classes, stages,
// verdicts, statuses, levels, kinds of papers, codes of fields, and the words
// for them in Chinese and English. Everything may import it; it imports nothing
// of the program but geo, for texts.
//
//	role.go roles*.go    roles of layers: names, titles, columns
//	field.go             fields: what a column says, type, unit, domain
//	class.go             land classes of the 三调 working classification
//	stage.go verdict.go  stages, verdicts, statuses, levels, groups of rules
//	document.go          kinds of papers, departments
//	codes.go             codes of fields: purposes, survey methods, refinements
//	glossary.go          one word for one thing, and the words rejected for it
//
// What is made of the tables: the page's facts (api/web/src/facts.ts, by go
// generate), the enums of the OpenAPI document, the help of commands, and
// GLOSSARY.md beside this file. Tests fail where one of them is stale.
package domain

import (
	"strings"

	"landcheck/geo"
)

// Term is a code with what a person calls it.
type Term[C ~string] struct {
	Code  C
	Title geo.Text
	Means geo.Text // one line, where the title does not say it all
}

// titleOf is the title of a code in a table; a code of somebody's own reads as
// written.
func titleOf[C ~string](table []Term[C], code C) geo.Text {
	for _, t := range table {
		if t.Code == code {
			return t.Title
		}
	}
	return geo.Text{ZH: string(code), EN: string(code)}
}

// meansOf is what a code of a table means, in one line.
func meansOf[C ~string](table []Term[C], code C) geo.Text {
	for _, t := range table {
		if t.Code == code {
			return t.Means
		}
	}
	return geo.Text{}
}

// codesOf are the codes of a table, in its order.
func codesOf[C ~string](table []Term[C]) []C {
	codes := make([]C, len(table))
	for i, t := range table {
		codes[i] = t.Code
	}
	return codes
}

// Or writes codes as a sentence takes them: a, b or c.
func Or[C ~string](codes []C) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = string(c)
	}
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
