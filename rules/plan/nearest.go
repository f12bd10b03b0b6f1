package plan

import "strings"

// nearest is the candidate that a misspelt word most likely means: the fewest
// single-letter edits, at most one for three letters; "" if none. Ties go to
// the earlier candidate.
func nearest(word string, candidates []string) string {
	w := []rune(strings.ToUpper(word))
	if len(w) > 64 {
		return ""
	}
	best, least := "", len(w)/3+1
	for _, c := range candidates {
		if d := edits(w, []rune(strings.ToUpper(c))); d < least {
			best, least = c, d
		}
	}
	return best
}

// edits is the Levenshtein distance.
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
