package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"landcheck/geo"
)

// Same is a text that reads alike in both languages.
func Same(s string) geo.Text { return geo.Text{ZH: s, EN: s} }

// Sentences sets whole sentences one after the other.
func Sentences(ts []geo.Text) geo.Text {
	var zh, en []string
	for _, t := range ts {
		zh, en = append(zh, strings.TrimSuffix(t.ZH, "。")), append(en, capital(strings.TrimSuffix(t.EN, ".")))
	}
	return geo.Text{ZH: strings.Join(zh, "。") + "。", EN: strings.Join(en, ". ") + "."}
}

func capital(s string) string {
	first, long := utf8.DecodeRuneInString(s)
	if first == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(first)) + s[long:]
}

// List joins titles.
func List(list []geo.Text) geo.Text {
	var zh, en []string
	for _, t := range list {
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	return geo.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// Clauses joins what may itself hold commas, to stand in one sentence.
func Clauses(list []geo.Text) geo.Text {
	var zh, en []string
	for _, t := range list {
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	return geo.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}

// ShortDigest is a digest ("sha256:…") cut to what tells two apart by eye.
func ShortDigest(digest string) string {
	const shown = 12 // hexadecimal digits
	if i := strings.IndexByte(digest, ':'); i >= 0 && len(digest) > i+1+shown {
		return digest[:i+1+shown]
	}
	return digest
}
