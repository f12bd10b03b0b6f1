package plan

import "strings"

// nearest is the candidate that a misspelt word most likely means: the fewest
// single-letter edits, at most one for three letters and two for five; "" if
// none. Ties go to the earlier candidate.
func nearest(word string, candidates []string) string {
	w := []rune(strings.ToUpper(word))
	if len(w) > 64 {
		return ""
	}
	best, least := "", len(w)/3+1
	if len(w) == 5 {
		least = 3 // quato
	}
	for _, c := range candidates {
		if d := edits(w, []rune(strings.ToUpper(c))); d < least {
			best, least = c, d
		}
	}
	return best
}

// edits is the Damerau-Levenshtein distance: letters left out, put in, changed
// or swapped with their neighbour.
func edits(a, b []rune) int {
	var before []int // the row of a[:i-1]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(row[j]+cost, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
