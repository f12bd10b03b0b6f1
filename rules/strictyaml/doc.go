// Package strictyaml reads the YAML files that people write by hand: plan.yaml,
// base.yaml, rulebooks and the cases of a rulebook. All of them are read by the
// same rules, and what is wrong with one is said in the same words and form:
// every mistake at once, each a *geo.InputError with line, column (both counted from
// 1; columns in characters), the line itself with a caret, and the likely word
// for a misspelt one.
//
// A file is one document of UTF-8, with or without byte order mark, its lines
// ended in any of the usual ways. Each key of a mapping stands once and is
// known. Numbers are plain decimals. Size, depth and the number of values once
// aliases are followed are limited.
package strictyaml
