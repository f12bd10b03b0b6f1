package wording

import (
	"fmt"
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

// Textf is geo.Textf for arguments that are themselves in two languages.
func Textf(zh, en string, args ...any) geo.Text {
	z, e := make([]any, len(args)), make([]any, len(args))
	for i, a := range args {
		z[i], e[i] = a, a
		if t, ok := a.(geo.Text); ok {
			z[i], e[i] = t.ZH, t.EN
		}
	}
	return geo.Text{ZH: fmt.Sprintf(zh, z...), EN: fmt.Sprintf(en, e...)}
}

// List joins titles.
func List(list []geo.Text) geo.Text {
	var zh, en []string
	for _, t := range list {
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	return geo.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}
