package main

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

const width = 100 // columns of prose

// sentence ends a text as sentences do.
func sentence(text, lang string) string {
	if lang == "zh" {
		return text + "。"
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// wrap breaks a text into lines, at spaces and after Chinese punctuation.
func wrap(text string) string {
	var out strings.Builder
	at := 0
	for _, piece := range pieces(text) {
		w := runewidth.StringWidth(strings.TrimRight(piece, " "))
		if at > 0 && at+w > width {
			out.WriteString("\n")
			at = 0
		}
		out.WriteString(piece)
		at += runewidth.StringWidth(piece)
	}
	lines := strings.Split(out.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

func pieces(text string) []string {
	var out []string
	start := 0
	for i, r := range text {
		if strings.ContainsRune(" ，；：、。", r) {
			end := i + len(string(r))
			out = append(out, text[start:end])
			start = end
		}
	}
	return append(out, text[start:])
}
