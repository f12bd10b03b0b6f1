// Package rulebooktest writes rulebooks for tests.
package rulebooktest

import "strings"

// Book is a rulebook of one rule, the-rule: body is its kind and what stands
// beside it, as YAML.
func Book(level, body string) string {
	return `id: test
title: {zh: 试, en: Test}
source: {zh: 试, en: Test}
rules:
` + Rule("the-rule", level, body)
}

// Rule is one rule of the list rules.
func Rule(id, level, body string) string {
	return `- id: ` + id + `
  group: pbf
  clause: {section: 三（二）, text: 原文}
  level: ` + level + `
  title: {zh: 标题, en: Title}
  explain:
    measures: {zh: 量。, en: Measures.}
    why: {zh: 因。, en: Why.}
    fix: {zh: 改。, en: Fix.}
  ` + strings.ReplaceAll(strings.TrimSpace(body), "\n", "\n  ") + "\n"
}

// Forbid is the body of a rule of kind forbid.
const Forbid = `among: before.pbf && !after.pbf
forbid: {where: before.urban}`

// Cap is the body of a rule of kind ratio, per township.
const Cap = `ratio: {of: before.pbf_net, where: before.pbf && !after.pbf, over: designated, scope: township, limit: 0.05}
show:
- {label: {zh: 合并, en: pooled}, of: before.pbf_net, where: before.pbf && !after.pbf, over: designated}`

// Own is a rulebook with one rule of the kind given.
func Own(kind string) string {
	return "id: own\ntitle: {zh: 册, en: book}\nsource: {zh: 源, en: source}\nrules:\n" +
		"  - {id: r, group: construction, level: mandatory, clause: {section: 一, text: 文}, title: {zh: 题, en: title},\n" +
		"     explain: {measures: {zh: 量, en: m}, why: {zh: 为, en: w}, fix: {zh: 改, en: f}},\n     " + kind + "}\n"
}
