package main

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/rulebook"
)

// ruleList is a rulebook for programs.
type ruleList struct {
	Schema   string       `json:"schema"`
	Rulebook string       `json:"rulebook"`
	Digest   string       `json:"digest"`
	Title    geo.Text     `json:"title"`
	Rules    []listedRule `json:"rules"`
}

type listedRule struct {
	ID     string                `json:"id"`
	Group  string                `json:"group"`
	Level  domain.Level          `json:"level"`
	Kind   domain.ConstraintKind `json:"kind"` // of its constraint
	Clause listedClause          `json:"clause"`
	Title  geo.Text              `json:"title"`
	Page   []listedPart          `json:"page"` // of the handbook
}

type listedClause struct {
	Section string `json:"section"`
	Text    string `json:"text"`
}

type listedPart struct {
	Title geo.Text `json:"title"`
	Text  geo.Text `json:"text"`
}

// listOf is every rule that a rulebook has switched on.
func listOf(b *rulebook.Rulebook) ruleList {
	l := ruleList{Schema: "landcheck-rules/1", Rulebook: b.ID, Digest: b.Digest, Title: b.Title, Rules: []listedRule{}}
	for i := range b.Rules {
		r := &b.Rules[i]
		if r.Off {
			continue
		}
		one := listedRule{ID: r.ID, Group: r.Group, Level: r.Level, Kind: r.Kind(), Title: r.Title,
			Clause: listedClause{r.Clause.Section, r.Clause.Text}, Page: []listedPart{}}
		for _, s := range r.Page() {
			one.Page = append(one.Page, listedPart{s.Title, s.Text})
		}
		l.Rules = append(l.Rules, one)
	}
	return l
}
