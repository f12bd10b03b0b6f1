// Package spelling says which known word a misspelt one most likely means.
package spelling

import "strings"

// longest is the length in characters from which words are not compared.
const longest = 64

// Nearest is the candidate at the fewest single-letter edits from word, letters
// of either case being equal: at most one edit for words of three and four
// letters, two for five to eight, a third of the letters beyond; "" if there is
// none. Ties go to the earlier candidate.
func Nearest(word string, candidates []string) string {
	w := []rune(strings.ToUpper(word))
	if len(w) > longest {
		return ""
	}
	best, least := "", len(w)/3+1
	if len(w) == 5 {
		least = 3 // quato
	}
	for _, c := range candidates {
		if d := Distance([]rune(strings.ToUpper(c)), w); d < least {
			best, least = c, d
		}
	}
	return best
}

// Distance is the Damerau-Levenshtein distance: letters left out, put in, changed
// or swapped with their neighbour.
func Distance(a, b []rune) int {
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
