package api

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"landcheck/api/request"
	"landcheck/api/results"
	"landcheck/geo"
)

// mostSearched is how many characters a search may have.
const mostSearched = 200

// searched are the words of q, in lower case.
func searched(q *request.Query) []string {
	text := q.Text("q")
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > mostSearched {
		q.Fail("q", geo.Textf("q 超过 %d 字，或不是 UTF-8", "q has more than %d characters, or is no UTF-8", mostSearched),
			geo.Text{ZH: "请缩短要找的文字", EN: "Search for less"})
		return nil
	}
	return strings.Fields(strings.ToLower(text))
}

// mentions tells whether each word stands in what a finding says, in either
// language, in its rule's name, or in the numbers of its features.
func mentions(d *results.Found, words []string) bool {
	says := func(word string) bool {
		for _, text := range []string{d.Title.ZH, d.Title.EN, d.Message.ZH, d.Message.EN, d.Rule} {
			if strings.Contains(strings.ToLower(text), word) {
				return true
			}
		}
		for i := range d.Features {
			if strings.Contains(strings.ToLower(d.Features[i].ID), word) {
				return true
			}
		}
		return false
	}
	return !slices.ContainsFunc(words, func(word string) bool { return !says(word) })
}

// sorted is a list of findings, worst first, in another order: the largest
// first, by township or by rule; worst first within the same.
func sorted(all []results.Found, by string) []results.Found {
	var order func(a, b results.Found) int
	switch by {
	case "area":
		order = func(a, b results.Found) int { return cmp.Compare(b.Area, a.Area) }
	case "township":
		order = func(a, b results.Found) int { return cmp.Compare(firstTownship(a), firstTownship(b)) }
	case "rule":
		order = func(a, b results.Found) int {
			return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Rule, b.Rule))
		}
	default:
		return all
	}
	all = slices.Clone(all) // the list is everybody's
	slices.SortStableFunc(all, order)
	return all
}

// firstTownship is where a finding comes in the order of townships: those
// without one come last.
func firstTownship(f results.Found) string {
	if len(f.Townships) == 0 {
		return "~"
	}
	return slices.Min(f.Townships)
}
