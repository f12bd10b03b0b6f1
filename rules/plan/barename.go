package plan

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"

	"landcheck/rules/domain"
	"landcheck/rules/spelling"
)

// Marks of a copy or a part around a layer's name, as file systems, browsers,
// messengers and people put them: _1, -2, (1), （一）, " 2" (Finder), " - 副本 (2)",
// 的副本, 复件, copy, "Copy of", part 1, 第二部分. The name is in capitals and half
// width already. A digit that nothing sets apart belongs to the name: DLBG1.
const (
	counting = `(?:\d+|[一二三四五六七八九十]+)`
	between  = `[\s_\-–—.]*`
)

const (
	beforeName = `^(?:\d+|COPY OF\b|(?:复件|副本|拷贝)(?: ?\(\d+\))?|\(\d+\))` + between
	afterName  = between + `(?:` +
		`\(\s*` + counting + `?\s*\)|\[\s*` + counting + `\s*\]|【\s*` + counting + `\s*】|` +
		`[\s_\-–—]` + counting + `|` +
		`(?:的)?(?:副本|拷贝|复件)|COPY|` +
		`PART\s*` + counting + `|第` + counting + `(?:部分|份|批)` +
		`)$`
)

var (
	markBefore = regexp.MustCompile(beforeName)
	markAfter  = regexp.MustCompile(afterName)
	space      = regexp.MustCompile(`\s+`)
)

// NameMarks are the regular expressions (RE2) of what BareName takes off before
// and after a name, for the page, which knows layers by the same names.
func NameMarks() (before, after string) { return beforeName, afterName }

// BareName is a layer's name without what people and programs put around it:
// the county code and year in front, the marks of a copy or a part, space;
// letters in capitals, brackets and letters of half width. What would leave
// nothing is left as it is.
func BareName(name string) string {
	name = strings.ToUpper(width.Fold.String(name))
	name = strings.Trim(space.ReplaceAllString(name, " "), " ")
	for {
		rest := strings.Trim(markAfter.ReplaceAllString(markBefore.ReplaceAllString(name, ""), ""), " _-–—")
		if rest == "" || rest == name {
			return name
		}
		name = rest
	}
}

// NearName is the accepted name that a layer's most likely means although it
// is none: one that it contains, else one that at most two letters tell from
// it; "" if there is none.
func NearName(name string, among []domain.Role) string {
	bare := BareName(name)
	best := ""
	for _, r := range among {
		for _, n := range r.Names() {
			if strings.Contains(bare, n) && len(n) > len(best) {
				best = n
			}
		}
	}
	if best != "" {
		return best
	}
	w, least := []rune(bare), 3
	if len(w) > 64 {
		return ""
	}
	for _, r := range among {
		for _, n := range r.Names() {
			letters := []rune(n)
			if d := spelling.Distance(w, letters); d < least && 2*d <= len(letters) {
				best, least = n, d
			}
		}
	}
	return best
}
