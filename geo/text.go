package geo

import (
	"fmt"
	"strings"
)

// Text is one message in the two languages a user reads.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// Textf fills both templates with the same arguments; of an argument that is a
// Text, each takes its own language. Templates are whole sentences; where word
// order differs, index the verbs (%[2]s). What an argument brought along that
// would steer a terminal is written out (Printable).
func Textf(zh, en string, args ...any) Text {
	inZH, inEN := make([]any, len(args)), make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(Text); ok {
			inZH[i], inEN[i] = Printable(t.ZH), Printable(t.EN)
			continue
		}
		inZH[i] = printableArgument(a)
		inEN[i] = inZH[i]
	}
	return Text{ZH: fmt.Sprintf(zh, inZH...), EN: fmt.Sprintf(en, inEN...)}
}

func printableArgument(a any) any {
	switch a := a.(type) {
	case string:
		return Printable(a)
	case []string:
		all := make([]string, len(a))
		for k, s := range a {
			all[k] = Printable(s)
		}
		return all
	case error:
		return Printable(a.Error())
	}
	return a
}

// In returns the text in a language, "zh" or "en"; anything else reads as zh.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.ZH
}

// IsZero reports whether the text says nothing.
func (t Text) IsZero() bool { return t == Text{} }

// Then is the text followed by another sentence, either of which may be missing.
// A question keeps its mark and takes no stop.
func (t Text) Then(next Text) Text {
	switch {
	case t.IsZero():
		return next
	case next.IsZero():
		return t
	}
	return Text{ZH: ended(t.ZH, "。") + next.ZH, EN: ended(t.EN, ".") + " " + next.EN}
}

// ended is a sentence with its stop.
func ended(s, stop string) string {
	for _, mark := range []string{stop, "？", "?"} {
		if strings.HasSuffix(s, mark) {
			return s
		}
	}
	return s + stop
}
