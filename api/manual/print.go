package manual

import (
	"path"
	"regexp"
	"strings"

	"landcheck/geo"

	"github.com/mattn/go-runewidth"
)

// Print is the chapter for a terminal: its Markdown, which reads well as it is,
// with columns of tables in line and links as what to type.
func (t Topic) Print(lang string) string {
	var out, table []string
	fenced := false
	seen := geo.Text{ZH: "〔图：$1，见服务的 /docs〕", EN: "[picture: $1; see /docs of the service]"}.In(lang)
	for _, line := range strings.Split(t.Markdown(lang), "\n") {
		if strings.HasPrefix(line, "|") {
			table = append(table, plainLinks(line))
			continue
		}
		out, table = append(out, aligned(table)...), nil
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case fenced:
			out = append(out, "    "+line)
		default:
			out = append(out, plainLinks(picture.ReplaceAllString(line, seen)))
		}
	}
	return strings.Join(out, "\n")
}

var picture = regexp.MustCompile(`!\[([^\]]+)\]\([^)]+\)`)

var link = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)

// plainLinks writes a link to another chapter as the command that shows it, and
// one into the repository as its path.
func plainLinks(line string) string {
	return link.ReplaceAllStringFunc(line, func(s string) string {
		target := link.FindStringSubmatch(s)[2]
		if chapter, ok := strings.CutSuffix(target, ".md"); ok && !strings.Contains(target, "/") {
			return "`landcheck help " + chapter + "`"
		}
		return "`" + inRepository(target) + "`"
	})
}

// inRepository is where a link leads to that leaves the chapters.
func inRepository(target string) string { return path.Join("api/manual/zh", target) }

// aligned puts the columns of a table in line and its rule away; the last
// column is as long as it is.
func aligned(rows []string) []string {
	var cells [][]string
	var widths []int
	for i, row := range rows {
		fields := strings.Split(strings.Trim(row, "|"), "|")
		if i == 1 {
			continue
		}
		for c := range fields {
			fields[c] = strings.TrimSpace(fields[c])
			if c == len(widths) {
				widths = append(widths, 0)
			}
			widths[c] = max(widths[c], runewidth.StringWidth(fields[c]))
		}
		cells = append(cells, fields)
	}
	var out []string
	for _, fields := range cells {
		var b strings.Builder
		for c, field := range fields {
			b.WriteString("  " + runewidth.FillRight(field, widths[c]))
		}
		out = append(out, strings.TrimRight(b.String(), " "))
	}
	return out
}
